/** Writes the invented people of "Try to fool it": the first of each class and sex that were simulated apart, not picked. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WRIST_CLASSES } from '../core/contract/schemas/clinical.ts';
import type { ModelInput } from '../core/contract/schemas/judgement.ts';
import { generateWristStatePeople } from '../training/dataset/wrist-state.ts';
import { WRIST_STATE_WORLD } from '../training/dataset/wrist-state-parts.ts';
import { modelInputOf } from '../training/evaluate/wrist-state-inputs.ts';

export const EXAMPLES_FILE = 'renderer/features/try-to-fool/example-people.json';
/** A seed of its own: nobody of them is in any part that a model was made from or measured on. */
const SEED = 'try-to-fool';
const SUBJECTS = 60;
const TRIALS = 3;

const rounded = (value: unknown): unknown => {
  // JSON has no minus zero.
  if (typeof value === 'number') return Number(value.toFixed(3)) + 0;
  if (Array.isArray(value)) return value.map(rounded);
  return value;
};

/** What the file holds; the same on every run. */
export function foolExamples(): { seed: string; examples: { simulatedAs: string; input: unknown }[] } {
  const people = generateWristStatePeople(SUBJECTS, SEED, 0, WRIST_STATE_WORLD);
  const examples = WRIST_CLASSES.flatMap((className) =>
    (['female', 'male'] as const).map((sex) => {
      const person = people.find(
        (each) => each.className === className && each.sex === sex && each.pinchTrialsN.length === TRIALS,
      );
      if (person === undefined) throw new Error(`no ${sex} ${className} among ${SUBJECTS} people`);
      const input: ModelInput = modelInputOf(person, 'C');
      const fields = Object.entries(input).map(([name, value]) => [name, rounded(value)]);
      return { simulatedAs: className, input: Object.fromEntries(fields) };
    }),
  );
  return { seed: SEED, examples };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--help')) {
    console.log(
      `Writes ${EXAMPLES_FILE}; "npm run format" afterwards. A test compares the file with what this makes.`,
    );
  } else {
    writeFileSync(EXAMPLES_FILE, `${JSON.stringify(foolExamples(), null, 2)}\n`);
  }
}

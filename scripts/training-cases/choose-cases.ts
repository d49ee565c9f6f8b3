import { WRIST_CLASSES, type WristClass } from '../../core/contract/schemas/clinical.ts';
import type { ModelInput, WristStatePrediction } from '../../core/contract/schemas/judgement.ts';
import { TrainingCases } from '../../core/contract/schemas/training.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import { predictWristState } from '../../core/inference/wrist-state.ts';
import { float64EnsembleForward } from '../../core/networks/ensemble-forward.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import type { WristStatePerson } from '../../training/dataset/wrist-state.ts';
import { modelInputOf } from '../../training/evaluate/wrist-state-inputs.ts';

type Kind = 'right' | 'wrong' | 'no-answer';
type Inputs = 'with wrist strength' | 'key pinch alone';
type Counts = Readonly<Record<Inputs, Readonly<Record<Kind, number>>>>;
const COUNTS: Counts = {
  'with wrist strength': { right: 9, wrong: 4, 'no-answer': 1 },
  'key pinch alone': { right: 3, wrong: 2, 'no-answer': 1 },
};
/**
 * Wrong answers are far more frequent here than among the test people: over-reliance is counted where the clinician was
 * right and the model wrong, and nothing is said of fewer than ten. By key pinch alone the model names a fusion in 2 of 513 of
 * its test people: none is waited for.
 */
export const CASES_OF_A_CLASS: Readonly<Record<WristClass, Counts>> = {
  nonimpaired: COUNTS,
  'proximal-row-carpectomy': COUNTS,
  'four-corner-fusion': {
    'with wrist strength': { right: 12, wrong: 4, 'no-answer': 1 },
    'key pinch alone': { right: 0, wrong: 2, 'no-answer': 1 },
  },
};
const PATTERNS = [
  ['B', 'with wrist strength'],
  ['A', 'key pinch alone'],
] as const;

function kindOf({ probabilities, refusals }: WristStatePrediction, truth: WristClass): Kind {
  if (probabilities === null || refusals.length > 0) return 'no-answer';
  const top = WRIST_CLASSES[probabilities.indexOf(Math.max(...probabilities))];
  return top === truth ? 'right' : 'wrong';
}

/** Nine significant digits: the same text on every machine. */
const rounded = (value: unknown): unknown =>
  typeof value === 'number'
    ? Number(value.toPrecision(9))
    : Array.isArray(value)
      ? value.map(rounded)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, rounded(each)]))
        : value;

/**
 * The shipped training cases: the first test people of each kind, in an order that says nothing.
 * @param people - test people, never seen in training or calibration, in the order of their numbers.
 * @throws RangeError when there are too few of a kind.
 */
export function chooseCases(bundle: WristStateBundle, people: readonly WristStatePerson[]): TrainingCases {
  const forward = float64EnsembleForward(bundle.members);
  const open = new Map<string, number>(
    WRIST_CLASSES.flatMap((truth) =>
      Object.entries(CASES_OF_A_CLASS[truth]).flatMap(([inputs, counts]) =>
        Object.entries(counts).map(([kind, count]) => [`${truth}, ${inputs}, ${kind}`, count] as const),
      ),
    ),
  );
  const chosen: { order: number; input: ModelInput; truth: WristClass; model: WristStatePrediction }[] = [];
  for (const person of people) {
    // With wrist strength first; by key pinch alone whoever is not needed so. Nobody is in two cases.
    for (const [pattern, inputs] of PATTERNS) {
      const input = modelInputOf(person, pattern);
      const truth = person.className;
      // The answer belongs to the numbers as they are shipped.
      const shown = rounded({ ...input, affectedSide: person.side }) as ModelInput;
      const model = predictWristState(bundle, shown, forward, () => 0);
      const kind = kindOf(model, truth);
      const key = `${truth}, ${inputs}, ${kind}`;
      if ((open.get(key) ?? 0) === 0) continue;
      open.set(key, open.get(key)! - 1);
      const order = randomStream('training-cases', 'order', person.subject).uniform();
      chosen.push({ order, input: shown, truth, model });
      break;
    }
    if ([...open.values()].every((count) => count === 0)) break;
  }
  const missing = [...open].filter(([, count]) => count > 0);
  if (missing.length > 0) throw new RangeError(`too few people of ${missing.map(([key]) => key).join('; ')}`);
  return TrainingCases.parse({
    format: 'prehensa-training-cases-1',
    modelVersion: bundle.manifest.version,
    bundleHash: bundle.bundleHash,
    cases: chosen
      .sort((a, b) => a.order - b.order)
      .map(({ input, truth, model }, place) => {
        const { sessionId: _session, pinchTraceN: _trace, ...measured } = input;
        const { features: _features, ...answer } = model;
        return {
          id: `case-${String(place + 1).padStart(2, '0')}`,
          input: measured,
          truth,
          model: rounded(answer),
        };
      }),
  });
}

import * as z from 'zod';
import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import { WristClass } from '../../../core/contract/schemas/clinical.ts';
import { ModelInput } from '../../../core/contract/schemas/judgement.ts';
import file from './example-people.json';

const Examples = z.object({
  examples: z.array(z.object({ simulatedAs: WristClass, input: ModelInput })).min(1),
});

export interface ExamplePerson {
  id: string;
  name: string;
  input: ModelInput;
}

/** Invented people of this screen: simulated apart from all others, the first of each class and sex, not picked. */
export const EXAMPLE_PEOPLE: readonly ExamplePerson[] = Examples.parse(file).examples.map(
  ({ simulatedAs, input }, index) => ({
    id: String(index),
    name: `${input.sex === 'female' ? 'Woman' : 'Man'} of ${Math.floor(input.ageYears)}, simulated as ${ANSWER_NAMES[simulatedAs]}`,
    input,
  }),
);

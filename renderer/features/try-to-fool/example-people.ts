import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import { WristClass } from '../../../core/contract/schemas/clinical.ts';
import { ModelInput } from '../../../core/contract/schemas/judgement.ts';
import file from './example-people.json';

export interface ExamplePerson {
  id: string;
  name: string;
  input: ModelInput;
}

/** Invented people of this screen: simulated apart from all others, the first of each class and sex, not picked. */
export const EXAMPLE_PEOPLE: readonly ExamplePerson[] = file.examples.map((example, index) => {
  const input = ModelInput.parse(example.input);
  const simulatedAs = ANSWER_NAMES[WristClass.parse(example.simulatedAs)];
  const who = input.sex === 'female' ? 'woman' : 'man';
  return {
    id: String(index),
    name: `${simulatedAs}, ${who} of ${Math.floor(input.ageYears)}`,
    input,
  };
});

import {
  NEXT_VISIT_GROUPS,
  NEXT_VISIT_INPUT_COUNT,
  NEXT_VISIT_INPUTS,
} from '../../core/inference/next-visit-input.ts';
import type { InputScaling } from '../../core/learning/dense-model.ts';
import type { TrainingRows } from '../../core/learning/training-loop.ts';
import { logChange, type NextVisitPerson } from '../dataset/next-visit.ts';

/** Inputs and targets of people: one target each, ln(next / last), that every quantile is scored against. */
export function nextVisitRows(people: readonly NextVisitPerson[]): TrainingRows {
  const inputs = new Float32Array(people.length * NEXT_VISIT_INPUT_COUNT);
  const targets = Float32Array.from(people, logChange);
  people.forEach((person, row) => {
    inputs.set(person.input.values, row * NEXT_VISIT_INPUT_COUNT);
  });
  return { count: people.length, inputs, targets, rowWeights: new Float32Array(people.length).fill(1) };
}

/**
 * Standardises the inputs inside the graph. An absent part stays exactly 0: its mean is taken off through its mask, and
 * mean and spread are those of the people who have it. Masks pass unchanged.
 */
export function nextVisitScaling(people: readonly NextVisitPerson[]): InputScaling {
  const size = NEXT_VISIT_INPUT_COUNT;
  const kernel = new Float64Array(size * size);
  const bias = new Float64Array(size);
  NEXT_VISIT_INPUTS.forEach((_, column) => {
    const isMask = NEXT_VISIT_GROUPS.some(({ maskColumn }) => maskColumn === column);
    const group = NEXT_VISIT_GROUPS.find(({ featureColumns }) =>
      (featureColumns as readonly number[]).includes(column),
    );
    if (isMask) {
      kernel[column * size + column] = 1;
      return;
    }
    const values = people
      .filter(({ input }) => !group || input.values[group.maskColumn] === 1)
      .map(({ input }) => input.values[column]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    if (!(sd > 0)) throw new RangeError(`nobody differs in "${NEXT_VISIT_INPUTS[column]!.name}"`);
    kernel[column * size + column] = 1 / sd;
    if (group) kernel[group.maskColumn * size + column] = -mean / sd;
    else bias[column] = -mean / sd;
  });
  return { kernel, bias };
}

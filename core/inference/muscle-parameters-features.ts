import { expectedStrength, logGripOf, type PersonSize } from '../signals/expected-strength.ts';
import { NEWTON_PER_UNIT } from '../units/quantities.ts';
import { columnOf, MUSCLE_PARAMETER_COLUMNS } from './muscle-parameters-columns.ts';

const SEX = columnOf('sex');
const AGE = columnOf('age');
const HEIGHT = columnOf('height');
const WEIGHT = columnOf('weight');
const PINCH = columnOf('pinch-neutral');
const GRIP = columnOf('grip');
/** Smallest quantity that is given in the logarithm; below it all are equally far out. */
const LOG_FLOOR = 1e-3;

const logOf = (value: number): number => Math.log(Math.max(LOG_FLOOR, value));

const personOf = (inputs: ArrayLike<number>): PersonSize => ({
  sex: inputs[SEX]! >= 0.5 ? 'male' : 'female',
  ageYears: Math.max(1, inputs[AGE]!),
  heightM: Math.max(LOG_FLOOR, inputs[HEIGHT]!),
  weightKg: Math.max(LOG_FLOOR, inputs[WEIGHT]!),
});

/**
 * A measurement as its distance from the training people is taken: forces as logarithms of their ratio to what is
 * expected of the person (pinch, grip) or to the neutral pinch (postures), so that a wrong unit lies equally far out in
 * either direction; directions and age as they are.
 * @param inputs - the inputs of a tier, in the order and units of MUSCLE_PARAMETER_COLUMNS (a beginning of them).
 * @returns one number an input, sex apart.
 * @throws RangeError with fewer inputs than tier 1 has, or when one is not finite.
 */
export function muscleParametersRangeVector(inputs: ArrayLike<number>): Float64Array {
  if (inputs.length <= PINCH) throw new RangeError('a distance needs at least the inputs of tier 1');
  for (let i = 0; i < inputs.length; i += 1) {
    if (!Number.isFinite(inputs[i])) {
      throw new RangeError(`the input ${MUSCLE_PARAMETER_COLUMNS[i]?.name ?? i} is not a finite number`);
    }
  }
  const person = personOf(inputs);
  const logPinch = logOf(inputs[PINCH]!);
  const values = [
    inputs[AGE]! / 10,
    logOf(inputs[HEIGHT]!),
    logOf(inputs[WEIGHT]!),
    logPinch - Math.log(expectedStrength(person).pinchN),
  ];
  for (let column = PINCH + 1; column < inputs.length; column += 1) {
    const value = inputs[column]!;
    if (column === GRIP) values.push(logOf(value) - Math.log(NEWTON_PER_UNIT.kg) - logGripOf(person));
    else if (MUSCLE_PARAMETER_COLUMNS[column]?.unit === 'N') values.push(logOf(value) - logPinch);
    else values.push(value);
  }
  return Float64Array.from(values);
}

/** Names of what the width of an interval may depend on, in the order of {@link muscleParametersSpreadFeatures}. */
export const SPREAD_FEATURES = ['male', 'age', 'age squared', 'strength against expected'] as const;

/**
 * What errors may grow with: sex, age (20 years from 50 are 1), and the logarithm of the peak pinch against expected
 * (a fifth is 1, about one standard deviation).
 * @param inputs - at least the inputs of tier 1.
 */
export function muscleParametersSpreadFeatures(inputs: ArrayLike<number>): Float64Array {
  const age = (inputs[AGE]! - 50) / 20;
  const strength = logOf(inputs[PINCH]!) - Math.log(expectedStrength(personOf(inputs)).pinchN);
  return Float64Array.of(inputs[SEX]!, age, age * age, 5 * strength);
}

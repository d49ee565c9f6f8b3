import { describe, expect, it } from 'vitest';
import { expectedStrength, logGripOf } from '../signals/expected-strength.ts';
import { NEWTON_PER_UNIT } from '../units/quantities.ts';
import { columnOf, INPUT_SETS, inputsOf, MUSCLE_PARAMETER_COLUMNS } from './muscle-parameters-columns.ts';
import { muscleParametersRangeVector, muscleParametersSpreadFeatures } from './muscle-parameters-features.ts';

const PERSON = { sex: 'female', ageYears: 50, heightM: 1.62, weightKg: 70 } as const;
const pinchN = expectedStrength(PERSON).pinchN;
const gripN = Math.exp(logGripOf(PERSON)) * NEWTON_PER_UNIT.kg;
const AVERAGE = Float64Array.of(0, 50, 1.62, 70, pinchN, gripN, pinchN, pinchN, ...new Array(12).fill(0.25));
const changed = (name: string, factor: number): Float64Array => {
  const inputs = AVERAGE.slice();
  inputs[columnOf(name)]! *= factor;
  return inputs;
};

describe('range vector of muscle-parameters', () => {
  it('is zero in every ratio for a person as strong as expected', () => {
    const vector = muscleParametersRangeVector(AVERAGE);
    expect(vector.length).toBe(MUSCLE_PARAMETER_COLUMNS.length - 1);
    for (const ratio of vector.slice(3, 7)) expect(ratio).toBeCloseTo(0, 12);
  });

  it('lies equally far out for a factor and its inverse', () => {
    const g = NEWTON_PER_UNIT.kg;
    const at = (factor: number) => muscleParametersRangeVector(changed('grip', factor))[4]!;
    expect(at(g)).toBeCloseTo(Math.log(g), 12);
    expect(at(1 / g)).toBeCloseTo(-Math.log(g), 12);
  });

  it('reads a tier as a beginning of the next', () => {
    const one = muscleParametersRangeVector(inputsOf(AVERAGE, 'S'));
    const two = muscleParametersRangeVector(inputsOf(AVERAGE, 'tier-2'));
    expect([one.length, two.length]).toEqual([INPUT_SETS.S - 1, INPUT_SETS['tier-2'] - 1]);
    expect(two.slice(0, one.length)).toEqual(one);
  });

  it('stays finite for nonsense and refuses what is no number', () => {
    expect(muscleParametersRangeVector(changed('pinch-neutral', 0)).every(Number.isFinite)).toBe(true);
    expect(muscleParametersRangeVector(changed('height', -1)).every(Number.isFinite)).toBe(true);
    expect(() => muscleParametersRangeVector(changed('weight', Number.NaN))).toThrow(/input weight is not/);
    expect(() => muscleParametersRangeVector(AVERAGE.subarray(0, 4))).toThrow(RangeError);
  });
});

describe('spread features', () => {
  it('are of the order of one', () => {
    expect([...muscleParametersSpreadFeatures(AVERAGE)]).toEqual([0, 0, 0, expect.closeTo(0, 12)]);
    expect(muscleParametersSpreadFeatures(changed('pinch-neutral', Math.exp(0.2)))[3]).toBeCloseTo(1, 9);
  });
});

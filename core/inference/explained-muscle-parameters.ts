import type { InputGroup } from '../explain/attribution.ts';
import type { Network } from '../networks/network.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { expectedStrength, logGripOf } from '../signals/expected-strength.ts';
import { NEWTON_PER_UNIT } from '../units/quantities.ts';
import { type ExplainedPrediction, readoutOf } from './explained-prediction.ts';
import { PINCH_NOISE } from './measured-again.ts';
import type { MuscleParametersCalibration } from './muscle-parameters-calibration.ts';
import { columnOf, MUSCLE_PARAMETER_COLUMNS } from './muscle-parameters-columns.ts';

/** Noise of a direction of force, share of the palmar force (the simulator's assumption). */
const DIRECTION_NOISE = 0.02;

/** What an explanation needs of a bundle of muscle-parameters. */
export interface ExplainedMuscleModel {
  modelId: string;
  members: readonly Network[];
  calibration: Pick<MuscleParametersCalibration, 'outputs' | 'range'>;
}

/**
 * One output, in its own unit, against the average training person's strength and force directions for this person's
 * sex, age, height and weight: demographics are the same in both rows.
 * @param inputs - of the tier, in the order and units of MUSCLE_PARAMETER_COLUMNS. @param output - name.
 * @throws RangeError for an unknown output or a row of another length.
 */
export function explainedMuscleParameter(
  model: ExplainedMuscleModel,
  inputs: Float64Array,
  output: string,
): ExplainedPrediction {
  const { outputs, range } = model.calibration;
  const index = outputs.findIndex(({ name }) => name === output);
  const known = outputs[index];
  if (!known) throw new RangeError(`there is no output "${output}"`);
  // The network answers in standard deviations.
  const readout = readoutOf(outputs.length, index).map((weight) => weight * known.sd);
  const groups = measurementGroups(inputs.length);
  return {
    modelId: model.modelId,
    asked: output,
    members: model.members,
    readout,
    unit: known.unit,
    row: inputs,
    reference: {
      name: 'the average simulated person of the same sex, age and size',
      row: averageRow(inputs, range.featureCloud.mean),
    },
    groups,
    bands: null,
    limits: null,
    repeated: (draw) =>
      inputs.map((value, column) => {
        const { name, unit } = MUSCLE_PARAMETER_COLUMNS[column]!;
        const stream = randomStream('explanation-noise', name, draw);
        if (unit === 'N') return value * Math.exp(PINCH_NOISE * stream.normal());
        return unit === 'share' ? value + DIRECTION_NOISE * stream.normal() : value;
      }),
  };
}

/** Forces one by one; the two shares of one direction of force together, since neither is measured alone. */
function measurementGroups(inputCount: number): InputGroup[] {
  const first = columnOf('pinch-neutral');
  const groups = new Map<string, number[]>();
  for (const [i, { name }] of MUSCLE_PARAMETER_COLUMNS.slice(first, inputCount).entries()) {
    const unit = name.replace(/-(?:longitudinal|transverse)$/, '-direction');
    groups.set(unit, [...(groups.get(unit) ?? []), first + i]);
  }
  return [...groups].map(([name, columns]) => ({ name, columns }));
}

/** Inverse of muscleParametersRangeVector at the mean of the training people, with this person's demographics. */
function averageRow(inputs: Float64Array, mean: readonly number[]): Float64Array {
  const person = {
    sex: inputs[columnOf('sex')]! >= 0.5 ? ('male' as const) : ('female' as const),
    ageYears: inputs[columnOf('age')]!,
    heightM: inputs[columnOf('height')]!,
    weightKg: inputs[columnOf('weight')]!,
  };
  const pinch = columnOf('pinch-neutral');
  const grip = columnOf('grip');
  const row = inputs.slice();
  // The cloud has no place for sex.
  const logMean = (column: number) => mean[column - 1]!;
  row[pinch] = expectedStrength(person).pinchN * Math.exp(logMean(pinch));
  for (let column = pinch + 1; column < inputs.length; column += 1) {
    if (column === grip) row[column] = Math.exp(logMean(column) + logGripOf(person)) * NEWTON_PER_UNIT.kg;
    else if (MUSCLE_PARAMETER_COLUMNS[column]!.unit === 'N')
      row[column] = row[pinch]! * Math.exp(logMean(column));
    else row[column] = logMean(column);
  }
  return row;
}

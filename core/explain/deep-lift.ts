import type { Network, Shape } from '../networks/network.ts';
import { type Attribution, attributionOf, checkRows, type Reference } from './attribution.ts';
import { attributionAgainst, type Background, checkBackground } from './coalition-background.ts';
import { deepLiftMultipliers } from './deep-lift-multipliers.ts';
import { ensembleOutput } from './explained-output.ts';

/** Mean over the members of a weighted sum of their outputs, as ensembleOutput takes it, with the networks open. */
export interface NetworkReadout {
  members: readonly Network[];
  /** A weight for each output; one-hot for a logit, +1 and -1 for a margin. */
  readout: Float64Array;
  unit: string;
}

/**
 * DeepLIFT with the Rescale rule: multipliers times the differences from the reference, averaged over the members.
 * The values add up to f(x) - f(b). Source: Shrikumar 2017, section 3.5.
 * @param options.shape - of the values, e.g. [steps, channels]; [inputs] if not said.
 * @throws RangeError when members, rows or shape do not fit.
 * @throws DeepLiftRefusal naming a layer that the rule does not know: an LSTM, a softmax.
 */
export function deepLift(
  model: NetworkReadout,
  row: Float64Array,
  reference: Reference,
  options: { shape?: Shape } = {},
): Attribution {
  const explained = ensembleOutput(model.members, model.readout, model.unit);
  checkRows(explained, row, reference);
  return attributionOf(explained, row, reference, {
    method: 'deep-lift',
    parameters: { rule: 'rescale' },
    values: contributions(model, row, reference.row),
    shape: options.shape ?? [explained.inputCount],
  });
}

/**
 * DeepSHAP: the mean of DeepLIFT over a background. The values add up to f(x) less the mean output of the background,
 * which is the reference output; the reference row is the mean row. Source: Lundberg and Lee 2017, section 4.2.
 * @throws RangeError without a row in the background; as {@link deepLift}. @throws DeepLiftRefusal as {@link deepLift}.
 */
export function deepShap(
  model: NetworkReadout,
  row: Float64Array,
  background: Background,
  options: { shape?: Shape } = {},
): Attribution {
  const explained = ensembleOutput(model.members, model.readout, model.unit);
  checkBackground(explained, row, background);
  return attributionAgainst(explained, row, background, {
    method: 'deep-lift',
    parameters: { rule: 'rescale' },
    values: meanOf(background.rows.map((each) => contributions(model, row, each))),
    shape: options.shape ?? [explained.inputCount],
  });
}

function contributions(
  { members, readout }: NetworkReadout,
  row: Float64Array,
  from: Float64Array,
): Float64Array {
  return meanOf(
    members.map((member) =>
      deepLiftMultipliers(member, row, from, readout).map((by, i) => by * (row[i]! - from[i]!)),
    ),
  );
}

function meanOf(rows: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(rows[0]!.length);
  for (const row of rows) for (let i = 0; i < mean.length; i += 1) mean[i]! += row[i]! / rows.length;
  return mean;
}

import type { Shape } from '../networks/network.ts';
import { type Attribution, attributionOf, checkRows, type Reference } from './attribution.ts';
import type { ExplainedOutput } from './explained-output.ts';

export interface SaliencyOptions {
  /** Size of the slope without its sign. */
  isAbsolute?: boolean;
  /** Of the values, e.g. [steps, channels]; [inputs] if not said. */
  shape?: Shape;
}

/** Unit of a slope: how much the output changes when an input grows by one of its own units. */
export const slopeUnit = ({ unit }: ExplainedOutput): string => `${unit} per unit of the input`;

/**
 * Slope of the output by every input at the row. Source: Simonyan 2014.
 *
 * It says where the output would move, not what made it what it is, and so does not add up: the residual is the whole
 * difference of the outputs less a sum of slopes, and the reference does not enter the values.
 * @throws RangeError when rows or shape do not fit.
 */
export function saliency(
  explained: ExplainedOutput,
  row: Float64Array,
  reference: Reference,
  { isAbsolute = false, shape = [explained.inputCount] }: SaliencyOptions = {},
): Attribution {
  checkRows(explained, row, reference);
  const slope = explained.gradientOf(row);
  return attributionOf(explained, row, reference, {
    method: 'saliency',
    parameters: { isAbsolute },
    values: isAbsolute ? slope.map(Math.abs) : slope,
    shape,
    unit: slopeUnit(explained),
  });
}

import type { Shape } from '../networks/network.ts';
import { type Attribution, attributionOf, checkRows, type Reference } from './attribution.ts';
import type { ExplainedOutput } from './explained-output.ts';

/**
 * Slope at the row times what the row has above the reference: df/dx_i * (x_i - b_i), the first-order share of each
 * input. With a reference of zeros it is the classical gradient x input. Source: Shrikumar 2016.
 *
 * Exact for a linear output only; the residual says what bends.
 * @param options.shape - of the values, e.g. [steps, channels]; [inputs] if not said.
 * @throws RangeError when rows or shape do not fit.
 */
export function gradientTimesInput(
  explained: ExplainedOutput,
  row: Float64Array,
  reference: Reference,
  { shape = [explained.inputCount] }: { shape?: Shape } = {},
): Attribution {
  checkRows(explained, row, reference);
  return attributionOf(explained, row, reference, {
    method: 'gradient-times-input',
    parameters: {},
    values: explained.gradientOf(row).map((slope, i) => slope * (row[i]! - reference.row[i]!)),
    shape,
  });
}

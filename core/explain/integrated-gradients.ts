import type { Shape } from '../networks/network.ts';
import { type Attribution, attributionOf, checkRows, type Reference } from './attribution.ts';
import { finishRun, type ResumableRun } from './coalition-run.ts';
import type { ExplainedOutput } from './explained-output.ts';
import { type Quadrature, quadratureRule } from './quadrature.ts';

export interface IntegratedGradientsOptions {
  /** Left out: Gauss-Legendre with as many nodes as completeness needs. */
  rule?: { quadrature: Quadrature; count: number };
  /** Of the values, e.g. [steps, channels]; [inputs] if not said. */
  shape?: Shape;
}

/** Gauss-Legendre nodes that the search starts with, and the most that it tries. */
const FIRST_NODES = 16;
const MOST_NODES = 256;
/** Largest |residual| of a complete attribution, relative to |f(x) - f(reference)| and absolute. */
const RELATIVE_GAP = 1e-3;
const ABSOLUTE_GAP = 1e-6;

/**
 * Integrated gradients along the straight line from the reference to the input:
 * value_i = (x_i - b_i) * mean of df/dx_i over the line. Source: Sundararajan 2017, equation 1.
 *
 * Their sum is f(x) - f(b) but for the error of the quadrature. Without a rule the Gauss-Legendre nodes are doubled
 * from 16 to 256 until |residual| <= 1e-3 |f(x) - f(b)| + 1e-6; `parameters.isComplete` says whether that was reached.
 * @returns values in the unit of the output. Parameters: quadrature, count, isComplete.
 * @throws RangeError when rows, shape or count do not fit.
 */
export function integratedGradients(
  explained: ExplainedOutput,
  row: Float64Array,
  reference: Reference,
  options: IntegratedGradientsOptions = {},
): Attribution {
  return finishRun(integratedGradientsRun(explained, row, reference, options));
}

/** {@link integratedGradients} in steps of one quadrature. @throws RangeError as it does. */
export function* integratedGradientsRun(
  explained: ExplainedOutput,
  row: Float64Array,
  reference: Reference,
  { rule, shape = [explained.inputCount] }: IntegratedGradientsOptions = {},
): ResumableRun<Attribution> {
  checkRows(explained, row, reference);
  const attributionAt = (quadrature: Quadrature, count: number): Attribution => {
    const slope = meanSlope(explained, row, reference.row, quadrature, count);
    const attribution = attributionOf(explained, row, reference, {
      method: 'integrated-gradients',
      parameters: { quadrature, count },
      values: slope.map((value, i) => value * (row[i]! - reference.row[i]!)),
      shape,
    });
    return { ...attribution, parameters: { quadrature, count, isComplete: isComplete(attribution) } };
  };
  if (rule) return attributionAt(rule.quadrature, rule.count);
  let count = FIRST_NODES;
  let attribution = attributionAt('gauss-legendre', count);
  while (!attribution.parameters.isComplete && count < MOST_NODES) {
    yield { done: count, total: MOST_NODES };
    count *= 2;
    attribution = attributionAt('gauss-legendre', count);
  }
  return attribution;
}

/** Whether the values add up to the difference of the outputs: |residual| <= 1e-3 |f(x) - f(b)| + 1e-6. */
export function isComplete({ output, referenceOutput, residual }: Attribution): boolean {
  return Math.abs(residual) <= RELATIVE_GAP * Math.abs(output - referenceOutput) + ABSOLUTE_GAP;
}

/** Mean slope on the line from the reference (0) to the input (1). */
function meanSlope(
  explained: ExplainedOutput,
  row: Float64Array,
  from: Float64Array,
  quadrature: Quadrature,
  count: number,
): Float64Array {
  const { nodes, weights } = quadratureRule(quadrature, count);
  const mean = new Float64Array(row.length);
  for (const [k, node] of nodes.entries()) {
    const slope = explained.gradientOf(row.map((value, i) => from[i]! + node * (value - from[i]!)));
    for (let i = 0; i < mean.length; i += 1) mean[i]! += weights[k]! * slope[i]!;
  }
  return mean;
}

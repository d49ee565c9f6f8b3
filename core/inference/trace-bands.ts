import type { Explanation } from '../contract/schemas/judgement.ts';
import { bandShapley } from '../explain/band-shapley.ts';
import { averageLogits, softmax } from '../networks/ensemble-forward.ts';
import { forwardNetwork } from '../networks/forward-network.ts';
import type { ExplainedPrediction } from './explained-prediction.ts';
import { TRACE_COMPONENTS } from './network-input.ts';

export type TraceBandShare = NonNullable<Explanation['traceBands']>[number];

/**
 * What each stretch of the trace adds to the explained margin (decision 22, second level), with the range over the
 * members, and what the predicted class keeps without it.
 *
 * Only the trace changes: every measurement stays as measured, so the stretches add up to what the whole trace makes of
 * this answer, not to its bar among the measurements, where each is also weighed without the others.
 * @param explained - with bands. @param temperature - of the calibration. @param predicted - index of the class.
 * @throws RangeError when the prediction reads no trace.
 */
export function traceBandShares(
  explained: ExplainedPrediction,
  temperature: number,
  predicted: number,
): TraceBandShare[] {
  const { members, readout, unit, row, reference, bands } = explained;
  if (bands === null) throw new RangeError('this answer was made without a trace');
  const traceColumns = new Set(bands.flatMap(({ columns }) => columns));
  const compared = {
    name: reference.name,
    row: row.map((value, column) => (traceColumns.has(column) ? reference.row[column]! : value)),
  };
  const { attribution, memberValues } = bandShapley({ members, readout, unit, row, compared, bands });
  const first = Math.min(...traceColumns);
  const stepOf = (column: number) => Math.floor((column - first) / TRACE_COMPONENTS);
  return bands.map(({ columns }, band) => {
    const range = memberValues.map((values) => values[band]!);
    const without = row.slice();
    for (const column of columns) without[column] = compared.row[column]!;
    const logits = averageLogits(members.map((member) => forwardNetwork(member, without).output));
    return {
      fromStep: stepOf(Math.min(...columns)),
      endStep: stepOf(Math.max(...columns)) + 1,
      value: attribution.values[band]!,
      memberLow: Math.min(...range),
      memberHigh: Math.max(...range),
      probabilityWithout: softmax(logits, temperature)[predicted]!,
    };
  });
}

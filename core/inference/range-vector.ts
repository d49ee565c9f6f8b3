import type { InputLayout, NetworkMeasurement } from './network-input.ts';
import { traceSummary } from './trace-summary.ts';

/** Smallest share of its reference that a feature is given in the logarithm; below it all are equally far out. */
const LOG_FLOOR = 1e-3;

/**
 * Logarithms of the present features: on this scale "ten times too much" and "a tenth" lie equally far out, as
 * wrong units do; with a trace, its summary behind them.
 * @param measured - as readableBy leaves it. @returns one number a present feature of the layout, six for the trace.
 */
export function rangeVector(layout: InputLayout, measured: NetworkMeasurement): Float64Array {
  const values: number[] = [];
  for (const feature of layout.features) {
    if (measured.mask[feature] !== 1) continue;
    values.push(Math.log(Math.max(LOG_FLOOR, measured.values[feature] ?? 0)));
  }
  if (layout.hasTrace && measured.trace !== null) values.push(...traceSummary(measured.trace));
  return Float64Array.from(values);
}

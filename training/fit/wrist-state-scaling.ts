import { type InputLayout, TRACE_COMPONENTS, TRACE_SAMPLES } from '../../core/inference/network-input.ts';
import type { InputScaling } from '../../core/learning/dense-model.ts';
import type { MeasuredPerson } from './wrist-state-data.ts';

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sdOf = (values: readonly number[], mean: number) =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);

/**
 * Standardises the features inside the graph: an absent group stays exactly zero, since its mean is taken off
 * through its mask. Masks pass unchanged; the trace is not part of it.
 * @returns kernel and bias over feature and mask columns, in the layout's order.
 */
export function featureScaling(people: readonly MeasuredPerson[], layout: InputLayout): InputScaling {
  const size = layout.features.length + layout.masks.length;
  const kernel = new Float64Array(size * size);
  const bias = new Float64Array(size);
  layout.features.forEach((feature, column) => {
    const values = people.map((person) => person.features[feature] ?? 0);
    const mean = meanOf(values);
    const sd = sdOf(values, mean);
    if (!(sd > 0)) throw new RangeError(`feature ${feature} is the same for everybody`);
    kernel[column * size + column] = 1 / sd;
    const mask = layout.masks.findIndex(({ group }) => group.includes(feature));
    if (mask >= 0) kernel[(layout.features.length + mask) * size + column] = -mean / sd;
    else bias[column] = -mean / sd;
  });
  for (let column = layout.features.length; column < size; column += 1) kernel[column * size + column] = 1;
  return { kernel, bias };
}

/**
 * Mean and standard deviation of each trace component over all samples and people: one scale a channel, so that the
 * shape over time stays.
 */
export function traceScaling(people: readonly MeasuredPerson[]): { mean: Float64Array; sd: Float64Array } {
  const mean = new Float64Array(TRACE_COMPONENTS);
  const sd = new Float64Array(TRACE_COMPONENTS);
  const count = people.length * TRACE_SAMPLES;
  const each = (visit: (component: number, value: number) => void) => {
    for (const { trace } of people) {
      if (!trace) throw new RangeError('a person has no trace');
      for (let i = 0; i < trace.length; i += 1) visit(i % TRACE_COMPONENTS, trace[i] ?? Number.NaN);
    }
  };
  each((component, value) => {
    mean[component]! += value / count;
  });
  each((component, value) => {
    sd[component]! += (value - mean[component]!) ** 2 / count;
  });
  return { mean, sd: sd.map(Math.sqrt) };
}

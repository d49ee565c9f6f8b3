import { type Network, type NetworkLayer, type Shape, sizeOf } from '../networks/network.ts';

/** Steps of a sequence, first included, last not; a vector has one step. */
export interface StepSpan {
  from: number;
  to: number;
}

/** What a change of some columns of the input row reaches. */
export interface ChangePlan {
  columns: readonly number[];
  /** Of every slot (inputs, then layers): the steps whose values may change; null when none can. */
  spans: readonly (StepSpan | null)[];
  /** Multiplications of one recomputation, roughly: to order changes by what they cost. */
  work: number;
}

export const stepsOf = (shape: Shape): number => (shape.length > 1 ? shape[0]! : 1);

/**
 * Which steps of which layers must be computed again when some columns of the input row change.
 * @param columns - of the row. @throws RangeError when one is outside the row.
 */
export function changePlan(network: Network, columns: readonly number[]): ChangePlan {
  const spans: (StepSpan | null)[] = network.inputs.map(() => null);
  for (const column of columns) {
    const { input, step } = placeOf(network, column);
    const known = spans[input];
    spans[input] = known
      ? { from: Math.min(known.from, step), to: Math.max(known.to, step + 1) }
      : { from: step, to: step + 1 };
  }
  const shapes: Shape[] = network.inputs.map(({ shape }) => shape);
  let work = 0;
  for (const layer of network.layers) {
    const changed = layer.sources.flatMap((source) => spans[source] ?? []);
    const source = changed.length === 0 ? null : union(changed);
    const span = source && reached(layer, source, shapes[layer.sources[0]!]!);
    spans.push(span);
    shapes.push(layer.outputShape);
    if (source && span) work += workOf(layer, source, span);
  }
  return { columns, spans, work };
}

function placeOf({ inputs, inputCount }: Network, column: number): { input: number; step: number } {
  let start = 0;
  for (const [input, { shape }] of inputs.entries()) {
    const size = sizeOf(shape);
    if (column >= start && column < start + size) {
      return { input, step: Math.floor((column - start) / (size / stepsOf(shape))) };
    }
    start += size;
  }
  throw new RangeError(`column ${column} is outside the ${inputCount} of the row`);
}

const union = (spans: readonly StepSpan[]): StepSpan => ({
  from: Math.min(...spans.map(({ from }) => from)),
  to: Math.max(...spans.map(({ to }) => to)),
});

function reached(layer: NetworkLayer, span: StepSpan, sourceShape: Shape): StepSpan | null {
  const all = { from: 0, to: stepsOf(layer.outputShape) };
  switch (layer.kind) {
    case 'dense':
    case 'activation':
    case 'affine':
    case 'multiply':
    case 'concatenate':
      return span;
    case 'conv1d':
    case 'max-pooling1d':
    case 'average-pooling1d': {
      // Window t covers the steps from t * stride - padBefore on.
      const { size, stride, padBefore, outputSteps } = layer.window;
      const from = Math.max(0, Math.floor((span.from + padBefore - size) / stride) + 1);
      const to = Math.min(outputSteps, Math.ceil((span.to + padBefore) / stride));
      return from < to ? { from, to } : null;
    }
    case 'lstm':
      return layer.returnSequences ? { from: firstLstmStep(layer, span), to: layer.steps } : all;
    case 'reshape':
      return stepsOf(sourceShape) === all.to ? span : all;
    case 'global-average-pooling1d':
    case 'repeat-vector':
      return all;
  }
}

/** First step, in the order in which the layer reads, that a changed span reaches. */
export const firstLstmStep = (
  { goBackwards, steps }: { goBackwards: boolean; steps: number },
  span: StepSpan,
): number => (goBackwards ? steps - span.to : span.from);

function workOf(layer: NetworkLayer, source: StepSpan, span: StepSpan): number {
  const steps = span.to - span.from;
  switch (layer.kind) {
    case 'dense':
    case 'conv1d':
      return steps * layer.kernel.length;
    case 'lstm':
      return (
        (layer.steps - firstLstmStep(layer, source)) * (layer.kernel.length + layer.recurrentKernel.length)
      );
    default:
      return (steps * sizeOf(layer.outputShape)) / stepsOf(layer.outputShape);
  }
}

import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { checkScaling, type InputScaling, setScalingWeights, setStartWeights } from './start-weights.ts';

/** A network above this size is refused (decisions.md, "lean by law"). */
export const MAX_WEIGHTS = 50_000;

export type { InputScaling } from './start-weights.ts';

export interface DenseModelSpec {
  inputCount: number;
  outputCount: number;
  /** Widths of the hidden layers, at least one. */
  hiddenUnits: readonly number[];
  activation: 'relu' | 'tanh';
  inputScaling: InputScaling;
}

/** Names are fixed so that the same spec gives the same bytes whatever was built before it. */
export const SCALING_LAYER = 'input-scaling';

/** Weights of a spec, scaling included. */
export function countWeights(spec: DenseModelSpec): number {
  const widths = [spec.inputCount, spec.inputCount, ...spec.hiddenUnits, spec.outputCount];
  let count = 0;
  for (let i = 1; i < widths.length; i += 1) count += (widths[i - 1]! + 1) * widths[i]!;
  return count;
}

/**
 * Builds a dense tfjs model with its input scaling inside the graph as the first, non-trainable layer.
 * Starting weights come from the stream (seed, "start-weights/<layer>", member): He for relu, Glorot for tanh
 * and for the linear head; biases start at 0.
 * @throws RangeError above {@link MAX_WEIGHTS} weights, without a hidden layer, or when the scaling does not fit.
 */
export function buildDenseModel(spec: DenseModelSpec, seed: number | string, member: number): Sequential {
  const size = spec.inputCount;
  if (spec.hiddenUnits.length === 0) throw new RangeError('the model needs a hidden layer');
  checkScaling(spec.inputScaling, size);
  const weightCount = countWeights(spec);
  if (weightCount > MAX_WEIGHTS) throw new RangeError(`${weightCount} weights are more than ${MAX_WEIGHTS}`);
  const model = sequential({ name: 'dense-model' });
  const zeros = { kernelInitializer: 'zeros', biasInitializer: 'zeros' } as const;
  model.add(
    layers.dense({ ...zeros, name: SCALING_LAYER, units: size, inputShape: [size], trainable: false }),
  );
  for (const [i, units] of spec.hiddenUnits.entries()) {
    model.add(layers.dense({ ...zeros, name: `hidden-${i}`, units, activation: spec.activation }));
  }
  model.add(layers.dense({ ...zeros, name: 'head', units: spec.outputCount }));
  for (const layer of model.layers) {
    if (layer.name === SCALING_LAYER) setScalingWeights(layer, spec.inputScaling);
    else {
      const isBeforeRelu = spec.activation === 'relu' && layer.name !== 'head';
      setStartWeights(layer, isBeforeRelu ? 'he' : 'glorot', seed, member);
    }
  }
  return model;
}

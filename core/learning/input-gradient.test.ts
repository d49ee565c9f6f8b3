import { grads, mul, sum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import {
  type LayersModel,
  type SymbolicTensor,
  input as tfjsInput,
  layers as tfjsLayers,
  model as tfjsModel,
} from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../networks/activation.ts';
import { forwardNetwork } from '../networks/forward-network.ts';
import { inputGradient } from '../networks/input-gradient.ts';
import type { Network, NetworkLayer } from '../networks/network.ts';
import { readLayersModel } from '../networks/read-layers-model.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { startBackend } from './backend.ts';
import { inputShapes, inputTensors } from './model-rows.ts';
import { serialiseModel } from './serialise-model.ts';

beforeAll(async () => {
  await startBackend(null);
});

/** float32 of tfjs against double precision through up to twelve layers; relative to the largest slope or 1. */
const FLOAT32 = 1e-4;
/** Central differences at 1e-5: rounding of 1e-16 / 1e-5 and curvature of 1e-10, times slopes of up to ten. */
const DIFFERENCES = 1e-8;
const STEP = 1e-5;

const normals = (length: number, name: string, seed: number) => {
  const stream = randomStream('input-gradient', name, seed);
  return Float64Array.from({ length }, () => stream.normal());
};

type Built = { model: LayersModel; network: Network };
type Build = (seed: number) => LayersModel;

/** Gives every weight a random value and reads the model into the Float64 engine. */
function built(build: Build, seed: number): Built {
  const model = build(seed);
  tidy(() => {
    for (const layer of model.layers) {
      layer.setWeights(
        layer.weights.map(({ name, shape }) => {
          const size = shape.reduce<number>((product, length) => product * (length ?? 1), 1);
          const values = normals(size, `${layer.name}/${name.replace(/^.*\//, '')}`, seed).map(
            (x) => 0.6 * x,
          );
          // A variance is positive.
          if (name.includes('variance')) for (const [i, x] of values.entries()) values[i] = 0.3 + x * x;
          return tensor(Float32Array.from(values), shape as number[]);
        }),
      );
    }
  });
  const files = serialiseModel(model);
  return { model, network: readLayersModel(new TextDecoder().decode(files.modelJson), files.weightsBin) };
}

function tfjsGradient(model: LayersModel, row: Float64Array, readout: Float64Array): Float64Array {
  const slopes = tidy(() => {
    const inputs = inputTensors(inputShapes(model), Float32Array.from(row), 1);
    const weighted = (...ends: Tensor[]) => {
      const output = model.apply(ends.length === 1 ? ends[0]! : ends) as Tensor;
      return sum(mul(output, tensor(Float32Array.from(readout), [1, ...output.shape.slice(1)])));
    };
    return grads(weighted)(inputs).flatMap((gradient) => [...gradient.dataSync()]);
  });
  return Float64Array.from(slopes);
}

type Slopes = (network: Network, row: Float64Array, readout: Float64Array) => { gradient: Float64Array };

/** Largest gap to central differences, relative to the largest slope or 1, where the output has no bend. */
function differenceGap(network: Network, row: Float64Array, readout: Float64Array, slopes: Slopes) {
  const valueAt = (at: Float64Array) =>
    forwardNetwork(network, at).output.reduce((total, value, k) => total + readout[k]! * value, 0);
  const here = valueAt(row);
  const { gradient } = slopes(network, row, readout);
  expect(gradient.length).toBe(row.length);
  const scale = Math.max(1, ...gradient.map(Math.abs));
  let gap = 0;
  let smooth = 0;
  for (const [i, value] of row.entries()) {
    const [before, after] = [valueAt(row.with(i, value - STEP)), valueAt(row.with(i, value + STEP))];
    // A relu or a maximum that changes within the step bends by about the step; a curve by its square.
    if (Math.abs(after - 2 * here + before) > 1e-8 * scale) continue;
    smooth += 1;
    gap = Math.max(gap, Math.abs(gradient[i]! - (after - before) / (2 * STEP)) / scale);
  }
  return { gap, smooth };
}

/** The default start of an LSTM needs operations that the app leaves out; the weights are replaced anyway. */
const START = { recurrentInitializer: 'zeros' } as const;
const activation = fc.constantFrom(...ACTIVATIONS);
const padding = fc.constantFrom('valid' as const, 'same' as const);
const small = fc.integer({ min: 1, max: 4 });
const gates = fc.record({
  recurrentActivation: fc.constantFrom('sigmoid' as const, 'hardSigmoid' as const),
  goBackwards: fc.boolean(),
});
const apply = (layer: LayersModel['layers'][number], to: SymbolicTensor | SymbolicTensor[]) =>
  layer.apply(to) as SymbolicTensor;

const FAMILIES: Record<string, fc.Arbitrary<Build>> = {
  dense: fc.record({ first: activation, second: activation, units: small }).map(
    ({ first, second, units }): Build =>
      () => {
        const end = tfjsInput({ shape: [5], name: 'features' });
        const hidden = apply(tfjsLayers.dense({ name: 'a', units: 4, activation: first }), end);
        const normal = apply(tfjsLayers.batchNormalization({ name: 'normal' }), hidden);
        const output = apply(tfjsLayers.dense({ name: 'b', units: units + 1, activation: second }), normal);
        return tfjsModel({ name: 'dense', inputs: end, outputs: output });
      },
  ),
  convolution: fc
    .record({
      kind: activation,
      padding,
      size: fc.integer({ min: 1, max: 3 }),
      stride: fc.integer({ min: 1, max: 2 }),
      isMax: fc.boolean(),
      filters: small,
    })
    .map(
      ({ kind, padding: pad, size, stride, isMax, filters }): Build =>
        () => {
          const end = tfjsInput({ shape: [13, 2], name: 'trace' });
          const window = { strides: stride, padding: pad };
          const first = apply(
            tfjsLayers.conv1d({ name: 'a', filters: 3, kernelSize: size, activation: kind, ...window }),
            end,
          );
          const pool = isMax ? tfjsLayers.maxPooling1d : tfjsLayers.averagePooling1d;
          const pooled = apply(pool({ name: 'b', poolSize: size, ...window }), first);
          const second = apply(
            tfjsLayers.conv1d({ name: 'c', filters, kernelSize: 2, padding: 'same', activation: 'tanh' }),
            pooled,
          );
          const flat = apply(tfjsLayers.flatten({ name: 'flat' }), second);
          const output = apply(tfjsLayers.dense({ name: 'd', units: 2 }), flat);
          return tfjsModel({ name: 'convolution', inputs: end, outputs: output });
        },
    ),
  lstm: fc.tuple(gates, gates, fc.boolean()).map(
    ([first, second, isSequence]): Build =>
      () => {
        const end = tfjsInput({ shape: [6, 2], name: 'trace' });
        const lower = apply(
          tfjsLayers.lstm({ ...START, name: 'a', units: 3, returnSequences: true, ...first }),
          end,
        );
        const upper = apply(
          tfjsLayers.lstm({ ...START, name: 'b', units: 2, returnSequences: isSequence, ...second }),
          lower,
        );
        const output = apply(tfjsLayers.dense({ name: 'head', units: 2, activation: 'softmax' }), upper);
        return tfjsModel({ name: 'lstm', inputs: end, outputs: output });
      },
  ),
  joined: fc.record({ share: activation, soft: activation, lstm: gates }).map(
    ({ share, soft, lstm }): Build =>
      () => {
        const trace = tfjsInput({ shape: [7, 2], name: 'trace' });
        const features = tfjsInput({ shape: [3], name: 'features' });
        const conv = apply(
          tfjsLayers.conv1d({ name: 'a', filters: 3, kernelSize: 3, activation: 'relu' }),
          trace,
        );
        const mean = apply(tfjsLayers.globalAveragePooling1d({ name: 'mean' }), conv);
        const last = apply(tfjsLayers.lstm({ ...START, name: 'b', units: 2, ...lstm }), trace);
        const joined = apply(tfjsLayers.concatenate({ name: 'joined' }), [mean, last, features]);
        const level = apply(tfjsLayers.dense({ name: 'level', units: 4 }), joined);
        const shares = apply(tfjsLayers.dense({ name: 'share', units: 4, activation: share }), joined);
        const third = apply(tfjsLayers.dense({ name: 'third', units: 4, activation: 'tanh' }), features);
        const held = apply(tfjsLayers.multiply({ name: 'held' }), [level, shares, third]);
        const again = apply(tfjsLayers.repeatVector({ name: 'again', n: 3 }), held);
        const softened = apply(tfjsLayers.activation({ name: 'soft', activation: soft }), again);
        const both = apply(tfjsLayers.concatenate({ name: 'both' }), [again, softened]);
        const output = apply(tfjsLayers.reshape({ name: 'answer', targetShape: [24] }), both);
        return tfjsModel({ name: 'joined', inputs: [trace, features], outputs: output });
      },
  ),
};

/**
 * A mean over a window that padding cuts short: tfjs 4.22 divides by the members going forward and by the full size
 * going back, so its slope is not that of its own output. Central differences still judge ours.
 */
function hasShortMeans(layer: NetworkLayer): boolean {
  if (layer.kind !== 'average-pooling1d') return false;
  const { padBefore, outputSteps, stride, size, inputSteps } = layer.window;
  return padBefore > 0 || (outputSteps - 1) * stride - padBefore + size > inputSteps;
}

describe('slopes by the inputs on random graphs', () => {
  for (const [name, family] of Object.entries(FAMILIES)) {
    it(`${name}: equal central differences and tfjs`, () => {
      let smooth = 0;
      let all = 0;
      fc.assert(
        fc.property(family, fc.integer({ min: 0, max: 1e6 }), (build, seed) => {
          const { model, network } = built(build, seed);
          const row = normals(network.inputCount, 'row', seed).map(Math.fround);
          const readout = normals(network.outputCount, 'readout', seed).map(Math.fround);
          const found = differenceGap(network, row, readout, inputGradient);
          expect(found.gap).toBeLessThan(DIFFERENCES);
          smooth += found.smooth;
          all += row.length;
          const { gradient, value } = inputGradient(network, row, readout);
          const expected = network.layers.some(hasShortMeans) ? gradient : tfjsGradient(model, row, readout);
          model.dispose();
          const scale = Math.max(1, ...expected.map(Math.abs));
          for (const [i, slope] of gradient.entries()) {
            expect(Math.abs(slope - expected[i]!)).toBeLessThan(FLOAT32 * scale);
          }
          const { output } = forwardNetwork(network, row);
          expect(value).toBe(output.reduce((total, each, k) => total + readout[k]! * each, 0));
        }),
        { seed: 11, numRuns: 12 },
      );
      expect(smooth).toBeGreaterThan(0.98 * all);
    });
  }
});

describe('broken twins are caught', () => {
  const twisted =
    (twist: (layer: NetworkLayer) => NetworkLayer): Slopes =>
    (network, row, readout) =>
      inputGradient({ ...network, layers: network.layers.map(twist) }, row, readout);
  const gapOf = (family: string, slopes: Slopes, isWanted: (network: Network) => boolean) => {
    const builds = fc.sample(FAMILIES[family]!, { seed: 12, numRuns: 40 });
    for (const [seed, build] of builds.entries()) {
      const { model, network } = built(build, seed);
      model.dispose();
      if (!isWanted(network)) continue;
      const row = normals(network.inputCount, 'row', seed);
      const readout = normals(network.outputCount, 'readout', seed);
      return differenceGap(network, row, readout, slopes).gap;
    }
    throw new Error('no graph of the sample has the layer');
  };
  const has = (test: (layer: NetworkLayer) => boolean) => (network: Network) => network.layers.some(test);

  it.each<[string, string, (layer: NetworkLayer) => boolean, (layer: NetworkLayer) => NetworkLayer]>([
    [
      'a backward LSTM that reads forwards',
      'lstm',
      (layer) => layer.kind === 'lstm' && layer.goBackwards,
      (layer) => (layer.kind === 'lstm' ? { ...layer, goBackwards: false } : layer),
    ],
    [
      'hard-sigmoid gates with the slope of a sigmoid',
      'lstm',
      (layer) => layer.kind === 'lstm' && layer.recurrentActivation === 'hard-sigmoid',
      (layer) => (layer.kind === 'lstm' ? { ...layer, recurrentActivation: 'sigmoid' } : layer),
    ],
    [
      'a softmax without its cross terms',
      'lstm',
      (layer) => layer.kind === 'dense',
      (layer) => (layer.kind === 'dense' ? { ...layer, activation: 'sigmoid' } : layer),
    ],
    [
      'a maximum that shares its slope',
      'convolution',
      (layer) => layer.kind === 'max-pooling1d' && layer.window.size > 1,
      (layer) => (layer.kind === 'max-pooling1d' ? { ...layer, kind: 'average-pooling1d' } : layer),
    ],
    [
      'a product that forgets its last factor',
      'joined',
      (layer) => layer.kind === 'multiply',
      (layer) => (layer.kind === 'multiply' ? { ...layer, sources: layer.sources.slice(0, 2) } : layer),
    ],
    [
      'a concatenation that takes its sources in another order',
      'joined',
      (layer) => layer.kind === 'concatenate' && layer.sources.length > 2,
      (layer) =>
        layer.kind === 'concatenate'
          ? { ...layer, sources: layer.sources.toReversed(), widths: layer.widths.toReversed() }
          : layer,
    ],
  ])('%s', (_name, family, test, twist) => {
    expect(gapOf(family, twisted(twist), has(test))).toBeGreaterThan(1e-4);
    expect(gapOf(family, inputGradient, has(test))).toBeLessThan(DIFFERENCES);
  });
});

describe('at a kink', () => {
  it('the first of equal members of a maximum has the slope, as in tfjs', () => {
    const build: Build = () => {
      const end = tfjsInput({ shape: [6, 1], name: 'trace' });
      const pooled = apply(tfjsLayers.maxPooling1d({ name: 'pool', poolSize: 3, strides: 3 }), end);
      const output = apply(tfjsLayers.flatten({ name: 'flat' }), pooled);
      return tfjsModel({ name: 'ties', inputs: end, outputs: output });
    };
    const { model, network } = built(build, 1);
    const row = Float64Array.of(1, 1, 1, 0, 2, 2);
    const readout = Float64Array.of(3, -1);
    const { gradient } = inputGradient(network, row, readout);
    expect([...gradient]).toEqual([3, 0, 0, 0, -1, 0]);
    expect([...tfjsGradient(model, row, readout)]).toEqual([...gradient]);
  });
  it('a mean over a padded window passes a share for each member, which tfjs does not', () => {
    const build: Build = () => {
      const end = tfjsInput({ shape: [3, 1], name: 'trace' });
      const pool = tfjsLayers.averagePooling1d({ name: 'pool', poolSize: 2, strides: 2, padding: 'same' });
      const output = apply(tfjsLayers.flatten({ name: 'flat' }), apply(pool, end));
      return tfjsModel({ name: 'means', inputs: end, outputs: output });
    };
    const { model, network } = built(build, 1);
    const row = Float64Array.of(1, 2, 4);
    const readout = Float64Array.of(1, 1);
    expect([...forwardNetwork(network, row).output]).toEqual([1.5, 4]);
    expect([...inputGradient(network, row, readout).gradient]).toEqual([0.5, 0.5, 1]);
    expect([...tfjsGradient(model, row, readout)]).toEqual([0.5, 0.5, 0.5]);
  });
  it('a relu passes nothing, as in tfjs', () => {
    const build: Build = () => {
      const end = tfjsInput({ shape: [3], name: 'features' });
      const output = apply(tfjsLayers.activation({ name: 'relu', activation: 'relu' }), end);
      return tfjsModel({ name: 'kink', inputs: end, outputs: output });
    };
    const { model, network } = built(build, 1);
    const row = Float64Array.of(0, 2, -1);
    const readout = Float64Array.of(1, 1, 1);
    expect([...inputGradient(network, row, readout).gradient]).toEqual([0, 1, 0]);
    expect([...tfjsGradient(model, row, readout)]).toEqual([0, 1, 0]);
  });
});

describe('misuse', () => {
  it('is refused with a sentence', () => {
    const { network } = built(fc.sample(FAMILIES.dense!, { seed: 1, numRuns: 1 })[0]!, 1);
    const readout = new Float64Array(network.outputCount).fill(1);
    const row = new Float64Array(network.inputCount);
    expect(() => inputGradient(network, row.slice(1), readout)).toThrow(/takes 5 numbers/);
    expect(() => inputGradient(network, row.with(0, Number.NaN), readout)).toThrow(/not finite/);
    expect(() => inputGradient(network, row, readout.slice(1))).toThrow(/a readout needs/);
    expect(() => inputGradient(network, row, readout.with(0, Number.POSITIVE_INFINITY))).toThrow(RangeError);
  });
});

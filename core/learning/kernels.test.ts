import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import {
  conv1d,
  getBackend,
  grad,
  grads,
  maxPool,
  mul,
  setBackend,
  square,
  sum,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LstmGradients, lstmBackward, zeroLstmGradients } from '../networks/lstm-backward.ts';
import { type LstmWeights, lstmTape, runLstm } from '../networks/lstm-layer.ts';
import { sequenceWindow } from '../networks/sequence-window.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { startBackend } from './backend.ts';
import { convolutionFilterGradient } from './convolution-kernel.ts';
import { executeGraph } from './execute-graph.ts';
import { buildGraphModel } from './graph-model.ts';
import { maxPoolingGradient } from './max-pooling-kernel.ts';

beforeAll(async () => {
  // Both backends stay registered; each test names the one it runs on.
  const wasmEntry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  expect(await startBackend(`${dirname(wasmEntry)}/`)).toBe('wasm');
  await setBackend('cpu');
});

const normals = (length: number, name: string) => {
  const stream = randomStream('kernels', name, 0);
  return Float64Array.from({ length }, () => stream.normal());
};
const largestGap = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  let gap = 0;
  let largest = 1;
  for (let i = 0; i < a.length; i += 1) {
    gap = Math.max(gap, Math.abs(a[i]! - b[i]!));
    largest = Math.max(largest, Math.abs(b[i]!));
  }
  return gap / largest;
};
/** float32 of tfjs against double precision, over sums of some hundred terms. */
const FLOAT32 = 2e-5;

describe('back-propagation through time', () => {
  const steps = 7;
  const sigmoidGates: LstmWeights = {
    recurrentActivation: 'sigmoid',
    inputCount: 3,
    units: 5,
    kernel: normals(60, 'kernel').map((x) => 0.5 * x),
    recurrentKernel: normals(100, 'recurrent').map((x) => 0.5 * x),
    bias: normals(20, 'bias'),
  };
  const input = normals(steps * 3, 'input');
  const target = normals(steps * 5, 'target');
  /** Half the squared distance of all hidden states from a target. */
  const lossOf = (at: LstmWeights, sequence: Float64Array) => {
    const tape = lstmTape(steps, 5);
    runLstm(at, sequence, tape);
    return tape.hidden.subarray(5).reduce((loss, h, i) => loss + 0.5 * (h - target[i]!) ** 2, 0);
  };
  type Backward = typeof lstmBackward;
  /** Law: the gradients are the slopes of the loss. Returns the largest gap, relative to the largest slope or 1. */
  const slopeGap = (backward: Backward, weights = sigmoidGates): number => {
    const tape = lstmTape(steps, 5);
    runLstm(weights, input, tape);
    const gradients = zeroLstmGradients(weights);
    const inputGradient = new Float64Array(input.length);
    const byHidden = tape.hidden.slice(5).map((h, i) => h - target[i]!);
    backward(weights, input, tape, byHidden, gradients, inputGradient);
    // Central differences: error of order 1e-10 by the step, 1e-10 by rounding.
    const step = 1e-5;
    const slopes = (values: Float64Array, loss: (moved: Float64Array) => number) =>
      values.map(
        (value, i) => (loss(values.with(i, value + step)) - loss(values.with(i, value - step))) / (2 * step),
      );
    const of = (role: keyof LstmGradients) =>
      largestGap(
        gradients[role],
        slopes(weights[role], (moved) => lossOf({ ...weights, [role]: moved }, input)),
      );
    const byInput = largestGap(
      inputGradient,
      slopes(input, (moved) => lossOf(weights, moved)),
    );
    return Math.max(of('kernel'), of('recurrentKernel'), of('bias'), byInput);
  };
  it('gives the slopes of the loss', () => {
    expect(slopeGap(lstmBackward)).toBeLessThan(1e-8);
  });
  it('gives them with hard-sigmoid gates too, and not with the slopes of the other kind (broken twin)', () => {
    const hardGates: LstmWeights = { ...sigmoidGates, recurrentActivation: 'hard-sigmoid' };
    expect(slopeGap(lstmBackward, hardGates)).toBeLessThan(1e-8);
    const otherSlopes: Backward = (_, x, tape, dh, g, dx) => lstmBackward(sigmoidGates, x, tape, dh, g, dx);
    expect(slopeGap(otherSlopes, hardGates)).toBeGreaterThan(1e-3);
  });
  it('is caught when a gate, the cell or the way back in time is forgotten (broken twins)', () => {
    const twin =
      (change: (tape: ReturnType<typeof lstmTape>) => void): Backward =>
      (w, x, tape, dh, g, dx) => {
        const changed = { ...tape, gates: tape.gates.slice(), cell: tape.cell.slice() };
        change(changed);
        lstmBackward(w, x, changed, dh, g, dx);
      };
    const noForgetting = twin(({ gates }) => {
      for (let t = 0; t < steps; t += 1) gates.fill(1, t * 20 + 5, t * 20 + 10);
    });
    const noCell = twin(({ cell }) => cell.fill(0));
    const onlyLastStep: Backward = (w, x, tape, dh, g, dx) =>
      lstmBackward(
        w,
        x,
        tape,
        dh.map((value, i) => (i < (steps - 1) * 5 ? 0 : value)),
        g,
        dx,
      );
    for (const broken of [noForgetting, noCell, onlyLastStep]) expect(slopeGap(broken)).toBeGreaterThan(1e-3);
  });
  it('a sequence that is continued equals one that is run whole', () => {
    const weights = sigmoidGates;
    const whole = lstmTape(steps, 5);
    runLstm(weights, input, whole);
    const changed = input.slice();
    for (let i = 4 * 3; i < changed.length; i += 1) changed[i]! += 1;
    const expected = lstmTape(steps, 5);
    runLstm(weights, changed, expected);
    runLstm(weights, changed, whole, 4);
    expect(whole).toEqual(expected);
  });
});

/** A network in which every kind of layer with a gradient of our own lies between the input and the loss. */
function mixedModel(returnSequences: boolean): LayersModel {
  return buildGraphModel(
    {
      name: 'mixed',
      inputs: [{ name: 'trace', shape: [12, 2], scaling: null }],
      layers: [
        {
          kind: 'conv1d',
          name: 'conv',
          from: 'trace',
          filters: 4,
          size: 3,
          padding: 'same',
          activation: 'tanh',
        },
        { kind: 'max-pooling1d', name: 'pool', from: 'conv', size: 2 },
        { kind: 'lstm', name: 'first', from: 'pool', units: 5, returnSequences: true },
        { kind: 'lstm', name: 'second', from: 'first', units: 3, returnSequences },
        { kind: 'dense', name: 'head', from: 'second', units: 2, activation: 'linear' },
      ],
    },
    7,
    0,
  );
}

/** Gradients of the sum of squares of the output by every weight. */
function gradientsOf(model: LayersModel, forward: (x: Tensor) => Tensor): Record<string, number[]> {
  return tidy(() => {
    const x = tensor(Float32Array.from(normals(4 * 24, 'batch')), [4, 12, 2]);
    const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
    const found = variableGrads(() => sum(square(forward(x))), variables).grads;
    return Object.fromEntries(
      model.trainableWeights.map((weight, i) => [
        weight.originalName,
        Array.from(found[variables[i]!.name]!.dataSync()),
      ]),
    );
  });
}

describe('gradients of a whole network', () => {
  for (const returnSequences of [false, true]) {
    it(`equal those of tfjs itself on the cpu backend, on both backends (sequences: ${returnSequences})`, async () => {
      const own = (model: LayersModel) =>
        gradientsOf(model, (x) => executeGraph(model, [x], { isTraining: true }).get('head')!);
      const reference = mixedModel(returnSequences);
      const expected = gradientsOf(reference, (x) => reference.apply(x) as Tensor);
      const onCpu = own(reference);
      await setBackend('wasm');
      expect(getBackend()).toBe('wasm');
      const onWasm = own(mixedModel(returnSequences));
      await setBackend('cpu');
      expect(Object.keys(expected)).toHaveLength(10);
      for (const [name, values] of Object.entries(expected)) {
        expect(largestGap(onCpu[name]!, values), `${name} on cpu`).toBeLessThan(FLOAT32);
        expect(largestGap(onWasm[name]!, values), `${name} on wasm`).toBeLessThan(FLOAT32);
      }
    });
  }
});

describe('the filter gradient of a convolution', () => {
  const cases = [
    { steps: 11, inputs: 2, outputs: 3, taps: 4, stride: 1, padding: 'valid' },
    { steps: 11, inputs: 1, outputs: 2, taps: 5, stride: 2, padding: 'same' },
    { steps: 3, inputs: 2, outputs: 2, taps: 3, stride: 3, padding: 'same' },
    { steps: 6, inputs: 3, outputs: 1, taps: 1, stride: 2, padding: 'valid' },
  ] as const;
  type Gradient = typeof convolutionFilterGradient;
  /** Law: it equals what tfjs computes on the cpu backend. */
  const gap = (
    gradient: Gradient,
    { steps, inputs, outputs, taps, stride, padding }: (typeof cases)[number],
  ) => {
    const window = sequenceWindow(steps, taps, stride, padding);
    const x = Float32Array.from(normals(2 * steps * inputs, 'x'));
    const by = Float32Array.from(normals(2 * window.outputSteps * outputs, 'by'));
    const expected = tidy(() => {
      const weigh = grads((input, kernel) =>
        mul(
          conv1d(input as Tensor3D, kernel as Tensor3D, stride, padding),
          tensor(by, [2, window.outputSteps, outputs]),
        ),
      );
      const kernel = tensor(new Float32Array(taps * inputs * outputs), [taps, inputs, outputs]);
      return weigh([tensor(x, [2, steps, inputs]), kernel])[1]!.dataSync();
    });
    const sizes = {
      batch: 2,
      inputSteps: steps,
      inputCount: inputs,
      outputSteps: window.outputSteps,
      outputCount: outputs,
      taps,
      stride,
      padBefore: window.padBefore,
    };
    return largestGap(gradient(x, by, sizes), expected);
  };
  it('equals that of tfjs on the cpu backend', () => {
    for (const each of cases) expect(gap(convolutionFilterGradient, each)).toBeLessThan(FLOAT32);
  });
  it('is caught when the stride or the padding is forgotten (broken twins)', () => {
    const noStride: Gradient = (x, by, sizes) => convolutionFilterGradient(x, by, { ...sizes, stride: 1 });
    const noPadding: Gradient = (x, by, sizes) =>
      convolutionFilterGradient(x, by, { ...sizes, padBefore: 0 });
    for (const broken of [noStride, noPadding]) expect(gap(broken, cases[1])).toBeGreaterThan(1e-2);
  });
});

describe('the gradient of a maximum over windows', () => {
  const window = sequenceWindow(7, 3, 2, 'same');
  const x = Float32Array.from(normals(2 * 7 * 2, 'pooled'));
  const by = Float32Array.from(normals(2 * window.outputSteps * 2, 'by pooled'));
  const gap = (gradient: typeof maxPoolingGradient) => {
    const expected = tidy(() =>
      grad((input) => {
        const pooled = maxPool(input as Tensor4D, [3, 1], [2, 1], 'same');
        return mul(pooled, tensor(by, [2, window.outputSteps, 1, 2]));
      })(tensor(x, [2, 7, 1, 2])).dataSync(),
    );
    return largestGap(gradient(x, by, 2, 2, window), expected);
  };
  it('equals that of tfjs on the cpu backend', () => {
    expect(gap(maxPoolingGradient)).toBeLessThan(FLOAT32);
  });
  it('is caught when it goes to the first value whatever its size (broken twin)', () => {
    const toFirst: typeof maxPoolingGradient = (input, gradient, batch, channels, w) =>
      maxPoolingGradient(
        input.map(() => 0),
        gradient,
        batch,
        channels,
        w,
      );
    expect(gap(toFirst)).toBeGreaterThan(1e-2);
  });
});

import { describe, expect, it } from 'vitest';
import { finishRun } from '../explain/coalition-run.ts';
import { timeBands } from '../explain/time-bands.ts';
import { buildNetwork, type Network, type NetworkLayer } from '../networks/network.ts';
import { randomStream } from '../numerics/random-stream.ts';
import type { ExplainedPrediction } from './explained-prediction.ts';
import { methodsLabRun } from './methods-lab.ts';

const normals = (name: string, length: number, size = 0.5) => {
  const stream = randomStream('methods-lab', name, 0);
  return Float64Array.from({ length }, () => size * stream.normal());
};

const dense = (name: string, source: number, inputs: number, outputs: number): NetworkLayer => ({
  kind: 'dense',
  name,
  sources: [source],
  outputShape: [outputs],
  activation: name === 'head' ? 'linear' : 'tanh',
  inputCount: inputs,
  outputCount: outputs,
  kernel: normals(name, inputs * outputs),
  bias: normals(`${name}-bias`, outputs),
});

const STEPS = 12;
/** Two features beside a recording of 12 steps, two classes. */
function member(seed: number, isRecurrent: boolean): Network {
  const front: NetworkLayer = isRecurrent
    ? {
        kind: 'lstm',
        name: `lstm-${seed}`,
        sources: [1],
        outputShape: [4],
        steps: STEPS,
        units: 4,
        inputCount: 1,
        returnSequences: false,
        goBackwards: false,
        recurrentActivation: 'sigmoid',
        kernel: normals(`kernel-${seed}`, 16),
        recurrentKernel: normals(`recurrent-${seed}`, 64),
        bias: normals(`bias-${seed}`, 16),
      }
    : { ...dense(`trace-${seed}`, 2, STEPS, 4), sources: [2] };
  const flat: NetworkLayer = { kind: 'reshape', name: 'flat', sources: [1], outputShape: [STEPS] };
  const at = isRecurrent ? 2 : 3;
  return buildNetwork(
    [
      { name: 'features', shape: [2] },
      { name: 'trace', shape: [STEPS, 1] },
    ],
    [
      ...(isRecurrent ? [] : [flat]),
      front,
      { kind: 'concatenate', name: 'both', sources: [0, at], outputShape: [6], widths: [2, 4] },
      dense('head', at + 1, 6, 2),
    ],
  );
}

function prediction(isRecurrent: boolean): ExplainedPrediction {
  const row = normals('row', 2 + STEPS, 1);
  const reference = { name: 'an average person', row: normals('reference', 2 + STEPS, 0.1) };
  return {
    modelId: 'test',
    asked: 'first rather than second',
    members: [0, 1, 2].map((seed) => member(seed, isRecurrent)),
    readout: Float64Array.of(1, -1),
    unit: 'logit',
    row,
    reference,
    groups: [
      { name: 'strength', columns: [0] },
      { name: 'ratio', columns: [1] },
      { name: 'trace', columns: Array.from({ length: STEPS }, (_, i) => 2 + i) },
    ],
    bands: timeBands({ steps: STEPS, channels: 1, offset: 2 }, 4),
    limits: [{ column: 0, low: -30, high: 30 }],
    repeated: (draw) => row.map((value, i) => value + 0.01 * normals(`again-${draw}`, 2 + STEPS)[i]!),
  };
}

const OPTIONS = { level: 'measurements', layerWiseRelevance: 'off', seed: 'test' } as const;

describe('methods lab', () => {
  it('runs every explainer on the same units, and leaves layer-wise relevance out until it is switched on', () => {
    const off = finishRun(methodsLabRun(prediction(false), OPTIONS));
    const on = finishRun(methodsLabRun(prediction(false), { ...OPTIONS, layerWiseRelevance: 'on' }));
    const methods = off.rows.map(({ method }) => method);
    expect(methods).not.toContain('layer-wise-relevance');
    expect(new Set(methods).size).toBe(10);
    expect(off.refusals).toEqual([]);
    expect(on.rows.at(-1)?.method).toBe('layer-wise-relevance');
    expect(on.rows.slice(0, -1)).toEqual(off.rows);
    for (const { values } of off.rows) expect(values).toHaveLength(3);
    expect(off.agreements).toHaveLength(45);
  });
  it('names a layer that a method does not know instead of guessing', () => {
    const { rows, refusals } = finishRun(methodsLabRun(prediction(true), OPTIONS));
    expect(refusals.map(({ method }) => method)).toEqual(['deep-lift']);
    expect(refusals[0]?.why).toMatch(/"lstm-0"/);
    expect(rows).toHaveLength(9);
  });
  it('time bands: all else stays as measured, so that additive values add up over the bands alone', () => {
    const lab = finishRun(methodsLabRun(prediction(false), { ...OPTIONS, level: 'time-bands' }));
    const exact = lab.rows.find(({ method }) => method === 'exact-shapley')!;
    const sum = exact.values.reduce((total, value) => total + value, 0);
    // Rounding of a dozen additions.
    expect(Math.abs(sum - (lab.output - lab.referenceOutput))).toBeLessThan(1e-12);
    expect(exact.completenessGap).toBeLessThan(1e-12);
    // The whole difference holds what the features add: without the rule above it would be the sum.
    const whole = finishRun(methodsLabRun(prediction(false), OPTIONS));
    expect(Math.abs(whole.referenceOutput - lab.referenceOutput)).toBeGreaterThan(1e-3);
  });
  it('gives the same numbers for the same seed, and stops between two steps', () => {
    const first = finishRun(methodsLabRun(prediction(true), OPTIONS));
    expect(finishRun(methodsLabRun(prediction(true), OPTIONS))).toEqual(first);
    const run = methodsLabRun(prediction(true), OPTIONS);
    const { value, done } = run.next();
    expect(done).toBe(false);
    expect(value).toEqual({ done: 0, total: 10 });
    expect(run.return(first).done).toBe(true);
  });
  it('says what would change the call within the limits, and nothing where the answer is no class', () => {
    const lab = finishRun(methodsLabRun(prediction(false), OPTIONS));
    expect(lab.flips?.perFeature).toHaveLength(1);
    expect(lab.bandFlips?.replacements).toHaveLength(4);
    const value = finishRun(methodsLabRun({ ...prediction(false), limits: null }, OPTIONS));
    expect([value.flips, value.bandFlips]).toEqual([null, null]);
  });
  it('refuses at once what has no units or no repetition', () => {
    const noBands = { ...prediction(false), bands: null };
    expect(() => methodsLabRun(noBands, { ...OPTIONS, level: 'time-bands' })).toThrow(/no time-bands/);
    expect(() => methodsLabRun({ ...noBands, groups: [] }, OPTIONS)).toThrow(RangeError);
    for (const repeatedMeasurements of [0, 1.5, Number.NaN]) {
      expect(() => methodsLabRun(prediction(false), { ...OPTIONS, repeatedMeasurements })).toThrow(
        RangeError,
      );
    }
  });
});

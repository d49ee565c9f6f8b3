import { describe, expect, it } from 'vitest';
import { TRACE_DESCRIPTION } from '../../core/inference/trace-branch.ts';
import { forwardNetwork } from '../../core/networks/dense-network.ts';
import { buildNetwork } from '../../core/networks/network.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { forwardOf } from './wrist-state-forward.ts';

const stream = randomStream('wrist-state-forward-test', 'weights', 0);
const normals = (count: number) => Float64Array.from({ length: count }, () => stream.normal());
const dense = (name: string, source: number, inputCount: number, outputCount: number) => ({
  kind: 'dense' as const,
  name,
  activation: 'tanh' as const,
  inputCount,
  outputCount,
  kernel: normals(inputCount * outputCount),
  bias: normals(outputCount),
  sources: [source],
  outputShape: [outputCount],
});

/** Three features, a trace of four numbers described by two, joined, a hidden layer, three outputs. */
const network = buildNetwork(
  [
    { name: 'features', shape: [3] },
    { name: 'trace', shape: [4] },
  ],
  [
    dense(TRACE_DESCRIPTION, 1, 4, 2),
    { kind: 'concatenate', name: 'joined', sources: [0, 2], outputShape: [5], widths: [3, 2] },
    dense('hidden', 3, 5, 4),
    dense('head', 4, 4, 3),
  ],
);
const rowOf = (trace: Float64Array) => Float64Array.from([...normals(3), ...trace]);

describe('the forward pass of the evaluation', () => {
  it('is the network itself, with and without a trace, to the bit', () => {
    const forward = forwardOf(network);
    for (let person = 0; person < 20; person += 1) {
      // Alternating, so that a description kept from one kind would show in the other (broken twin below).
      const row = rowOf(person % 2 === 0 ? new Float64Array(4) : normals(4));
      const { output, lastHidden } = forwardNetwork(network, row);
      const pass = forward(row);
      expect(pass.output).toEqual(output);
      expect(pass.lastHidden).toEqual(lastHidden);
    }
    const row = rowOf(normals(4));
    const blank = Float64Array.from([...row.subarray(0, 3), 0, 0, 0, 0]);
    expect(forward(row).output).not.toEqual(forward(blank).output);
  });

  it('refuses a row of another length and a number that is none, as the network does', () => {
    const forward = forwardOf(network);
    expect(() => forward(new Float64Array(3))).toThrow(RangeError);
    expect(() => forward(Float64Array.of(Number.NaN, 0, 0, 0, 0, 0, 0))).toThrow(RangeError);
  });
});

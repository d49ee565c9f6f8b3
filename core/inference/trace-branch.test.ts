import { describe, expect, it } from 'vitest';
import { forwardNetwork } from '../networks/dense-network.ts';
import { buildNetwork, type Network } from '../networks/network.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { TRACE_DESCRIPTION, withoutTraceBranch } from './trace-branch.ts';

const stream = randomStream('trace-branch-test', 'weights', 0);
const normals = (count: number) => Float64Array.from({ length: count }, () => stream.normal());

/** Three features, a "trace" of 4 steps x 1, flattened into two numbers, joined, a hidden layer, two outputs. */
function joined(): Network {
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
  return buildNetwork(
    [
      { name: 'features', shape: [3] },
      { name: 'trace', shape: [4, 1] },
    ],
    [
      dense('scaling', 0, 3, 3),
      { kind: 'reshape', name: 'trace-flat', sources: [1], outputShape: [4] },
      dense(TRACE_DESCRIPTION, 3, 4, 2),
      { kind: 'concatenate', name: 'joined', sources: [2, 4], outputShape: [5], widths: [3, 2] },
      dense('hidden-0', 5, 5, 4),
      dense('head', 6, 4, 2),
    ],
  );
}

describe('a network without its trace branch', () => {
  it('answers exactly as the whole one, whatever features are put in', () => {
    const network = joined();
    const short = withoutTraceBranch(network)!;
    const row = normals(7);
    const described = short.describe(row);
    expect(described).toHaveLength(5);
    for (let draw = 0; draw < 20; draw += 1) {
      const features = normals(3);
      const whole = Float64Array.from([...features, ...row.subarray(3)]);
      const cut = Float64Array.from([...features, ...described.subarray(3)]);
      expect(forwardNetwork(short.network, cut).output).toEqual(forwardNetwork(network, whole).output);
    }
    // Twin: another trace's description gives another answer, so the equality above says something.
    const other = short.describe(normals(7));
    const mixed = Float64Array.from([...row.subarray(0, 3), ...other.subarray(3)]);
    expect(forwardNetwork(short.network, mixed).output).not.toEqual(forwardNetwork(network, row).output);
  });

  it('is none when the network reads no trace', () => {
    const { layers } = joined();
    const head = layers.at(-1)!;
    const plain = buildNetwork([{ name: 'features', shape: [4] }], [{ ...head, sources: [0] }]);
    expect(withoutTraceBranch(plain)).toBeNull();
  });

  it('is refused when the description does not part the trace from the features, or a row is too short', () => {
    const { inputs, layers } = joined();
    const ofFeatures = layers.map((layer) =>
      layer.kind === 'dense' && layer.name === TRACE_DESCRIPTION
        ? { ...layer, sources: [0], inputCount: 3, kernel: normals(6) }
        : layer,
    );
    expect(() => withoutTraceBranch(buildNetwork(inputs, ofFeatures))).toThrow(RangeError);
    expect(() => withoutTraceBranch(joined())!.describe(normals(6))).toThrow(RangeError);
  });
});

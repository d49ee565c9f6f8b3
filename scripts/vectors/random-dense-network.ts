import type { Activation } from '../../core/networks/activation.ts';
import { buildNetwork, type DenseLayer, type Network } from '../../core/networks/network.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';

export interface DensePlan {
  inputCount: number;
  /** Units of each hidden layer. */
  hidden: readonly number[];
  outputCount: number;
  activation: Activation;
}

/** Chain of dense layers with normal weights of variance 1 / inputs and normal biases; a linear head. */
export function randomDenseNetwork(
  seed: number,
  { inputCount, hidden, outputCount, activation }: DensePlan,
): Network {
  const stream = randomStream(seed, 'dense-network', 0);
  const normals = (length: number, scale: number) =>
    Float64Array.from({ length }, () => scale * stream.normal());
  let width = inputCount;
  const layers = [...hidden, outputCount].map((units, index): DenseLayer => {
    const isHead = index === hidden.length;
    const layer: DenseLayer = {
      kind: 'dense',
      name: `dense-${index}`,
      sources: [index],
      outputShape: [units],
      activation: isHead ? 'linear' : activation,
      inputCount: width,
      outputCount: units,
      kernel: normals(width * units, 1 / Math.sqrt(width)),
      bias: normals(units, 0.3),
    };
    width = units;
    return layer;
  });
  return buildNetwork([{ name: 'input', shape: [inputCount] }], layers);
}

/** Standard normal numbers. */
export function randomRow(seed: number, name: string, length: number): Float64Array {
  const stream = randomStream(seed, name, 0);
  return Float64Array.from({ length }, () => stream.normal());
}

/** The network with one dense layer in place of another of the same name. */
export function withLayer(network: Network, layer: DenseLayer): Network {
  return buildNetwork(
    network.inputs,
    network.layers.map((each) => (each.name === layer.name ? layer : each)),
  );
}

/** A dense layer of the network by its place. @throws Error when it is none. */
export function denseAt(network: Network, index: number): DenseLayer {
  const layer = network.layers[index];
  if (layer?.kind !== 'dense') throw new Error(`layer ${index} is not dense`);
  return layer;
}

import {
  buildNetwork,
  type ConvolutionLayer,
  type DenseLayer,
  type Network,
} from '../../networks/network.ts';

/**
 * The same network with its scaling layers (linear dense, or convolutions over one step, that give every channel its
 * own factor and offset and mix nothing) written as affine layers, which relevance folds into their neighbours. Its
 * outputs stay the same; a composite has no rule for those layers any more.
 */
export function scalingAsAffine(network: Network): Network {
  return buildNetwork(
    network.inputs,
    network.layers.map((layer) => {
      if ((layer.kind !== 'dense' && layer.kind !== 'conv1d') || !isScaling(layer)) return layer;
      const { name, sources, outputShape, kernel, bias, inputCount } = layer;
      const scale = bias.map((_, j) => kernel[j * inputCount + j]!);
      return { kind: 'affine', name, sources, outputShape, scale, offset: bias.slice() };
    }),
  );
}

function isScaling(layer: DenseLayer | ConvolutionLayer): boolean {
  if (layer.kind === 'conv1d' && (layer.window.size !== 1 || layer.window.stride !== 1)) return false;
  if (layer.activation !== 'linear' || layer.inputCount !== layer.outputCount) return false;
  return layer.kernel.every((weight, at) => weight === 0 || at % (layer.outputCount + 1) === 0);
}

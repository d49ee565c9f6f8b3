import * as z from 'zod';
import { ACTIVATIONS, type DenseLayer, type DenseNetwork, denseNetwork } from './dense-network.ts';

/** The model uses something the Float64 engine does not compute; `layer` names it. */
export class UnsupportedLayerError extends Error {
  readonly layer: string;
  constructor(layer: string, what: string) {
    super(`layer "${layer}": ${what} is not supported by the Float64 engine`);
    this.name = 'UnsupportedLayerError';
    this.layer = layer;
  }
}

const LayerJson = z.object({ class_name: z.string(), config: z.record(z.string(), z.unknown()) });
const ModelJson = z.object({
  format: z.literal('layers-model'),
  modelTopology: z.object({
    class_name: z.string(),
    config: z.object({ layers: z.array(LayerJson).min(1) }),
  }),
  weightsManifest: z
    .array(
      z.object({
        paths: z.array(z.string()),
        weights: z.array(
          z.object({ name: z.string(), shape: z.array(z.int().min(1)), dtype: z.literal('float32') }),
        ),
      }),
    )
    .length(1),
});

interface NamedWeight {
  shape: number[];
  values: Float64Array;
}

/**
 * Reads a tfjs layers model (the text of model.json and the bytes of weights.bin) into the Float64 engine.
 * Weights are widened from float32 exactly. Source of the layout: tfjs 4.22 `io.ModelJSON`, little endian.
 * @throws UnsupportedLayerError naming the first layer that is not dense, linear/relu/tanh, in a plain chain.
 * @throws SyntaxError or ZodError when the text is not such a model; RangeError when the weights do not fit.
 */
export function readLayersModel(modelJson: string, weights: Uint8Array): DenseNetwork {
  const model = ModelJson.parse(JSON.parse(modelJson));
  if (model.modelTopology.class_name !== 'Sequential') {
    throw new UnsupportedLayerError('(model)', `a ${model.modelTopology.class_name} model`);
  }
  const named = readWeights(model.weightsManifest[0]!.weights, weights);
  const layers: DenseLayer[] = [];
  for (const layer of model.modelTopology.config.layers) {
    if (layer.class_name === 'InputLayer') continue;
    layers.push(readDenseLayer(layer, named));
  }
  return denseNetwork(layers);
}

function readDenseLayer(layer: z.output<typeof LayerJson>, named: Map<string, NamedWeight>): DenseLayer {
  const name = typeof layer.config.name === 'string' ? layer.config.name : '(unnamed)';
  if (layer.class_name !== 'Dense') throw new UnsupportedLayerError(name, layer.class_name);
  const activation = ACTIVATIONS.find((known) => known === layer.config.activation);
  if (!activation) throw new UnsupportedLayerError(name, `activation ${String(layer.config.activation)}`);
  const kernel = named.get(`${name}/kernel`);
  const bias = named.get(`${name}/bias`);
  const [inputCount, outputCount] = kernel?.shape ?? [];
  if (!kernel || !bias || inputCount === undefined || outputCount === undefined) {
    throw new RangeError(`layer "${name}" has no kernel or no bias in the weights`);
  }
  return { name, activation, inputCount, outputCount, kernel: kernel.values, bias: bias.values };
}

function readWeights(
  specs: readonly { name: string; shape: number[] }[],
  bytes: Uint8Array,
): Map<string, NamedWeight> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const named = new Map<string, NamedWeight>();
  let offset = 0;
  for (const spec of specs) {
    const count = spec.shape.reduce((product, size) => product * size, 1);
    if (offset + 4 * count > bytes.byteLength) throw new RangeError('weights.bin is too short');
    const values = new Float64Array(count);
    for (let i = 0; i < count; i += 1) values[i] = view.getFloat32(offset + 4 * i, true);
    named.set(spec.name, { shape: spec.shape, values });
    offset += 4 * count;
  }
  if (offset !== bytes.byteLength) throw new RangeError('weights.bin is longer than its manifest says');
  return named;
}

import { type DenseNetwork, forwardNetwork } from '../networks/dense-network.ts';
import { buildNetwork, type NetworkLayer, sizeOf } from '../networks/network.ts';

/** Last layer of the branch that reads the trace: the network's own description of it. */
export const TRACE_DESCRIPTION = 'hidden-trace';

/** A network without its trace branch: its row is the features and masks, then the description of the trace. */
export interface WithoutTraceBranch {
  network: DenseNetwork;
  /** The short row of a full one: runs the branch once. */
  describe(row: Float64Array): Float64Array;
  /** Columns of the description in the short row. */
  traceColumns: readonly number[];
}

const known = new WeakMap<DenseNetwork, WithoutTraceBranch | null>();

/**
 * Cuts a network behind the branch that reads its trace, so that an explanation, which shows the trace in two states only,
 * runs the convolution twice and not for every coalition. Exactly the same numbers: the layers behind the cut are the
 * network's own.
 * @returns null for a network that reads no trace.
 */
export function withoutTraceBranch(network: DenseNetwork): WithoutTraceBranch | null {
  const found = known.get(network);
  if (found !== undefined) return found;
  const made = cut(network);
  known.set(network, made);
  return made;
}

function cut(network: DenseNetwork): WithoutTraceBranch | null {
  const { inputs, layers } = network;
  const [features] = inputs;
  const end = layers.findIndex(({ name }) => name === TRACE_DESCRIPTION);
  const last = layers[end];
  if (inputs.length !== 2 || !features || !last) return null;
  const traceSlot = 1;
  // Slots that see the trace and nothing else.
  const ofTrace = new Set([traceSlot]);
  layers.forEach(({ sources }, index) => {
    if (sources.every((source) => ofTrace.has(source))) ofTrace.add(inputs.length + index);
  });
  const slots = new Map([
    [0, 0],
    [inputs.length + end, traceSlot],
  ]);
  const kept: NetworkLayer[] = [];
  layers.forEach((layer, index) => {
    const slot = inputs.length + index;
    if (ofTrace.has(slot)) return;
    const sources = layer.sources.map((source) => {
      const moved = slots.get(source);
      if (moved === undefined) throw new RangeError(`layer "${layer.name}" reads inside the trace branch`);
      return moved;
    });
    slots.set(slot, inputs.length + kept.length);
    kept.push({ ...layer, sources });
  });
  const featureCount = sizeOf(features.shape);
  const width = sizeOf(last.outputShape);
  return {
    network: buildNetwork([features, { name: TRACE_DESCRIPTION, shape: [width] }], kept),
    describe: (row) => {
      const { recorded } = forwardNetwork(network, row, [TRACE_DESCRIPTION]);
      const short = new Float64Array(featureCount + width);
      short.set(row.subarray(0, featureCount));
      short.set(recorded.get(TRACE_DESCRIPTION)!.output, featureCount);
      return short;
    },
    traceColumns: Array.from({ length: width }, (_, i) => featureCount + i),
  };
}

import { cutNetwork } from '../networks/cut-network.ts';
import { forwardNetwork } from '../networks/forward-network.ts';
import { type Network, sizeOf } from '../networks/network.ts';

/** Last layer of the branch that reads the trace: the network's own description of it. */
export const TRACE_DESCRIPTION = 'hidden-trace';

/** A network without its trace branch: its row is the features and masks, then the description of the trace. */
export interface WithoutTraceBranch {
  network: Network;
  /** The short row of a full one: runs the branch once. */
  describe(row: Float64Array): Float64Array;
  /** Columns of the description in the short row. */
  traceColumns: readonly number[];
}

const known = new WeakMap<Network, WithoutTraceBranch | null>();

/**
 * Cuts a network behind the branch that reads its trace, so that an explanation, which shows the trace in two states only,
 * runs the convolution twice and not for every coalition. Exactly the same numbers: the layers behind the cut are the
 * network's own.
 * @returns null for a network that reads no trace.
 * @throws RangeError when the branch reads features too, or a layer behind it the raw trace.
 */
export function withoutTraceBranch(network: Network): WithoutTraceBranch | null {
  const found = known.get(network);
  if (found !== undefined) return found;
  const made = cut(network);
  known.set(network, made);
  return made;
}

function cut(network: Network): WithoutTraceBranch | null {
  const [features, trace] = network.inputs;
  const hasDescription = network.layers.some(({ name }) => name === TRACE_DESCRIPTION);
  if (network.inputs.length !== 2 || !features || !trace || !hasDescription) return null;
  const { branch, rest, branchInputs, restInputs } = cutNetwork(network, TRACE_DESCRIPTION);
  const reads = (names: readonly string[], own: string) => names.length === 1 && names[0] === own;
  if (!reads(branchInputs, trace.name) || !reads(restInputs, features.name)) {
    throw new RangeError(`"${TRACE_DESCRIPTION}" does not part the trace from the features`);
  }
  const featureCount = sizeOf(features.shape);
  return {
    network: rest,
    describe: (row) => {
      if (row.length !== network.inputCount) {
        throw new RangeError(`the network reads ${network.inputCount} numbers, not ${row.length}`);
      }
      const short = new Float64Array(rest.inputCount);
      short.set(row.subarray(0, featureCount));
      short.set(forwardNetwork(branch, row.subarray(featureCount)).output, featureCount);
      return short;
    },
    traceColumns: Array.from({ length: rest.inputCount - featureCount }, (_, i) => featureCount + i),
  };
}

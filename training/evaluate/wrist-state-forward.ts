import { withoutTraceBranch } from '../../core/inference/trace-branch.ts';
import { type ForwardResult, forwardNetwork } from '../../core/networks/forward-network.ts';
import type { Network } from '../../core/networks/network.ts';

type Pass = Pick<ForwardResult, 'output' | 'lastHidden'>;

/**
 * A network's forward pass that runs the convolution over an absent trace (all zero) once, and not for every person of the
 * patterns that measure none: the same numbers to the bit, in about half the time.
 */
export function forwardOf(network: Network): (row: Float64Array) => Pass {
  const cut = withoutTraceBranch(network);
  if (!cut) return (row) => forwardNetwork(network, row);
  const featureCount = cut.traceColumns[0] ?? 0;
  let absent: Float64Array | null = null;
  return (row) => {
    const isAbsent =
      row.length === network.inputCount && row.subarray(featureCount).every((value) => value === 0);
    if (!isAbsent) return forwardNetwork(network, row);
    absent ??= cut.describe(row).slice(featureCount);
    const short = new Float64Array(cut.network.inputCount);
    short.set(row.subarray(0, featureCount));
    short.set(absent, featureCount);
    return forwardNetwork(cut.network, short);
  };
}

import { STABILISER, stabiliserOf } from './stabiliser.ts';

/**
 * How a product of a gate and a signal shares its relevance (Arras et al. 2019):
 * - all: the signal takes everything. The only mode worth showing: on planted signals half and abs put less than
 *   chance into the right band, and prop explodes.
 * - half: equal parts. - abs: |gate| to |signal|. - prop: gate to signal with their signs.
 */
export const GATE_MODES = ['all', 'half', 'abs', 'prop'] as const;
export type GateMode = (typeof GATE_MODES)[number];

/** What goes to the gate; the signal keeps the rest, so that no product loses anything. */
export function shareAtGate(
  mode: GateMode,
  gate: number,
  signal: number,
  relevance: number,
): { gate: number; signal: number } {
  const toGate = relevance * gateShare(mode, gate, signal);
  return { gate: toGate, signal: relevance - toGate };
}

function gateShare(mode: GateMode, gate: number, signal: number): number {
  switch (mode) {
    case 'all':
      return 0;
    case 'half':
      return 0.5;
    case 'abs':
      return Math.abs(gate) / (Math.abs(gate) + Math.abs(signal) + STABILISER);
    case 'prop':
      return gate / (gate + signal + stabiliserOf(gate + signal, STABILISER));
  }
}

import type { Attribution } from './attribution.ts';
import { strongestUnit } from './strongest-units.ts';

/**
 * Limits of the gate. Assumptions, stated with every explanation; none was tuned on test people.
 */
export const GATE_LIMITS = {
  /** |output - reference - sum| over |output - reference|: rounding only. */
  completenessGap: 1e-9,
  /** Share of members that give the strongest unit the same sign. */
  signAgreement: 0.8,
  /** Mean gain over random deletion, in the unit of the output. */
  deletionGain: 0,
  /** Share of repeated measurements in which the call stays and the strongest unit keeps its sign and its place: first of two, or first or second of more. */
  noiseStability: 0.8,
  /** Share of relevance that biases take, of methods with a ledger: below it. */
  biasShare: 0.3,
} as const;

/** What is said instead of an explanation that does not pass. */
export const NO_RELIABLE_EXPLANATION = 'There is no reliable explanation for these measurements.';

export type MeasuredCheckName = 'completeness-gap' | 'sign-agreement' | 'deletion-gain' | 'noise-stability';
export type GateCheckName = MeasuredCheckName | 'bias-share';

/** One measured quantity beside its limit. */
export interface GateCheck<Name extends GateCheckName = GateCheckName> {
  name: Name;
  value: number;
  limit: number;
  ok: boolean;
}

/** What is measured of every explanation before it is shown. */
export interface GateQuantities {
  /** As completenessGap gives it; 0 or more. */
  completenessGap: number;
  /** As signAgreement gives it; 0 to 1. */
  signAgreement: number;
  /** As deletionGain gives it. */
  deletionGain: number;
  /** Units of the explanation: one has one order of removal, so there is no random order to be better than. */
  unitCount: number;
  /** Share of repeated measurements that keep the strongest unit; 0 to 1. */
  noiseStability: number;
}

/** Whether an explanation may be shown; if not, there is "no reliable explanation", and `failed` says why. */
export interface GateVerdict<Name extends GateCheckName = GateCheckName> {
  isReliable: boolean;
  checks: GateCheck<Name>[];
  /** Checks that failed; empty when it is reliable. */
  failed: Name[];
}

/**
 * The gate: an explanation is shown only if every check passes.
 * @param quantities.biasShare - of methods with a ledger only, as biasShare gives it.
 * @throws RangeError when a quantity is no number, a share is outside 0 to 1, or there is no unit.
 */
export function gateVerdict(quantities: GateQuantities): GateVerdict<MeasuredCheckName>;
export function gateVerdict(quantities: GateQuantities & { biasShare: number }): GateVerdict;
export function gateVerdict(quantities: GateQuantities & { biasShare?: number }): GateVerdict {
  const { completenessGap: gap, signAgreement: agreement, noiseStability: stability } = quantities;
  const { deletionGain: gain, unitCount, biasShare: share } = quantities;
  checkQuantities(quantities);
  const limits = GATE_LIMITS;
  const checks: GateCheck[] = [
    {
      name: 'completeness-gap',
      value: gap,
      limit: limits.completenessGap,
      ok: gap <= limits.completenessGap,
    },
    {
      name: 'sign-agreement',
      value: agreement,
      limit: limits.signAgreement,
      ok: agreement >= limits.signAgreement,
    },
    {
      name: 'deletion-gain',
      value: gain,
      limit: limits.deletionGain,
      ok: gain > limits.deletionGain || unitCount === 1,
    },
    {
      name: 'noise-stability',
      value: stability,
      limit: limits.noiseStability,
      ok: stability >= limits.noiseStability,
    },
  ];
  if (share !== undefined) {
    checks.push({ name: 'bias-share', value: share, limit: limits.biasShare, ok: share < limits.biasShare });
  }
  const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
  return { isReliable: failed.length === 0, checks, failed };
}

function checkQuantities(quantities: GateQuantities & { biasShare?: number }): void {
  const { completenessGap: gap, deletionGain: gain, unitCount } = quantities;
  if (!(gap >= 0) || Number.isNaN(gain)) throw new RangeError('a quantity of the gate is no number');
  if (!Number.isInteger(unitCount) || unitCount < 1)
    throw new RangeError('the gate needs an explanation of a unit');
  for (const share of [quantities.signAgreement, quantities.noiseStability, quantities.biasShare ?? 0]) {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`a share of the gate is 0 to 1, not ${share}`);
  }
}

/**
 * What the values leave unsaid, over what they should add up to: |residual| / |output - reference output|.
 * @returns 0 when nothing is left of nothing, infinite when something is. @throws RangeError when a number is not finite.
 */
export function completenessGap({
  residual,
  output,
  referenceOutput,
}: Pick<Attribution, 'residual' | 'output' | 'referenceOutput'>): number {
  if (![residual, output, referenceOutput].every(Number.isFinite)) {
    throw new RangeError('a completeness gap needs finite outputs');
  }
  return residual === 0 ? 0 : Math.abs(residual) / Math.abs(output - referenceOutput);
}

/**
 * Share of the members that give the strongest unit the sign that the ensemble gives it.
 * @param members - values of each member, as long as the ensemble's. @throws RangeError otherwise, or without members.
 */
export function signAgreement(values: ArrayLike<number>, members: readonly ArrayLike<number>[]): number {
  const top = strongestUnit(values);
  if (members.length === 0 || members.some(({ length }) => length !== values.length)) {
    throw new RangeError('sign agreement needs members, each with a value for every unit');
  }
  const sign = Math.sign(values[top]!);
  return members.filter((member) => Math.sign(member[top]!) === sign).length / members.length;
}

/**
 * Share of |relevance| that went to biases: |biases| / (|sum of values| + |biases| + |stabilisers|), 0 to 1; 0 when
 * nothing was shared out. @returns null for methods without a ledger.
 */
export function biasShare({ values, ledger }: Pick<Attribution, 'values' | 'ledger'>): number | null {
  if (ledger === null) return null;
  const [bias, stabiliser] = [Math.abs(ledger.bias), Math.abs(ledger.stabiliser)];
  const total = Math.abs(values.reduce((sum, value) => sum + value, 0)) + bias + stabiliser;
  return total === 0 ? 0 : bias / total;
}

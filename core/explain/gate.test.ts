import { describe, expect, it } from 'vitest';
import {
  biasShare,
  completenessGap,
  GATE_LIMITS,
  type GateQuantities,
  gateVerdict,
  signAgreement,
} from './gate.ts';

const good: GateQuantities = {
  completenessGap: 0,
  signAgreement: 1,
  deletionGain: 0.5,
  unitCount: 4,
  noiseStability: 1,
};

describe('gate', () => {
  it('passes at the limits that may be reached, and lists value and limit of every check', () => {
    const limits = GATE_LIMITS;
    const verdict = gateVerdict({
      ...good,
      completenessGap: limits.completenessGap,
      signAgreement: limits.signAgreement,
      noiseStability: limits.noiseStability,
    });
    expect(verdict.isReliable).toBe(true);
    expect(verdict.failed).toEqual([]);
    expect(verdict.checks).toContainEqual({ name: 'sign-agreement', value: 0.8, limit: 0.8, ok: true });
    expect(verdict.checks).toHaveLength(4);
  });
  it.each([
    ['completeness-gap', { completenessGap: 2e-9 }],
    ['completeness-gap', { completenessGap: Number.POSITIVE_INFINITY }],
    ['sign-agreement', { signAgreement: 0.79 }],
    ['deletion-gain', { deletionGain: 0 }],
    ['deletion-gain', { deletionGain: -1 }],
    ['noise-stability', { noiseStability: 0.75 }],
  ] as const)('fails on %s alone and says so', (name, change) => {
    expect(gateVerdict({ ...good, ...change })).toMatchObject({ isReliable: false, failed: [name] });
  });
  it('of one unit there is no random order to be better than', () => {
    expect(gateVerdict({ ...good, deletionGain: 0, unitCount: 1 }).isReliable).toBe(true);
  });
  it('asks for the share of biases only where there is a ledger, and wants it below the limit', () => {
    expect(gateVerdict({ ...good, biasShare: 0.29 }).checks).toHaveLength(5);
    expect(gateVerdict({ ...good, biasShare: 0.3 }).failed).toEqual(['bias-share']);
  });
  it('refuses quantities that are none', () => {
    for (const bad of [
      { completenessGap: Number.NaN },
      { completenessGap: -1 },
      { deletionGain: Number.NaN },
      { signAgreement: 1.2 },
      { signAgreement: Number.NaN },
      { noiseStability: -0.1 },
      { unitCount: 0 },
    ]) {
      expect(() => gateVerdict({ ...good, ...bad })).toThrow(RangeError);
    }
    expect(() => gateVerdict({ ...good, biasShare: 2 })).toThrow(RangeError);
  });
});

describe('what the gate measures', () => {
  it('gap over what the values should add up to', () => {
    expect(completenessGap({ residual: -2, output: 3, referenceOutput: -5 })).toBe(0.25);
    expect(completenessGap({ residual: 0, output: 2, referenceOutput: 2 })).toBe(0);
    expect(completenessGap({ residual: 0.1, output: 2, referenceOutput: 2 })).toBe(Number.POSITIVE_INFINITY);
    expect(() => completenessGap({ residual: Number.NaN, output: 1, referenceOutput: 1 })).toThrow(
      RangeError,
    );
  });
  it('members that give the strongest unit the sign of the ensemble; zero is no sign of it', () => {
    expect(
      signAgreement(
        [0.1, -2],
        [
          [-1, -3],
          [1, -0.1],
          [1, 0],
          [1, 1],
        ],
      ),
    ).toBe(0.5);
    expect(() => signAgreement([1], [])).toThrow(RangeError);
    expect(() => signAgreement([1], [[1, 2]])).toThrow(RangeError);
    expect(() => signAgreement([], [[]])).toThrow(RangeError);
  });
  it('share of biases in the ledger', () => {
    const values = Float64Array.of(3, -1);
    expect(biasShare({ values, ledger: { bias: -1, stabiliser: 1 } })).toBe(0.25);
    expect(biasShare({ values, ledger: null })).toBeNull();
    expect(biasShare({ values: Float64Array.of(0), ledger: { bias: 0, stabiliser: 0 } })).toBe(0);
  });
});

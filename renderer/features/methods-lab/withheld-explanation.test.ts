import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../../core/contract/schemas/judgement.ts';
import { withheldReason } from './withheld-explanation.ts';

const gate = (failed: readonly Explanation['gate'][number]['name'][]): Explanation['gate'] =>
  (['completeness-gap', 'sign-agreement', 'deletion-gain', 'noise-stability'] as const).map((name) => ({
    name,
    value: 0.5,
    limit: 0.8,
    ok: !failed.includes(name),
  }));

describe('why an explanation is withheld', () => {
  it('has no reason where it is shown or was never made', () => {
    expect(withheldReason(null)).toBeNull();
    expect(withheldReason({ isShown: true, gate: gate(['sign-agreement']) })).toBeNull();
  });
  it('names every check that failed, and no other', () => {
    expect(withheldReason({ isShown: false, gate: gate(['sign-agreement']) })).toBe(
      'the networks do not agree on the direction of the strongest driver',
    );
    expect(withheldReason({ isShown: false, gate: gate(['completeness-gap', 'deletion-gain']) })).toMatch(
      /^the values do not add up .*; putting the drivers to the reference/,
    );
    expect(withheldReason({ isShown: false, gate: [] })).toBe('it did not pass its checks');
  });
  it('counts the repeats where they are stored', () => {
    const stored = { isShown: false, gate: gate(['noise-stability']) };
    expect(withheldReason(stored)).toBe(
      'answer and strongest driver do not stay the same when measured again with the usual scatter',
    );
    expect(
      withheldReason({
        ...stored,
        repeated: { draws: 20, sameAnswer: 12, sameDriver: 9, otherAnswers: ['nonimpaired'] },
      }),
    ).toBe(
      'measured again with the usual scatter, the answer stayed the same in 12 of 20 simulated repeats, answer and strongest driver together in 9',
    );
  });
});

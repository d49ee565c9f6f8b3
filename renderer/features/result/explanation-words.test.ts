import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../../core/contract/schemas/judgement.ts';
import { Explanation as ExplanationSchema } from '../../../core/contract/schemas/judgement.ts';
import { checkLines } from './check-lines.ts';
import { explanationOf, predictionOf } from './testing/specimen-results.ts';
import { unexpectedDirections } from './unexpected-directions.ts';
import { withheldTexts } from './withheld-words.ts';

const unstable = (repeated?: Explanation['repeated']) =>
  explanationOf({
    gate: [{ name: 'noise-stability', value: (repeated?.sameDriver ?? 10) / 20, limit: 0.8, ok: false }],
    ...(repeated && { repeated }),
  });

describe('why no drivers are shown', () => {
  it('says how often the answer moved and to what', () => {
    const moved = unstable({
      draws: 20,
      sameAnswer: 10,
      sameDriver: 9,
      otherAnswers: ['proximal-row-carpectomy'],
    });
    expect(withheldTexts(moved, predictionOf())).toEqual([
      'Measured again with usual scatter (pinch 5 %, wrist strength 6 %), the model would give the same answer in only 10 of 20 tries. Read it as four-corner fusion or PRC, not as one of them. You can repeat the trials, or leave it: your judgement stands.',
    ]);
    expect(withheldTexts(moved, predictionOf({ inputPattern: 'A' }))[0]).toContain('scatter (pinch 5 %),');
  });
  it('says that the answer stays when only its driver moves', () => {
    const moved = unstable({ draws: 20, sameAnswer: 16, sameDriver: 11, otherAnswers: ['nonimpaired'] });
    const [text] = withheldTexts(moved, predictionOf());
    expect(text).toMatch(
      /^The answer stays, but which measurement drove it does not\. .* 16 of 20 tries.* 11 of them\.$/,
    );
    expect(text).not.toContain('Read it as');
  });
  it('reads explanations stored before the count, and gives one text for each failed check', () => {
    expect(ExplanationSchema.safeParse(unstable()).success).toBe(true);
    expect(withheldTexts(unstable(), predictionOf())[0]).toMatch(/same driver in only 50 % of tries\.$/);
    const names = ['completeness-gap', 'sign-agreement', 'deletion-gain', 'noise-stability'] as const;
    const all = withheldTexts(
      explanationOf({ gate: names.map((name) => ({ name, value: 0, limit: 0.8, ok: false })) }),
      predictionOf(),
    );
    expect(new Set(all).size).toBe(4);
    expect(withheldTexts(explanationOf(), predictionOf())).toEqual([]);
  });
});

describe('the lines of the checks', () => {
  const lines = (change: Partial<Explanation>) => checkLines(explanationOf(change)).map(({ text }) => text);
  it('says what was measured, whether it passed and what it needs', () => {
    expect(
      lines({
        residual: -3.9e-16,
        repeated: { draws: 20, sameAnswer: 12, sameDriver: 10, otherAnswers: ['nonimpaired'] },
        gate: [
          { name: 'completeness-gap', value: 8.7e-16, limit: 1e-9, ok: true },
          { name: 'sign-agreement', value: 1, limit: 0.8, ok: true },
          { name: 'deletion-gain', value: 2.51, limit: 0, ok: true },
          { name: 'noise-stability', value: 0.5, limit: 0.8, ok: false },
        ],
      }),
    ).toEqual([
      'adds up: yes (left over 0.0, at most rounding)',
      '100 % of the networks agree on the direction of the strongest driver: yes (needs at least 80 %)',
      'takes the answer down faster than the average order: yes (2.5, needs more than 0)',
      'same answer and driver in 10 of 20 repeats: no (needs at least 16)',
    ]);
  });
  it('law: a share that failed never reads as the share it needs, which plain rounding does', () => {
    // Shares of 1 to 60 networks, all below the limit of 80 %.
    const share = fc
      .integer({ min: 1, max: 60 })
      .chain((n) => fc.integer({ min: 0, max: Math.ceil(0.8 * n) - 1 }).map((k) => k / n));
    const readsAsLimit = (text: string) => text.startsWith('80 %');
    const lineOfShare = (value: number) =>
      lines({ gate: [{ name: 'sign-agreement', value, limit: 0.8, ok: false }] })[0] ?? '80 %';
    const roundingTwin = (value: number) => `${Math.round(100 * value)} %`;
    const run = { seed: 3, numRuns: 1000 };
    fc.assert(
      fc.property(share, (value) => !readsAsLimit(lineOfShare(value))),
      run,
    );
    expect(
      fc.check(
        fc.property(share, (value) => !readsAsLimit(roundingTwin(value))),
        run,
      ).failed,
    ).toBe(true);
  });
  it('writes no exponent, and says when there is one order only', () => {
    expect(
      lines({ residual: 1e-7, gate: [{ name: 'completeness-gap', value: 1e-6, limit: 1e-9, ok: false }] }),
    ).toEqual(['adds up: no (left over below 0.1, at most rounding)']);
    const [contribution] = explanationOf().contributions;
    expect(
      lines({
        contributions: [contribution!],
        gate: [{ name: 'deletion-gain', value: 0, limit: 0, ok: true }],
      }),
    ).toEqual(['one measurement only: there is no other order to be faster than']);
  });
});

describe('drivers that point the unexpected way', () => {
  /** 40 % of the reference in each feature. */
  const weak = predictionOf();
  const nonimpaired = { predictedClass: 'nonimpaired' as const, againstClass: 'four-corner-fusion' as const };
  const tail =
    'Each value is weighed beside the others, so one alone can point the unexpected way (Models, agreement with known physiology).';
  it('names what is below expected and counts for nonimpaired, whichever answer was given', () => {
    expect(unexpectedDirections(explanationOf(nonimpaired), weak)).toBe(
      `Wrist extension strength and key pinch below expected count for nonimpaired here. ${tail}`,
    );
    const other = { predictedClass: 'four-corner-fusion' as const, againstClass: 'nonimpaired' as const };
    expect(unexpectedDirections(explanationOf(other), weak)).toBe(
      `Radial deviation strength below expected counts for nonimpaired here. ${tail}`,
    );
  });
  it('names what is above expected and counts against it', () => {
    const strong = { features: weak.features.map((each) => ({ ...each, value: 120 })) };
    expect(unexpectedDirections(explanationOf(nonimpaired), strong)).toBe(
      `Radial deviation strength above expected counts against nonimpaired here. ${tail}`,
    );
  });
  it('says nothing of two operations, nor of values that read as expected', () => {
    expect(unexpectedDirections(explanationOf(), weak)).toBeNull();
    const usual = { features: weak.features.map((each) => ({ ...each, value: 99.9 })) };
    expect(unexpectedDirections(explanationOf(nonimpaired), usual)).toBeNull();
  });
});

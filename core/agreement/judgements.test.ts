import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareJudgements } from './judgement-comparison.ts';
import { reliance } from './reliance.ts';
import { judgementShare } from './revealed-judgement.ts';
import { switchRate } from './switch-rate.ts';

const ANSWERS = ['a', 'b', 'c'];
const answer = fc.constantFrom('a', 'b', 'c', null);
const judgements = fc.array(
  fc.record({ before: answer, model: answer, after: answer, truth: fc.constantFrom('a', 'b', 'c', null) }),
  { maxLength: 25 },
);

describe('switch rate', () => {
  type Subject = typeof switchRate;
  const isPartition = (rate: Subject) =>
    fc.assert(
      fc.property(judgements, (rows) => {
        const found = rate(rows);
        const answered = rows.filter(({ model }) => model !== null);
        // Each changed answer beside a model's answer is of one of three kinds.
        expect(found.towardsModel.part + found.toThirdAnswer.part + found.awayFromModel.part).toBe(
          answered.filter(({ before, after }) => before !== after).length,
        );
        expect(found.towardsModel.whole + found.awayFromModel.whole).toBe(answered.length);
        expect(found.toThirdAnswer.whole).toBe(found.towardsModel.whole);
        expect(found.switched.whole).toBe(rows.length);
      }),
      { seed: 61, numRuns: 150, endOnFailure: true },
    );
  it('law: switches fall into three kinds', () => {
    isPartition(switchRate);
    const countsAgreement: Subject = (rows) => ({
      ...switchRate(rows),
      towardsModel: judgementShare(rows.filter(({ model, after }) => after === model).length, rows.length),
    });
    expect(() => isPartition(countsAgreement)).toThrow();
    const withRefusals: Subject = (rows) =>
      switchRate(rows.map((row) => ({ ...row, model: row.model ?? 'refused' })));
    expect(() => isPartition(withRefusals)).toThrow();
  });
  it('counts by hand', () => {
    const found = switchRate([
      { before: 'a', model: 'b', after: 'b' },
      { before: 'a', model: 'b', after: 'a' },
      { before: 'a', model: 'b', after: 'c' },
      { before: 'a', model: 'a', after: 'b' },
      { before: null, model: 'b', after: 'b' },
      { before: 'a', model: null, after: 'b' },
    ]);
    expect(found.switched).toMatchObject({ part: 5, whole: 6 });
    expect(found.towardsModel).toMatchObject({ part: 2, whole: 4, value: 0.5 });
    expect(found.toThirdAnswer).toMatchObject({ part: 1, whole: 4 });
    expect(found.awayFromModel).toMatchObject({ part: 1, whole: 1, value: 1 });
    // Wilson for 1 of 1: from 1 / (1 + z^2) to 1.
    expect(found.awayFromModel.interval).toEqual([expect.closeTo(1 / (1 + 1.959963984540054 ** 2), 10), 1]);
  });
  it('has no value without a judgement, and refuses misuse', () => {
    const none = { part: 0, whole: 0, value: null, interval: null };
    expect(switchRate([])).toEqual({
      switched: none,
      towardsModel: none,
      toThirdAnswer: none,
      awayFromModel: none,
    });
    for (const alpha of [0, 1, Number.NaN]) {
      expect(() => switchRate([], alpha)).toThrow(RangeError);
      expect(() => judgementShare(0, 1, alpha)).toThrow(RangeError);
    }
    for (const [part, whole] of [
      [2, 1],
      [-1, 1],
      [0.5, 1],
      [1, 0],
    ] as const) {
      expect(() => judgementShare(part, whole)).toThrow(RangeError);
    }
  });
});

describe('comparison of judgements', () => {
  type Subject = typeof compareJudgements;
  const isComplete = (compare: Subject) =>
    fc.assert(
      fc.property(judgements, (rows) => {
        const found = compare(rows, ANSWERS);
        const total = found.counts.flat().reduce((sum, count) => sum + count, 0);
        expect(total + found.clinicianOnlyCannotTell + found.modelOnlyCannotTell + found.bothCannotTell).toBe(
          rows.length,
        );
        const equal = rows.filter(({ before, model }) => before !== null && before === model).length;
        expect(found.agreement).toMatchObject({ part: equal, whole: total });
        // Exchanging the two turns the table over.
        const exchanged = compare(
          rows.map(({ before, model }) => ({ before: model, model: before })),
          ANSWERS,
        );
        expect(exchanged.counts).toEqual(found.counts.map((_, k) => found.counts.map((row) => row[k])));
      }),
      { seed: 62, numRuns: 100, endOnFailure: true },
    );
  it('law: every judgement is counted once, agreement lies on the diagonal', () => {
    isComplete(compareJudgements);
    const bothUnsureAgree: Subject = (rows, categories) => {
      const found = compareJudgements(rows, categories);
      const { part, whole } = found.agreement;
      return {
        ...found,
        agreement: judgementShare(part + found.bothCannotTell, whole + found.bothCannotTell),
      };
    };
    expect(() => isComplete(bothUnsureAgree)).toThrow();
    const dropsUnsure: Subject = (rows, categories) =>
      compareJudgements(
        rows.filter(({ model }) => model !== null),
        categories,
      );
    expect(() => isComplete(dropsUnsure)).toThrow();
  });
  it('counts by hand; without a pair there is no agreement to tell', () => {
    const rows = [
      { before: 'a', model: 'a' },
      { before: 'a', model: 'b' },
      { before: null, model: 'b' },
    ];
    expect(compareJudgements(rows, ['a', 'b'])).toMatchObject({
      counts: [
        [1, 1],
        [0, 0],
      ],
      agreement: { part: 1, whole: 2, value: 0.5 },
      clinicianOnlyCannotTell: 1,
    });
    expect(compareJudgements([{ before: null, model: null }], ANSWERS)).toMatchObject({
      agreement: { whole: 0, value: null, interval: null },
      bothCannotTell: 1,
    });
  });
  it('refuses misuse', () => {
    expect(() => compareJudgements([], ['a'])).toThrow(RangeError);
    expect(() => compareJudgements([], ['a', 'a'])).toThrow(RangeError);
    expect(() => compareJudgements([{ before: 'z', model: 'a' }], ANSWERS)).toThrow(RangeError);
    expect(() => compareJudgements([{ before: 'a', model: 'z' }], ANSWERS)).toThrow(RangeError);
    expect(() => compareJudgements([], ANSWERS, 1)).toThrow(RangeError);
  });
});

describe('reliance', () => {
  type Subject = typeof reliance;
  const explainsChange = (of: Subject) =>
    fc.assert(
      fc.property(judgements, (rows) => {
        const settled = rows.filter(({ truth }) => truth !== null);
        // Answers change only towards a model that answered something else.
        const followed = settled.filter(({ before, model, after }) => after === before || after === model);
        const found = of(followed);
        const gained = found.underReliance.whole - found.underReliance.part;
        const lost = found.overReliance.part;
        expect(found.accuracyAfter.part - found.accuracyBefore.part).toBe(
          gained -
            lost -
            followed.filter((row) => row.model === null && row.after === null && row.before === row.truth)
              .length,
        );
        expect(found.count).toBe(followed.length);
      }),
      { seed: 63, numRuns: 200, endOnFailure: true },
    );
  it('law: what accuracy gains is what was taken over rightly less what was taken over wrongly', () => {
    explainsChange(reliance);
    const allWrongModels: Subject = (rows) => {
      const wrong = rows.filter(({ model, truth }) => truth !== null && model !== null && model !== truth);
      const part = wrong.filter(({ after, model }) => after === model).length;
      return { ...reliance(rows), overReliance: judgementShare(part, wrong.length) };
    };
    expect(() => explainsChange(allWrongModels)).toThrow();
    const swapped: Subject = (rows) => {
      const found = reliance(rows);
      return { ...found, overReliance: found.underReliance, underReliance: found.overReliance };
    };
    expect(() => explainsChange(swapped)).toThrow();
  });
  it('counts by hand, and only where there is truth', () => {
    const found = reliance([
      { before: 'a', model: 'b', after: 'b', truth: 'a' },
      { before: 'a', model: 'b', after: 'a', truth: 'a' },
      { before: 'a', model: 'b', after: 'a', truth: 'b' },
      { before: null, model: 'b', after: 'b', truth: 'b' },
      { before: 'a', model: 'a', after: 'a', truth: 'a' },
      { before: 'a', model: null, after: null, truth: 'a' },
      { before: 'a', model: 'b', after: 'b', truth: null },
    ]);
    expect(found).toMatchObject({
      count: 6,
      unsettled: 1,
      accuracyBefore: { part: 4, whole: 6 },
      accuracyAfter: { part: 3, whole: 6 },
      accuracyOfModel: { part: 3, whole: 6 },
      overReliance: { part: 1, whole: 2, value: 0.5 },
      underReliance: { part: 1, whole: 2, value: 0.5 },
    });
  });
  it('without truth it says nothing', () => {
    const found = reliance([{ before: 'a', model: 'b', after: 'b', truth: null }]);
    expect(found).toMatchObject({ count: 0, unsettled: 1 });
    for (const share of [
      found.accuracyBefore,
      found.accuracyAfter,
      found.accuracyOfModel,
      found.overReliance,
    ]) {
      expect(share).toEqual({ part: 0, whole: 0, value: null, interval: null });
    }
    expect(found.underReliance.value).toBeNull();
    expect(() => reliance([], 0)).toThrow(RangeError);
  });
});

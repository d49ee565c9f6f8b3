import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { differences } from './compare-figures.ts';
import { drawDemographics } from './demographics.ts';
import { drawGripKg, drawGripSession } from './grip.ts';
import { fingerprintOf, readUsSurvey, type SurveyedAdult } from './survey-rows.ts';
import { summariseKoreanGrip, summariseSurvey } from './survey-summary.ts';
import { SURVEY } from './survey-table.ts';

/** Virtual people written as survey rows: the constants that made them must come back. */
const ADULTS: readonly SurveyedAdult[] = Array.from({ length: 6000 }, (_, subject) => {
  const person = drawDemographics('summary', subject);
  const score = randomStream('summary', 'common-strength', subject).normal();
  const session = drawGripSession('summary', subject, person, drawGripKg('summary', subject, person, score));
  return { ...person, ageYears: Math.min(80, person.ageYears), grip: session };
});

/** Largest distance between constants in use and figures measured on people made with them, in standard errors. */
function worstRecovery(adults: readonly SurveyedAdult[]): number {
  const summary = summariseSurvey(adults);
  const ratios: number[] = [];
  for (const sex of ['female', 'male'] as const) {
    const seen = summary.bySex[sex];
    const n = seen.sizeCount;
    const { used } = SURVEY;
    const add = (value: number, truth: number, standardError: number) =>
      ratios.push(Math.abs(value - truth) / standardError);
    // An intercept's error with a quadratic in the model is about 1.6 times that of a mean.
    add(seen.heightCurveM[0], used.heightCurveM[sex][0], (1.6 * used.heightSdM[sex]) / Math.sqrt(n));
    add(seen.heightSdM, used.heightSdM[sex], used.heightSdM[sex] / Math.sqrt(2 * n));
    add(seen.logWeightSd, used.logWeightSd[sex], used.logWeightSd[sex] / Math.sqrt(2 * n));
    // log(height) varies by about 0.044.
    add(seen.logGrip.height, used.logGrip[sex].height, 0.175 / (0.044 * Math.sqrt(n)));
    add(seen.logGrip.weight, used.logGrip[sex].weight, 0.175 / (used.logWeightSd[sex] * Math.sqrt(n)));
    add(seen.handResidualCorrelation, used.handResidualCorrelation, (1 - 0.78 ** 2) / Math.sqrt(n));
  }
  return Math.max(...ratios);
}

describe('summary of a survey', () => {
  it('gives back the constants that made the people', () => {
    // Twelve figures: 4 standard errors leave less than one false alarm in a thousand.
    expect(worstRecovery(ADULTS)).toBeLessThan(4);
  });

  it('catches hands mixed up between people (broken twin)', () => {
    const mixed = ADULTS.map((adult, i) => ({
      ...adult,
      grip: { ...adult.grip!, leftBestKg: ADULTS[(i + 1) % ADULTS.length]!.grip!.leftBestKg },
    }));
    expect(worstRecovery(mixed)).toBeGreaterThan(4);
  });

  it('catches weights in pounds (broken twin) and heights in centimetres', () => {
    const inPounds = ADULTS.map((adult) => ({
      ...adult,
      weightKg: adult.weightKg * (adult.ageYears > 50 ? 2.2 : 1),
    }));
    expect(worstRecovery(inPounds)).toBeGreaterThan(4);
    const inCentimetres = ADULTS.map((adult) => ({ ...adult, heightM: adult.heightM * 100 }));
    expect(worstRecovery(inCentimetres)).toBeGreaterThan(4);
  });

  it('refuses too few people and missing numbers', () => {
    expect(() => summariseSurvey(ADULTS.slice(0, 8))).toThrow('too few');
    const broken = ADULTS.map((adult, i) => (i === 7 ? { ...adult, weightKg: Number.NaN } : adult));
    expect(() => summariseSurvey(broken)).toThrow('missing number');
  });

  it('counts Korean grip by sex and band', () => {
    const rows = summariseKoreanGrip(
      [20, 30, 64]
        .flatMap((ageYears): { sex: 'female' | 'male'; ageYears: number; gripKg: number }[] => [
          { sex: 'male', ageYears, gripKg: 40 },
          { sex: 'male', ageYears, gripKg: 44 },
        ])
        .concat(
          [20, 25, 30, 40, 50, 60].flatMap((ageYears) => [
            { sex: 'female' as const, ageYears, gripKg: 20 },
            { sex: 'female' as const, ageYears, gripKg: 22 },
            { sex: 'male' as const, ageYears, gripKg: 42 },
            { sex: 'male' as const, ageYears, gripKg: 42 },
          ]),
        ),
    );
    expect(rows[0]).toEqual(['male', '20-24', 'unstated', 4, 42, 1.63]);
    expect(rows.at(-1)).toEqual(['female', '60-64', 'unstated', 2, 21, 1.41]);
  });

  const rows = readUsSurvey();
  it.skipIf(!rows || fingerprintOf(rows) !== SURVEY.rowsSha256)(
    'of its own raw rows is the committed table',
    () => {
      expect(differences(SURVEY.measured, summariseSurvey(rows ?? []))).toEqual([]);
    },
  );
});

describe('differences of two tables', () => {
  it('names every place, missing ones too', () => {
    expect(differences({ a: [1, 2], b: 3 }, { a: [1, 4], c: null })).toEqual([
      'a.1: committed 2, rows 4',
      'b: committed 3, rows nothing',
      'c: committed nothing, rows null',
    ]);
    expect(differences({ a: [1, { b: 'x' }] }, { a: [1, { b: 'x' }] })).toEqual([]);
  });
});

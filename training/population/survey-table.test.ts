import { describe, expect, it } from 'vitest';
import { averageSize, expectedWeightKg, logGripOf } from '../../core/signals/expected-strength.ts';
import { SURVEY } from './survey-table.ts';
import { gripBandOf, parseSurveyTable, type SurveyTable } from './survey-table-schema.ts';

const SEXES = ['female', 'male'] as const;
const onCurve = ([a, b, c]: readonly [number, number, number], ageYears: number): number => {
  const x = (ageYears - 45) / 10;
  return a + b * x + c * x * x;
};

/** Largest distance between the constants embedded in core and those of a table, over sex, age and size. */
function worstEmbedded(used: SurveyTable['used']): number {
  const gaps: number[] = [];
  for (const sex of SEXES) {
    for (const ageYears of [18, 33, 45, 61, 85]) {
      const average = averageSize(sex, ageYears);
      gaps.push(average.heightM - onCurve(used.heightCurveM[sex], ageYears));
      for (const heightM of [1.5, 1.7, 1.95]) {
        const logWeight =
          onCurve(used.logWeightCurve[sex], ageYears) +
          used.logWeightOnLogHeight[sex] * Math.log(heightM / 1.7);
        gaps.push(Math.log(expectedWeightKg(sex, ageYears, heightM)) - logWeight);
        for (const weightKg of [50, 75, 120]) {
          const grip = used.logGrip[sex];
          const logGrip =
            onCurve(grip.age, ageYears) +
            grip.height * Math.log(heightM / 1.7) +
            grip.weight * Math.log(weightKg / 75);
          gaps.push(logGripOf({ sex, ageYears, heightM, weightKg }) - logGrip);
        }
      }
    }
  }
  return Math.max(...gaps.map(Math.abs));
}

/** A copy with one thing changed. */
function changed(change: (table: SurveyTable) => void): SurveyTable {
  const copy = structuredClone(SURVEY);
  change(copy);
  return copy;
}

describe('survey table', () => {
  it('holds the constants that core embeds', () => {
    // Only the order of the additions differs: rounding of the last bits.
    expect(worstEmbedded(SURVEY.used)).toBeLessThan(1e-12);
  });

  it('catches one embedded digit that differs (broken twin)', () => {
    const twin = changed((table) => {
      table.used.logGrip.male.age[1] -= 0.0001;
    });
    expect(worstEmbedded(twin.used)).toBeGreaterThan(1e-5);
  });

  it('uses for curves exactly what was measured, for spreads what was measured to three digits', () => {
    for (const sex of SEXES) {
      const { measured, used } = SURVEY;
      expect(used.heightCurveM[sex]).toEqual(measured.bySex[sex].heightCurveM);
      expect(used.logWeightCurve[sex]).toEqual(measured.bySex[sex].logWeightCurve);
      expect(used.logWeightOnLogHeight[sex]).toBe(measured.bySex[sex].logWeightOnLogHeight);
      expect(used.logGrip[sex]).toEqual(measured.bySex[sex].logGrip);
      // Residual SDs with n or n less the coefficients in the denominator: one in the fourth digit.
      expect(Math.abs(used.heightSdM[sex] - measured.bySex[sex].heightSdM)).toBeLessThan(0.00015);
      expect(Math.abs(used.logWeightSd[sex] - measured.bySex[sex].logWeightSd)).toBeLessThan(0.0006);
    }
    for (const sex of SEXES) {
      for (const hand of ['right', 'left'] as const) {
        const gap = SURVEY.used.handLogRatio[sex][hand] - SURVEY.measured.bySex[sex].handLogRatio[hand];
        expect(Math.abs(gap)).toBeLessThan(0.0006);
      }
    }
    SURVEY.used.ageShares.forEach((share, band) => {
      expect(Math.abs(share - SURVEY.measured.ageShares[band]!)).toBeLessThan(0.0006);
    });
  });

  it('uses round figures for handedness and spread of grip, within two standard errors', () => {
    const { right, left, both } = SURVEY.measured.handedness;
    const count = right + left + both;
    const share = (right + both) / count;
    const standardError = Math.sqrt((share * (1 - share)) / count);
    expect(Math.abs(SURVEY.used.rightHandedShare - share)).toBeLessThan(2 * standardError);
    for (const key of ['atFifty', 'perYear'] as const) {
      const gap = Math.abs(SURVEY.used.gripRelativeSd[key] - SURVEY.measured.gripRelativeSd[key]);
      expect(gap).toBeLessThan(2 * SURVEY.measured.gripRelativeSdError[key]);
    }
  });

  it.each<[string, (table: SurveyTable) => void, string]>([
    ['heights in centimetres', (t) => t.used.heightCurveM.male.fill(175.3, 0, 1), 'metres'],
    [
      'weights not as logarithms',
      (t) => t.used.logWeightCurve.female.fill(86, 0, 1),
      'logarithm of kilograms',
    ],
    ['shares that do not add up', (t) => t.used.ageShares.fill(0.3, 0, 1), 'add up to 1'],
    ['an edge too few', (t) => t.used.ageEdgesYears.pop(), 'one edge more'],
    ['edges that fall', (t) => t.used.ageEdgesYears.reverse(), 'must rise'],
    ['a number that is none', (t) => t.measured.bySex.male.logGrip.age.fill(Number.NaN, 2), 'NaN'],
    ['no band of grip', (t) => t.measured.bySex.female.gripBands.splice(0), 'gripBands'],
  ])('refuses %s', (_, change, sentence) => {
    expect(() => parseSurveyTable(changed(change))).toThrow(RangeError);
    expect(() => parseSurveyTable(changed(change))).toThrow(sentence);
  });

  it('refuses a missing sex and a missing age band by name', () => {
    const { female, ...withoutWomen } = SURVEY.measured.bySex;
    const table = { ...SURVEY, measured: { ...SURVEY.measured, bySex: withoutWomen } };
    expect(() => parseSurveyTable(table)).toThrow('female');
    expect(gripBandOf(SURVEY.measured, 'female', 65).count).toBe(female.gripBands[2]?.count);
    expect(() => gripBandOf(SURVEY.measured, 'male', 17)).toThrow(
      'no grip band for a male person of 17 years',
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { PersonSize } from '../../core/signals/expected-strength.ts';
import { maximalPinch } from '../simulation/pinch/maximal-pinch.ts';
import { type Demographics, drawDemographics } from './demographics.ts';
import { drawGripKg, drawGripSession, type GripSession, gripLogSd } from './grip.ts';
import { drawStrengthFactors } from './strength-factors.ts';
import { readUsSurvey, type SurveyedAdult } from './survey-rows.ts';
import { POOLED_BANDS } from './survey-summary.ts';
import { SURVEY } from './survey-table.ts';
import { drawPersonGripKg, drawVirtualPerson, type PopulationOptions } from './virtual-person.ts';

const SURVEYED = readUsSurvey();
if (!SURVEYED) {
  console.log(
    'skipped: the grip survey is not here (PREHENSA_REFERENCE_DATA); it must not enter the project',
  );
}

/** Grip drawn for exactly these people: their own sex, age and size. */
const drawFor = (people: readonly PersonSize[]): number[] =>
  people.map((person, subject) => {
    const { commonScore } = drawStrengthFactors('grip-check', subject, person.sex);
    return drawGripKg('grip-check', subject, person, commonScore);
  });

function moments(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return { mean, sd: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1)) };
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [of, with_] = [moments(a), moments(b)];
  const product = a.reduce((sum, v, i) => sum + (v - of.mean) * (b[i]! - with_.mean), 0);
  return product / ((a.length - 1) * of.sd * with_.sd);
}

describe.skipIf(!SURVEYED)('grip and size against the rows of the US 2013-14 survey', () => {
  const people: readonly SurveyedAdult[] = SURVEYED ?? [];
  const bands = (['male', 'female'] as const).flatMap((sex) =>
    POOLED_BANDS.map((band) => ({ sex, ...band })),
  );

  it.each(bands)('$sex $lowYears-$highYears: grip mean within 5 %, SD within 20 %', ({ sex, ...band }) => {
    const inBand = people.filter(
      (p) => p.grip && p.sex === sex && p.ageYears >= band.lowYears && p.ageYears <= band.highYears,
    );
    const real = moments(inBand.map((p) => p.grip!.rightBestKg));
    // Twenty draws for each person: the simulation's own sampling noise is then small.
    const made = moments(drawFor(Array.from({ length: 20 }, () => inBand).flat()));
    expect(Math.abs(made.mean / real.mean - 1)).toBeLessThan(0.05);
    expect(Math.abs(made.sd / real.sd - 1)).toBeLessThan(0.2);
  });

  it.each(['male', 'female'] as const)('%s: height, weight and age are spread as in the survey', (sex) => {
    const drawn = Array.from({ length: 6000 }, (_, i) => drawDemographics('size', i)).filter(
      (p) => p.sex === sex,
    );
    const real = people.filter((p) => p.sex === sex);
    for (const key of ['heightM', 'weightKg', 'ageYears'] as const) {
      const [made, seen] = [moments(drawn.map((p) => p[key])), moments(real.map((p) => p[key]))];
      expect(Math.abs(made.mean / seen.mean - 1)).toBeLessThan(0.04);
      expect(Math.abs(made.sd / seen.sd - 1)).toBeLessThan(0.12);
    }
  });
});

describe('grip', () => {
  const person: Demographics = {
    sex: 'male',
    ageYears: 40,
    heightM: 1.75,
    weightKg: 80,
    dominantHand: 'right',
  };

  it('takes more of the common strength factor the closer it is tied to pinch', () => {
    const gain = (tie: number): number =>
      drawGripKg(1, 1, person, 1, tie) - drawGripKg(1, 1, person, -1, tie);
    expect(gain(0.7)).toBeGreaterThan(gain(0.5));
    expect(gain(0.5)).toBeGreaterThan(0);
    expect(Math.abs(gain(0))).toBeLessThan(1e-9);
  });

  it('refuses a correlation that cannot be reached, in a sentence', () => {
    expect(() => drawGripKg(1, 1, person, 0, 0.9)).toThrow('needs the person');
    expect(() => drawGripKg(1, 1, person, 0, 1.2)).toThrow('between 0 and 1');
    expect(() => drawGripKg(1, 1, person, 0, { commonShare: 1 })).toThrow('between 0 and 1');
    expect(() => drawGripSession(1, 1, person, 0)).toThrow('above 0');
  });

  /** Correlation of the residuals of log grip and true log pinch given sex, age and size, men. */
  function achieved(options: PopulationOptions): number {
    const pairs = Array.from({ length: 2500 }, (_, i) => {
      const who = drawVirtualPerson('tie', i, options);
      const capacityN = maximalPinch(who.hand, 'neutral', who.law).forceN;
      const base = drawGripKg('tie', i, who.demographics, 0, { correlation: Math.sqrt(0.6) });
      const gripKg = drawPersonGripKg('tie', i, who, capacityN, options);
      // With score zero and the full weight on it, the base is the regression alone.
      return {
        pinch: Math.log(capacityN / who.expectedForceScale),
        grip: Math.log(gripKg / base) / gripLogSd(who.demographics.ageYears),
      };
    });
    return correlation(
      pairs.map((pair) => pair.pinch),
      pairs.map((pair) => pair.grip),
    );
  }

  it.each([0.5, 0.7, 0.9])('is correlated %d with key pinch when told so', (wanted) => {
    // Sampling error of a correlation of 2,500 people: at most 0.015.
    expect(Math.abs(achieved({ gripPinchCorrelation: wanted }) - wanted)).toBeLessThan(0.045);
  });

  it('keeps the wanted correlation when the common factor explains less', () => {
    expect(Math.abs(achieved({ commonShare: 0.4, gripPinchCorrelation: 0.7 }) - 0.7)).toBeLessThan(0.045);
  });
});

/** Sessions of 4,000 people as the shipped population has them. */
function sessions(make: typeof drawGripSession): { person: Demographics; session: GripSession }[] {
  return Array.from({ length: 4000 }, (_, subject) => {
    const person = drawDemographics('session', subject);
    const { commonScore } = drawStrengthFactors('session', subject, person.sex);
    const rightBestKg = drawGripKg('session', subject, person, commonScore);
    return { person, session: make('session', subject, person, rightBestKg) };
  });
}

/** Do best of three, hands and trials lie together as the survey's do? */
function isLikeTheSurvey(made: ReturnType<typeof sessions>): boolean {
  const isBest = made.every(
    ({ session }) =>
      Math.max(...session.rightTrialsKg) === session.rightBestKg &&
      Math.max(...session.leftTrialsKg) === session.leftBestKg,
  );
  const ratios = made.map(({ session }) => Math.log(session.rightBestKg / session.leftBestKg));
  const surveySd =
    (SURVEY.measured.bySex.female.handLogRatioSd + SURVEY.measured.bySex.male.handLogRatioSd) / 2;
  const variations = made
    .map(({ session }) => moments(session.rightTrialsKg))
    .map(({ mean, sd }) => sd / mean)
    .sort((a, b) => a - b);
  const middle = variations[variations.length / 2]!;
  const ofRightHandedMen = moments(
    ratios.filter((_, i) => made[i]!.person.dominantHand === 'right' && made[i]!.person.sex === 'male'),
  ).mean;
  return (
    isBest &&
    Math.abs(moments(ratios).sd / surveySd - 1) < 0.1 &&
    // The stated range of the median coefficient of variation; sampling error 0.0004.
    middle > 0.0502 &&
    middle < 0.0568 &&
    Math.abs(ofRightHandedMen - SURVEY.measured.bySex.male.handLogRatio.right) < 0.01
  );
}

describe('a grip session', () => {
  it('has hands and trials that differ as in the survey', () => {
    expect(isLikeTheSurvey(sessions(drawGripSession))).toBe(true);
  });

  it('catches one hand that copies the other, and trials without noise (broken twins)', () => {
    const copied = sessions((seed, subject, person, bestKg) => {
      const session = drawGripSession(seed, subject, person, bestKg);
      return { ...session, leftTrialsKg: session.rightTrialsKg, leftBestKg: session.rightBestKg };
    });
    expect(isLikeTheSurvey(copied)).toBe(false);
    const quiet = sessions((seed, subject, person, bestKg) => {
      const session = drawGripSession(seed, subject, person, bestKg);
      return { ...session, rightTrialsKg: [bestKg, bestKg, bestKg] };
    });
    expect(isLikeTheSurvey(quiet)).toBe(false);
  });
});

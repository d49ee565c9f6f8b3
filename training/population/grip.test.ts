import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PersonSize } from '../../core/signals/expected-strength.ts';
import { drawDemographics } from './demographics.ts';
import { drawGripKg } from './grip.ts';
import { drawStrengthFactors } from './strength-factors.ts';

const SURVEY = join(
  process.env.PREHENSA_REFERENCE_DATA ?? '../shared/data',
  'real/grip_survey/us_2013_14_half.csv',
);

if (!existsSync(SURVEY)) {
  console.log(
    'skipped: the grip survey is not here (PREHENSA_REFERENCE_DATA); it must not enter the project',
  );
}

interface Surveyed extends PersonSize {
  gripKg: number;
}

/** Adults of the survey with size and a right-hand grip. */
function readSurvey(): Surveyed[] {
  const [header, ...lines] = readFileSync(SURVEY, 'utf8').trim().split('\n');
  const names = header!.trim().split(',');
  return lines.flatMap((line) => {
    const cells = line.trim().split(',');
    const read = (name: string): number => Number.parseFloat(cells[names.indexOf(name)] ?? '');
    const person: Surveyed = {
      sex: read('sex_1m_2f') === 1 ? 'male' : 'female',
      ageYears: read('age_y_topcoded80'),
      heightM: read('height_cm') / 100,
      weightKg: read('weight_kg'),
      gripKg: read('right_best_kg'),
    };
    const isUsable = person.ageYears >= 18 && person.heightM > 0 && person.weightKg > 0 && person.gripKg > 0;
    return isUsable ? [person] : [];
  });
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

describe.skipIf(!existsSync(SURVEY))('grip and size against the US 2013-14 survey (half A)', () => {
  const people = existsSync(SURVEY) ? readSurvey() : [];
  const bands = (['male', 'female'] as const).flatMap((sex) =>
    [
      [18, 39],
      [40, 59],
      [60, 69],
      [70, 80],
    ].map(([low, high]) => ({ sex, low: low!, high: high! })),
  );

  it.each(bands)('$sex $low-$high: grip mean within 5 %, SD within 20 %', ({ sex, low, high }) => {
    const inBand = people.filter((p) => p.sex === sex && p.ageYears >= low && p.ageYears <= high);
    const real = moments(inBand.map((p) => p.gripKg));
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
  it('takes more of the common strength factor the closer it is tied to pinch', () => {
    const person: PersonSize = { sex: 'male', ageYears: 40, heightM: 1.75, weightKg: 80 };
    const gain = (correlation: number): number =>
      drawGripKg(1, 1, person, 1, correlation) - drawGripKg(1, 1, person, -1, correlation);
    expect(gain(0.7)).toBeGreaterThan(gain(0.5));
    expect(gain(0.5)).toBeGreaterThan(0);
    expect(Math.abs(gain(0))).toBeLessThan(1e-9);
  });
});

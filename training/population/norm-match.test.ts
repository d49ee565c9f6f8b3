import { describe, expect, it } from 'vitest';
import { NEWTON_PER_UNIT } from '../../core/units/quantities.ts';
import { drawNormPeople, type NormPerson } from '../evaluate/population-people.ts';
import { CONTACT_LAWS, maximalPinch } from '../simulation/pinch/maximal-pinch.ts';
import { genericHand } from '../simulation/pinch/pinch-muscles.ts';
import { normCellOf } from './norm-table-schema.ts';
import { MATHIOWETZ_KEY_PINCH, STEGINK_JANSEN_KEY_PINCH } from './norm-tables.ts';
import { GENERIC_PINCH_N, MUSCLE_VARIATION } from './strength-factors.ts';
import { variedHand } from './varied-hand.ts';

/** Pooled bands of design decision 4: per five-year band the table's own sampling noise is larger. */
const BANDS = [
  { low: 20, high: 39 },
  { low: 40, high: 59 },
  { low: 60, high: 69 },
  { low: 70, high: 120 },
] as const;
const SEXES = ['female', 'male'] as const;
const HANDS = ['right', 'left'] as const;
/** The smallest of the sixteen cells then holds about 400 people: a mean to 0.9 %, an SD to 4 %. */
const PERSON_COUNT = 12_000;

interface Moments {
  mean: number;
  sd: number;
}

function momentsOf(values: readonly number[]): Moments {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return { mean, sd: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1)) };
}

/** Mean and SD of the pooled table rows, newtons; the SD holds the spread between the rows too. */
function tableMoments(sex: string, hand: string, low: number, high: number): Moments {
  const cells = MATHIOWETZ_KEY_PINCH.cells.filter(
    (cell) => cell.sex === sex && cell.hand === hand && cell.ageBand.low >= low && cell.ageBand.low <= high,
  );
  const means = cells.map((cell) => cell.mean! * NEWTON_PER_UNIT.lb);
  const mean = means.reduce((sum, m) => sum + m, 0) / means.length;
  const variance = cells.reduce(
    (sum, cell, i) => sum + (cell.sd! * NEWTON_PER_UNIT.lb) ** 2 + (means[i]! - mean) ** 2,
    0,
  );
  return { mean, sd: Math.sqrt(variance / cells.length) };
}

const meanOfTrials = (person: NormPerson): number =>
  person.pinchTrialsN.reduce((sum, n) => sum + n, 0) / person.pinchTrialsN.length;

interface BandRow {
  name: string;
  meanError: number;
  sdError: number;
}

function compareBands(people: readonly NormPerson[]): BandRow[] {
  return SEXES.flatMap((sex) =>
    HANDS.flatMap((hand) =>
      BANDS.map(({ low, high }) => {
        const inBand = people.filter(
          (p) => p.sex === sex && p.side === hand && p.ageYears >= low && p.ageYears <= high,
        );
        const made = momentsOf(inBand.map(meanOfTrials));
        const table = tableMoments(sex, hand, low, high);
        return {
          name: `${sex} ${hand} ${low}+`,
          meanError: made.mean / table.mean - 1,
          sdError: made.sd / table.sd - 1,
        };
      }),
    ),
  );
}

const worst = (rows: readonly BandRow[], key: 'meanError' | 'sdError'): number =>
  Math.max(...rows.map((row) => Math.abs(row[key])));

describe('generated people against the norms', () => {
  const people = drawNormPeople(PERSON_COUNT, 'norm-match', 0);
  const rows = compareBands(people);

  it.each(rows)('$name: mean within 5 %, SD within 30 % of the recalled table', ({ meanError, sdError }) => {
    expect(Math.abs(meanError)).toBeLessThan(0.05);
    expect(Math.abs(sdError)).toBeLessThan(0.3);
  });

  it('catches a population 10 % too weak (broken twin)', () => {
    const weak = drawNormPeople(4000, 'norm-match', 0, { strengthFactor: 0.9 });
    expect(worst(compareBands(weak), 'meanError')).toBeGreaterThan(0.05);
  });

  it('catches people without any spread of their own (broken twin)', () => {
    const alike = people.map((person) => ({ ...person, pinchTrialsN: [100 + (person.ageYears % 5)] }));
    expect(worst(compareBands(alike), 'sdError')).toBeGreaterThan(0.3);
  });

  it('lies near the external means, which were never fitted', () => {
    for (const sex of SEXES) {
      for (const hand of HANDS) {
        const adults = people.filter((p) => p.sex === sex && p.side === hand);
        const made = momentsOf(adults.map(meanOfTrials)).mean;
        const external = normCellOf(STEGINK_JANSEN_KEY_PINCH, sex, 40, hand).mean! * NEWTON_PER_UNIT.lb;
        // Another sample, gauge and age mix: reported, with a wide fence against a wrong unit or sex.
        expect(Math.abs(made / external - 1)).toBeLessThan(0.15);
      }
    }
  });

  it('uses the level and the muscle spread that were measured', () => {
    for (const contact of ['A', 'B'] as const) {
      const law = CONTACT_LAWS[contact];
      const genericN = maximalPinch(genericHand(), 'neutral', law).forceN;
      expect(Math.abs(genericN / GENERIC_PINCH_N[contact] - 1)).toBeLessThan(1e-4);
      const ratios = Array.from(
        { length: 2000 },
        (_, subject) => maximalPinch(variedHand('drift', subject, 1), 'neutral', law).forceN / genericN,
      );
      expect(Math.abs(momentsOf(ratios).mean - MUSCLE_VARIATION[contact].meanRatio)).toBeLessThan(0.008);
      const logs = momentsOf(ratios.map(Math.log));
      expect(Math.abs(logs.sd - MUSCLE_VARIATION[contact].logSd)).toBeLessThan(0.006);
    }
  });
});

/** Small real cases about simulated people. */
import { expectedStrength } from '../../../core/signals/expected-strength.ts';
import { ledoitWolf } from '../../../core/uncertainty/covariance.ts';
import { generateWristStatePeople } from '../../../training/dataset/wrist-state.ts';
import type { SeedFigure } from '../rows.ts';

const SEED = 'seed-check';
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sd = (values: readonly number[]) => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
};

/** 900 nonimpaired-by-birth people: mean pinch against the norm curve that the population is fitted to. */
export function virtualPopulation(): SeedFigure {
  const people = generateWristStatePeople(900, SEED, 0);
  const ratios = people.map((p) => p.unoperatedCapacityN / expectedStrength(p, p.side).pinchN);
  const centre = mean(ratios);
  const half = (1.96 * sd(ratios)) / Math.sqrt(ratios.length);
  const women = people.filter((p) => p.sex === 'female').length;
  return {
    ok: Math.abs(centre - 1) <= 0.05,
    figure: `n = ${people.length} (${women} women), mean key pinch ${(100 * centre).toFixed(1)} % of the norm (95 % interval ${(100 * (centre - half)).toFixed(1)}-${(100 * (centre + half)).toFixed(1)}), bar 95-105`,
  };
}

/** Ledoit-Wolf on few people: every variance positive, shrinkage falling with n. */
export function shrunkCovariance(): SeedFigure {
  const rows = generateWristStatePeople(600, SEED, 10_000).map((p) => p.features);
  const few = ledoitWolf(rows.slice(0, 20));
  const many = ledoitWolf(rows);
  return {
    ok: few.shrinkage > many.shrinkage && many.shrinkage >= 0 && few.shrinkage <= 1,
    figure: `shrinkage ${few.shrinkage.toFixed(3)} at n = 20, ${many.shrinkage.toFixed(3)} at n = 600 (nine features)`,
  };
}

/** Spread of three trials of one hand, as a clinic sees it. */
export function sensorNoise(): SeedFigure {
  const people = generateWristStatePeople(600, SEED, 20_000).filter((p) => p.pinchTrialsN.length === 3);
  const spreads = people.map((p) => sd(p.pinchTrialsN) / mean(p.pinchTrialsN));
  const centre = mean(spreads);
  const half = (1.96 * sd(spreads)) / Math.sqrt(spreads.length);
  return {
    ok: centre > 0.02 && centre < 0.08,
    figure: `n = ${people.length}, mean population SD / mean of three trials ${(100 * centre).toFixed(2)} % (95 % interval ${(100 * (centre - half)).toFixed(2)}-${(100 * (centre + half)).toFixed(2)}), bar 2-8 %`,
  };
}

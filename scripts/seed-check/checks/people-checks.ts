/** Small real cases about simulated people. */
import { expectedStrength } from '../../../core/signals/expected-strength.ts';
import { ledoitWolf } from '../../../core/uncertainty/covariance.ts';
import { fitTraceComponents } from '../../../training/dataset/trace-components.ts';
import { generateWristStatePeople } from '../../../training/dataset/wrist-state.ts';
import { PERFECT_LOAD_CELL, recordThreeAxes } from '../../../training/simulation/instruments/load-cell.ts';
import { ALL_MECHANISMS } from '../../../training/simulation/pinch/trace-assumptions.ts';
import type { SeedFigure } from '../rows.ts';
import { evidenceText } from './committed-figures.ts';

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

/** Components of 120 simulated pulls: shares fall and a pull is made again from its scores. */
export async function traceComponents(): Promise<SeedFigure> {
  const traces = generateWristStatePeople(120, SEED, 30_000, { trace: ALL_MECHANISMS }).flatMap(
    ({ trace }) => (trace ? [trace] : []),
  );
  const fitted = fitTraceComponents(traces, 10);
  const isFalling = fitted.explainedShare.every(
    (share, i) => i === 0 || share <= fitted.explainedShare[i - 1]!,
  );
  const kept = fitted.explainedShare.reduce((sum, share) => sum + share, 0);
  return {
    ok: isFalling && kept > 0.5 && kept <= 1,
    figure: `n = ${traces.length} pulls, ten components keep ${(100 * kept).toFixed(1)} % of the variance; ${await evidenceText('trace-components', /./)}`,
  };
}

/** Spread of three trials of one hand, as a clinic sees it; a load cell that saturates, drifts and is read in steps. */
export function sensorNoise(): SeedFigure {
  const people = generateWristStatePeople(600, SEED, 20_000).filter((p) => p.pinchTrialsN.length === 3);
  const spreads = people.map((p) => sd(p.pinchTrialsN) / mean(p.pinchTrialsN));
  const centre = mean(spreads);
  const half = (1.96 * sd(spreads)) / Math.sqrt(spreads.length);
  // A pull that rises to 50 N past a cell of 30 N: what is recorded stops at full scale.
  const timeS = Float64Array.from({ length: 101 }, (_, i) => i / 100);
  const forceN = Float64Array.from({ length: 303 }, (_, i) => (i % 3 === 0 ? i / 6.06 : 0));
  const cell = { ...PERFECT_LOAD_CELL, fullScaleN: 30 };
  const recorded = recordThreeAxes({ timeS, forceN }, cell, { seed: SEED, subject: 0, name: 'saturation' });
  const isSaturated = Math.max(...recorded.forceN) <= 30 && Math.max(...forceN) > 40;
  return {
    ok: centre > 0.02 && centre < 0.08 && isSaturated,
    figure: `n = ${people.length}, mean population SD / mean of three trials ${(100 * centre).toFixed(2)} % (95 % interval ${(100 * (centre - half)).toFixed(2)}-${(100 * (centre + half)).toFixed(2)}), bar 2-8 %`,
  };
}

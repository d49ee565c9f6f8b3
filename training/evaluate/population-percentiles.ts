import { mean, quantileSorted } from 'simple-statistics';
import { PERCENTILES, type Percentile } from '../population/norm-table-schema.ts';
import { INTERNATIONAL_GRIP } from '../population/norm-tables.ts';
import type { Finding, Plot } from './figures.ts';
import type { Estimate } from './population-comparison.ts';
import { SMALLEST_CELL, valuesOf } from './population-norms.ts';
import type { NormPerson } from './population-people.ts';

const SEXES = ['female', 'male'] as const;
const WORDS = { female: 'women', male: 'men' } as const;
/** Told as findings; all of them are drawn. */
const TOLD: readonly Percentile[] = ['P10', 'P50', 'P90'];

const shareOf = (percentile: Percentile): number => Number(percentile.slice(1)) / 100;

/** Percentiles of simulated grip against the international ones by sex: the shape, not only the level. */
export function percentileFigures(people: readonly NormPerson[]): { findings: Finding[]; plot: Plot } {
  const bySex = SEXES.map((sex) => {
    const cells = INTERNATIONAL_GRIP.cells.flatMap((cell) => {
      if (cell.sex !== sex) return [];
      const values = [...valuesOf(INTERNATIONAL_GRIP, cell, people).values()].sort((a, b) => a - b);
      return values.length < SMALLEST_CELL ? [] : [{ cell, values }];
    });
    const differences = PERCENTILES.map((percentile) => ({
      percentile,
      estimate: meanPercentileDifference(
        cells.map(({ cell, values }) => ({ values, known: cell[percentile]! })),
        shareOf(percentile),
      ),
    }));
    return { sex, cells, differences };
  });
  const findings = bySex.flatMap(({ sex, cells, differences }) =>
    differences
      .filter(({ percentile }) => TOLD.includes(percentile))
      .map(
        ({ percentile, estimate }): Finding => ({
          name: `grip, international-2025-grip (read second-hand), ${WORDS[sex]}: ${percentile} of the simulated people, mean difference over ages, %`,
          ...estimate,
          literature: INTERNATIONAL_GRIP.source,
          n: cells.reduce((sum, { values }) => sum + values.length, 0),
          sentence: `${cells.length} age bands. Interval: sampling of the simulated people only. ${INTERNATIONAL_GRIP.status}`,
        }),
      ),
  );
  return {
    findings,
    plot: {
      title: 'Percentiles of grip against International 2025 (read second-hand)',
      xTitle: 'Percentile',
      yTitle: 'Simulated above the table (%)',
      kind: 'line',
      lines: bySex.map(({ sex, differences }) => ({
        name: WORDS[sex],
        x: differences.map(({ percentile }) => 100 * shareOf(percentile)),
        y: differences.map(({ estimate }) => estimate.value),
        low: differences.map(({ estimate }) => estimate.low),
        high: differences.map(({ estimate }) => estimate.high),
      })),
      caption:
        'A level line would be the same shape at another level; a line that rises to the left: fewer very weak people among the simulated ones.',
    },
  };
}

/**
 * Mean over cells of simulated percentile / known one, percent above 1. Interval: normal; the standard error of a
 * percentile from the order statistics one binomial standard deviation to either side.
 */
function meanPercentileDifference(
  cells: readonly { values: readonly number[]; known: number }[],
  share: number,
): Estimate {
  const ratios = cells.map(({ values, known }) => {
    const at = (place: number): number => quantileSorted([...values], Math.min(1, Math.max(0, place)));
    const step = Math.sqrt((share * (1 - share)) / values.length);
    return { ratio: at(share) / known, error: (at(share + step) - at(share - step)) / 2 / known };
  });
  const value = 100 * (mean(ratios.map(({ ratio }) => ratio)) - 1);
  const squares = ratios.reduce((sum, { error }) => sum + error ** 2, 0);
  const half = (196 * Math.sqrt(squares)) / ratios.length;
  return { value, low: value - half, high: value + half };
}

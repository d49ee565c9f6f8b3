import { mean } from 'simple-statistics';
import { NEWTON_PER_UNIT } from '../../core/units/quantities.ts';
import type { NormHand, NormTable } from './norm-table-schema.ts';

/** Newtons. */
export interface PooledNorm {
  mean: number;
  /** Of one person: the spread within the bands and that between their means. */
  sd: number;
}

/**
 * Bands of a table's hand as one, each counting alike.
 * @param lowYears - where the first band begins. @param highYears - where the last one ends; infinity for one that is
 *   open at its end.
 * @throws RangeError naming table, sex, hand and band when the bands do not fill the range, end elsewhere, or when one of
 *   them has no mean or no SD: what is missing would be averaged away.
 */
export function pooledNorm(
  table: NormTable,
  sex: 'female' | 'male',
  hand: NormHand,
  lowYears: number,
  highYears: number,
): PooledNorm {
  const fault = (why: string) =>
    new RangeError(`The norm table ${table.id} cannot be pooled: ${hand} hand of ${sex} people: ${why}.`);
  const cells = table.cells
    .filter((cell) => cell.sex === sex && cell.hand === hand)
    .filter(({ ageBand }) => ageBand.high >= lowYears && ageBand.low <= highYears)
    .sort((a, b) => a.ageBand.low - b.ageBand.low);
  let nextYears = lowYears;
  for (const { ageBand, mean: ofBand, sd } of cells) {
    if (ageBand.low > nextYears) throw fault(`no band begins at ${nextYears} years, before ${ageBand.text}`);
    if (ageBand.low < nextYears || ageBand.high > highYears) {
      throw fault(`the band ${ageBand.text} reaches beyond ${nextYears} to ${highYears} years`);
    }
    if (ofBand === undefined || sd === undefined)
      throw fault(`the band ${ageBand.text} needs a mean and an SD`);
    nextYears = ageBand.high + 1;
  }
  if (nextYears !== highYears + 1) throw fault(`no band begins at ${nextYears} years`);
  const newtons = NEWTON_PER_UNIT[table.unit];
  const middle = mean(cells.map((cell) => cell.mean!));
  const variance = mean(cells.map((cell) => cell.sd! ** 2 + (cell.mean! - middle) ** 2));
  return { mean: middle * newtons, sd: Math.sqrt(variance) * newtons };
}

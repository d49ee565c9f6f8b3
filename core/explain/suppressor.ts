import { sampleCorrelation } from 'simple-statistics';
import type { Attribution } from './attribution.ts';
import type { ExplainedOutput } from './explained-output.ts';

/** How a sentence names an input that a model needs only to take out what disturbs another one. */
export const SUPPRESSOR_ROLE = 'used to cancel noise';

/** An input with a contribution but without news of its own. */
export interface Suppressor {
  column: number;
  role: typeof SUPPRESSOR_ROLE;
  /** Its contribution, with its sign. */
  value: number;
  /** Correlation with the output over the rows: none to speak of. */
  outputCorrelation: number;
  /** The contributing input that it shares most with. */
  partner: number;
  /** Correlation with that input over the rows. */
  partnerCorrelation: number;
}

export interface SuppressorOptions {
  /** Least share of the sum of |values| that counts as a contribution, above 0 and at most 1. */
  smallestShare?: number;
  /** Correlations up to this size, above 0 and below 1, are none to speak of. */
  nilCorrelation?: number;
}

/** Two-sided 95 % point of the standard normal. */
const NORMAL_95 = 1.959963984540054;

/**
 * Finds inputs that contribute although they say nothing of the output themselves: their column correlates with that
 * of another contributing input, whose noise they take away. Source: Kindermans 2018, section 2 (distractor); Haufe
 * 2014. Their contribution is right about the model and would be misread as a finding about the person.
 *
 * "No correlation" is shown, not assumed: the 95 % interval by Fisher's z must lie inside +- nilCorrelation, and that
 * with the partner outside of it. It sees linear relations only.
 * @param attribution - one value an input, of one row. @param rows - measurements, e.g. the calibration people.
 * @returns by falling |value|; null when the rows are too few (below 97 at 0.2) or the output is constant over them.
 * @throws RangeError when attribution, rows or options do not fit.
 */
export function suppressors(
  explained: ExplainedOutput,
  attribution: Attribution,
  rows: readonly Float64Array[],
  { smallestShare = 0.1, nilCorrelation = 0.2 }: SuppressorOptions = {},
): Suppressor[] | null {
  if (attribution.values.length !== explained.inputCount) {
    throw new RangeError('suppressors are looked for among single inputs, one value each');
  }
  if (!(smallestShare > 0 && smallestShare <= 1) || !(nilCorrelation > 0 && nilCorrelation < 1)) {
    throw new RangeError('a share lies above 0 and up to 1, a correlation between 0 and 1');
  }
  const outputs = rows.map((row) => explained.valueOf(row));
  // Half the width of the interval does not depend on the correlation, so too few rows can never show that there is none.
  const halfWidth = rows.length > 3 ? NORMAL_95 / Math.sqrt(rows.length - 3) : Number.POSITIVE_INFINITY;
  if (halfWidth > Math.atanh(nilCorrelation) || isConstant(outputs)) return null;
  const isNil = (r: number) => Math.abs(Math.atanh(r)) + halfWidth <= Math.atanh(nilCorrelation);
  const isClear = (r: number) => Math.abs(Math.atanh(r)) - halfWidth > Math.atanh(nilCorrelation);

  const total = attribution.values.reduce((sum, value) => sum + Math.abs(value), 0);
  const contributors = Array.from(attribution.values.entries())
    .filter(([, value]) => total > 0 && Math.abs(value) >= smallestShare * total)
    .map(([column, value]) => ({ column, value, entries: rows.map((row) => row[column]!) }))
    .filter(({ entries }) => !isConstant(entries))
    .map((each) => ({ ...each, outputCorrelation: correlation(each.entries, outputs) }));
  const carriers = contributors.filter(({ outputCorrelation }) => !isNil(outputCorrelation));
  const found = contributors
    .filter(({ outputCorrelation }) => isNil(outputCorrelation))
    .flatMap(({ column, value, entries, outputCorrelation }): Suppressor[] => {
      const [closest] = carriers
        .map((carrier) => ({ partner: carrier.column, r: correlation(entries, carrier.entries) }))
        .filter(({ r }) => isClear(r))
        .sort((a, b) => Math.abs(b.r) - Math.abs(a.r));
      if (!closest) return [];
      const { partner, r: partnerCorrelation } = closest;
      return [{ column, role: SUPPRESSOR_ROLE, value, outputCorrelation, partner, partnerCorrelation }];
    });
  return found.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

const isConstant = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

/** Rounding must not carry it past 1. */
function correlation(a: number[], b: number[]): number {
  return Math.min(1, Math.max(-1, sampleCorrelation(a, b)));
}

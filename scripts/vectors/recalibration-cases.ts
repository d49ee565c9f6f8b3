import * as z from 'zod';
import { sigmoid } from '../../core/networks/activation.ts';
import { calibrationLine, plattScaling } from '../../core/uncertainty/calibration-line.ts';
import type { Comparison } from './comparison.ts';
import type { Tolerance, VectorCase } from './vector-file.ts';

const Numbers = z.array(z.number());

/** Keys of numbers at the top of a case and one level below: "slope", or "logistic": { "slope": ... }. */
function flat(vector: Readonly<Record<string, unknown>>): { key: string; value: unknown }[] {
  return Object.entries(vector).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([inner, each]) => ({ key: `${key}.${inner}`, value: each }))
      : [{ key, value }],
  );
}

/**
 * Calibration slope and intercept of forecasts, and Platt's line through the scores, or through the logits of the forecasts
 * when no scores are given. Platt's coefficients A and B are minus slope and minus intercept, as in his paper.
 * @param tolerance - of fitted coefficients.
 */
export function recalibration(vector: VectorCase, tolerance: Tolerance): Comparison[] {
  const y = Numbers.parse(vector.y).map((outcome) => outcome === 1);
  const said = vector.p ?? vector.prob;
  const written = vector.scores ?? vector.score ?? vector.logits ?? vector.logit;
  const scores =
    written === undefined
      ? Numbers.parse(said).map((each) => Math.log(each / (1 - each)))
      : Numbers.parse(written);
  const line = calibrationLine(said === undefined ? scores.map(sigmoid) : Numbers.parse(said), y);
  const platt = plattScaling(scores, y);
  return flat(vector).flatMap(({ key, value }) => {
    if (typeof value !== 'number') return [];
    const isNamed = (pattern: RegExp) => pattern.test(key);
    const answer = (actual: number | null) => [{ what: key, expected: value, actual, tolerance }];
    if (isNamed(/large|offset|slope_?one|intercept_?only/i)) return answer(line.interceptAtSlopeOne);
    if (isNamed(/(^|[._]|platt)a$/i)) return answer(platt && -platt.slope);
    if (isNamed(/(^|[._]|platt)b$/i)) return answer(platt && -platt.intercept);
    if (isNamed(/slope$/i)) return answer(isNamed(/platt/i) ? (platt?.slope ?? null) : line.slope);
    if (isNamed(/intercept$/i)) {
      return answer(isNamed(/platt/i) ? (platt?.intercept ?? null) : line.intercept);
    }
    return [];
  });
}

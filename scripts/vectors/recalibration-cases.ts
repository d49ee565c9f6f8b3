import * as z from 'zod';
import { sigmoid } from '../../core/networks/activation.ts';
import { calibrationLine, plattScaling } from '../../core/uncertainty/calibration-line.ts';
import { binaryLogLoss } from '../../core/uncertainty/log-loss.ts';
import { fitLogisticLine, type LogisticLine } from '../../core/uncertainty/logistic-line.ts';
import type { Comparison } from './comparison.ts';
import type { Tolerance, VectorCase } from './vector-file.ts';

const Numbers = z.array(z.number());
const INPUTS = new Set(['p', 'prob', 'y', 'scores', 'score', 'logits', 'logit']);

/** A line as one of the conventions in use writes it. */
interface Convention extends LogisticLine {
  /** Slope and intercept, or the A and B of Platt's paper, which are their negatives. */
  written: LogisticLine;
}

/** What a group of keys names: a pair of coefficients, a curve or a loss. */
type Asked = 'slope' | 'intercept' | 'intercept at slope 1' | 'probabilities' | 'loss' | null;

const AT_SLOPE_ONE =
  /large|citl|offset|only|(slope|beta)\w*?(1|one|fixed)|(fixed|given|with|unit)_?(slope|beta)/i;

function askedBy(key: string, value: unknown): Asked {
  const name = key.replace(/^.*\./, '');
  if (/(se|ci|bse|p|z|pvalue|error)$|mle|stderr/i.test(name) && !/slope$|intercept$/i.test(name)) return null;
  if (Array.isArray(value)) return /calibrated|after|prob|fitted/i.test(name) ? 'probabilities' : null;
  if (typeof value !== 'number') return null;
  if (AT_SLOPE_ONE.test(name)) return 'intercept at slope 1';
  if (/slope|^x1$|(^|platt|_)a$/i.test(name)) return 'slope';
  if (/intercept|^const$|(^|platt|_)b$/i.test(name)) return 'intercept';
  if (/(nll|log_?loss)_?after/i.test(name)) return 'loss';
  return null;
}

/** Keys at the top of a case and one level below, by the line that they belong to. */
function groupsOf(vector: VectorCase): Map<string, { key: string; value: unknown }[]> {
  const groups = new Map<string, { key: string; value: unknown }[]>();
  const add = (key: string, value: unknown) => {
    const [, parent = ''] = /^(.*)\./.exec(key) ?? [];
    const group = /platt/i.test(key) ? `platt ${parent}` : parent;
    groups.set(group, [...(groups.get(group) ?? []), { key, value }]);
  };
  for (const [key, value] of Object.entries(vector)) {
    if (INPUTS.has(key)) continue;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [inner, each] of Object.entries(value)) add(`${key}.${inner}`, each);
    } else add(key, value);
  }
  return groups;
}

/**
 * Calibration slope and intercept of forecasts, and Platt's line through the scores, or through the logits of the forecasts
 * when no scores are given. A line named after Platt is written with his sign or as slope and intercept, fitted to his
 * drawn-in targets or to 0 and 1: both are in use, so a pair has to be right in one of these conventions, as a whole.
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
  const plain = conventionsOf(fitLogisticLine(scores, y.map(Number)));
  const platt = conventionsOf(plattScaling(scores, y));
  return [...groupsOf(vector)].flatMap(([group, entries]) => {
    const asked = entries.map((entry) => ({ ...entry, what: askedBy(entry.key, entry.value) }));
    const isPlatt =
      /platt|sigmoid/i.test(`${group} ${vector.kind}`) || asked.some(({ key }) => isLetter(key));
    const candidates = isPlatt ? [...platt, ...plain] : plain.slice(0, 1);
    const fitted = nearest(candidates, asked);
    return asked.flatMap(({ key, value, what }): Comparison[] => {
      const answer = (actual: unknown) => [{ what: key, expected: value, actual, tolerance }];
      if (what === null) return [];
      if (what === 'intercept at slope 1') return answer(line.interceptAtSlopeOne);
      if (what === 'slope' || what === 'intercept') {
        return answer(isPlatt ? (fitted?.written[what] ?? null) : line[what]);
      }
      if (!fitted) return answer(null);
      const after = scores.map((score) => sigmoid(fitted.intercept + fitted.slope * score));
      if (what === 'loss') return answer(binaryLogLoss(after, y).value);
      return answer(after.slice(0, Numbers.parse(value).length));
    });
  });
}

const isLetter = (key: string): boolean => /(^|[._]|platt)[ab]$/i.test(key);

function conventionsOf(line: LogisticLine | null): Convention[] {
  if (!line) return [];
  const negative = { slope: -line.slope, intercept: -line.intercept };
  return [
    { ...line, written: line },
    { ...line, written: negative },
  ];
}

/** The convention whose coefficients are nearest to those written; the first when none are. */
function nearest(
  candidates: readonly Convention[],
  asked: readonly { value: unknown; what: Asked }[],
): Convention | undefined {
  const distanceTo = ({ written }: Convention) =>
    asked.reduce(
      (sum, { value, what }) =>
        what === 'slope' || what === 'intercept' ? sum + Math.abs(Number(value) - written[what]) : sum,
      0,
    );
  return [...candidates].sort((a, b) => distanceTo(a) - distanceTo(b))[0];
}

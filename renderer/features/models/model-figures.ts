/** What the Models page draws of an evaluation: figures are found by the names that the evaluation gives them. */
import { wilsonInterval } from '../../../core/uncertainty/wilson-interval.ts';
import type { Evaluation, MeasuredFigure } from '../../app/model-evaluation.ts';
import type { MeasuredRow } from '../../charts/interval-table.tsx';
import type { ReliabilityPoint } from '../../charts/reliability-plot.tsx';

export interface Reliability {
  title: string;
  points: ReliabilityPoint[];
  caption: string;
  kind: 'probability' | 'quantile';
}

export interface FigureGroup {
  title: string;
  rows: MeasuredRow[];
  /** What the figures are shown as. */
  unit: 'share' | 'N' | '%';
}

const named = (figure: MeasuredFigure, name: string): MeasuredRow => ({ ...figure, name });
const SEX: Readonly<Record<string, string>> = { female: 'women', male: 'men', women: 'women', men: 'men' };

/** "0.7520 (0.7292 to 0.7736)" as numbers. */
function readInterval(text: string): [number, number, number] | null {
  const match = /^(-?[\d.]+) \((-?[\d.]+) to (-?[\d.]+)\)$/.exec(text);
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** Probabilities against how often they came true, and forecast quantiles against the share below them. */
export function reliabilities(evaluation: Evaluation): Reliability[] {
  return evaluation.tables.flatMap(({ title, rows, caption }): Reliability[] => {
    const ofPattern = /^Reliability of pattern (\S+), classes met a third each, most probable class$/.exec(
      title,
    );
    if (ofPattern !== null) {
      const points = rows.flatMap(([, said, came, n]): ReliabilityPoint[] => {
        const read = typeof came === 'string' ? readInterval(came) : null;
        return read === null || typeof said !== 'number' || typeof n !== 'number'
          ? []
          : [{ said, came: read[0], low: read[1], high: read[2], n }];
      });
      return [
        { title: `Pattern ${ofPattern[1]}: most probable class`, points, caption, kind: 'probability' },
      ];
    }
    if (title === 'Share of next visits at or below each quantile, %')
      return rows.map((row) => quantiles(row, caption));
    return [];
  });
}

const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95];

function quantiles([course, n, ...shares]: readonly (string | number)[], caption: string): Reliability {
  const count = Number(n);
  const points = QUANTILES.map((said, index) => {
    const came = Number(shares[index]) / 100;
    const [low, high] = wilsonInterval(came * count, count);
    return { said, came, low, high, n: count };
  });
  return { title: `Next visit, ${course}`, points, caption, kind: 'quantile' };
}

/** How many sets or intervals hold the truth, in people of each sex and age. */
export function coverageBySubgroup(evaluation: Evaluation): FigureGroup[] {
  const groups = new Map<string, MeasuredRow[]>();
  for (const check of evaluation.checks) {
    const found =
      /^(?:(\S+): )?coverage,? (?:of )?(female|male|women|men),? (\d+-\d+)(?: years)?(?:, (?:of \d+ outputs )?(?:the )?(.*))?$/.exec(
        check.name,
      );
    if (found === null) continue;
    const [, pattern, sex = '', age = '', worst] = found;
    const title = pattern
      ? `Pattern ${pattern}`
      : worst
        ? 'The output furthest from its promise'
        : 'All people';
    groups.set(title, [...(groups.get(title) ?? []), named(check, `${SEX[sex]}, ${age} years`)]);
  }
  return [...groups].map(([title, rows]) => ({ title, rows, unit: 'share' }));
}

/** How large the error is, in people of each kind. */
export function errorBySubgroup(evaluation: Evaluation): FigureGroup[] {
  const pick = (title: string, unit: FigureGroup['unit'], pattern: RegExp): FigureGroup => ({
    title,
    unit,
    rows: evaluation.findings.flatMap((finding) => {
      const found = pattern.exec(finding.name);
      return found === null ? [] : [named(finding, found.slice(1).filter(Boolean).join(' '))];
    }),
  });
  return [
    pick(
      'Right with the most probable class, by what was measured',
      'share',
      /^(\S+): accuracy of the most probable class$/,
    ),
    pick('Right among women less right among men', 'share', /^(\S+): accuracy in women less men$/),
    pick(
      'Mean error of the forecast, by visits so far',
      'N',
      /^mean absolute error in newtons, (\d.* so far), assumed course/,
    ),
    pick(
      'Mean error of the forecast, by time since surgery',
      'N',
      /^mean absolute error in newtons, last visit (.*) after surgery, assumed course/,
    ),
    pick('Typical error of a muscle group, in % of expected', '%', /^RMSE of percent-expected-(.*)$/),
  ].filter(({ rows }) => rows.length > 0);
}

export interface Failure {
  what: string;
  figure: MeasuredFigure;
}
export interface FailureGroup {
  title: string;
  failures: Failure[];
}

/** Below this share of people a mistake counts as one that is often not noticed. */
const NOTICED = 0.9;
const worstFirst = (failures: Failure[]) => failures.sort((a, b) => a.figure.value - b.figure.value);

/**
 * Where a model fails by its own published figures: what must hold and does not, mistakes that it often does not notice,
 * worlds, patterns and set sizes in which its sets or intervals hold the truth less often than 9 in 10 with the whole interval
 * below, and
 * expectations of physiology that its explanations contradict.
 */
export function knownFailures(evaluation: Evaluation): FailureGroup[] {
  const { checks, findings } = evaluation;
  const broken = checks.filter(({ ok }) => ok === false).map((figure) => ({ what: figure.name, figure }));
  const unnoticed = findings.flatMap((figure): Failure[] => {
    const found = /^(?:(\S+): )?refused, (?!.*(?:people|course))(.*)$/.exec(figure.name);
    if (found === null || figure.value >= NOTICED) return [];
    return [{ what: found[1] ? `${found[2]} (pattern ${found[1]})` : (found[2] ?? ''), figure }];
  });
  const narrow = findings.flatMap((figure): Failure[] => {
    const found =
      /^(.*): (?:coverage|sets that hold the right class)$/.exec(figure.name) ??
      /^coverage of the 90 % interval, (.*)$/.exec(figure.name);
    // The promise is of all sets together: those of one size may keep it far less often.
    const ofSize = /^(.*): sets of (\d+) that hold the right class$/.exec(figure.name);
    const what = ofSize
      ? `${ofSize[1]}, sets of ${ofSize[2]} ${ofSize[2] === '1' ? 'class' : 'classes'}`
      : found?.[1];
    return what === undefined || figure.high >= 0.9 ? [] : [{ what, figure }];
  });
  const against = findings.flatMap((figure): Failure[] => {
    const found = /^physiology, against the expectation: (.*)$/.exec(figure.name);
    return found === null ? [] : [{ what: figure.sentence, figure }];
  });
  return [
    { title: 'Must hold and does not', failures: broken },
    { title: 'Mistakes that it often does not notice: share refused', failures: worstFirst(unnoticed) },
    {
      title: 'Where its sets or intervals hold the truth less than 9 in 10 times',
      failures: worstFirst(narrow),
    },
    { title: 'Explanations against known physiology: share of people who follow it', failures: against },
  ].filter(({ failures }) => failures.length > 0);
}

/** The table of expectations from the literature, and whether the explanations follow them. */
export const physiologyOf = (evaluation: Evaluation) =>
  evaluation.tables.find(({ title }) => title === 'Agreement with known physiology') ?? null;

import * as z from 'zod';
import { matchEvents } from '../../../core/agreement/event-matching.ts';
import {
  equalAreaIndependentStepsP,
  independentStepsP,
} from '../../../core/agreement/independent-steps-p.ts';
import { equalAreaOverlap, type MaskMeasure, maskOverlap } from '../../../core/agreement/mask-overlap.ts';
import { markReason, type OverlapMeasure } from '../../../core/agreement/overlap-measure.ts';
import { pointingGame } from '../../../core/agreement/pointing-game.ts';
import { relevanceMass } from '../../../core/agreement/relevance-mass.ts';
import {
  areaUnderCurve,
  averagePrecision,
  pointBiserialCorrelation,
  rankAccuracy,
  topStepShare,
} from '../../../core/agreement/relevance-ranking.ts';
import { halfMaximumSteps, mostRelevantSteps } from '../../../core/agreement/step-selection.ts';
import {
  eventsOfMask,
  markedCount,
  maskOfEvents,
  type TraceEvent,
  type TraceMask,
  traceMask,
} from '../../../core/agreement/trace-marks.ts';
import type { Comparison } from '../comparison.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';

const Band = z.tuple([z.number(), z.number()]);
const Bands = z.union([Band.transform((band) => [band]), z.array(Band)]);
const Case = z.looseObject({
  attribution: z.array(z.number()).optional(),
  clinicianMask: z.array(z.number()).optional(),
  attributionBand: Bands.optional(),
  maskBand: Bands.optional(),
  length: z.number().optional(),
  k: z.number().optional(),
  tolerance: z.union([z.number(), z.looseObject({})]).optional(),
  expected: z.unknown().optional(),
});
type Case = z.output<typeof Case>;

interface Trace {
  relevance: Float64Array;
  mask: TraceMask;
}

function traceOf(written: Case): Trace | null {
  const stepCount = written.length ?? written.attribution?.length ?? written.clinicianMask?.length;
  if (stepCount === undefined) return null;
  const maskOf = (bands: readonly (readonly [number, number])[]) =>
    maskOfEvents(
      bands.filter(([start, end]) => start < end).map(([start, end]) => ({ start, end })),
      stepCount,
    );
  const relevance = written.attribution ?? (written.attributionBand && maskOf(written.attributionBand));
  const mask = written.clinicianMask ?? (written.maskBand && maskOf(written.maskBand));
  if (!relevance || !mask) return null;
  return { relevance: Float64Array.from(relevance), mask: traceMask(mask) };
}

type Answer = (trace: Trace, expected: unknown) => unknown;

/** A measure as the reference writes it: NaN where ours cannot say, true or false for a hit. */
function written(measure: OverlapMeasure, expected: unknown): unknown {
  const { value, cannotSay } = measure;
  if (typeof expected === 'boolean') return value !== null && value > 0;
  if (typeof expected === 'number' && Number.isNaN(expected)) {
    return value === null || cannotSay !== null ? Number.NaN : value;
  }
  return expected === null && cannotSay !== null ? null : value;
}

const measured =
  (measure: (trace: Trace) => OverlapMeasure): Answer =>
  (trace, expected) =>
    written(measure(trace), expected);

/** Measures of a selection by the names that the reference gives them. */
const OF_SELECTION: Readonly<Record<string, MaskMeasure>> = {
  iou: 'intersectionOverUnion',
  dice: 'dice',
  kappa: 'kappa',
  ac1: 'gwetAgreement',
  mcc: 'matthewsCorrelation',
  sensitivity: 'sensitivity',
  specificity: 'specificity',
};
const topOverlap = ({ relevance, mask }: Trace) => equalAreaOverlap(relevance, mask);
const halfOverlap = ({ relevance, mask }: Trace) => maskOverlap(halfMaximumSteps(relevance), mask);

const chanceP = (pOf: (trace: Trace) => number | null): Answer => {
  return (trace, expected) => {
    const p = pOf(trace);
    return p === null && typeof expected === 'number' ? Number.NaN : p;
  };
};

const pairs = (events: readonly TraceEvent[]) => events.map(({ start, end }) => [start, end]);

const eventsOf =
  (selected: (trace: Trace) => TraceMask): Answer =>
  (trace, expected) => {
    const modelEvents = eventsOfMask(selected(trace));
    const clinicianEvents = eventsOfMask(trace.mask);
    const found = matchEvents(modelEvents, clinicianEvents, trace.mask.length);
    const asWritten = z.looseObject({}).parse(expected);
    const figure = (key: 'precision' | 'recall' | 'f1') =>
      found[key] === null && asWritten[key] !== null ? Number.NaN : found[key];
    return {
      modelEvents: pairs(modelEvents),
      clinicianEvents: pairs(clinicianEvents),
      matches: found.matches.map(({ model, clinician, intersectionOverUnion }) => [
        model,
        clinician,
        intersectionOverUnion,
      ]),
      precision: figure('precision'),
      recall: figure('recall'),
      f1: figure('f1'),
    };
  };

const topMask = ({ relevance, mask }: Trace) => mostRelevantSteps(relevance, markedCount(mask));
const halfMask = ({ relevance }: Trace) => halfMaximumSteps(relevance);

const ANSWERS: Readonly<Record<string, Answer>> = {
  massAccuracyAbs: measured(({ relevance, mask }) => relevanceMass(relevance, mask, 'absolute')),
  massAccuracyPositive: measured(({ relevance, mask }) => relevanceMass(relevance, mask, 'positive')),
  massAccuracySigned: measured(({ relevance, mask }) => relevanceMass(relevance, mask, 'signed')),
  chanceMass: ({ mask }) => markedCount(mask) / mask.length,
  rankAccuracyAbs: measured(({ relevance, mask }) => rankAccuracy(relevance, mask)),
  rankAccuracyTieAveraged: measured(({ relevance, mask }) => rankAccuracy(relevance, mask)),
  aucAbs: measured(({ relevance, mask }) => areaUnderCurve(relevance, mask)),
  averagePrecisionAbs: measured(({ relevance, mask }) => averagePrecision(relevance, mask)),
  pointBiserialAbs: measured(({ relevance, mask }) => pointBiserialCorrelation(relevance, mask)),
  topMaskSizeSelection: (trace) => Array.from(topMask(trace)),
  halfMaxSelection: (trace) => Array.from(halfMask(trace)),
  eventsHalfMax: eventsOf(halfMask),
  eventsTopK: eventsOf(topMask),
  hypergeometricP_topK: chanceP(({ relevance, mask }) => equalAreaIndependentStepsP(relevance, mask)),
  hypergeometricP_halfMax: chanceP(({ relevance, mask }) =>
    independentStepsP(halfMaximumSteps(relevance), mask),
  ),
};

function answerOf(key: string, vector: Case): Answer | undefined {
  const known = ANSWERS[key];
  if (known) return known;
  const selection = key.match(/^(iou|dice|kappa|ac1|mcc|sensitivity|specificity)(TopK|HalfMax)$/);
  if (selection) {
    const measure = OF_SELECTION[selection[1]!]!;
    const overlap = selection[2] === 'TopK' ? topOverlap : halfOverlap;
    return measured((trace) => overlap(trace)[measure]);
  }
  const top = key.match(/^topK(\d*)$/);
  if (top) {
    const count = top[1] ? Number(top[1]) : vector.k;
    if (count === undefined) return undefined;
    return measured(({ relevance, mask }) => topStepShare(relevance, mask, count));
  }
  const pointing = key.match(/^pointingGame(?:Tolerance|Tol)?_?(\d*)$/);
  if (pointing) {
    const tolerance =
      Number(pointing[1] || 0) || (typeof vector.tolerance === 'number' ? vector.tolerance : 0);
    return measured(({ relevance, mask }) => pointingGame(relevance, mask, tolerance));
  }
  return undefined;
}

export const run: VectorRunner = (vector) => {
  const parsed = Case.parse(vector);
  const trace = traceOf(parsed) ?? unknownCase(vector);
  const comparisons: Comparison[] = [];
  for (const [key, expected] of Object.entries(parsed)) {
    const answer = answerOf(key, parsed);
    if (!answer) continue;
    const isEvents = key.startsWith('events');
    comparisons.push({
      what: key,
      expected: isEvents ? inOrder(expected) : expected,
      actual: answer(trace, expected),
    });
  }
  if (typeof parsed.expected === 'string') comparisons.push(...inWords(parsed.expected, trace));
  return comparisons.length > 0 ? comparisons : unknownCase(vector);
};

/** Matches in the order of the model's events. */
function inOrder(expected: unknown): unknown {
  const events = z.looseObject({ matches: z.array(z.array(z.number())).optional() }).parse(expected);
  return { ...events, matches: [...(events.matches ?? [])].sort((a, b) => a[0]! - b[0]!) };
}

const NO_HIT = /\b(never|not|no)\b[^;,.]*\bhit\b/;
const IN_WORDS: Readonly<Record<string, (trace: Trace) => OverlapMeasure>> = {
  auc: ({ relevance, mask }) => areaUnderCurve(relevance, mask),
  kappa: (trace) => topOverlap(trace).kappa,
  'mass accuracy': ({ relevance, mask }) => relevanceMass(relevance, mask, 'absolute'),
  'rank accuracy': ({ relevance, mask }) => rankAccuracy(relevance, mask),
  'pointing game': ({ relevance, mask }) => pointingGame(relevance, mask),
  'average precision': ({ relevance, mask }) => averagePrecision(relevance, mask),
  iou: (trace) => topOverlap(trace).intersectionOverUnion,
  dice: (trace) => topOverlap(trace).dice,
  mcc: (trace) => topOverlap(trace).matthewsCorrelation,
};

/** What a case states in words, as checks: "AUC and kappa undefined (NaN); mass accuracy 1; must be flagged". */
function inWords(words: string, trace: Trace): Comparison[] {
  const checks: Comparison[] = [];
  // A comma ends a statement, a comma between names does not: "mass accuracy NaN (0/0), AUC 0.5".
  for (const clause of words.toLowerCase().split(/;|, (?=[a-z]+ (?:[a-z]+ )?[\d.]+$)/)) {
    const names = Object.keys(IN_WORDS).filter((name) => clause.includes(name));
    const isUndefined = /undefined|nan|null|cannot say/.test(clause);
    const figure = clause.match(/(?:=|\s)\s*(-?\d+(?:\.\d+)?)\s*$/)?.[1];
    for (const name of names) {
      const measure = IN_WORDS[name]!(trace);
      const what = `in words: ${name}`;
      if (isUndefined) checks.push({ what, expected: Number.NaN, actual: written(measure, Number.NaN) });
      else if (figure) checks.push({ what, expected: Number(figure), actual: measure.value });
      if (NO_HIT.test(clause)) {
        checks.push({ what: `${what} is no hit`, expected: false, actual: written(measure, false) });
      }
    }
    if (clause.includes('flagged')) {
      const { cannotSay } = IN_WORDS['mass accuracy']!(trace);
      checks.push({ what: 'in words: flagged', expected: true, actual: cannotSay !== null });
      const reason = markReason(trace.mask);
      if (reason) checks.push({ what: 'in words: reason', expected: reason, actual: cannotSay });
    }
    if (clause.includes('ties') && figure) {
      const { value } = rankAccuracy(trace.relevance, trace.mask);
      checks.push({ what: 'in words: ties averaged', expected: Number(figure), actual: value });
    }
    if (NO_HIT.test(clause) && names.length === 0) {
      const hit = written(pointingGame(trace.relevance, trace.mask), false);
      checks.push({ what: 'in words: no hit', expected: false, actual: hit });
    }
  }
  return checks;
}

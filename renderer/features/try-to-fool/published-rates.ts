import type { ModelInput, WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import type { InputChange, TraceMistake } from '../../../core/inference/changed-input.ts';
import { type Evaluation, figureOf, type MeasuredFigure } from '../../app/model-evaluation.ts';

/** What was measured of one kind of change, over simulated people. */
export interface PublishedRate {
  what: string;
  /** Share that the model refused, with interval and n; null where nothing was measured. */
  refused: MeasuredFigure | null;
  /** What the share does not say. */
  note?: string;
}

type Pattern = WristStatePrediction['inputPattern'];

const TRACE_NAMES: Readonly<Record<TraceMistake, string>> = {
  shuffled: 'samples of the trace shuffled',
  'three-times': 'trace three times too large',
  'a-third': 'trace a third of its size',
  'time-as-force': 'force and time of the trace swapped',
};

export const POUND_NOTE =
  'Not promised. A weak hand read in lb has the number of a strong hand in kg, so the number alone cannot give it away. The unit of the device and the question at entry are the defence.';

/** Pattern of an input as the evaluation names it: without the other hand the one-hand figures hold. */
const patternName = (pattern: Pattern, input: ModelInput): string =>
  input.otherHandPinchPeakN === null || input.affectedSide === 'both' ? `${pattern}-one-hand` : pattern;

/**
 * Each part of a change with the share of simulated people refused under it, measured one at a time.
 * @param pattern what the changed input is answered from.
 */
export function publishedRates(
  evaluation: Evaluation,
  change: InputChange,
  pattern: Pattern,
  changed: ModelInput,
): PublishedRate[] {
  const refused = (name: string) => figureOf(evaluation, `${pattern}: refused, ${name}`);
  const world = (name: string) => figureOf(evaluation, `${pattern}, ${name}: refused`);
  const rates: PublishedRate[] = [];
  if (change.unit !== null) rates.push(unitRate(change.unit, refused));
  if (change.isHandSwapped) rates.push({ what: 'hands swapped', refused: refused('hands swapped') });
  if (change.isRadialUlnarSwapped) {
    rates.push({ what: 'radial and ulnar swapped', refused: refused('radial and ulnar swapped') });
  }
  if (change.gain !== 1) rates.push(gainRate(change.gain, world));
  if (change.isTrialOrderShuffled) {
    rates.push({
      what: 'trials in another order',
      refused: null,
      note: 'The model sees the best trial and how far they spread, never their order: the answer stays the same.',
    });
  }
  if (change.trace !== null) {
    rates.push({
      what: TRACE_NAMES[change.trace],
      refused: refused(TRACE_NAMES[change.trace]),
      ...(pattern === 'C'
        ? {}
        : { note: 'The trace is not read: it needs wrist strength and the other postures too.' }),
    });
  }
  if (change.noise > 0) {
    rates.push({
      what: 'noise',
      refused: world('twice the measurement noise'),
      note: 'Measured with twice the usual noise: about 10 % on each pinch value, 12 % on each wrist strength.',
    });
  }
  for (const group of change.dropped) {
    rates.push(
      group === 'all-trials-but-one'
        ? {
            what: 'one trial only',
            refused: null,
            note: 'Always refused before any network is asked: the model needs two trials.',
          }
        : {
            what: 'measurements left out',
            refused: figureOf(evaluation, `${patternName(pattern, changed)}: in-range people refused`),
            note: `Without a mistake: what is left is answered from pattern ${pattern}.`,
          },
    );
  }
  return rates.filter(({ what }, index) => rates.findIndex((each) => each.what === what) === index);
}

function unitRate(
  { mistake, scope }: NonNullable<InputChange['unit']>,
  refused: (name: string) => MeasuredFigure | null,
): PublishedRate {
  const isPound = mistake.includes('lb');
  if (scope === 'all-values') {
    const name = isPound ? `${mistake} in all values` : mistake;
    return { what: name, refused: refused(name), ...(isPound ? { note: POUND_NOTE } : {}) };
  }
  const oneTrial: Partial<Record<typeof mistake, string>> = {
    'newtons typed as kg': 'one trial in newtons among kg',
    'lb typed as kg': 'one trial in lb among kg',
    'kg typed as lb': 'one trial in kg among lb',
  };
  const name = oneTrial[mistake];
  return name === undefined
    ? { what: 'one trial in kg among newtons', refused: null }
    : { what: name, refused: refused(name) };
}

function gainRate(gain: number, world: (name: string) => MeasuredFigure | null): PublishedRate {
  const name = gain > 1 ? 'gauge reads 10 % too high' : 'gauge reads 10 % too low';
  const isMeasured = Math.abs(gain - 1.1) < 1e-9 || Math.abs(gain - 0.9) < 1e-9;
  return {
    what: name,
    refused: world(name),
    ...(isMeasured ? {} : { note: `Measured at 10 %; you chose ${Math.round(Math.abs(gain - 1) * 100)} %.` }),
  };
}

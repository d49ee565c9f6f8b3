import { columnOf } from '../../core/inference/muscle-parameters-columns.ts';
import { MUSCLE_PARAMETERS_SEED } from '../dataset/muscle-parameters-data-set.ts';
import { handOfTargets } from '../dataset/muscle-parameters-targets.ts';
import { resampledTimes } from '../fit/muscle-parameters-skill.ts';
import { drawVirtualPerson } from '../population/virtual-person.ts';
import { maximalPinch } from '../simulation/pinch/maximal-pinch.ts';
import { genericHand } from '../simulation/pinch/pinch-muscles.ts';
import { type Figures, noFigures } from './figures.ts';
import type { AnsweredPerson } from './muscle-parameters-coverage.ts';

/** The posture that no tier has as an input (decision 10). */
export const UNSEEN_POSTURE = 'ulnar-10';
const PINCH = columnOf('pinch-neutral');

/** Ways to foretell a person's pinch in the unseen posture. */
export const FORETELLERS = [
  'predicted',
  'predicted and scaled',
  'generic',
  'scaled generic',
  'fairly scaled generic',
] as const;
export type Foreteller = (typeof FORETELLERS)[number];

/** Absolute errors of every foreteller in newtons, one a person, in the same order. */
export type ForceErrors = Record<Foreteller, Float64Array>;

/**
 * Simulates the pinch of each person in the unseen posture with the linear programme, contact model A.
 * predicted: the hand that the predicted parameters describe. predicted and scaled: its forces times measured pinch over its
 * own neutral pinch. generic: the table's hand. scaled generic: times measured pinch / generic neutral pinch. fairly
 * scaled: the same without the surplus of the best of several noisy trials, which the networks have learned to take off.
 * @param surplus - mean of measured peak / true pinch, from people who are not tested.
 */
export function forceErrors(answered: readonly AnsweredPerson[], surplus: number): ForceErrors {
  const generic = genericHand();
  const genericNeutralN = maximalPinch(generic, 'neutral').forceN;
  const genericN = maximalPinch(generic, UNSEEN_POSTURE).forceN;
  const rows = answered.map(({ person, answer }) => {
    const virtual = drawVirtualPerson(MUSCLE_PARAMETERS_SEED, person.subject);
    const trueN = maximalPinch(virtual.hand, UNSEEN_POSTURE, virtual.law).forceN;
    const hand = handOfTargets(answer.mean);
    const predictedN = maximalPinch(hand, UNSEEN_POSTURE).forceN;
    const peakN = person.inputs[PINCH]!;
    return {
      predicted: predictedN - trueN,
      // In A force is proportional to the sixteen F0, so the whole hand can be scaled afterwards.
      'predicted and scaled': (predictedN * peakN) / surplus / maximalPinch(hand, 'neutral').forceN - trueN,
      generic: genericN - trueN,
      'scaled generic': (genericN * peakN) / genericNeutralN - trueN,
      'fairly scaled generic': (genericN * peakN) / surplus / genericNeutralN - trueN,
    };
  });
  const of = (name: Foreteller) => Float64Array.from(rows, (row) => Math.abs(row[name]));
  return {
    predicted: of('predicted'),
    'predicted and scaled': of('predicted and scaled'),
    generic: of('generic'),
    'scaled generic': of('scaled generic'),
    'fairly scaled generic': of('fairly scaled generic'),
  };
}

const RESAMPLES = 1_000;
const meanOf = (values: Float64Array, times: Uint16Array | null): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += (times === null ? 1 : times[i]!) * values[i]!;
  return sum / values.length;
};

/** A function of mean errors with its paired bootstrap interval over people. */
function withInterval(
  errors: ForceErrors,
  figure: (mean: (name: Foreteller) => number) => number,
  name: string,
) {
  const at = (times: Uint16Array | null) => figure((foreteller) => meanOf(errors[foreteller], times));
  const draws = Array.from(resampledTimes(errors.predicted.length, name, RESAMPLES), at).sort(
    (a, b) => a - b,
  );
  return {
    value: at(null),
    low: draws[Math.floor(RESAMPLES * 0.025)]!,
    high: draws[Math.ceil(RESAMPLES * 0.975) - 1]!,
  };
}

const LITERATURE =
  'up to 80 % lower absolute error than the generic model (Lindbeck 2023, recalled from the abstract; other outputs and postures)';

/** Findings of decision 10. */
export function resimulationFigures(tier: number, errors: ForceErrors): Figures {
  const n = errors.predicted.length;
  const seed = `resimulation/${tier}`;
  const change = (own: Foreteller, other: Foreteller, literature: string | null) => {
    const estimate = withInterval(errors, (mean) => mean(own) / mean(other) - 1, seed);
    const verdict =
      estimate.high < 0 ? 'lower' : estimate.low > 0 ? 'higher' : 'not different beyond what chance explains';
    return {
      name: `force in ulnar deviation 10, ${own} against ${other} model: change of absolute error`,
      ...estimate,
      literature,
      n,
      sentence: `Mean absolute error ${meanOf(errors[own], null).toFixed(2)} N against ${meanOf(errors[other], null).toFixed(2)} N; ${verdict}.`,
    };
  };
  return {
    ...noFigures(),
    findings: [
      change('predicted', 'generic', LITERATURE),
      change('predicted', 'scaled generic', null),
      change('predicted', 'fairly scaled generic', null),
      change('predicted and scaled', 'fairly scaled generic', null),
      change('scaled generic', 'generic', null),
    ],
    tables: [
      {
        title: `Pinch foretold in the unseen posture (ulnar deviation 10), tier ${tier}`,
        columns: ['model', 'mean absolute error, N', '95 % low', '95 % high'],
        rows: FORETELLERS.map((name) => {
          const { value, low, high } = withInterval(errors, (mean) => mean(name), seed);
          return [name, ...[value, low, high].map((v) => Number(v.toFixed(3)))];
        }),
        caption: `${n} test people who get an answer, true force by their own hand in contact model A; intervals over people. The scaled generic model already knows the person's strength: what the predicted parameters add is the difference to it.`,
      },
    ],
  };
}

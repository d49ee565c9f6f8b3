import { FEATURE_NAMES, SHORT_CLASS_NAMES } from '../../../core/clinical/answer-names.ts';
import type { WristClass } from '../../../core/contract/schemas/clinical.ts';
import type { FeatureId } from '../../../core/contract/schemas/judgement.ts';
import { EXACT_ORDER_GROUPS } from '../../../core/explain/random-order-test.ts';
import { PINCH_NOISE, TORQUE_NOISE } from '../../../core/inference/measured-again.ts';
import { type LabRow, LEAST_ORDERED_UNITS, type MethodsLab } from '../../../core/inference/methods-lab.ts';
import { TRACE_LEAD_S, TRACE_STEP_S } from '../../../core/signals/trace-resample.ts';
import { signedNumber } from '../../app/signed-number.ts';

/** Random orders beside the method's own, above the number of units for which every order is tried. */
const ORDERS_WITH_OWN = 201;
/** Up to this share of orders as good, an order is called better than chance. */
const CHANCE_LIMIT = 0.05;
/** A gap below this share is rounding. */
const ROUNDING = 1e-6;

/** Holds whatever the tables say, so it stands above them at all times. */
export const NOTHING_SHOWN =
  "Nothing here shows that the answer is right, or says anything about the patient's hand.";

export const FAMILY_WORDS: Readonly<Record<LabRow['family'], string>> = {
  gradient: 'from slopes of the network',
  relevance: 'backwards through the layers',
  perturbation: 'by changing measurements',
};

/** What a unit is called: a measurement, the trace, or a time band in seconds from the start of the pull. */
export function unitName(unit: string): string {
  const steps = /^steps (\d+)-(\d+)$/.exec(unit);
  if (steps) {
    const second = (step: number) => signedNumber(step * TRACE_STEP_S - TRACE_LEAD_S, 1, '');
    return `${second(Number(steps[1]))} to ${second(Number(steps[2]) + 1)} s`;
  }
  if (unit === 'trace') return 'force trace';
  return FEATURE_NAMES[unit as FeatureId] ?? unit;
}

/** Digits with which the largest of some values shows two that count, 2 to 5. */
export function digitsFor(values: ArrayLike<number>): number {
  const largest = Math.max(0, ...Array.from(values, Math.abs));
  if (largest === 0) return 2;
  return Math.min(5, Math.max(2, 1 - Math.floor(Math.log10(largest))));
}

/** Place of the largest size; null when all are zero. */
export function strongestOf(values: ArrayLike<number>): number | null {
  let place: number | null = null;
  for (let i = 0; i < values.length; i += 1) {
    if (Math.abs(values[i]!) > (place === null ? 0 : Math.abs(values[place]!))) place = i;
  }
  return place;
}

export const directionWords = ([predicted, against]: readonly [WristClass, WristClass]) => ({
  for: SHORT_CLASS_NAMES[predicted],
  against: SHORT_CLASS_NAMES[against],
});

/** What is explained, against what, in which unit. */
export const askedSentence = (lab: MethodsLab): string =>
  `What speaks for ${lab.asked}, compared with ${lab.referenceName}. The values: ${unitWords(lab.unit)}.`;

/** "logit" is how strongly something pushes the odds of the one answer against the other, on a log scale. */
export const unitWords = (unit: string): string =>
  unit.replace(/^logit\b/, 'strength of the push (log odds)');

const share = (value: number): string => {
  if (!Number.isFinite(value)) return 'cannot say';
  const percent = 100 * value;
  // A number and its sign stay on one line.
  if (percent !== 0 && percent < 1) return 'below 1\u00a0%';
  return `${Math.round(percent)}\u00a0%`;
};

/** What the values of a row leave unsaid. */
export function gapText({
  completenessGap,
  biasShare,
}: Pick<LabRow, 'completenessGap' | 'biasShare'>): string {
  if (biasShare !== null) return `biases took ${share(biasShare)}`;
  if (completenessGap === null) return 'not meant to add up';
  return completenessGap < ROUNDING ? 'nothing' : share(completenessGap);
}

/**
 * How the order of a row does against orders that know nothing; what speaks most for the answer comes first.
 * @param unitCount - of the table.
 */
export function deletionWords(deletion: LabRow['deletion'], unitCount: number): string {
  if (deletion === null) {
    if (unitCount === 1) return 'one measurement has one order';
    return unitCount < LEAST_ORDERED_UNITS ? 'too few orders to tell' : 'sizes only';
  }
  const isEveryOrder = unitCount <= EXACT_ORDER_GROUPS;
  const orders = isEveryOrder ? factorial(unitCount) : ORDERS_WITH_OWN;
  // The own order is one of them.
  const asGood = Math.round(deletion.p * orders);
  const counted = `${asGood.toLocaleString('en')} of ${orders.toLocaleString('en')} ${isEveryOrder ? '' : 'random '}orders as good`;
  if (!(deletion.gain > 0 && deletion.p <= CHANCE_LIMIT)) return `not better than chance: ${counted}`;
  if (asGood > 1) return counted;
  return isEveryOrder
    ? `best of all ${orders.toLocaleString('en')} orders`
    : `better than all ${(orders - 1).toLocaleString('en')} random orders`;
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

/** Counts, not a share: there are only a few networks. @param agreement - share of them. */
export const membersText = (agreement: number | null, networkCount: number): string =>
  agreement === null ? 'sizes only' : `${Math.round(agreement * networkCount)} of ${networkCount}`;

export const againText = (sensitivity: number): string =>
  Number.isFinite(sensitivity)
    ? `values shift by up to ${share(sensitivity)}`
    : 'cannot say: the values are zero';

/** What one measurement scatters when it is repeated, as the simulation assumes it. */
export const SCATTER_WORDS = `pinch ${Math.round(100 * PINCH_NOISE)}\u00a0%, wrist ${Math.round(100 * TORQUE_NOISE)}\u00a0%`;

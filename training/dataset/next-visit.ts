import {
  type NextVisitInput,
  nextVisitInput,
  type PinchVisit,
} from '../../core/inference/next-visit-input.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { expectedStrength } from '../../core/signals/expected-strength.ts';
import type { Demographics } from '../population/demographics.ts';
import { OTHER_HAND_LOG_SD } from '../population/other-hand.ts';
import { drawVirtualPerson } from '../population/virtual-person.ts';
import { maximalPinch } from '../simulation/pinch/maximal-pinch.ts';
import {
  drawRecoveryCourse,
  type RecoveryCourse,
  type RecoveryShape,
  recoveredShare,
} from '../simulation/recovery/recovery-course.ts';
import { drawVisitWeeks } from '../simulation/recovery/visit-schedule.ts';
import { drawTrialCount, pinchTrialsN, sessionFactor } from './pinch-trials.ts';

/** One patient up to a visit, and the visit after it, which is the truth. Fits the question of `nextVisitInput`. */
export interface NextVisitPerson extends Demographics {
  subject: number;
  /** The operated hand. */
  side: 'right' | 'left';
  course: RecoveryCourse;
  visits: PinchVisit[];
  otherHandPinchPeakN: number | null;
  weeksToNextVisit: number;
  /** Best trial of the next visit, newtons, measured like the others: the truth that a forecast is scored on. */
  nextPinchPeakN: number;
  input: NextVisitInput;
}

export interface NextVisitOptions {
  /** The assumed course unless told otherwise. */
  shape?: RecoveryShape;
  /** Factor on all measurement noise. */
  noiseScale?: number;
}

/** Share of patients whose other hand is not there to compare with: not measured, or affected too (assumption). */
const OTHER_HAND_ABSENT_SHARE = 0.15;
/**
 * Share of patients in whose course the clinic changes its pinch gauge, and how far two gauges differ (assumption;
 * papers say that norms are specific to the device).
 */
const DEVICE_CHANGE_SHARE = 0.1;
const DEVICE_GAIN_LOG_SD = 0.05;
/** The app asks for a second trial, so no visit has fewer. */
const MINIMUM_TRIALS = 2;

/**
 * Virtual patients for `next-visit`. Under every shape a subject is the same person with the same visits, chance of the
 * day and operation, so that shapes are compared in pairs.
 * @param subjectOffset - first subject; disjoint ranges of one seed are disjoint people.
 */
export function generateNextVisitPeople(
  count: number,
  seed: number | string,
  subjectOffset: number,
  options: NextVisitOptions = {},
): NextVisitPerson[] {
  return Array.from({ length: count }, (_, index) => generatePerson(seed, subjectOffset + index, options));
}

function generatePerson(
  seed: number | string,
  subject: number,
  { shape = 'exponential-approach', noiseScale = 1 }: NextVisitOptions,
): NextVisitPerson {
  const virtual = drawVirtualPerson(seed, subject);
  const { demographics, side } = virtual;
  const unoperatedN = maximalPinch(virtual.hand, 'neutral', virtual.law).forceN;
  const course = drawRecoveryCourse(seed, subject, shape);
  const weeks = drawVisitWeeks(seed, subject);
  const gainOf = drawDeviceGains(seed, subject, weeks.length);
  /** Best trial of a hand at a visit: chance of the day, trials, gauge. */
  const measure = (visit: number, hand: string, capacityN: number): number => {
    // Each visit has streams of its own, so that a visit more leaves the others as they are.
    const visitSeed = `${seed}/visit-${visit}`;
    const day = sessionFactor(visitSeed, subject, noiseScale);
    const trials = Math.max(MINIMUM_TRIALS, drawTrialCount(visitSeed, subject));
    return Math.max(
      ...pinchTrialsN(visitSeed, hand, subject, capacityN * day * gainOf(visit), trials, noiseScale),
    );
  };
  const operatedN = (visit: number) =>
    measure(visit, 'operated', unoperatedN * recoveredShare(course, weeks[visit]!));
  // The forecast is asked at any visit but the last, each as often.
  const last = randomStream(seed, 'forecast-visit', subject).integer(weeks.length - 1);
  const visits = weeks
    .slice(0, last + 1)
    .map((week, visit) => ({ weeks: week, pinchPeakN: operatedN(visit) }));
  const question = {
    ...demographics,
    side,
    visits,
    otherHandPinchPeakN: otherHandN(seed, subject, demographics, side, unoperatedN, (capacityN) =>
      measure(last, 'other-hand', capacityN),
    ),
    weeksToNextVisit: weeks[last + 1]! - weeks[last]!,
  };
  return {
    subject,
    course,
    ...question,
    nextPinchPeakN: operatedN(last + 1),
    input: nextVisitInput(question),
  };
}

/** Gain of the gauge at each visit: 1, or another from the visit on at which the clinic changed it. */
function drawDeviceGains(
  seed: number | string,
  subject: number,
  visitCount: number,
): (visit: number) => number {
  const stream = randomStream(seed, 'device-change', subject);
  const isChanged = stream.uniform() < DEVICE_CHANGE_SHARE;
  const from = 1 + stream.integer(visitCount - 1);
  const gain = Math.exp(DEVICE_GAIN_LOG_SD * stream.normal());
  return (visit) => (isChanged && visit >= from ? gain : 1);
}

function otherHandN(
  seed: number | string,
  subject: number,
  person: Demographics,
  side: 'right' | 'left',
  unoperatedN: number,
  measure: (capacityN: number) => number,
): number | null {
  if (randomStream(seed, 'other-hand-absent', subject).uniform() < OTHER_HAND_ABSENT_SHARE) return null;
  const otherSide = side === 'right' ? 'left' : 'right';
  const norm = expectedStrength(person, otherSide).pinchN / expectedStrength(person, side).pinchN;
  const own = Math.exp(OTHER_HAND_LOG_SD * randomStream(seed, 'other-hand', subject).normal());
  return measure(unoperatedN * norm * own);
}

/** Natural logarithm of (next visit / last visit): what the network's quantiles are of. */
export function logChange(person: Pick<NextVisitPerson, 'nextPinchPeakN' | 'input'>): number {
  // A reading of zero has no logarithm; one kilogram-force step of the gauge is 1 N.
  return Math.log(Math.max(1, person.nextPinchPeakN) / person.input.lastN);
}

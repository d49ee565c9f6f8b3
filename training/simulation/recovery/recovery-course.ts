import { randomStream } from '../../../core/numerics/random-stream.ts';

/**
 * How key pinch comes back after a hand operation. NO PUBLISHED COURSE OF KEY PINCH WAS FOUND (design decision 16):
 * all three shapes and every number of this file are assumptions. `next-visit` is trained on the first and measured
 * on each; what it owes to the first is the difference.
 */
export const RECOVERY_SHAPES = ['exponential-approach', 'slow-sigmoid', 'linear-then-plateau'] as const;
export type RecoveryShape = (typeof RECOVERY_SHAPES)[number];

/** What was done: it moves the level that a hand comes back to, and nothing else. */
export const RECOVERY_OPERATIONS = ['proximal-row-carpectomy', 'four-corner-fusion', 'other'] as const;
export type RecoveryOperation = (typeof RECOVERY_OPERATIONS)[number];

/** The cast is off and pinch may be measured. */
export const FIRST_WEEKS = 4;

/**
 * Median level at the end, share of the same hand unoperated. Assumption between two neighbours of the quantity: grip
 * after the operation (74-94 % and 62 % of the other side after carpectomy, 72-74 % after fusion: Wyrick 1995; Chan)
 * and simulated pinch at equal activation (89.8 and 92.1 %: Nichols 2017). Pinch itself: not found.
 */
export const PLATEAU_MEDIAN: Readonly<Record<RecoveryOperation, number>> = {
  'proximal-row-carpectomy': 0.84,
  'four-corner-fusion': 0.82,
  other: 0.9,
};
const PLATEAU_LOG_SD = 0.14;

/** Log odds of (level at four weeks / level at the end): median 0.40, two thirds of the hands 0.25 to 0.57. */
const START_LOG_ODDS = { mean: -0.4, sd: 0.7 } as const;

/** Time scale of each shape, weeks: median and standard deviation of its logarithm. */
const TIME_SCALE = {
  /** Time constant of the approach. */
  'exponential-approach': { medianWeeks: 10, logSd: 0.45 },
  /** Weeks from the first visit to the steepest point. */
  'slow-sigmoid': { medianWeeks: 16, logSd: 0.35 },
  /** Weeks from the first visit to the end of the straight rise. */
  'linear-then-plateau': { medianWeeks: 26, logSd: 0.4 },
} as const satisfies Record<RecoveryShape, { medianWeeks: number; logSd: number }>;

/** Width of the sigmoid as a share of the time to its steepest point. */
const SIGMOID_WIDTH_SHARE = 0.3;

/**
 * A setback (flare, infection, overuse): strength falls by a share within a week and comes back exponentially. The
 * sigmoid is the course with setbacks: more patients have one, and it is deeper.
 */
const SETBACK = {
  'exponential-approach': { share: 0.2, depth: [0.05, 0.25] },
  'slow-sigmoid': { share: 0.5, depth: [0.1, 0.35] },
  'linear-then-plateau': { share: 0.2, depth: [0.05, 0.25] },
} as const satisfies Record<RecoveryShape, { share: number; depth: readonly [number, number] }>;
const SETBACK_WEEKS = [6, 52] as const;
const SETBACK_RECOVERY_WEEKS = [3, 9] as const;

export interface Setback {
  weeks: number;
  /** Share of strength that is lost, 0..1. */
  depth: number;
  recoveryWeeks: number;
}

/** One patient's course. */
export interface RecoveryCourse {
  shape: RecoveryShape;
  operation: RecoveryOperation;
  /** Level at the end, share of the same hand unoperated. */
  plateau: number;
  /** Level at four weeks, share of `plateau`, 0..1. */
  start: number;
  /** See TIME_SCALE: its meaning depends on the shape. */
  timeScaleWeeks: number;
  setback: Setback | null;
}

const between = (share: number, [low, high]: readonly [number, number]): number => low + share * (high - low);

/**
 * One patient's course. A patient keeps the same scores (how good, how fast, what operation) under every shape, so
 * that the shapes can be compared in pairs.
 * @param subject - keys the streams, as everywhere.
 */
export function drawRecoveryCourse(
  seed: number | string,
  subject: number,
  shape: RecoveryShape,
): RecoveryCourse {
  const operation =
    RECOVERY_OPERATIONS[
      randomStream(seed, 'recovery-operation', subject).integer(RECOVERY_OPERATIONS.length)
    ]!;
  const plateauScore = randomStream(seed, 'recovery-plateau', subject).normal();
  const startScore = randomStream(seed, 'recovery-start', subject).normal();
  const speedScore = randomStream(seed, 'recovery-speed', subject).normal();
  const setback = randomStream(seed, 'recovery-setback', subject);
  const [occurs, when, depth, recovery] = [
    setback.uniform(),
    setback.uniform(),
    setback.uniform(),
    setback.uniform(),
  ];
  const { medianWeeks, logSd } = TIME_SCALE[shape];
  return {
    shape,
    operation,
    plateau: PLATEAU_MEDIAN[operation] * Math.exp(PLATEAU_LOG_SD * plateauScore),
    start: 1 / (1 + Math.exp(-(START_LOG_ODDS.mean + START_LOG_ODDS.sd * startScore))),
    timeScaleWeeks: medianWeeks * Math.exp(logSd * speedScore),
    setback:
      occurs < SETBACK[shape].share
        ? {
            weeks: between(when, SETBACK_WEEKS),
            depth: between(depth, SETBACK[shape].depth),
            recoveryWeeks: between(recovery, SETBACK_RECOVERY_WEEKS),
          }
        : null,
  };
}

/**
 * True strength of the operated hand, share of the same hand unoperated.
 * @param weeks - since surgery, at least {@link FIRST_WEEKS}. @throws RangeError below it or when not finite.
 * @returns above 0; `plateau * start` at four weeks, towards `plateau` later, less the setback.
 */
export function recoveredShare(course: RecoveryCourse, weeks: number): number {
  if (!(weeks >= FIRST_WEEKS && Number.isFinite(weeks))) {
    throw new RangeError(`the recovery is described from ${FIRST_WEEKS} weeks after surgery`);
  }
  const progress = progressOf(course, weeks - FIRST_WEEKS);
  const level = course.plateau * (course.start + (1 - course.start) * progress);
  const { setback } = course;
  if (!setback || weeks < setback.weeks) return level;
  return level * (1 - setback.depth * Math.exp(-(weeks - setback.weeks) / setback.recoveryWeeks));
}

/** Share of the way from the level at four weeks to the plateau: 0 at `weeks` 0, towards 1. */
function progressOf({ shape, timeScaleWeeks }: RecoveryCourse, weeks: number): number {
  switch (shape) {
    case 'exponential-approach':
      return 1 - Math.exp(-weeks / timeScaleWeeks);
    case 'slow-sigmoid': {
      const width = SIGMOID_WIDTH_SHARE * timeScaleWeeks;
      const rise = (t: number) => 1 / (1 + Math.exp(-(t - timeScaleWeeks) / width));
      return (rise(weeks) - rise(0)) / (1 - rise(0));
    }
    case 'linear-then-plateau':
      return Math.min(1, weeks / timeScaleWeeks);
  }
}

import { type NoBoundReason, tooFewCases } from './calibration-size.ts';
import { conformalThreshold } from './conformal-rank.ts';
import { calibrateGroups, type GroupThreshold, groupThreshold } from './group-conditional.ts';
import { checkProbabilityRows } from './probability-rows.ts';
import { classRanks, isRandomisable, type SetScore, setScores } from './set-scores.ts';

/** Calibration of prediction sets. Whether classes share a threshold depends on how they were calibrated. */
export interface SetCalibration {
  score: SetScore;
  /** Allowed share of cases whose own class is missing from the set. */
  alpha: number;
  /** One per class; what is no number puts the class into every set. */
  thresholds: readonly GroupThreshold[];
  /** Calibration cases behind each of them. */
  counts: readonly number[];
  /** Calibrated with a random draw a case: every new case then needs its own, or the promise is lost. */
  isRandomised: boolean;
}

/** Cases that the model never saw. */
export interface LabelledCases {
  /** One row per case, one probability per class. */
  probabilities: readonly ArrayLike<number>[];
  /** Class of each row. */
  labels: ArrayLike<number>;
  /** One uniform draw per row, for `aps` and `raps`; without them the scores are deterministic. */
  draws?: ArrayLike<number>;
}

/**
 * Score of the own class of every case. @returns one per case.
 * @throws RangeError when there is no case, when lengths differ, a label is no class, or as {@link setScores}.
 */
export function ownScores(score: SetScore, { probabilities, labels, draws }: LabelledCases): Float64Array {
  checkProbabilityRows(probabilities, labels);
  if (draws && draws.length !== probabilities.length) throw new RangeError('every case needs a draw');
  if (draws && !isRandomisable(score)) throw new RangeError(`the score ${score.kind} takes no draws`);
  return Float64Array.from(probabilities, (row, i) => setScores(score, row, draws?.[i])[labels[i]!]!);
}

/**
 * Calibrates prediction sets with one threshold for all classes: the own class of a new exchangeable case is in its set
 * with a chance of at least 1 - alpha, on average over all classes.
 * @throws RangeError as {@link ownScores}, or for alpha outside 0 to 1.
 */
export function calibrateSets(score: SetScore, cases: LabelledCases, alpha: number): SetCalibration {
  const scores = ownScores(score, cases);
  const classCount = cases.probabilities[0]!.length;
  return {
    score,
    alpha,
    thresholds: Array(classCount).fill(conformalThreshold(scores, alpha)),
    counts: Array(classCount).fill(scores.length),
    isRandomised: cases.draws !== undefined,
  };
}

/**
 * Calibrates prediction sets class by class (Mondrian): the promise holds in every class, also in a rare one. Source:
 * Vovk 2005. A class without calibration cases has the threshold 'never-seen'.
 * @throws RangeError as {@link ownScores}, or for alpha outside 0 to 1.
 */
export function calibrateSetsByClass(score: SetScore, cases: LabelledCases, alpha: number): SetCalibration {
  const groups = calibrateGroups(ownScores(score, cases), cases.labels, alpha);
  const classes = Array.from(cases.probabilities[0]!, (_, label) => label);
  return {
    score,
    alpha,
    thresholds: classes.map((label) => groupThreshold(groups, label)),
    counts: classes.map((label) => groups.counts.get(label) ?? 0),
    isRandomised: cases.draws !== undefined,
  };
}

/**
 * Classes whose score lies within their threshold; those that have none are always in.
 * @param scores - one per class. @param thresholds - one per class, or one for all.
 * @returns class indexes, ascending. @throws RangeError when the lengths differ or a score is not a number.
 */
export function labelsWithin(
  scores: ArrayLike<number>,
  thresholds: GroupThreshold | readonly GroupThreshold[],
): number[] {
  if (typeof thresholds === 'object' && thresholds.length !== scores.length) {
    throw new RangeError(`${scores.length} scores for ${thresholds.length} thresholds`);
  }
  const labels: number[] = [];
  for (let label = 0; label < scores.length; label += 1) {
    if (Number.isNaN(scores[label])) throw new RangeError(`the score of class ${label} is not a number`);
    const threshold = typeof thresholds === 'object' ? thresholds[label]! : thresholds;
    if (typeof threshold === 'string' || scores[label]! <= threshold) labels.push(label);
  }
  return labels;
}

/** A prediction set with all that qualifies it. */
export interface PredictionSet {
  /** Classes that cannot be ruled out, ascending. None and all of them both mean "cannot tell". */
  labels: number[];
  /** Classes that are in for want of calibration cases, not for their probability. */
  withoutBound: readonly { label: number; reason: NoBoundReason }[];
  /** The set was empty, and the most probable class was put in. */
  isForced: boolean;
}

/** What may be asked of one prediction set. */
export interface SetOptions {
  /** Uniform draw of this case, 0 to 1: needed when the calibration had draws, refused when it had none. */
  draw?: number;
  /**
   * An empty set says that the case is like no class. 'take-top-class' hides that and puts in the most probable class;
   * coverage can only grow.
   */
  whenEmpty?: 'keep' | 'take-top-class';
}

/**
 * Prediction set of one case.
 * @param probabilities - one per class of the calibration, together 1. @param options.whenEmpty - 'keep' unless named.
 * @throws RangeError when the number of classes differs, a randomised calibration gets no draw or another one gets one, or
 *   as {@link setScores}.
 */
export function conformalSet(
  probabilities: ArrayLike<number>,
  calibration: SetCalibration,
  { draw, whenEmpty = 'keep' }: SetOptions = {},
): PredictionSet {
  const { score, alpha, thresholds, counts, isRandomised } = calibration;
  if (isRandomised !== (draw !== undefined)) {
    throw new RangeError(
      isRandomised
        ? 'a randomised calibration needs a draw of every case'
        : 'this calibration knows no draws',
    );
  }
  const labels = labelsWithin(setScores(score, probabilities, draw), thresholds);
  const isForced = labels.length === 0 && whenEmpty === 'take-top-class';
  return {
    labels: isForced ? [classRanks(probabilities).indexOf(1)] : labels,
    withoutBound: thresholds.flatMap((threshold, label) => {
      if (typeof threshold === 'number') return [];
      const reason: NoBoundReason | null =
        threshold === 'never-seen' ? { kind: threshold } : tooFewCases(counts[label]!, alpha);
      return reason ? [{ label, reason }] : [];
    }),
    isForced,
  };
}

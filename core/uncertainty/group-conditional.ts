import type { NoBoundReason } from './calibration-size.ts';
import { tooFewCases } from './calibration-size.ts';
import { checkColumns } from './checked-columns.ts';
import type { ConformalInterval } from './conformal-interval.ts';
import { type ConformalThreshold, conformalThreshold } from './conformal-rank.ts';
import { splitInterval } from './split-conformal.ts';

/** Name of a group, or number of a class. */
export type Group = string | number;

/** Threshold of a group; a group without calibration cases has none. */
export type GroupThreshold = ConformalThreshold | 'never-seen';

/** Group-conditional (Mondrian) calibration: each group has its own threshold, hence its own promise. */
export interface GroupCalibration<Key extends Group> {
  alpha: number;
  /** Groups that had calibration cases. */
  thresholds: ReadonlyMap<Key, ConformalThreshold>;
  /** Calibration cases of each of these groups. */
  counts: ReadonlyMap<Key, number>;
}

/**
 * Calibrates each group on its own, so that the promise holds in every group and not only on average. Source: Vovk 2005.
 * @param scores - one per calibration case, in any order; larger is stranger. @param groups - of each case; known
 *   before the outcome, or the class itself. @param alpha - share of misses in every group, above 0 and below 1.
 * @throws RangeError when there is no case, lengths differ, a score is not finite, or for any other alpha.
 */
export function calibrateGroups<Key extends Group>(
  scores: ArrayLike<number>,
  groups: ArrayLike<Key>,
  alpha: number,
): GroupCalibration<Key> {
  checkColumns({ scores });
  if (groups.length !== scores.length) throw new RangeError('every score needs a group');
  const own = new Map<Key, number[]>();
  for (let i = 0; i < scores.length; i += 1) {
    const group = groups[i]!;
    const members = own.get(group);
    if (members) members.push(scores[i]!);
    else own.set(group, [scores[i]!]);
  }
  const entries = [...own];
  return {
    alpha,
    thresholds: new Map(entries.map(([group, members]) => [group, conformalThreshold(members, alpha)])),
    counts: new Map(entries.map(([group, members]) => [group, members.length])),
  };
}

/** Threshold of one group; 'never-seen' when no calibration case was in it. */
export function groupThreshold<Key extends Group>(
  calibration: Pick<GroupCalibration<Key>, 'thresholds'>,
  group: Key,
): GroupThreshold {
  return calibration.thresholds.get(group) ?? 'never-seen';
}

/** Why a group has no bound; null when it has one. */
export function groupReason<Key extends Group>(
  { counts, alpha }: Pick<GroupCalibration<Key>, 'counts' | 'alpha'>,
  group: Key,
): NoBoundReason | null {
  const count = counts.get(group);
  return count === undefined ? { kind: 'never-seen' } : tooFewCases(count, alpha);
}

/**
 * Interval prediction +- threshold of the case's group, when the scores were absolute residuals.
 * @returns 'never-seen' when no calibration case was in the group: nothing is known, the interval has no ends.
 * @throws RangeError when the prediction is not finite.
 */
export function groupInterval<Key extends Group>(
  prediction: number,
  group: Key,
  calibration: Pick<GroupCalibration<Key>, 'thresholds'>,
): ConformalInterval | 'never-seen' {
  if (!Number.isFinite(prediction)) throw new RangeError('a prediction is a finite number');
  const threshold = groupThreshold(calibration, group);
  return threshold === 'never-seen' ? threshold : splitInterval(prediction, { halfWidth: threshold });
}

import { forwardNetwork } from '../networks/forward-network.ts';
import type { Network } from '../networks/network.ts';
import { squaredDistance, type Whitening } from '../uncertainty/covariance.ts';

/** How far a measurement lies from the training people, by its features and by the members' own description. */
export interface RangeScores {
  featureScore: number;
  /** Mean over the members. */
  hiddenScore: number;
}

export interface RangeClouds {
  featureCloud: Whitening;
  hiddenClouds: readonly Whitening[];
}

/**
 * @param logFeatures - as rangeVector gives them. @param lastHidden - of every member, for the same measurement.
 * @param clouds - of this pattern. @throws RangeError when a member has no cloud.
 */
export function rangeScoresOf(
  logFeatures: Float64Array,
  lastHidden: readonly Float64Array[],
  clouds: RangeClouds,
): RangeScores {
  let hiddenScore = 0;
  lastHidden.forEach((hidden, index) => {
    const cloud = clouds.hiddenClouds[index];
    if (!cloud) throw new RangeError('every member needs a cloud');
    hiddenScore += squaredDistance(hidden, cloud) / lastHidden.length;
  });
  return { featureScore: squaredDistance(logFeatures, clouds.featureCloud), hiddenScore };
}

/** The same, running the members. @param input - as networkInput gives it. */
export const rangeScores = (
  logFeatures: Float64Array,
  input: Float64Array,
  members: readonly Network[],
  clouds: RangeClouds,
): RangeScores =>
  rangeScoresOf(
    logFeatures,
    members.map((member) => forwardNetwork(member, input).lastHidden),
    clouds,
  );

import type { DenseNetwork } from '../networks/dense-network.ts';
import { forwardNetwork } from '../networks/dense-network.ts';
import { squaredDistance, type Whitening } from '../uncertainty/covariance.ts';

/** How far a measurement lies from the training people, by its features and by the members' own description. */
export interface RangeScores {
  featureScore: number;
  /** Mean over the members. */
  hiddenScore: number;
}

/**
 * @param logFeatures - as rangeVector gives them. @param input - as networkInput gives it.
 * @param clouds - of this pattern.
 */
export function rangeScores(
  logFeatures: Float64Array,
  input: Float64Array,
  members: readonly DenseNetwork[],
  clouds: { featureCloud: Whitening; hiddenClouds: readonly Whitening[] },
): RangeScores {
  let hiddenScore = 0;
  members.forEach((member, index) => {
    const cloud = clouds.hiddenClouds[index];
    if (!cloud) throw new RangeError('every member needs a cloud');
    hiddenScore += squaredDistance(forwardNetwork(member, input).lastHidden, cloud) / members.length;
  });
  return { featureScore: squaredDistance(logFeatures, clouds.featureCloud), hiddenScore };
}

import { randomStream } from '../../core/numerics/random-stream.ts';
import { averageSize, expectedWeightKg, type PersonSize } from '../../core/signals/expected-strength.ts';
import { SURVEY } from './survey-table.ts';

/** Who a virtual person is, before any strength. */
export interface Demographics extends PersonSize {
  dominantHand: 'right' | 'left';
}

const { ageEdgesYears: AGE_EDGES, ageShares: AGE_SHARES, rightHandedShare: RIGHT_HANDED_SHARE } = SURVEY.used;

/** Spread of height (m) at an age and of log weight at an age and height, US 2013-14 survey. */
export const HEIGHT_SD_M = SURVEY.used.heightSdM;
export const LOG_WEIGHT_SD = SURVEY.used.logWeightSd;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Sex (half and half), age 18-85 (whole years), height and weight of one virtual person, drawn jointly: age by the
 * survey's shares, height given age, weight given age and height. One distribution of age serves both sexes, as
 * theirs differ by no more than sampling error. Every quantity has its own stream, keyed by the subject.
 */
export function drawDemographics(seed: number | string, subject: number): Demographics {
  const sex = randomStream(seed, 'sex', subject).uniform() < 0.5 ? 'female' : 'male';
  const ageYears = drawAge(randomStream(seed, 'age', subject).uniform());
  const heightM = clamp(
    averageSize(sex, ageYears).heightM + HEIGHT_SD_M[sex] * randomStream(seed, 'height', subject).normal(),
    1.35,
    2.1,
  );
  const weightKg = clamp(
    expectedWeightKg(sex, ageYears, heightM) *
      Math.exp(LOG_WEIGHT_SD[sex] * randomStream(seed, 'weight', subject).normal()),
    38,
    190,
  );
  const isRight = randomStream(seed, 'dominant-hand', subject).uniform() < RIGHT_HANDED_SHARE;
  return { sex, ageYears, heightM, weightKg, dominantHand: isRight ? 'right' : 'left' };
}

/** Age at a cumulative share of the survey's adults. */
function drawAge(share: number): number {
  let below = 0;
  for (let band = 0; band < AGE_SHARES.length; band += 1) {
    const width = AGE_SHARES[band]!;
    if (share < below + width || band === AGE_SHARES.length - 1) {
      const low = AGE_EDGES[band]!;
      return Math.min(85, Math.floor(low + ((share - below) / width) * (AGE_EDGES[band + 1]! - low)));
    }
    below += width;
  }
  return 85;
}

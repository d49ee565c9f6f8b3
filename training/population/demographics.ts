import { randomStream } from '../../core/numerics/random-stream.ts';
import { averageSize, expectedWeightKg, type PersonSize } from '../../core/signals/expected-strength.ts';

/** Who a virtual person is, before any strength. */
export interface Demographics extends PersonSize {
  dominantHand: 'right' | 'left';
}

/** Shares of adults by age in the US 2013-14 grip survey, half A (both sexes, unweighted; 80+ up to 85 here). */
const AGE_EDGES = [18, 30, 40, 50, 60, 70, 80, 86] as const;
const AGE_SHARES = [0.217, 0.156, 0.169, 0.162, 0.156, 0.086, 0.054] as const;

/** Spread of height (m) at an age and of log weight at an age and height, same survey. */
export const HEIGHT_SD_M = { male: 0.0771, female: 0.0698 } as const;
export const LOG_WEIGHT_SD = { male: 0.198, female: 0.245 } as const;
/** Right-handed 87 % in the survey; answering "both" counted as right. */
const RIGHT_HANDED_SHARE = 0.92;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Sex, age 18-85 (whole years), height and weight of one virtual person, drawn jointly. Every quantity has
 * its own stream, keyed by the subject.
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

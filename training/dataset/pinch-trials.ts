import { randomStream } from '../../core/numerics/random-stream.ts';
import { NEWTON_PER_UNIT } from '../../core/units/quantities.ts';

/**
 * Measurement noise of key pinch: assumptions fitted to no data, chosen so that the smallest detectable change
 * is 10-15 %, as reported for clinics. `scale` multiplies all of it (robustness table).
 */
export const PINCH_NOISE = {
  trialFraction: 0.05,
  trialN: 1,
  sessionFraction: 0.04,
  /** A gauge read to 0.1 kgf. */
  resolutionN: 0.1 * NEWTON_PER_UNIT.kg,
} as const;

/** Share of sessions with 1, 2, 3 and 4 trials (assumption; three is the protocol). */
const TRIAL_COUNT_SHARES = [0.04, 0.08, 0.83, 0.05] as const;

/** How a session went for one person: a good or a bad day acts on all of its measurements alike. */
export function sessionFactor(seed: number | string, subject: number, scale = 1): number {
  return Math.exp(
    scale * PINCH_NOISE.sessionFraction * randomStream(seed, 'session-factor', subject).normal(),
  );
}

/** Number of trials of a session, 1 to 4. */
export function drawTrialCount(seed: number | string, subject: number): number {
  let share = randomStream(seed, 'trial-count', subject).uniform();
  for (let count = 1; count <= TRIAL_COUNT_SHARES.length; count += 1) {
    share -= TRIAL_COUNT_SHARES[count - 1]!;
    if (share < 0) return count;
  }
  return 3;
}

/**
 * Trials of one hand in one posture, newtons, as read from the gauge.
 * @param name - which hand and posture: names the noise stream.
 */
export function pinchTrialsN(
  seed: number | string,
  name: string,
  subject: number,
  capacityN: number,
  count: number,
  scale = 1,
): number[] {
  const stream = randomStream(seed, `trial-noise-${name}`, subject);
  return Array.from({ length: count }, () => {
    const deviationN = scale * (PINCH_NOISE.trialFraction * capacityN + PINCH_NOISE.trialN);
    const readN = Math.max(0, capacityN + deviationN * stream.normal());
    return Math.round(readN / PINCH_NOISE.resolutionN) * PINCH_NOISE.resolutionN;
  });
}

import { ELBOW_TORQUE_TIMES_S } from '../../../core/inference/elbow-input.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import type { Demographics } from '../../population/demographics.ts';
import { type ElbowPerson, EMG_CHANNELS } from './elbow-person.ts';
import { channelAmplitudes, noisyEnvelopes } from './surface-emg.ts';
import { SAMPLE_RATE_HZ, simulateHold } from './sustained-hold.ts';

/** Times at which torque is recorded: those at which it is predicted. */
export const TORQUE_TIMES_S = ELBOW_TORQUE_TIMES_S;

/** What is known of one sustained elbow flexion. Everything is simulated. */
export interface ElbowRecording {
  subject: number;
  /** Who holds; null in the factorial simulation runs, which are nobody in particular. */
  demographics: Pick<Demographics, 'sex' | 'ageYears' | 'heightM' | 'weightKg'> | null;
  /** Target, share of the person's maximal torque. */
  level: number;
  /** Maximal torque as measured before the hold, N.m. */
  maximalTorqueNm: number;
  /** First 30 s of the four channels at 2 Hz, [step][channel], share of maximal amplitude; length 240. */
  envelopes: Float64Array;
  /** Net torque at {@link TORQUE_TIMES_S}, N.m, as the dynamometer gave it. */
  torqueNm: Float64Array;
  /** Seconds to task failure; Infinity when still holding at 150 s. */
  timeToFailureS: number;
}

/**
 * Records a hold. Streams: one a channel, one for unsteadiness, all keyed by subject.
 * @throws RangeError as simulateHold does.
 */
export function recordHold(
  person: ElbowPerson,
  level: number,
  demographics: ElbowRecording['demographics'],
  seed: string,
  subject: number,
): ElbowRecording {
  const hold = simulateHold(person, level);
  const unsteady = randomStream(seed, 'elbow-torque-unsteadiness', subject);
  return {
    subject,
    demographics,
    level,
    maximalTorqueNm: hold.maximalTorqueNm * Math.exp(person.maximalTorqueLogError),
    envelopes: noisyEnvelopes(
      channelAmplitudes(hold, person.emg),
      EMG_CHANNELS.map((channel) => randomStream(seed, `elbow-emg-noise/${channel}`, subject)),
    ),
    torqueNm: Float64Array.from(
      TORQUE_TIMES_S,
      (timeS) => hold.torqueNm[timeS * SAMPLE_RATE_HZ - 1]! * (1 + person.torqueCv * unsteady.normal()),
    ),
    timeToFailureS: hold.timeToFailureS,
  };
}

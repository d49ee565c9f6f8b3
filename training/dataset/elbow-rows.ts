import { EMG_CHANNELS } from '../simulation/elbow/elbow-person.ts';
import { type ElbowRecording, TORQUE_TIMES_S } from '../simulation/elbow/elbow-recording.ts';
import { ENVELOPE_STEPS } from '../simulation/elbow/surface-emg.ts';
import { HORIZON_S, SAMPLE_RATE_HZ } from '../simulation/elbow/sustained-hold.ts';

/** Columns of a frozen row: who, what was asked, what was recorded. */
export const ELBOW_COLUMNS: readonly string[] = [
  'sex-male',
  'age-years',
  'height-m',
  'weight-kg',
  'hold-level',
  'maximal-torque-nm',
  'time-to-failure-s',
  'is-censored',
  ...TORQUE_TIMES_S.map((timeS) => `torque-nm-${timeS}-s`),
  ...Array.from({ length: ENVELOPE_STEPS }, (_, step) =>
    EMG_CHANNELS.map((channel) => `${channel}-${(step + 1) / SAMPLE_RATE_HZ}-s`),
  ).flat(),
];

/**
 * A recording as the numbers of one row, in the order of {@link ELBOW_COLUMNS}. Time to failure is censored at 150 s; the
 * four columns of a person are 0 in a factorial run, which is nobody.
 */
export function elbowRow(recording: ElbowRecording): number[] {
  const who = recording.demographics;
  const isCensored = recording.timeToFailureS > HORIZON_S;
  return [
    who?.sex === 'male' ? 1 : 0,
    who?.ageYears ?? 0,
    who?.heightM ?? 0,
    who?.weightKg ?? 0,
    recording.level,
    recording.maximalTorqueNm,
    isCensored ? HORIZON_S : recording.timeToFailureS,
    isCensored ? 1 : 0,
    ...recording.torqueNm,
    ...recording.envelopes,
  ];
}

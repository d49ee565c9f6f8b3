/** Recordings of invented people, as text files of a device. */
import type { RecordingMapping } from '../../core/contract/schemas/recording.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { channelAmplitudes, ENVELOPE_NOISE } from '../../training/simulation/elbow/surface-emg.ts';
import { SAMPLE_RATE_HZ, simulateHold } from '../../training/simulation/elbow/sustained-hold.ts';
import { virtualElbowPerson } from '../../training/simulation/elbow/virtual-elbow-person.ts';

export interface SampleRecording {
  fileName: string;
  name: string;
  text: string;
  mapping: RecordingMapping;
}

const SEED = 'sample clinic';

/** A key pinch held until it fails: rise, plateau, slow fall, and the hand lets go; 40 samples a second, decimal comma. */
export function sustainedPinch(): SampleRecording {
  const random = randomStream(SEED, 'sustained-pinch', 18);
  const rateHz = 40;
  const lines = ['Time (s);Force (N)'];
  for (let i = 0; i < 46 * rateHz; i += 1) {
    const timeS = i / rateHz;
    const held =
      timeS < 2 ? 0 : timeS < 2.6 ? (timeS - 2) / 0.6 : timeS < 38 ? 1 : Math.max(0, 1 - (timeS - 38) / 0.8);
    const tired = 1 - 0.45 * (1 - Math.exp(-Math.max(0, timeS - 2.6) / 22));
    const forceN = 38 * held * tired * (1 + 0.02 * random.normal()) + 0.3 + 0.05 * random.normal();
    lines.push(`${timeS.toFixed(3)};${forceN.toFixed(2)}`.replaceAll('.', ','));
  }
  return {
    fileName: 'sustained-pinch-left.csv',
    name: 'Sustained key pinch, left',
    text: `${lines.join('\n')}\n`,
    mapping: {
      delimiter: ';',
      decimalSign: ',',
      time: { kind: 'column', column: 0, unit: 's' },
      channels: [{ column: 1, role: 'force', name: 'Force', unit: 'N' }],
    },
  };
}

/** Amplitude at maximal effort, millivolts: what the setup of the judgement says. */
export const ELBOW_MAXIMAL_MV = { biceps: 0.9, brachialis: 0.7, brachioradialis: 0.6, triceps: 0.4 } as const;
const MUSCLES = Object.keys(ELBOW_MAXIMAL_MV) as (keyof typeof ELBOW_MAXIMAL_MV)[];

export interface SampleHold extends SampleRecording {
  holdLevelPercent: number;
  maximalTorqueNm: number;
  timeToFailureS: number;
}

/** An elbow flexion held at about half of the maximum: the first simulated man who fails between 70 and 110 s. */
export function elbowHold(): SampleHold {
  const subject = Array.from({ length: 400 }, (_, i) => 900_000 + i).find((each) => {
    const { person, demographics } = virtualElbowPerson(SEED, each);
    if (demographics.sex !== 'male' || Math.abs(demographics.ageYears - 31) > 6) return false;
    const { timeToFailureS, maximalTorqueNm } = simulateHold(person, 0.5);
    return timeToFailureS > 70 && timeToFailureS < 110 && Math.abs(maximalTorqueNm - 60) < 15;
  });
  if (subject === undefined) throw new Error('no simulated man holds like that');
  const { person } = virtualElbowPerson(SEED, subject);
  const hold = simulateHold(person, 0.5);
  const seconds = Math.ceil(hold.timeToFailureS) + 8;
  const amplitudes = channelAmplitudes(hold, person.emg, seconds * SAMPLE_RATE_HZ);
  const rateHz = 10;
  const perStep = rateHz / SAMPLE_RATE_HZ;
  const scatter = ENVELOPE_NOISE * Math.sqrt(perStep);
  const streams = MUSCLES.map((muscle) => randomStream(SEED, `emg ${muscle}`, 17));
  const unsteady = randomStream(SEED, 'elbow torque', 17);
  const lines = [
    'Time (s),Torque (N.m),EMG Biceps (mV),EMG Brachialis (mV),EMG Brachioradialis (mV),EMG Triceps (mV)',
  ];
  for (let i = 0; i < seconds * rateHz; i += 1) {
    const step = Math.floor(i / perStep);
    const torqueNm = hold.torqueNm[step]! * (1 + person.torqueCv * unsteady.normal());
    const emg = MUSCLES.map((muscle, channel) => {
      const share = amplitudes[step * MUSCLES.length + channel]! * (1 + scatter * streams[channel]!.normal());
      return (ELBOW_MAXIMAL_MV[muscle] * Math.max(0, share)).toFixed(4);
    });
    lines.push([(i / rateHz).toFixed(1), torqueNm.toFixed(2), ...emg].join(','));
  }
  return {
    fileName: 'elbow-flexion-right.csv',
    name: 'Elbow flexion at half of the maximum, right',
    text: `${lines.join('\n')}\n`,
    mapping: {
      delimiter: ',',
      decimalSign: '.',
      time: { kind: 'column', column: 0, unit: 's' },
      channels: [
        { column: 1, role: 'torque', name: 'Torque', unit: 'N.m' },
        ...MUSCLES.map((muscle, k) => ({
          column: k + 2,
          role: 'emg' as const,
          name: `EMG ${muscle}`,
          unit: 'mV' as const,
        })),
      ],
    },
    holdLevelPercent: 50,
    maximalTorqueNm: hold.maximalTorqueNm,
    timeToFailureS: hold.timeToFailureS,
  };
}

import { describe, expect, it } from 'vitest';
import { ENVELOPE_RATE_HZ, type GripRecording } from '../../dataset/emg-grip-recordings.ts';
import { simulateGripRecording } from './forearm-grip.ts';

const RECORDINGS = Array.from({ length: 30 }, (_, subject) => simulateGripRecording('forearm', subject, 60));

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    ab += (a[i]! - meanA) * (b[i]! - meanB);
    aa += (a[i]! - meanA) ** 2;
    bb += (b[i]! - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
const meanEnvelope = ({ channels }: GripRecording) =>
  channels[0]!.map((_, t) => channels.reduce((sum, channel) => sum + channel[t]!, 0) / channels.length);

/** Seconds by which the mean envelope leads force: the shift of the largest correlation. */
function leadS(recording: GripRecording): number {
  const envelope = meanEnvelope(recording);
  const force = recording.forcePercent;
  let best = { shift: 0, value: -1 };
  for (let shift = -5; shift <= 12; shift += 1) {
    const from = Math.max(0, shift);
    const to = Math.min(force.length, force.length + shift);
    const value = correlation(envelope.subarray(from - shift, to - shift), force.subarray(from, to));
    if (value > best.value) best = { shift, value };
  }
  return best.shift / ENVELOPE_RATE_HZ;
}
/** Law: EMG leads force, by 0.10 to 0.30 s on average as in recordings (0.05 s: one step of the clock). */
const isLeading = (recordings: readonly GripRecording[]): boolean => {
  const mean = recordings.reduce((sum, recording) => sum + leadS(recording), 0) / recordings.length;
  return mean >= 0.1 - 0.05 && mean <= 0.3 && mean > 0;
};

describe('simulated forearm', () => {
  it('lets the electromyogram lead force', () => {
    expect(isLeading(RECORDINGS)).toBe(true);
  });
  it('catches a forearm whose force comes first (broken twin)', () => {
    const turned = RECORDINGS.map((recording) => ({
      ...recording,
      channels: recording.channels.map((channel) => Float64Array.from(channel).reverse()),
      forcePercent: Float64Array.from(recording.forcePercent).reverse(),
    }));
    expect(isLeading(turned)).toBe(false);
  });
  it('correlates with force, and no forearm is another', () => {
    for (const recording of RECORDINGS) {
      expect(correlation(meanEnvelope(recording), recording.forcePercent)).toBeGreaterThan(0.5);
    }
    expect(RECORDINGS[0]!.forcePercent).not.toEqual(RECORDINGS[1]!.forcePercent);
    expect(simulateGripRecording('forearm', 3, 60)).toEqual(RECORDINGS[3]);
  });
  it('stays in its ranges', () => {
    for (const { channels, forcePercent } of RECORDINGS) {
      expect(channels.length).toBe(8);
      expect(channels.every((channel) => channel.every((v) => v >= 0 && Number.isFinite(v)))).toBe(true);
      expect(Math.max(...forcePercent)).toBeCloseTo(100, 9);
      expect(Math.min(...forcePercent)).toBeGreaterThanOrEqual(0);
    }
  });
  it('refuses a duration that is none', () => {
    expect(() => simulateGripRecording('forearm', 0, Number.NaN)).toThrow(RangeError);
  });
});

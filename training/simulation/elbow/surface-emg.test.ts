import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { EMG_CHANNEL_COUNT, GENERIC_FATIGUE_RISE } from './elbow-person.ts';
import { recordHold } from './elbow-recording.ts';
import { frequencyScale, meanRectified, medianFrequencyHz, rawEmg, rawEmgOfHold } from './raw-emg.ts';
import { plainPerson, SIMULATION_RUN_COUNT, simulationRun } from './simulation-runs.ts';
import { channelAmplitudes, ENVELOPE_NOISE, emgAmplitude } from './surface-emg.ts';
import { surrogateCohort, surrogatePerson } from './surrogate-recordings.ts';
import { SAMPLE_COUNT, simulateHold } from './sustained-hold.ts';

const plain = plainPerson({
  strength: 1,
  fatigueRate: 1,
  recoveryRate: 1,
  sharing: [1, 1, 1, 1],
  emgGain: 1,
});

describe('envelopes', () => {
  it('end at 31 % of maximal amplitude when 20 % of maximum fails, as measured', () => {
    // The constant was chosen so; the test keeps it so.
    expect(emgAmplitude(0.2, 0.8, plain.emg)).toBeCloseTo(0.31, 10);
    expect(plain.emg.fatigueRise).toBe(GENERIC_FATIGUE_RISE);
  });

  it('rise during a hold of constant torque', () => {
    const amplitudes = channelAmplitudes(simulateHold(plain, 0.5), plain.emg, SAMPLE_COUNT);
    for (const step of [20, 60, 120, 180]) {
      expect(amplitudes[(step + 10) * EMG_CHANNEL_COUNT]).toBeGreaterThan(
        amplitudes[step * EMG_CHANNEL_COUNT]!,
      );
    }
  });

  it('show triceps by cross-talk alone when it is silent, and follow the gain and its drift', () => {
    const hold = simulateHold(plain, 0.5);
    const of = (emg: Partial<typeof plain.emg>) =>
      channelAmplitudes(hold, { ...plain.emg, ...emg }, SAMPLE_COUNT);
    const triceps = 3 + 100 * EMG_CHANNEL_COUNT;
    expect(of({ crossTalk: 0 })[triceps]).toBeCloseTo(0.01, 10);
    expect(of({ crossTalk: 0.1 })[triceps]).toBeGreaterThan(of({ crossTalk: 0.03 })[triceps]!);
    const louder = of({ gains: new Float64Array(4).fill(1.2) });
    expect(louder[100]! / of({})[100]!).toBeCloseTo(1.2, 10);
    const drifting = of({ gainDrifts: new Float64Array(4).fill(0.3) });
    const ratio = (sample: number) => drifting[sample * 4]! / of({})[sample * 4]!;
    expect(ratio(290) / ratio(10)).toBeCloseTo(Math.exp((0.3 * 280) / 300), 10);
  });

  it('leave every other draw unchanged when one trait changes', () => {
    const before = recordHold(plain, 0.5, null, 'streams', 1);
    const after = recordHold({ ...plain, torqueCv: 0.05 }, 0.5, null, 'streams', 1);
    expect(after.envelopes).toEqual(before.envelopes);
    expect(after.torqueNm).not.toEqual(before.torqueNm);
  });
});

describe('raw surface EMG', () => {
  const windows = (fatigued: number, durationS: number, count: number) => {
    const stream = randomStream('raw-emg', `fatigue-${fatigued}`, 0);
    return Array.from({ length: count }, () => rawEmg(0.4, fatigued, durationS, stream));
  };
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  /**
   * Median frequency falls in proportion to conduction velocity. One window of a second scatters by about 7 %, so 60
   * windows have a standard error below 1 % on either side; three of them, and 1 % for the amplifier's band.
   */
  const fallsWithFatigue = (made: (fatigued: number) => Float64Array[]): boolean => {
    const rested = mean(made(0).map((samples) => medianFrequencyHz(samples)));
    const tired = mean(made(1).map((samples) => medianFrequencyHz(samples)));
    return Math.abs(tired / rested / frequencyScale(1) - 1) < 0.05;
  };
  it('has a median frequency that falls with fatigue; a twin that only gets louder is caught', () => {
    expect(fallsWithFatigue((fatigued) => windows(fatigued, 1, 60))).toBe(true);
    const brokenTwin = (fatigued: number) =>
      windows(0, 1, 60).map((samples) => samples.map((value) => value * (1 + fatigued)));
    expect(fallsWithFatigue(brokenTwin)).toBe(false);
  });

  it('has the amplitude asked for, and the scatter in half seconds that envelopes are given', () => {
    const amplitudes = windows(0.1, 0.5, 300).map(meanRectified);
    const average = mean(amplitudes);
    const sd = Math.sqrt(mean(amplitudes.map((value) => (value - average) ** 2)));
    // Standard errors with 300 windows: 0.3 % of the mean, 4 % of the spread; three of them.
    expect(Math.abs(average / 0.4 - 1)).toBeLessThan(0.01);
    expect(Math.abs(sd / average / ENVELOPE_NOISE - 1)).toBeLessThan(0.12);
  });

  it('gets louder and slower in the course of a hold', () => {
    const hold = simulateHold(plain, 0.5);
    const stream = randomStream('raw-emg', 'hold', 0);
    const at = (sample: number) =>
      Array.from({ length: 40 }, () => rawEmgOfHold(hold, plain.emg, 0, sample, 1, stream));
    const [early, late] = [at(10), at(220)];
    expect(mean(late.map(meanRectified)) / mean(early.map(meanRectified))).toBeGreaterThan(1.2);
    // Half of the fibres are fatigued by then: frequencies fall by 15 %. Standard error of 40 windows: 1.1 % a side.
    const ratio =
      mean(late.map((samples) => medianFrequencyHz(samples))) /
      mean(early.map((samples) => medianFrequencyHz(samples)));
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(0.92);
    expect(() => rawEmgOfHold(hold, plain.emg, 4, 10, 1, stream)).toThrow(RangeError);
    expect(() => rawEmgOfHold(hold, plain.emg, 0, 300, 1, stream)).toThrow(RangeError);
  });

  it('measures a pure tone at its frequency', () => {
    const tone = Float64Array.from({ length: 1000 }, (_, i) => Math.sin((2 * Math.PI * 80 * i) / 1000));
    // Half a bin of a second's periodogram.
    expect(Math.abs(medianFrequencyHz(tone) - 80)).toBeLessThanOrEqual(0.5);
  });

  it('refuses what it cannot make or measure', () => {
    const stream = randomStream('raw-emg', 'refusals', 0);
    expect(() => rawEmg(-1, 0, 1, stream)).toThrow(RangeError);
    expect(() => rawEmg(1, 1.2, 1, stream)).toThrow(RangeError);
    expect(() => rawEmg(1, 0, 0.01, stream)).toThrow(RangeError);
    expect(() => medianFrequencyHz(new Float64Array(8))).toThrow(/16 samples/);
    expect(() => medianFrequencyHz(new Float64Array(100))).toThrow(/no power/);
    expect(() => medianFrequencyHz(new Float64Array(100).fill(Number.NaN))).toThrow(/not finite/);
    expect(() => meanRectified([])).toThrow(/no samples/);
  });
});

describe('the factorial runs', () => {
  it('are 7 x 3^5 different combinations', () => {
    // Every third run is enough: 7 levels turn fastest, so all of them appear.
    const seen = new Set<string>();
    for (let run = 0; run < 21; run += 1) {
      const { level, maximalTorqueNm } = simulationRun(run, 'factors');
      seen.add(`${level.toFixed(4)}/${maximalTorqueNm.toFixed(3)}`);
    }
    expect(seen.size).toBe(21);
    expect(SIMULATION_RUN_COUNT).toBe(7 * 3 ** 5);
    expect(() => simulationRun(SIMULATION_RUN_COUNT, 'factors')).toThrow(RangeError);
    expect(() => simulationRun(0.5, 'factors')).toThrow(RangeError);
  });
});

describe('surrogate people', () => {
  it('have the form of the plain simulation at gap 0 and another one at gap 1', () => {
    const { person } = surrogatePerson('gap', 1, 0);
    expect(person.coContraction).toBe(0);
    expect(person.emg.forceExponent).toBe(1);
    expect(person.torqueCv).toBe(0);
    expect(person.emg.gainDrifts.every((drift) => drift === 0)).toBe(true);
    const departed = surrogatePerson('gap', 1, 1).person;
    expect(departed.coContraction).toBeGreaterThan(0);
    expect(departed.emg.forceExponent).not.toBe(1);
  });

  it('depart in proportion to the gap, from the same draws', () => {
    const logExponent = (gap: number) => Math.log(surrogatePerson('gap', 2, gap).person.emg.forceExponent);
    expect(logExponent(2)).toBeCloseTo(2 * logExponent(1), 10);
    expect(surrogatePerson('gap', 2, 2).level).toBe(surrogatePerson('gap', 2, 0).level);
  });

  it('are refused outside the cohorts that exist or at a negative gap', () => {
    expect(() => surrogateCohort(21)).toThrow(RangeError);
    expect(() => surrogatePerson('gap', 1, -0.1)).toThrow(RangeError);
    expect(() => surrogatePerson('gap', 1, Number.NaN)).toThrow(RangeError);
  });
});

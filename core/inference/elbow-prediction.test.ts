import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ELBOW_BY_BAND } from '../clinical/elbow-hold.ts';
import { type ElbowInput, ElbowPrediction } from '../contract/schemas/analysis.ts';
import { float64EnsembleForward } from '../networks/ensemble-forward.ts';
import { GOLDEN_TOLERANCE, goldenGap } from './bundle.ts';
import { type ElbowBundle, LOG_TIME_OUTPUT, loadElbowBundle } from './elbow-bundle.ts';
import {
  type ElbowChannel,
  elbowEnvelopesOf,
  type SampledChannel,
  type SampledRecording,
} from './elbow-envelopes.ts';
import { secondsOf } from './elbow-forecast.ts';
import { ELBOW_CHANNELS, ELBOW_ENVELOPE_COUNT } from './elbow-input.ts';
import { predictElbow } from './elbow-prediction.ts';
import { explainElbow } from './explain-analysis.ts';

let bundle: ElbowBundle;
beforeAll(async () => {
  const current = JSON.parse(readFileSync('models/current.json', 'utf8')) as Record<string, string>;
  const folder = join('models', 'elbow-torque-fatigue', current['elbow-torque-fatigue'] ?? '');
  bundle = await loadElbowBundle(
    async (path) => new Uint8Array(readFileSync(join(folder, path))),
    async (bytes) => createHash('sha256').update(bytes).digest('hex'),
  );
});
const nowMs = () => 0;

function inputOf(person: number): ElbowInput {
  const row = bundle.golden.inputs[person]!;
  const [sex, ageYears, heightM, weightKg, level, maximalTorqueNm] = row.slice(ELBOW_ENVELOPE_COUNT);
  return {
    analysis: 'elbow-torque-fatigue',
    sessionId: '00000000-0000-4000-8000-000000000001' as ElbowInput['sessionId'],
    sex: sex === 1 ? 'male' : 'female',
    ageYears: ageYears!,
    heightM: heightM!,
    weightKg: weightKg!,
    side: 'right',
    holdLevelPercent: 100 * level!,
    maximalTorqueNm: maximalTorqueNm!,
    envelopes: row.slice(0, ELBOW_ENVELOPE_COUNT),
  };
}

describe('the shipped elbow model', () => {
  it('answers its golden case', () => {
    expect(goldenGap(bundle.golden, float64EnsembleForward(bundle.members))).toBeLessThan(GOLDEN_TOLERANCE);
  });

  it('gives torque in N.m and time in seconds, with the modules apart', () => {
    const answer = predictElbow(bundle, inputOf(0), nowMs);
    expect(ElbowPrediction.safeParse(answer).success).toBe(true);
    expect(answer.refusals).toEqual([]);
    expect(answer.torque.map(({ timeS }) => timeS)).toEqual(
      Array.from({ length: 30 }, (_, i) => 5 * (i + 1)),
    );
    const meanOf = (output: number) =>
      bundle.golden.outputs.reduce((sum, rows) => sum + rows[0]![output]! / bundle.members.length, 0);
    answer.torque.forEach(({ middleNm }, j) => {
      expect(Math.abs(middleNm - meanOf(j))).toBeLessThan(1e-4);
    });
    const expected = secondsOf(meanOf(LOG_TIME_OUTPUT));
    const { middleS } = answer.timeToFailure!;
    if (expected === null) expect(middleS).toBe(null);
    else expect(middleS).toBeCloseTo(expected, 2);
    // The torque of each time is what is held, times the share that is left (averaged over networks: about).
    answer.torque.forEach(({ middleNm }, j) => {
      expect(answer.heldTorqueNm! * answer.sharesLeft[j]!).toBeCloseTo(middleNm, 0);
    });
  });

  it('refuses a level and a person that nobody trained on, without a number', () => {
    for (const [change, refusal] of [
      [{ holdLevelPercent: 20 }, 'hold-level-not-trained'],
      [{ ageYears: 12 }, 'out-of-range'],
      [{ envelopes: inputOf(0).envelopes.map((value) => 100 * value) }, 'out-of-range'],
    ] as const) {
      const answer = predictElbow(bundle, { ...inputOf(0), ...change }, nowMs);
      expect(answer.refusals).toEqual([refusal]);
      expect([answer.torque, answer.timeToFailure, answer.heldTorqueNm]).toEqual([[], null, null]);
    }
  });

  it('says what each muscle’s course adds to the time, and it adds up', () => {
    const input = inputOf(1);
    const prediction = predictElbow(bundle, input, nowMs);
    const [number, byBand] = explainElbow(bundle, input, prediction, nowMs).numbers;
    const sum = number!.contributions.reduce((total, { value }) => total + value, 0);
    expect(number!.referenceOutput + sum).toBeCloseTo(number!.output, 9);
    expect(number!.contributions.map(({ name }) => name).sort()).toEqual([...ELBOW_CHANNELS].sort());
    // By stretch of time: the same number and reference, shared out among eight bands.
    expect(byBand!.asked).toBe(ELBOW_BY_BAND);
    expect(byBand!.output).toBeCloseTo(number!.output, 9);
    expect(byBand!.referenceOutput).toBeCloseTo(number!.referenceOutput, 9);
    const byBandSum = byBand!.contributions.reduce((total, { value }) => total + value, 0);
    expect(byBand!.referenceOutput + byBandSum).toBeCloseTo(byBand!.output, 9);
    expect(byBand!.contributions).toHaveLength(8);
    expect(byBand!.contributions.map(({ name }) => name)).toContain('0 to 3.5 s');
  });
});

const NO_MAXIMA: Record<ElbowChannel, number | null> = {
  biceps: null,
  brachialis: null,
  brachioradialis: null,
  triceps: null,
};
/** Four channels of a value each second apart by channel, in percent. */
function recording(change: {
  rateHz?: number;
  seconds?: number;
  unit?: string | null;
  emgAt?: (timeS: number, channel: number) => number;
}): SampledRecording {
  const { rateHz = 100, seconds = 40, unit = '%', emgAt = (_t, c) => 10 * (c + 1) } = change;
  const channels = ELBOW_CHANNELS.map(
    (name, channel): SampledChannel => ({
      name: `EMG ${name[0]!.toUpperCase()}${name.slice(1)}`,
      unit,
      values: Float64Array.from({ length: Math.round(seconds * rateHz) }, (_, i) =>
        emgAt(i / rateHz, channel),
      ),
    }),
  );
  return { rateHz, channels };
}
const madeOf = (...args: Parameters<typeof elbowEnvelopesOf>) => {
  const made = elbowEnvelopesOf(...args);
  if (!made.ok) throw new Error(made.problem.kind);
  return made.value;
};
const problemOf = (...args: Parameters<typeof elbowEnvelopesOf>) => {
  const made = elbowEnvelopesOf(...args);
  return made.ok ? null : made.problem;
};

describe('envelopes from a recording', () => {
  it('are means of half a second as shares, in the order of the model', () => {
    const made = madeOf(recording({}), 0, NO_MAXIMA);
    expect(made.envelopes).toHaveLength(ELBOW_ENVELOPE_COUNT);
    expect([...made.envelopes.slice(0, 4)]).toEqual([0.1, 0.2, 0.3, 0.4].map((v) => expect.closeTo(v, 12)));
    expect(made.treatments.map(({ kind }) => kind)).toEqual(Array(4).fill('envelope-as-given'));
  });

  it('begin where the hold begins', () => {
    const ramp = recording({ emgAt: (timeS) => timeS });
    const made = madeOf(ramp, 4, NO_MAXIMA);
    // Times 4.00 to 4.49 s: their mean is 4.245, in percent.
    expect(made.envelopes[0]).toBeCloseTo(0.04245, 12);
    expect(made.envelopes.at(-1)).toBeCloseTo(0.33745, 12);
  });

  it('rectify raw EMG around its mean, and need the amplitude at maximal effort where the unit is an amplifier’s', () => {
    const raw = recording({
      rateHz: 1000,
      unit: 'mV',
      emgAt: (timeS) => 0.05 + (Math.round(timeS * 1000) % 2 === 0 ? 0.3 : -0.3),
    });
    expect(problemOf(raw, 0, NO_MAXIMA)).toEqual({
      kind: 'maximal-amplitude-missing',
      channel: 'biceps',
      unit: 'mV',
    });
    const made = madeOf(raw, 0, { biceps: 0.6, brachialis: 1.2, brachioradialis: 0.3, triceps: 3 });
    expect([...made.envelopes.slice(0, 4)]).toEqual([0.5, 0.25, 1, 0.1].map((v) => expect.closeTo(v, 9)));
    expect(made.treatments[0]).toEqual({
      channel: 'biceps',
      source: 'EMG Biceps',
      kind: 'raw-rectified',
      divisor: 0.6,
    });
  });

  it.each([
    [
      'raw EMG at an envelope’s rate',
      { rateHz: 100, emgAt: (t: number) => Math.sin(50 * t) },
      'rate-too-low',
    ],
    ['two samples a second', { rateHz: 2 }, 'rate-too-low'],
    ['29 s', { seconds: 29 }, 'too-short'],
    ['a gap inside the 30 s', { emgAt: (t: number) => (t > 12 && t < 12.1 ? Number.NaN : 10) }, 'gap'],
    ['no unit', { unit: null }, 'maximal-amplitude-missing'],
  ] as const)('refuse %s', (_, change, kind) => {
    expect(problemOf(recording(change), 0, NO_MAXIMA)?.kind).toBe(kind);
  });

  it('refuse a recording without one of the four, and guess no name', () => {
    const whole = recording({});
    const channels = whole.channels.map((c) =>
      c.name === 'EMG Triceps' ? { ...c, name: 'Triceps antagonist check' } : c,
    );
    expect(problemOf({ ...whole, channels }, 0, NO_MAXIMA)).toEqual({
      kind: 'channel-missing',
      channel: 'triceps',
    });
  });

  it('a gap outside the window is nobody’s', () => {
    const late = recording({ emgAt: (t) => (t > 35 ? Number.NaN : 10) });
    expect(problemOf(late, 0, NO_MAXIMA)).toBe(null);
    expect(problemOf(late, 8, NO_MAXIMA)?.kind).toBe('gap');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildNetwork, type Network, type NetworkLayer } from '../networks/network.ts';
import {
  ELBOW_BANDS,
  ELBOW_OUTPUT_COUNT,
  type ElbowCalibration,
  ElbowCalibrationFile,
  elbowBandOf,
  FATIGUE_MODULE_LAYER,
  LEVEL_BIN_COUNT,
  LOG_TIME_OUTPUT,
  levelBinOf,
  RANGE_LAYER,
  TORQUE_MODULE_LAYER,
} from './elbow-bundle.ts';
import { elbowEnsembleAnswer, forecastElbow, secondsOf } from './elbow-forecast.ts';
import {
  ELBOW_CHANNEL_COUNT,
  ELBOW_ENVELOPE_COUNT,
  ELBOW_INPUT_COUNT,
  ELBOW_INPUTS,
  ELBOW_STEP_COUNT,
  type ElbowQuestion,
  elbowInputRow,
  elbowRangeVector,
} from './elbow-input.ts';

const envelopeAt = (step: number, channel: number) => (step < 3 ? 0.15 : 0.5) / (channel === 3 ? 10 : 1);
const QUESTION: ElbowQuestion = {
  sex: 'female',
  ageYears: 44,
  heightM: 1.66,
  weightKg: 68,
  level: 0.5,
  maximalTorqueNm: 48,
  envelopes: Float64Array.from({ length: ELBOW_ENVELOPE_COUNT }, (_, i) =>
    envelopeAt(Math.floor(i / ELBOW_CHANNEL_COUNT), i % ELBOW_CHANNEL_COUNT),
  ),
};

describe('the input of the elbow model', () => {
  it('is the envelopes, then the person, in the order of the columns', () => {
    const row = elbowInputRow(QUESTION);
    expect(row.length).toBe(ELBOW_INPUT_COUNT);
    const column = (name: string) => row[ELBOW_INPUTS.findIndex((input) => input.name === name)];
    expect(column('hold-level')).toBe(0.5);
    expect(column('maximal-torque-nm')).toBe(48);
    expect(column('sex-male')).toBe(0);
    expect(column('triceps-30-s')).toBe(0.05);
  });

  it.each([
    [
      'a gap in a trace',
      { envelopes: Float64Array.from(QUESTION.envelopes, (v, i) => (i === 9 ? Number.NaN : v)) },
      /brachialis at 1.5 s/,
    ],
    [
      'a negative amplitude',
      { envelopes: Float64Array.from(QUESTION.envelopes, (v, i) => (i === 3 ? -1 : v)) },
      /triceps at 0.5 s/,
    ],
    ['a short trace', { envelopes: [1, 2, 3] }, /60 steps of 4 channels/],
    ['a level in percent', { level: 50 }, /at most 1/],
    ['no maximal torque', { maximalTorqueNm: 0 }, /maximal torque/],
    ['no age', { ageYears: Number.NaN }, /age/],
  ] as [string, Partial<ElbowQuestion>, RegExp][])('refuses %s with a sentence', (_, change, sentence) => {
    expect(() => elbowInputRow({ ...QUESTION, ...change })).toThrow(RangeError);
    expect(() => elbowInputRow({ ...QUESTION, ...change })).toThrow(sentence);
    expect(() => elbowRangeVector({ ...QUESTION, ...change })).toThrow(sentence);
  });

  /** The range check must see an order in time: samples that are reversed give another vector. */
  const seesOrder = (summary: (question: ElbowQuestion) => Float64Array): boolean => {
    const reversed = Float64Array.from(QUESTION.envelopes).reverse();
    const swapped = reversed.map(
      (_, i) =>
        reversed[i - (i % ELBOW_CHANNEL_COUNT) + (ELBOW_CHANNEL_COUNT - 1 - (i % ELBOW_CHANNEL_COUNT))]!,
    );
    const before = summary(QUESTION);
    return summary({ ...QUESTION, envelopes: swapped }).some(
      (value, i) => Math.abs(value - before[i]!) > 0.1,
    );
  };
  it('is summarised with its order in time; a twin of plain means is caught', () => {
    expect(seesOrder(elbowRangeVector)).toBe(true);
    const brokenTwin = ({ envelopes }: ElbowQuestion) =>
      Float64Array.from({ length: ELBOW_CHANNEL_COUNT }, (_, channel) => {
        let sum = 0;
        for (let step = 0; step < ELBOW_STEP_COUNT; step += 1) sum += envelopes[step * 4 + channel]!;
        return sum / ELBOW_STEP_COUNT;
      });
    expect(seesOrder(brokenTwin)).toBe(false);
  });
});

/** A network with the model's layers whose answers are known: level 0.5, everything left, one minute. */
function knownMember(sharesLeft = 1, logTime = 0): Network {
  const dense = (name: string, outputCount: number, bias: number): NetworkLayer => ({
    kind: 'dense',
    name,
    activation: 'linear',
    inputCount: 5,
    outputCount,
    kernel: new Float64Array(5 * outputCount),
    bias: new Float64Array(outputCount).fill(bias),
    sources: [1],
    outputShape: [outputCount],
  });
  const repeated = (name: string, slot: number): NetworkLayer[] => [
    { kind: 'repeat-vector', name: `${name}-steps`, steps: 30, sources: [slot], outputShape: [30, 1] },
  ];
  const flat = (name: string, slot: number): NetworkLayer => ({
    kind: 'reshape',
    name,
    sources: [slot],
    outputShape: [30],
  });
  return buildNetwork(
    [
      { name: 'activations', shape: [60, 4] },
      { name: 'static', shape: [5] },
      { name: 'maximal-torque', shape: [1] },
    ],
    [
      dense(TORQUE_MODULE_LAYER, 1, 0.5),
      dense(FATIGUE_MODULE_LAYER, 30, sharesLeft),
      dense(RANGE_LAYER, 2, 0.25),
      ...repeated('level', 3),
      flat('level-flat', 6),
      ...repeated('maximum', 2),
      flat('maximum-flat', 8),
      { kind: 'multiply', name: 'torque', sources: [9, 7, 4], outputShape: [30] },
      dense('log-time', 1, logTime),
      { kind: 'concatenate', name: 'answer', widths: [30, 1], sources: [10, 11], outputShape: [31] },
    ],
  );
}

function calibration(multiple: number | 'unbounded'): ElbowCalibration {
  const identity = (size: number) => ({
    mean: new Float64Array(size),
    inverseFactor: Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1e-6 : 0)),
  });
  const interval = { alpha: 0.1, spreadFloor: 1e-4, multiple, count: 500 };
  const scores = Float64Array.from({ length: 100 }, (_, i) => i);
  return {
    alpha: 0.1,
    difficulty: Array.from({ length: LEVEL_BIN_COUNT }, () =>
      new Float64Array(ELBOW_OUTPUT_COUNT).fill(0.01),
    ),
    intervals: ELBOW_BANDS.map(() => new Array(ELBOW_OUTPUT_COUNT).fill(interval)),
    rangeAlpha: 0.04,
    featureCloud: identity(26),
    hiddenClouds: [identity(2), identity(2)],
    featureScores: scores,
    hiddenScores: scores,
    combinedScores: Float64Array.from({ length: 100 }, (_, i) => i / 100),
  };
}

describe('the forecast', () => {
  const members = [knownMember(1), knownMember(0.8)];

  it('multiplies maximal torque, held level and the share left, and reads the modules apart', () => {
    const answer = forecastElbow({ members, calibration: calibration(2) }, QUESTION);
    if (answer.kind !== 'answer') throw new Error('refused');
    expect(answer.heldTorqueNm).toBeCloseTo(24, 10);
    expect(answer.sharesLeft[0]).toBeCloseTo(0.9, 10);
    expect(answer.torque[0]!.middleNm).toBeCloseTo(0.9 * 24, 10);
    expect(answer.timeToFailure.middleS).toBeCloseTo(60, 10);
    // Spread of 0.5 and 0.4 is 0.05; multiple 2 of (spread + difficulty + floor), times 48 N.m.
    const half = 2 * (0.05 + 0.01 + 1e-4) * 48;
    expect(answer.torque[3]!.intervalNm).toEqual([
      expect.closeTo(0.9 * 24 - half, 8),
      expect.closeTo(0.9 * 24 + half, 8),
    ]);
  });

  it('scales with maximal torque: torque in proportion, time not at all', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (factor) => {
        const answerOf = (maximalTorqueNm: number) =>
          elbowEnsembleAnswer(members, elbowInputRow({ ...QUESTION, maximalTorqueNm }));
        const [before, after] = [answerOf(48), answerOf(48 * factor)];
        before.means.forEach((mean, j) => {
          expect(Math.abs(after.means[j]! - mean)).toBeLessThan(1e-12);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('says "beyond 150 s" instead of a number when the hold outlasts the recording', () => {
    const late = [knownMember(1, Math.log(200 / 60)), knownMember(1, Math.log(200 / 60))];
    const answer = forecastElbow({ members: late, calibration: calibration(2) }, QUESTION);
    if (answer.kind !== 'answer') throw new Error('refused');
    expect(answer.timeToFailure.middleS).toBe(null);
    expect(answer.timeToFailure.highS).toBe(null);
    expect(answer.timeToFailure.lowS).toBe(150);
    expect(secondsOf(Math.log(149 / 60))).toBeCloseTo(149, 10);
  });

  it('says "unbounded" when the calibration set is too small', () => {
    const answer = forecastElbow({ members, calibration: calibration('unbounded') }, QUESTION);
    if (answer.kind !== 'answer') throw new Error('refused');
    expect(answer.torque[0]!.intervalNm).toBe('unbounded');
    expect(answer.timeToFailure).toMatchObject({ lowS: 0, highS: null });
  });

  it('refuses a hold level that nobody trained on, and a stranger', () => {
    const model = { members, calibration: calibration(2) };
    expect(forecastElbow(model, { ...QUESTION, level: 0.2 })).toMatchObject({
      kind: 'refused',
      reason: 'hold-level-not-trained',
    });
    const strict = calibration(2);
    strict.featureCloud.inverseFactor.forEach((value, i) => {
      strict.featureCloud.inverseFactor[i] = value * 1e6;
    });
    expect(forecastElbow({ members, calibration: strict }, QUESTION)).toMatchObject({
      kind: 'refused',
      reason: 'out-of-range',
    });
  });

  it('needs a member', () => {
    expect(() => elbowEnsembleAnswer([], elbowInputRow(QUESTION))).toThrow(RangeError);
  });
});

describe('bands and bins', () => {
  it('cover sexes, ages and levels', () => {
    expect(ELBOW_BANDS.map((band) => elbowBandOf({ sex: band.sex, ageYears: band.fromYears }))).toEqual([
      0, 1, 2, 3, 4, 5,
    ]);
    expect(elbowBandOf({ sex: 'male', ageYears: 85 })).toBe(5);
    expect([0.1, 0.3, 0.549, 0.8, 0.95].map(levelBinOf)).toEqual([0, 0, 4, 9, 9]);
  });

  it('are all needed in a calibration file', () => {
    const outputs = new Array(ELBOW_OUTPUT_COUNT).fill(1);
    const file = {
      format: 'prehensa-elbow-calibration-1',
      alpha: 0.1,
      difficulty: new Array(LEVEL_BIN_COUNT).fill(outputs),
      spreadFloor: 1e-4,
      bands: ELBOW_BANDS.map(() => ({ count: 9, multiples: outputs })),
      rangeAlpha: 0.04,
      featureCloud: { mean: [0], inverseFactor: [1] },
      hiddenClouds: [{ mean: [0], inverseFactor: [1] }],
      featureScores: [1],
      hiddenScores: [1],
      combinedScores: [1],
    };
    expect(ElbowCalibrationFile.safeParse(file).success).toBe(true);
    expect(ElbowCalibrationFile.safeParse({ ...file, bands: file.bands.slice(1) }).success).toBe(false);
    expect(ElbowCalibrationFile.safeParse({ ...file, difficulty: [] }).success).toBe(false);
    expect(ElbowCalibrationFile.safeParse({ ...file, spreadFloor: 0 }).success).toBe(false);
    expect(LOG_TIME_OUTPUT).toBe(ELBOW_OUTPUT_COUNT - 1);
  });
});

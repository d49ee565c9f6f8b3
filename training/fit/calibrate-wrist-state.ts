import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import {
  PATTERN_KEYS,
  type PatternCalibration,
  type PatternKey,
  type WristStateCalibration,
} from '../../core/inference/calibration-file.ts';
import { type InputLayout, networkInput, TRACE_LENGTH } from '../../core/inference/network-input.ts';
import { rangeScoresOf } from '../../core/inference/range-score.ts';
import { rangeVector } from '../../core/inference/range-vector.ts';
import { averageLogits, softmax } from '../../core/networks/ensemble-forward.ts';
import { forwardNetwork } from '../../core/networks/forward-network.ts';
import type { Network } from '../../core/networks/network.ts';
import { FEATURE_IDS } from '../../core/signals/feature-ids.ts';
import {
  type ClassConditionalCalibration,
  calibrateClassConditional,
  predictionSet,
} from '../../core/uncertainty/class-conditional-sets.ts';
import { calibrateRange, inRangeP } from '../../core/uncertainty/combined-range-score.ts';
import { ledoitWolf, whitening } from '../../core/uncertainty/covariance.ts';
import { fitTemperature } from '../../core/uncertainty/temperature.ts';
import type { WristStatePerson } from '../dataset/wrist-state.ts';
import { labelOf, maskedMeasurement } from './wrist-state-data.ts';

export const ALPHA = 0.1;
/** Refused share of in-range people: 4 % by calibration, checked to stay at or below 5 % (decisions 21). */
export const RANGE_ALPHA = 0.04;
/** How often each class was met in training and calibration: the probabilities assume these frequencies. */
export const PRIOR = WRIST_CLASSES.map(() => 1 / WRIST_CLASSES.length);

/** Ranks kept of each distance: the file is read at every start. The combined scores are ranked among these. */
const KEPT_RANKS = 500;
/** Training people behind a distance cloud: a covariance of thirty numbers needs no more. */
const CLOUD_PEOPLE = 8_000;

const cloudOf = (rows: readonly Float64Array[]) => whitening(ledoitWolf(rows));

/**
 * How often sets of 0, 1, 2 and 3 classes held the right one. The promise of 9 in 10 is over all sets of a pattern; a
 * small set of a weak pattern is right less often, and the screen must say how often.
 */
function hitsBySetSize(
  probabilities: readonly Float64Array[],
  labels: readonly number[],
  sets: ClassConditionalCalibration,
): { right: number; n: number }[] {
  const hits = Array.from({ length: WRIST_CLASSES.length + 1 }, () => ({ right: 0, n: 0 }));
  probabilities.forEach((row, i) => {
    const set = predictionSet(row, sets);
    const bin = hits[set.length];
    if (!bin) return;
    bin.n += 1;
    if (set.includes(labels[i] ?? -1)) bin.right += 1;
  });
  return hits;
}

export interface CalibrationPeople {
  train: readonly WristStatePerson[];
  validation: readonly WristStatePerson[];
  /** Whom no member saw, in training or in stopping. */
  calibration: readonly WristStatePerson[];
}

function calibratePattern(
  key: PatternKey,
  members: readonly Network[],
  layout: InputLayout,
  people: CalibrationPeople,
): PatternCalibration {
  const passOf = (person: WristStatePerson) => {
    const measured = maskedMeasurement(person, key, layout);
    const input = networkInput(layout, measured);
    const passes = members.map((member) => forwardNetwork(member, input));
    return {
      label: labelOf(person),
      logFeatures: rangeVector(layout, measured),
      logits: averageLogits(passes.map(({ output }) => output)),
      lastHidden: passes.map(({ lastHidden }) => lastHidden),
    };
  };
  // The temperature comes from the validation people, so that the sets have the calibration people to themselves.
  const validation = people.validation.map(passOf);
  const { temperature } = fitTemperature(
    validation.map(({ logits }) => logits),
    validation.map(({ label }) => label),
  );
  const train = people.train.slice(0, CLOUD_PEOPLE).map(passOf);
  const clouds = {
    featureCloud: cloudOf(train.map(({ logFeatures }) => logFeatures)),
    hiddenClouds: members.map((_, member) =>
      cloudOf(train.map(({ lastHidden }) => lastHidden[member] ?? new Float64Array())),
    ),
  };
  const calibration = people.calibration.map((person) => {
    const pass = passOf(person);
    return { ...pass, ...rangeScoresOf(pass.logFeatures, pass.lastHidden, clouds) };
  });
  const half = Math.floor(calibration.length / 2);
  const range = calibrateRange(calibration.slice(0, half), calibration.slice(half), KEPT_RANKS);
  // Sets are promised to people who get an answer: those whom the range check would refuse are left out here too.
  const accepted = calibration.filter(
    ({ featureScore, hiddenScore }) => inRangeP(featureScore, hiddenScore, range) > RANGE_ALPHA,
  );
  const labels = accepted.map(({ label }) => label);
  const probabilities = accepted.map(({ logits }) => softmax(logits, temperature));
  const sets = calibrateClassConditional(probabilities, labels, WRIST_CLASSES.length, ALPHA);
  return {
    temperature,
    ...sets,
    hitsBySetSize: hitsBySetSize(probabilities, labels, sets),
    ...clouds,
    ...range,
  };
}

/** Mean over nonimpaired training people: what an explanation compares with. */
function meanOfNonimpaired(
  train: readonly WristStatePerson[],
  length: number,
  valuesOf: (person: WristStatePerson) => Float64Array,
): Float64Array {
  const nonimpaired = train.filter((person) => person.className === 'nonimpaired');
  const mean = new Float64Array(length);
  for (const person of nonimpaired) {
    const values = valuesOf(person);
    for (let i = 0; i < length; i += 1) mean[i]! += (values[i] ?? Number.NaN) / nonimpaired.length;
  }
  return mean;
}

/**
 * Temperature, sets and out-of-range score of every pattern.
 * @throws RangeError when a part is empty or too small for a covariance.
 */
export function calibrateWristState(
  members: readonly Network[],
  layout: InputLayout,
  people: CalibrationPeople,
): WristStateCalibration {
  return {
    reference: meanOfNonimpaired(people.train, FEATURE_IDS.length, ({ features }) => features),
    referenceTrace: layout.hasTrace
      ? meanOfNonimpaired(people.train, TRACE_LENGTH, ({ trace }) => trace ?? new Float64Array())
      : null,
    prior: Float64Array.from(PRIOR),
    rangeAlpha: RANGE_ALPHA,
    patterns: new Map(
      PATTERN_KEYS.map((key) => [key, calibratePattern(key, members, layout, people)] as const),
    ),
  };
}

/** The calibration as calibration.json holds it. */
export function calibrationFile(calibration: WristStateCalibration): object {
  const cloud = ({ mean, inverseFactor }: { mean: Float64Array; inverseFactor: Float64Array }) => ({
    mean: [...mean],
    inverseFactor: [...inverseFactor],
  });
  return {
    format: 'prehensa-calibration-2',
    reference: [...calibration.reference],
    referenceTrace: calibration.referenceTrace ? [...calibration.referenceTrace] : null,
    prior: [...calibration.prior],
    rangeAlpha: calibration.rangeAlpha,
    patterns: Object.fromEntries(
      [...calibration.patterns].map(([key, pattern]) => [
        key,
        {
          temperature: pattern.temperature,
          alpha: pattern.alpha,
          thresholds: pattern.thresholds,
          counts: pattern.counts,
          hitsBySetSize: pattern.hitsBySetSize,
          featureCloud: cloud(pattern.featureCloud),
          hiddenClouds: pattern.hiddenClouds.map(cloud),
          featureScores: Array.from(pattern.featureScores),
          hiddenScores: Array.from(pattern.hiddenScores),
          combinedScores: Array.from(pattern.combinedScores),
        },
      ]),
    ),
  };
}

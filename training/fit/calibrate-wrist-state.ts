import { WRIST_CLASSES } from '../../core/contract/schemas/clinical.ts';
import { FEATURE_IDS } from '../../core/contract/schemas/judgement.ts';
import {
  PATTERN_KEYS,
  type PatternKey,
  type WristStateCalibration,
} from '../../core/inference/calibration-file.ts';
import { rangeVector } from '../../core/inference/network-input.ts';
import { rangeScores } from '../../core/inference/range-score.ts';
import { type DenseNetwork, forwardNetwork } from '../../core/networks/dense-network.ts';
import { averageLogits, softmax } from '../../core/networks/ensemble-forward.ts';
import {
  type ClassConditionalCalibration,
  calibrateClassConditional,
  predictionSet,
} from '../../core/uncertainty/class-conditional-sets.ts';
import { calibrateRange, inRangeP } from '../../core/uncertainty/combined-range-score.ts';
import { ledoitWolf, whitening } from '../../core/uncertainty/covariance.ts';
import { fitTemperature } from '../../core/uncertainty/temperature.ts';
import type { WristStatePerson } from '../dataset/wrist-state.ts';
import { labelOf, maskedFeatures, patternInput } from './wrist-state-data.ts';

export const ALPHA = 0.1;
/** Refused share of in-range people: 4 % by calibration, checked to stay at or below 5 % (decisions 21). */
export const RANGE_ALPHA = 0.04;

/** Ranks kept of each distance: the file is read at every start. The combined scores are ranked among these. */
const KEPT_RANKS = 500;

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

function calibratePattern(
  key: PatternKey,
  members: readonly DenseNetwork[],
  train: readonly WristStatePerson[],
  validation: readonly WristStatePerson[],
  calibration: readonly WristStatePerson[],
) {
  const logitsOf = (person: WristStatePerson) => {
    const input = patternInput(person, key);
    return averageLogits(members.map((member) => forwardNetwork(member, input).output));
  };
  // The temperature comes from the validation people, so that the sets have the calibration people to themselves.
  const { temperature } = fitTemperature(validation.map(logitsOf), validation.map(labelOf));
  const clouds = {
    featureCloud: cloudOf(train.map((person) => rangeVector(maskedFeatures(person, key)))),
    hiddenClouds: members.map((member) =>
      cloudOf(train.map((person) => forwardNetwork(member, patternInput(person, key)).lastHidden)),
    ),
  };
  const scores = calibration.map((person) =>
    rangeScores(rangeVector(maskedFeatures(person, key)), patternInput(person, key), members, clouds),
  );
  const half = Math.floor(calibration.length / 2);
  const range = calibrateRange(scores.slice(0, half), scores.slice(half), KEPT_RANKS);
  // Sets are promised to people who get an answer: those whom the range check would refuse are left out here too.
  const accepted = calibration.filter((_, i) => {
    const score = scores[i];
    return score !== undefined && inRangeP(score.featureScore, score.hiddenScore, range) > RANGE_ALPHA;
  });
  const probabilities = accepted.map((person) => softmax(logitsOf(person), temperature));
  const sets = calibrateClassConditional(probabilities, accepted.map(labelOf), WRIST_CLASSES.length, ALPHA);
  return {
    temperature,
    ...sets,
    hitsBySetSize: hitsBySetSize(probabilities, accepted.map(labelOf), sets),
    ...clouds,
    ...range,
  };
}

/** Mean features of nonimpaired training people: what an explanation compares with. */
function referenceOf(train: readonly WristStatePerson[]): Float64Array {
  const nonimpaired = train.filter((person) => person.className === 'nonimpaired');
  return Float64Array.from(
    FEATURE_IDS,
    (_, i) => nonimpaired.reduce((sum, person) => sum + (person.features[i] ?? 0), 0) / nonimpaired.length,
  );
}

/**
 * Temperature, sets and out-of-range score of every pattern.
 * @param calibration - people whom no member saw, in training or in stopping.
 */
export function calibrateWristState(
  members: readonly DenseNetwork[],
  train: readonly WristStatePerson[],
  validation: readonly WristStatePerson[],
  calibration: readonly WristStatePerson[],
): WristStateCalibration {
  const of = (key: PatternKey) => calibratePattern(key, members, train, validation, calibration);
  const patterns = {
    A: of('A'),
    'A-one-hand': of('A-one-hand'),
    B: of('B'),
    'B-one-hand': of('B-one-hand'),
  };
  return { reference: referenceOf(train), rangeAlpha: RANGE_ALPHA, patterns };
}

/** The calibration as calibration.json holds it. */
export function calibrationFile(calibration: WristStateCalibration): object {
  const cloud = ({ mean, inverseFactor }: { mean: Float64Array; inverseFactor: Float64Array }) => ({
    mean: [...mean],
    inverseFactor: [...inverseFactor],
  });
  return {
    format: 'prehensa-calibration-1',
    reference: [...calibration.reference],
    rangeAlpha: calibration.rangeAlpha,
    patterns: Object.fromEntries(
      PATTERN_KEYS.map((key) => {
        const pattern = calibration.patterns[key];
        return [
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
        ];
      }),
    ),
  };
}

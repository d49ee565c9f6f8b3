import type {
  MuscleParametersCalibration,
  OutputCalibration,
} from '../../core/inference/muscle-parameters-calibration.ts';
import {
  muscleParametersRangeVector,
  muscleParametersSpreadFeatures,
} from '../../core/inference/muscle-parameters-features.ts';
import { type RangeScores, rangeScores } from '../../core/inference/range-score.ts';
import { forwardNetwork } from '../../core/networks/forward-network.ts';
import type { Network } from '../../core/networks/network.ts';
import { calibrateRange, inRangeP } from '../../core/uncertainty/combined-range-score.ts';
import { ledoitWolf, type Whitening, whitening } from '../../core/uncertainty/covariance.ts';
import { fitLearnedSpread, learnedSpread } from '../../core/uncertainty/learned-spread.ts';
import { calibrateNormalised } from '../../core/uncertainty/normalised-conformal.ts';
import type { MuscleParameterPerson } from '../dataset/muscle-parameters.ts';
import { MUSCLE_PARAMETER_TARGETS } from '../dataset/muscle-parameters-targets.ts';
import { predictTargets, type TargetScale } from './muscle-parameters-networks.ts';

export const ALPHA = 0.1;
/** Refused share of in-range people: 4 % by calibration, checked to stay at or below 5 % (decision 21). */
export const RANGE_ALPHA = 0.04;
/** Ranks kept of each distance, so that the file stays small; the promise holds for whatever number is kept. */
const KEPT_RANKS = 500;
/** Training people behind the clouds: their covariance does not change beyond. */
const CLOUD_PEOPLE = 10_000;
/**
 * People whose errors the spread is learned from. Training people, since only its shape counts (calibration people set the
 * multiple) and because many are needed: from 4,000 the scale of a band is 2.5 % unsure, which moves its coverage by 1 %.
 */
const SPREAD_PEOPLE = 20_000;
/** Added to every spread, in standard deviations of the output, so that no width is zero. */
const SPREAD_FLOOR_SDS = 0.01;

type RangeFile = MuscleParametersCalibration['range'];

/** A tier's own inputs of a person. */
export const tierInputs = (person: MuscleParameterPerson, members: readonly Network[]): Float64Array =>
  person.inputs.subarray(0, members[0]!.inputCount);

/** Distances of a measurement from the training people. @param inputs - as many as the members take. */
export const muscleRangeScores = (
  members: readonly Network[],
  inputs: Float64Array,
  clouds: { featureCloud: Whitening; hiddenClouds: readonly Whitening[] },
): RangeScores => rangeScores(muscleParametersRangeVector(inputs), inputs, members, clouds);

/** Clouds of the training people, and the combined score calibrated on halves of the calibration people. */
function calibrateRangeFile(
  members: readonly Network[],
  train: readonly MuscleParameterPerson[],
  calibration: readonly MuscleParameterPerson[],
): { file: RangeFile; accepted: MuscleParameterPerson[] } {
  const rows = train.slice(0, CLOUD_PEOPLE).map((person) => tierInputs(person, members));
  const cloudOf = (points: readonly Float64Array[]) => whitening(ledoitWolf(points));
  const clouds = {
    featureCloud: cloudOf(rows.map(muscleParametersRangeVector)),
    hiddenClouds: members.map((member) => cloudOf(rows.map((row) => forwardNetwork(member, row).lastHidden))),
  };
  const scores = calibration.map((person) => muscleRangeScores(members, tierInputs(person, members), clouds));
  const half = Math.floor(calibration.length / 2);
  const range = calibrateRange(scores.slice(0, half), scores.slice(half), KEPT_RANKS);
  // Intervals are promised to people who get an answer: those whom the range check would refuse are left out.
  const accepted = calibration.filter((_, i) => {
    const { featureScore, hiddenScore } = scores[i]!;
    return inRangeP(featureScore, hiddenScore, range) > RANGE_ALPHA;
  });
  const plain = ({ mean, inverseFactor }: Whitening) => ({
    mean: [...mean],
    inverseFactor: [...inverseFactor],
  });
  return {
    file: {
      alpha: RANGE_ALPHA,
      featureCloud: plain(clouds.featureCloud),
      hiddenClouds: clouds.hiddenClouds.map(plain),
      featureScores: [...range.featureScores],
      hiddenScores: [...range.hiddenScores],
      combinedScores: [...range.combinedScores],
    },
    accepted,
  };
}

/** An output without what is known of its identifiability. */
export type CalibratedOutput = Omit<OutputCalibration, 'skill' | 'verdict'>;

/**
 * Intervals and range of one tier. The width of an interval follows the disagreement of the members and a spread learned
 * on training people; calibration people only set its multiple.
 */
export function calibrateMuscleParameters(
  members: readonly Network[],
  scale: TargetScale,
  train: readonly MuscleParameterPerson[],
  calibration: readonly MuscleParameterPerson[],
): { outputs: CalibratedOutput[]; range: RangeFile } {
  const { file, accepted } = calibrateRangeFile(members, train, calibration);
  const predict = (people: readonly MuscleParameterPerson[]) =>
    people.map((person) => predictTargets(members, person.inputs, scale));
  const learning = train.slice(0, SPREAD_PEOPLE);
  const onLearning = predict(learning);
  const onAccepted = predict(accepted);
  const learningFeatures = learning.map(({ inputs }) => muscleParametersSpreadFeatures(inputs));
  const acceptedFeatures = accepted.map(({ inputs }) => muscleParametersSpreadFeatures(inputs));
  const outputs = MUSCLE_PARAMETER_TARGETS.map(({ name, unit }, j): CalibratedOutput => {
    const spread = fitLearnedSpread(
      learning.map(({ targets }, i) => targets[j]! - onLearning[i]!.mean[j]!),
      learningFeatures,
    );
    const memberSpreads = onAccepted.map((prediction) => prediction.spread[j]!);
    return {
      name,
      unit,
      mean: scale.mean[j]!,
      sd: scale.sd[j]!,
      spread,
      interval: calibrateNormalised(
        {
          predictions: onAccepted.map((prediction) => prediction.mean[j]!),
          difficulties: memberSpreads.map((own, i) =>
            Math.hypot(own, learnedSpread(spread, acceptedFeatures[i]!)),
          ),
          truths: accepted.map(({ targets }) => targets[j]!),
        },
        SPREAD_FLOOR_SDS * scale.sd[j]!,
        ALPHA,
      ),
      usualMemberSpread: memberSpreads.toSorted((a, b) => a - b)[Math.floor(memberSpreads.length / 2)]!,
    };
  });
  return { outputs, range: file };
}

import {
  ELBOW_BANDS,
  ELBOW_OUTPUT_COUNT,
  type ElbowCalibrationFile,
  elbowBandOf,
  LEVEL_BIN_COUNT,
  levelBinOf,
} from '../../core/inference/elbow-bundle.ts';
import { type ElbowEnsembleAnswer, elbowEnsembleAnswer } from '../../core/inference/elbow-forecast.ts';
import { type ElbowQuestion, elbowInputRow, elbowRangeVector } from '../../core/inference/elbow-input.ts';
import { rangeScoresOf } from '../../core/inference/range-score.ts';
import type { Network } from '../../core/networks/network.ts';
import { calibrateRange, inRangeP } from '../../core/uncertainty/combined-range-score.ts';
import { ledoitWolf, type Whitening, whitening } from '../../core/uncertainty/covariance.ts';
import { calibrateNormalised } from '../../core/uncertainty/normalised-conformal.ts';
import type { ElbowRecording } from '../simulation/elbow/elbow-recording.ts';
import { elbowQuestion, elbowTruths } from './elbow-rows.ts';

const ALPHA = 0.1;
/** Refused share of in-range people: 4 % by calibration, checked to stay at or below 5 % (decision 21). */
const RANGE_ALPHA = 0.04;
/** Ranks kept of each distance: the file is read at every start. */
const KEPT_RANKS = 400;
/** Added to spread and difficulty: share of maximal torque, or log time; only keeps the width above zero. */
const SPREAD_FLOOR = 1e-4;

interface Answered {
  question: ElbowQuestion;
  truths: Float64Array;
  answer: ElbowEnsembleAnswer;
}

const answered = (members: readonly Network[], recordings: readonly ElbowRecording[]): Answered[] =>
  recordings.map((recording) => {
    const question = elbowQuestion(recording);
    return {
      question,
      truths: elbowTruths(recording),
      answer: elbowEnsembleAnswer(members, elbowInputRow(question)),
    };
  });

const cloudFile = ({ mean, inverseFactor }: Whitening) => ({
  mean: [...mean],
  inverseFactor: [...inverseFactor],
});

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}

/** Median absolute error of each output in each bin of the hold level. @throws RangeError when a bin has nobody. */
function difficultyOf(people: readonly Answered[]): number[][] {
  return Array.from({ length: LEVEL_BIN_COUNT }, (_, bin) => {
    const inBin = people.filter(({ question }) => levelBinOf(question.level) === bin);
    if (inBin.length === 0) throw new RangeError('a bin of the hold level has no validation person');
    return Array.from({ length: ELBOW_OUTPUT_COUNT }, (_, j) =>
      Math.max(
        SPREAD_FLOOR,
        median(inBin.map(({ truths, answer }) => Math.abs(truths[j]! - answer.means[j]!))),
      ),
    );
  });
}

/**
 * Range check and intervals, as calibration.json holds them. Half of the calibration people turn distances into ranks and
 * the other half turns the larger rank into a p value; intervals are calibrated, band by band, on those of all
 * calibration people who get an answer.
 * @param calibration - people whom no member saw, in training or in stopping.
 * @throws RangeError when a bin of the hold level or a band has nobody.
 */
export function calibrateElbow(
  members: readonly Network[],
  train: readonly ElbowRecording[],
  validation: readonly ElbowRecording[],
  calibration: readonly ElbowRecording[],
): ElbowCalibrationFile {
  const difficulty = difficultyOf(answered(members, validation));
  const seen = answered(members, train);
  const clouds = {
    featureCloud: whitening(ledoitWolf(seen.map(({ question }) => elbowRangeVector(question)))),
    hiddenClouds: members.map((_, member) =>
      whitening(ledoitWolf(seen.map(({ answer }) => answer.hidden[member]!))),
    ),
  };
  const people = answered(members, calibration);
  const scores = people.map(({ question, answer }) =>
    rangeScoresOf(elbowRangeVector(question), answer.hidden, clouds),
  );
  const half = Math.floor(people.length / 2);
  const range = calibrateRange(scores.slice(0, half), scores.slice(half), KEPT_RANKS);
  const accepted = people.filter((_, i) => {
    const { featureScore, hiddenScore } = scores[i]!;
    return inRangeP(featureScore, hiddenScore, range) > RANGE_ALPHA;
  });
  const bands = ELBOW_BANDS.map((_, band) => {
    const inBand = accepted.filter(({ question }) => elbowBandOf(question) === band);
    if (inBand.length === 0) throw new RangeError('a band of sex and age has no calibration person');
    const multiples = Array.from({ length: ELBOW_OUTPUT_COUNT }, (_, j) => {
      const difficulties = inBand.map(
        ({ question, answer }) => answer.spreads[j]! + difficulty[levelBinOf(question.level)]![j]!,
      );
      const predictions = inBand.map(({ answer }) => answer.means[j]!);
      return calibrateNormalised(
        { predictions, difficulties, truths: inBand.map(({ truths }) => truths[j]!) },
        SPREAD_FLOOR,
        ALPHA,
      ).multiple;
    });
    return { count: inBand.length, multiples };
  });
  return {
    format: 'prehensa-elbow-calibration-1',
    alpha: ALPHA,
    difficulty,
    spreadFloor: SPREAD_FLOOR,
    bands,
    rangeAlpha: RANGE_ALPHA,
    featureCloud: cloudFile(clouds.featureCloud),
    hiddenClouds: clouds.hiddenClouds.map(cloudFile),
    featureScores: [...range.featureScores],
    hiddenScores: [...range.hiddenScores],
    combinedScores: [...range.combinedScores],
  };
}

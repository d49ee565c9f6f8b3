import { BundleError, type VerifiedBundle, verifyBundle } from '../../core/inference/bundle.ts';
import {
  type EnsembleFile,
  MuscleParametersCalibration,
} from '../../core/inference/muscle-parameters-calibration.ts';
import type { InputSet } from '../../core/inference/muscle-parameters-columns.ts';
import { muscleParametersSpreadFeatures } from '../../core/inference/muscle-parameters-features.ts';
import type { Network } from '../../core/networks/network.ts';
import { readLayersModel } from '../../core/networks/read-layers-model.ts';
import { inRangeP, type RangeCalibration } from '../../core/uncertainty/combined-range-score.ts';
import { type ConformalInterval, conformalInterval } from '../../core/uncertainty/conformal-interval.ts';
import type { Whitening } from '../../core/uncertainty/covariance.ts';
import { learnedSpread } from '../../core/uncertainty/learned-spread.ts';
import { muscleRangeScores } from '../fit/muscle-parameters-calibrate.ts';
import {
  type MuscleParameterPrediction,
  predictTargets,
  type TargetScale,
} from '../fit/muscle-parameters-networks.ts';
import { bundleFiles, nodeSha256 } from './read-bundle.ts';

/** A verified bundle of one tier, ready to answer. */
export interface MuscleParametersBundle {
  verified: VerifiedBundle;
  calibration: MuscleParametersCalibration;
  scale: TargetScale;
  otherContactScale: TargetScale;
  priors: ReadonlyMap<InputSet, readonly Network[]>;
  otherContact: ReadonlyMap<InputSet, readonly Network[]>;
  range: RangeCalibration & { alpha: number; featureCloud: Whitening; hiddenClouds: readonly Whitening[] };
}

/** What the bundle says of one person: nothing when the measurement lies outside what it was trained on. */
export interface MuscleParametersAnswer extends MuscleParameterPrediction {
  inRangeP: number;
  isRefused: boolean;
  intervals: ConformalInterval[];
}

const readEnsembles = (file: Record<string, EnsembleFile>): Map<InputSet, readonly Network[]> =>
  new Map(
    Object.entries(file).map(([set, members]) => [
      set as InputSet,
      members.map(({ topology, weightsBase64 }) =>
        readLayersModel(JSON.stringify(topology), new Uint8Array(Buffer.from(weightsBase64, 'base64'))),
      ),
    ]),
  );

/**
 * Reads and verifies a bundle of muscle-parameters.
 * @throws BundleError when a file is not as the manifest says or of another model, ZodError when calibration.json is another one.
 */
export async function loadMuscleParameters(folder: string): Promise<MuscleParametersBundle> {
  const verified = await verifyBundle(bundleFiles(folder), nodeSha256);
  const text = new TextDecoder().decode(verified.files.get('calibration.json') ?? new Uint8Array());
  const calibration = MuscleParametersCalibration.parse(JSON.parse(text));
  const { modelId, members } = verified.manifest;
  if (modelId !== `muscle-parameters-${calibration.tier}`) {
    throw new BundleError('not-understood', 'manifest.json');
  }
  if (calibration.range.hiddenClouds.length !== members) {
    throw new BundleError('not-understood', 'calibration.json');
  }
  const cloud = ({ mean, inverseFactor }: { mean: number[]; inverseFactor: number[] }): Whitening => ({
    mean: Float64Array.from(mean),
    inverseFactor: Float64Array.from(inverseFactor),
  });
  const { range } = calibration;
  return {
    verified,
    calibration,
    scale: {
      mean: calibration.outputs.map(({ mean }) => mean),
      sd: calibration.outputs.map(({ sd }) => sd),
    },
    otherContactScale: calibration.otherContactScale,
    priors: readEnsembles(calibration.priors),
    otherContact: readEnsembles(calibration.otherContact),
    range: {
      alpha: range.alpha,
      featureCloud: cloud(range.featureCloud),
      hiddenClouds: range.hiddenClouds.map(cloud),
      featureScores: range.featureScores,
      hiddenScores: range.hiddenScores,
      combinedScores: range.combinedScores,
    },
  };
}

/** @param inputs - of the data set or of the tier: the first ones are read. */
export function isRefused(bundle: MuscleParametersBundle, inputs: Float64Array): boolean {
  return rangeP(bundle, inputs) <= bundle.range.alpha;
}

function rangeP(bundle: MuscleParametersBundle, inputs: Float64Array): number {
  const { members } = bundle.verified;
  const own = inputs.subarray(0, bundle.verified.manifest.inputs.length);
  const { featureScore, hiddenScore } = muscleRangeScores(members, own, bundle.range);
  return inRangeP(featureScore, hiddenScore, bundle.range);
}

/** The whole answer for one person. */
export function answer(bundle: MuscleParametersBundle, inputs: Float64Array): MuscleParametersAnswer {
  const prediction = predictTargets(bundle.verified.members, inputs, bundle.scale);
  const features = muscleParametersSpreadFeatures(inputs);
  const p = rangeP(bundle, inputs);
  return {
    ...prediction,
    inRangeP: p,
    isRefused: p <= bundle.range.alpha,
    intervals: bundle.calibration.outputs.map((output, j) =>
      conformalInterval(
        prediction.mean[j]!,
        Math.hypot(prediction.spread[j]!, learnedSpread(output.spread, features)),
        output.interval,
      ),
    ),
  };
}

/** Whether an interval holds the truth; an unbounded one always does. */
export const holds = (interval: ConformalInterval, truth: number): boolean =>
  interval === 'unbounded' || (truth >= interval[0] && truth <= interval[1]);

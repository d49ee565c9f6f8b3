import type { RangeCalibration } from '../uncertainty/combined-range-score.ts';
import type { Whitening } from '../uncertainty/covariance.ts';
import { BundleError, type ReadFile, type Sha256, type VerifiedBundle, verifyBundle } from './bundle.ts';
import { MuscleParametersCalibration } from './muscle-parameters-calibration.ts';
import { INPUT_SETS, MUSCLE_PARAMETER_COLUMNS, TIER_INPUTS, type Tier } from './muscle-parameters-columns.ts';

/** A verified bundle of one tier, ready to answer. */
export interface MuscleParametersBundle extends VerifiedBundle {
  tier: Tier;
  calibration: MuscleParametersCalibration;
  range: RangeCalibration & {
    alpha: number;
    featureCloud: Whitening;
    hiddenClouds: readonly Whitening[];
  };
}

// Every place that core runs in has it; the ES library's types do not.
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

const cloudFrom = ({ mean, inverseFactor }: { mean: number[]; inverseFactor: number[] }): Whitening => ({
  mean: Float64Array.from(mean),
  inverseFactor: Float64Array.from(inverseFactor),
});

/** What the calibration must fit: another order of outputs would put one muscle's number under another's name. */
function requireFitting(bundle: VerifiedBundle, calibration: MuscleParametersCalibration, tier: Tier): void {
  const { manifest } = bundle;
  const inputs = MUSCLE_PARAMETER_COLUMNS.slice(0, INPUT_SETS[TIER_INPUTS[tier]]);
  if (calibration.tier !== tier) throw new RangeError('the calibration is of another tier');
  if (calibration.outputs.map(({ name }) => name).join() !== manifest.outputs.join()) {
    throw new RangeError('calibration and networks name other outputs');
  }
  if (manifest.inputs.map(({ name }) => name).join() !== inputs.map(({ name }) => name).join()) {
    throw new RangeError('the networks read other inputs than this tier has');
  }
  if (bundle.members.some(({ inputCount }) => inputCount !== inputs.length)) {
    throw new RangeError('the networks read another number of inputs');
  }
  if (calibration.range.hiddenClouds.length !== bundle.members.length) {
    throw new RangeError('every member needs a cloud');
  }
}

/**
 * The verified bundle of `muscle-parameters-<tier>`.
 * @throws BundleError naming the file that is missing, changed or of another model.
 */
export async function loadMuscleParametersBundle(
  read: ReadFile,
  sha256: Sha256,
  tier: Tier,
): Promise<MuscleParametersBundle> {
  const bundle = await verifyBundle(read, sha256, `muscle-parameters-${tier}`);
  const bytes = bundle.files.get('calibration.json');
  if (!bytes) throw new BundleError('missing-file', 'calibration.json');
  try {
    const calibration = MuscleParametersCalibration.parse(JSON.parse(new TextDecoder().decode(bytes)));
    requireFitting(bundle, calibration, tier);
    const { range } = calibration;
    return {
      ...bundle,
      tier,
      calibration,
      range: {
        alpha: range.alpha,
        featureCloud: cloudFrom(range.featureCloud),
        hiddenClouds: range.hiddenClouds.map(cloudFrom),
        featureScores: range.featureScores,
        hiddenScores: range.hiddenScores,
        combinedScores: range.combinedScores,
      },
    };
  } catch (cause) {
    throw new BundleError('not-understood', 'calibration.json', { cause });
  }
}

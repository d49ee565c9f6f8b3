import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import type { WristClass } from '../contract/schemas/clinical.ts';
import type { FeatureId, ModelInput, WristStatePrediction } from '../contract/schemas/judgement.ts';
import { ensembleScores } from '../explain/class-scores.ts';
import { featureFlips } from '../explain/feature-flip.ts';
import type { WristStateBundle } from './bundle.ts';
import { explainedWristState } from './explained-wrist-state.ts';

/** Values tried along a measurement before the change is narrowed down; as in the methods lab. */
const SCAN_POINTS = 64;

/** One measurement moved alone until the most probable class is another one. */
export interface SingleChange {
  feature: FeatureId;
  /** Of the feature, on the far side of the change; `delta` from what was measured. */
  value: number;
  delta: number;
  newClass: WristClass;
}

/** What would change the call; says what the model would have to see, never what a treatment should aim at. */
export interface CallChanges {
  /** The most probable class as it is. */
  call: WristClass;
  /** Smallest share of the measured value first. */
  changes: SingleChange[];
  /** Measurements of which no value within the range of the training people changes the call. */
  steady: FeatureId[];
}

/**
 * Smallest change of one measurement alone, within the range of the training people, that makes another class the most
 * probable one; everything else stays as measured.
 * @param prediction - of the same bundle and input, with probabilities.
 * @throws RangeError when the prediction has no probabilities or names another bundle.
 */
export function callChanges(
  bundle: WristStateBundle,
  input: ModelInput,
  prediction: Pick<WristStatePrediction, 'probabilities' | 'bundleHash'>,
): CallChanges {
  const { probabilities } = prediction;
  if (!probabilities) throw new RangeError('a refused prediction has no call to change');
  if (prediction.bundleHash !== bundle.bundleHash)
    throw new RangeError('the prediction is of another bundle');
  const order = [0, 1, 2].sort((a, b) => probabilities[b]! - probabilities[a]!);
  const explained = explainedWristState(bundle, input, order[0]!, order[1]!);
  const nameOf = (column: number) =>
    explained.groups.find(({ columns }) => columns.length === 1 && columns[0] === column)?.name as FeatureId;
  const flips = featureFlips(
    ensembleScores(explained.members),
    explained.row,
    explained.limits ?? [],
    SCAN_POINTS,
  );
  const changes = flips.perFeature.flatMap(({ column, increase, decrease }) =>
    [increase, decrease].flatMap((flip) =>
      flip
        ? [
            {
              feature: nameOf(column),
              value: flip.value,
              delta: flip.delta,
              newClass: WRIST_CLASSES[flip.newClass]!,
            },
          ]
        : [],
    ),
  );
  const share = ({ value, delta }: SingleChange) => Math.abs(delta / (value - delta));
  changes.sort((a, b) => share(a) - share(b));
  const moved = new Set(changes.map(({ feature }) => feature));
  return {
    call: WRIST_CLASSES[flips.predictedClass]!,
    changes,
    steady: flips.perFeature.map(({ column }) => nameOf(column)).filter((feature) => !moved.has(feature)),
  };
}

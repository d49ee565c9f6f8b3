import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import type { WristClass } from '../contract/schemas/clinical.ts';
import type { FeatureId, ModelInput, WristStatePrediction } from '../contract/schemas/judgement.ts';
import { callOf } from '../explain/class-scores.ts';
import { forwardNetwork } from '../networks/dense-network.ts';
import type { WristStateBundle } from './bundle.ts';
import { type MovableMeasurement, movableMeasurements } from './moved-measurement.ts';
import { answerWristState } from './wrist-state.ts';

/** Values tried along a measurement before the change is narrowed down; as in the methods lab. */
const SCAN_POINTS = 64;
/** Width to which a change is narrowed down, share of the stretch that is scanned. */
const NARROWED_TO = 1e-9;
/** Share of today's value by which a screen may round: a change that is gone again within it is none. */
const ROUNDING_SHARE = 0.005;

/** One measurement moved alone until the most probable class is another one. */
export interface SingleChange {
  feature: FeatureId;
  /** Of the feature, on the far side of the change; `delta` from what was measured. */
  value: number;
  delta: number;
  newClass: WristClass;
  /** True: the model answers this class from here to the limit of the training people ("or more", "or less"). */
  isToLimit: boolean;
}

/** What would change the call; says what the model would have to see, never what a treatment should aim at. */
export interface CallChanges {
  /** The most probable class as it is. */
  call: WristClass;
  /** Smallest share of the measured value first. */
  changes: SingleChange[];
  /** Measurements of which no value that the model answers, within the range of the training people, changes the call. */
  steady: FeatureId[];
}

/** Most probable class when the model is asked; null where it refuses. */
type CallAt = (input: ModelInput) => number | null;

/**
 * Smallest change of one measured quantity alone, within the range of the training people, at which the model gives another
 * class as the most probable one. What was measured is moved, the features are made of it anew, and the whole model is asked,
 * its refusals included: where it refuses on the way there is no change.
 * @param prediction - of the same bundle and input, with probabilities.
 * @throws RangeError when the prediction has no probabilities or names another bundle.
 */
export function callChanges(
  bundle: WristStateBundle,
  input: ModelInput,
  prediction: Pick<WristStatePrediction, 'probabilities' | 'bundleHash'>,
): CallChanges {
  if (!prediction.probabilities) throw new RangeError('a refused prediction has no call to change');
  if (prediction.bundleHash !== bundle.bundleHash)
    throw new RangeError('the prediction is of another bundle');
  const callAt: CallAt = (moved) => {
    const passes = (row: Float64Array) => {
      const members = bundle.members.map((member) => forwardNetwork(member, row));
      return {
        lastHidden: members.map(({ lastHidden }) => lastHidden),
        logits: () => members.map(({ output }) => output),
      };
    };
    const { probabilities } = answerWristState(bundle, moved, passes, () => 0);
    return probabilities && callOf(probabilities);
  };
  const call = callAt(input) ?? callOf(prediction.probabilities);
  const movable = movableMeasurements(bundle, input);
  const changes = movable.flatMap((one) =>
    [one.high, one.low].flatMap((end) => firstChange(one, end, call, callAt) ?? []),
  );
  const share = ({ value, delta }: SingleChange) => Math.abs(delta / (value - delta));
  changes.sort((a, b) => share(a) - share(b));
  const moved = new Set(changes.map(({ feature }) => feature));
  return {
    call: WRIST_CLASSES[call]!,
    changes,
    steady: movable.map(({ feature }) => feature).filter((feature) => !moved.has(feature)),
  };
}

/** The first change on the way to a limit; null when there is none, or the model refuses before it. */
function firstChange(
  { feature, own, movedTo }: MovableMeasurement,
  end: number,
  call: number,
  callAt: CallAt,
): SingleChange | null {
  if (!Number.isFinite(end) || end === own) return null;
  const at = (value: number) => callAt(movedTo(value));
  const grid = Array.from({ length: SCAN_POINTS - 1 }, (_, index) =>
    index === SCAN_POINTS - 2 ? end : own + ((index + 1) / (SCAN_POINTS - 1)) * (end - own),
  );
  const place = grid.findIndex((value) => at(value) !== call);
  if (place < 0) return null;
  let before = place === 0 ? own : grid[place - 1]!;
  let after = grid[place]!;
  while (Math.abs(after - before) > NARROWED_TO * Math.abs(end - own)) {
    const middle = (before + after) / 2;
    if (at(middle) === call) before = middle;
    else after = middle;
  }
  const newClass = at(after);
  const rounded = after + Math.sign(end - own) * ROUNDING_SHARE * own;
  if (newClass === null || at(rounded) !== newClass) return null;
  return {
    feature,
    value: after,
    delta: after - own,
    newClass: WRIST_CLASSES[newClass]!,
    isToLimit: grid.slice(place).every((value) => at(value) === newClass),
  };
}

import { trialVersions, versionsBehind } from '../../../core/clinical/trial-versions.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { Measure, Side } from '../../../core/contract/schemas/clinical.ts';
import { MINIMUM_TRIALS, TRIAL_RATIO_LIMIT } from '../../../core/inference/wrist-state.ts';
import { WRIST_FEATURES } from './needs-prediction.ts';

/** The judgement that counts: the first, made before anything of the model was seen. */
export const ownJudgement = (view: Pick<SessionView, 'judgements'>) =>
  view.judgements.find(({ isAfterReveal }) => !isAfterReveal) ?? view.judgements[0] ?? null;

/** Versions that the locked judgement stood on, of trials corrected since: [1] reads "made on version 1". */
export function judgedVersions(view: SessionView): number[] {
  const judgement = ownJudgement(view);
  if (judgement === null) return [];
  return versionsBehind(trialVersions(view.trials, view.history), judgement.lockedAt);
}

/** Two values of one measurement that went different ways through the same arithmetic. */
const differ = (a: number | null, b: number | null) =>
  a === null || b === null ? a !== b : Math.abs(a - b) > 1e-6 * Math.max(1, Math.abs(b));

/**
 * Whether a value that the model reads was corrected since it answered, its recording was set aside, or the session was put
 * under another person. The model reads the largest trial of each
 * measure, how many there are, and whether they fit together; a correction that changes none of these changes nothing.
 */
export function isResultOutdated(view: SessionView): boolean {
  const { prediction, trials } = view;
  if (prediction !== null && (view.isForAnotherPerson === true || view.isTraceChanged === true)) return true;
  const side = view.session.judgedSide;
  if (prediction === null || side === null || judgedVersions(view).length === 0) return false;

  const valuesOf = (measure: Measure, hand: Side) =>
    trials.flatMap((t) =>
      t.measure === measure && t.side === hand && t.valueSi !== null ? [t.valueSi] : [],
    );
  const peakOf = (measure: Measure, hand: Side) => {
    const values = valuesOf(measure, hand);
    return values.length === 0 ? null : Math.max(...values);
  };
  const featureOf = (id: string) => prediction.features.find((feature) => feature.id === id);

  const pinchN = peakOf('lateral-pinch', side);
  if (differ(featureOf('pinch-percent-expected')?.measured ?? null, pinchN)) return true;
  const otherN = peakOf('lateral-pinch', side === 'right' ? 'left' : 'right');
  const ratio = featureOf('pinch-ratio-other-hand')?.value ?? null;
  // Absent when both hands are affected: then the other hand is not read at all.
  if (ratio !== null && differ(ratio, pinchN === null || !otherN ? null : pinchN / otherN)) return true;
  const wrist = WRIST_FEATURES.map(([measure, id]) => ({ id, peak: peakOf(measure, side) }));
  const isWristComplete = wrist.every(({ peak }) => peak !== null);
  if (wrist.some(({ id, peak }) => differ(featureOf(id)?.measured ?? null, isWristComplete ? peak : null))) {
    return true;
  }
  if (pinchN === null) return false;
  const pinchTrialsN = valuesOf('lateral-pinch', side);
  const units = new Set(
    trials.filter((t) => t.measure === 'lateral-pinch' && t.valueSi !== null).map((t) => t.typedUnit),
  );
  const isMixed = units.size > 1 || pinchN / Math.min(...pinchTrialsN) >= TRIAL_RATIO_LIMIT;
  const isFew = pinchTrialsN.length < MINIMUM_TRIALS;
  return (
    prediction.refusals.includes('mixed-units') !== isMixed ||
    prediction.refusals.includes('too-few-trials') !== isFew
  );
}

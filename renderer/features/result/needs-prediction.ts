import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { Measure } from '../../../core/contract/schemas/clinical.ts';
import type { FeatureId } from '../../../core/contract/schemas/judgement.ts';

/** Wrist strengths with the feature each of them is. */
export const WRIST_FEATURES: readonly (readonly [Measure, FeatureId])[] = [
  ['wrist-extension', 'wrist-extension-percent-expected'],
  ['wrist-flexion', 'wrist-flexion-percent-expected'],
  ['wrist-radial', 'wrist-radial-percent-expected'],
  ['wrist-ulnar', 'wrist-ulnar-percent-expected'],
];

/**
 * Whether the model is to run: the judgement is locked and there is no result yet, or wrist strength was added
 * after the result. Before the lock and after closing it never runs.
 */
export function needsPrediction(view: SessionView): boolean {
  const { state, judgedSide } = view.session;
  if (state === 'locked') return view.prediction === null || hasNewWristStrength(view);
  if (state !== 'revealed' && state !== 'compared') return false;
  return view.prediction !== null && judgedSide !== null && hasNewWristStrength(view);
}

/** All four are there now and the stored result did not have them. */
function hasNewWristStrength({ session, prediction, trials }: SessionView): boolean {
  const isComplete = WRIST_FEATURES.every(([measure]) =>
    trials.some((t) => t.measure === measure && t.side === session.judgedSide && t.valueSi !== null),
  );
  return (
    isComplete &&
    WRIST_FEATURES.some(([, id]) => prediction?.features.some((f) => f.id === id && f.value === null))
  );
}

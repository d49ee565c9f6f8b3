import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { EarlierResult } from './model-answer.tsx';
import { agoText } from './result-words.ts';

/**
 * The newest earlier result of the same hand that gave a number; null when there is none.
 * @param rows sessions of this patient, any order.
 */
export function earlierResult(
  view: SessionView,
  rows: readonly Omit<SessionView, 'patient'>[],
): EarlierResult | null {
  const now = view.session.startedAt;
  const earlier = rows
    .filter(
      ({ session, prediction }) =>
        session.startedAt < now &&
        session.patientId === view.session.patientId &&
        session.judgedSide === view.session.judgedSide &&
        prediction !== null &&
        prediction.probabilities !== null,
    )
    .sort((a, b) => b.session.startedAt.localeCompare(a.session.startedAt))[0];
  if (!earlier?.prediction?.probabilities) return null;
  return {
    probability: earlier.prediction.probabilities[0],
    ago: agoText(earlier.session.startedAt, now),
    hasOtherInputs: earlier.prediction.inputPattern !== view.prediction?.inputPattern,
  };
}

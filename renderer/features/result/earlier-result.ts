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
  if (now === null) return null;
  const [earlier] = rows
    .flatMap(({ session, prediction }) =>
      session.startedAt !== null &&
      session.startedAt < now &&
      session.patientId === view.session.patientId &&
      session.judgedSide === view.session.judgedSide &&
      prediction !== null &&
      prediction.probabilities !== null
        ? [{ at: session.startedAt, probability: prediction.probabilities[0], prediction }]
        : [],
    )
    .sort((a, b) => b.at.localeCompare(a.at));
  if (earlier === undefined) return null;
  return {
    probability: earlier.probability,
    ago: agoText(earlier.at, now),
    hasOtherInputs: earlier.prediction.inputPattern !== view.prediction?.inputPattern,
  };
}

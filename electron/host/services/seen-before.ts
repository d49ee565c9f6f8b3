/** Whether a second reader could know the answers or the patient, as the audit tells it. */
import type { Session } from '../../../core/contract/channels/sessions.ts';
import type { SeenBefore } from '../../../core/contract/schemas/reading.ts';
import { recordsEverOf } from '../db/repositories/open-judgement.ts';
import { listStepsOf } from '../db/repositories/reading-repository.ts';
import { hasStepSince, lockSeq, stepsOf } from '../db/repositories/step-order.ts';
import type { AuditEvent } from './audit.ts';
import type { ReadScope } from './scope.ts';

/** Steps that show a judged session's result to whoever takes them. */
const SHOWS_ANSWERS: readonly string[] = [
  'reading.looked_first',
  'answers.listed',
  'explanation.opened',
  'explanation.stored',
  'prediction.stored',
  'methods.compared',
  'comparison.stored',
  'judgement.repeated',
] satisfies AuditEvent[];
/** Reading itself tells nothing, nor does a table in which another session of the patient stood without a name. */
const TELLS_NOTHING: readonly string[] = ['reading.locked', 'answers.listed'] satisfies AuditEvent[];

/**
 * What the user had seen of a patient: 'answers' when the session stood in a table of the figures, or a page of the patient
 * or the result was opened after the first judgement was locked and before a colleague was asked (since then the host holds
 * the answers back), or when the user chose to look first; 'patient' when there was anything else to do with the record, so
 * that diagnosis and operation are known. Empty: blinded. Every record the session ever stood under is looked over: a merge
 * or a move takes nothing back that was seen. The order is that of the audit, whatever the clock said.
 */
export function seenBefore(
  { db, user }: Pick<ReadScope, 'db' | 'user'>,
  session: Pick<Session, 'id'>,
): SeenBefore[] {
  const steps = listStepsOf(db, user.id, recordsEverOf(db, session.id)).filter(
    ({ event, objectId }) =>
      !TELLS_NOTHING.includes(event) || (event === 'answers.listed' && objectId === session.id),
  );
  const firstLock = lockSeq(db, session.id);
  const asked = stepsOf(db, 'comparison.stored', session.id).at(-1)?.seq ?? Number.POSITIVE_INFINITY;
  const isAnswer = ({ seq, event, objectId }: (typeof steps)[number]) =>
    (event === 'patient.opened' && seq > firstLock && seq < asked) ||
    (SHOWS_ANSWERS.includes(event) && objectId === session.id);
  const hasAnswers = steps.some(isAnswer);
  const hasPatient = steps.some((step) => !isAnswer(step));
  return [...(hasAnswers ? (['answers'] as const) : []), ...(hasPatient ? (['patient'] as const) : [])];
}

/** True when this user opened the patient's page after a step of the audit. */
export const wasOpenedSince = (
  { db, user }: Pick<ReadScope, 'db' | 'user'>,
  patientId: string,
  afterSeq: number,
): boolean => hasStepSince(db, { userId: user.id, event: 'patient.opened', objectId: patientId, afterSeq });

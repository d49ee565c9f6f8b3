import { Button } from '@mantine/core';
import type { OpenSession } from '../../../core/contract/channels/records.ts';
import type { PatientId, SessionId } from '../../../core/contract/schemas/clinical.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { shortMoment } from '../../ui/calendar-date.ts';
import { Notice } from '../../ui/notice.tsx';

/** The newest other session of the patient that is saved and not judged; null when there is none. */
export const earlierUnjudged = (sessions: readonly OpenSession[], own: SessionId): OpenSession | null =>
  sessions.findLast(({ state, sessionId }) => state === 'saved' && sessionId !== own) ?? null;

/**
 * Says before a session is saved that an earlier one of the same patient still waits: saving ends it unjudged, since with
 * two waiting the result of one would be seen before the other is judged.
 */
export function UnjudgedSession(props: {
  patientId: PatientId;
  /** The session on screen. */
  sessionId: SessionId;
  onJudge: (sessionId: SessionId) => void;
}) {
  const { patientId, sessionId } = props;
  const api = useApi();
  const open = useCall(`open-sessions/${patientId}`, () => api['records.openSessions']({ patientId }));
  const waiting = earlierUnjudged(open.value ?? [], sessionId);
  if (waiting === null) return null;
  const when = waiting.startedAt === null ? '' : ` of ${shortMoment(waiting.startedAt)}`;
  return (
    <Notice
      tone="caution"
      title={`The session${when} of this patient was never judged.`}
      action={
        <Button variant="default" onClick={() => props.onJudge(waiting.sessionId)}>
          Judge that one first
        </Button>
      }
    >
      Saving this one closes it without a judgement. What is typed here stays as a draft meanwhile.
    </Notice>
  );
}

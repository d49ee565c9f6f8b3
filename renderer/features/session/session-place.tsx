import { Button, NativeSelect } from '@mantine/core';
import { useRef, useState } from 'react';
import type { EpisodeRow } from '../../../core/contract/channels/episodes.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import { errorText } from '../../app/error-text.ts';
import { type MovedSession, MoveSessionDialog } from '../../app/move-session-dialog.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { focusOnArrival } from '../../ui/focus-on-arrival.ts';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import styles from './session.module.css';

/** Where the session belongs: its episode of care, and the way to another patient when it was put under the wrong one. */
export function SessionPlace(props: { view: SessionView; onView: (view: SessionView) => void }) {
  const { session, patient, prediction } = props.view;
  const api = useApi();
  const episodes = useCall(`episodes/${patient.id}`, () => api['episodes.list']({ patientId: patient.id }));
  const moveButton = useRef<HTMLButtonElement>(null);
  const [isMoving, setIsMoving] = useState(false);
  const [moved, setMoved] = useState<MovedSession | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const readAgain = async () => {
    const result = await api['sessions.get']({ sessionId: session.id });
    if (result.ok) props.onView(result.value);
    else setError(result.error);
  };
  const assign = async (episodeId: string | null) => {
    const result = await api['episodes.assignSession']({ sessionId: session.id, episodeId });
    setError(result.ok ? null : result.error);
    if (result.ok) await readAgain();
  };
  const undo = async ({ moveId }: MovedSession) => {
    const result = await api['records.undoMove']({ moveId });
    setError(result.ok ? null : result.error);
    if (!result.ok) return;
    setMoved(null);
    moveButton.current?.focus();
    await readAgain();
  };
  const list = episodes.value?.episodes ?? [];
  return (
    <section className={styles.place} aria-labelledby="session-place">
      <h2 id="session-place">Where this session belongs</h2>
      <div role="status">
        {moved !== null && (
          <Notice
            tone="info"
            title={`The session is moved to ${moved.toName}.`}
            action={
              <Button ref={focusOnArrival} variant="default" onClick={() => void undo(moved)}>
                Undo
              </Button>
            }
          />
        )}
      </div>
      {props.view.isForAnotherPerson === true && (
        <Notice tone="caution" title="The model’s result was computed for another person.">
          The session was put under this patient afterwards. The result stays, marked as outdated; there the
          model can be asked again.
        </Notice>
      )}
      {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
      <div className={styles.placeRow}>
        {list.length > 0 && (
          <NativeSelect
            label="Episode of care"
            value={list.some(({ id }) => id === session.episodeId) ? (session.episodeId ?? '') : ''}
            data={[
              { value: '', label: 'no episode' },
              ...list.map((episode) => ({ value: episode.id, label: episodeLabel(episode) })),
            ]}
            onChange={(event) => void assign(event.currentTarget.value || null)}
          />
        )}
        <Button ref={moveButton} variant="default" onClick={() => setIsMoving(true)}>
          Move to another patient
        </Button>
      </div>
      {isMoving && (
        <MoveSessionDialog
          isOpen
          sessionId={session.id}
          patientId={patient.id}
          hasResult={prediction !== null}
          onMoved={(done) => {
            setIsMoving(false);
            setMoved(done);
            void readAgain();
          }}
          onClose={() => {
            setIsMoving(false);
            moveButton.current?.focus();
          }}
        />
      )}
    </section>
  );
}

const episodeLabel = ({ side, diagnosis, startedOn }: EpisodeRow) =>
  `${diagnosis.length > 40 ? `${diagnosis.slice(0, 39)}…` : diagnosis}, ${side === 'both' ? 'both hands' : side}, since ${shortDate(startedOn)}`;

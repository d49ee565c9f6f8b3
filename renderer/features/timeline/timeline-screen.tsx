import { Button, VisuallyHidden } from '@mantine/core';
import { IconClipboardPlus, IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { EpisodeRow } from '../../../core/contract/channels/episodes.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { PatientId, SessionId, SessionState } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { ForecastButton } from '../../app/forecast-button.tsx';
import { type MovedSession, MoveSessionDialog } from '../../app/move-session-dialog.tsx';
import { WaitingReadingNotice } from '../../app/waiting-reading-notice.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { focusOnArrival } from '../../ui/focus-on-arrival.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { RecordHistory } from './record-history.tsx';
import { RecordStanding } from './record-standing.tsx';
import { SessionEntry } from './session-entry.tsx';
import type { TimelineRow } from './session-summary.ts';
import styles from './timeline.module.css';
import { useRecordHistory } from './use-record-history.ts';

const PAGE = 50;
const MAX_SHOWN = 500;

export interface TimelineScreenProps {
  patientId: PatientId;
  onOpenSession: (sessionId: SessionId, state: SessionState) => void;
  /** Measurements of a session as typed, with their corrections. */
  onOpenMeasurements: (sessionId: SessionId) => void;
  /** To the forecast of the visit after the newest one. */
  onForecast?: (sessionId: SessionId) => void;
  onNewSession: () => void;
  /** To another patient: the one a record was merged into. */
  onOpenPatient?: (patientId: PatientId) => void;
}

/** Where the record stands, its sessions, and what was done to it as a whole. */
export function TimelineScreen(props: TimelineScreenProps) {
  const record = useRecordHistory(props.patientId);
  const isMerged = record.history.value?.mergedInto != null;
  /** The session that is about to be moved to another patient, and the last one that was. */
  const [moving, setMoving] = useState<SessionId | null>(null);
  const [moved, setMoved] = useState<MovedSession | null>(null);
  const place = useRef<HTMLDivElement>(null);
  return (
    <>
      <div role="status" ref={place} tabIndex={-1}>
        {moved !== null && (
          <Notice
            tone="info"
            title={`The session is moved to ${moved.toName}.`}
            action={
              <Button
                ref={focusOnArrival}
                variant="default"
                onClick={() => {
                  setMoved(null);
                  place.current?.focus();
                  void record.undoMove(moved.moveId);
                }}
              >
                Undo
              </Button>
            }
          />
        )}
      </div>
      <RecordStanding record={record} onOpenPatient={(id) => props.onOpenPatient?.(id)} />
      {isMerged ? (
        <VisuallyHidden component="h1">Merged record</VisuallyHidden>
      ) : (
        <SessionTimeline {...props} onMove={setMoving} />
      )}
      {moving !== null && (
        <MoveSessionDialog
          isOpen
          sessionId={moving}
          patientId={props.patientId}
          hasResult={false}
          onMoved={(done) => {
            setMoving(null);
            setMoved(done);
          }}
          onClose={() => setMoving(null)}
        />
      )}
      <RecordHistory patientId={props.patientId} record={record} />
    </>
  );
}

/** All sessions of a patient, newest first, each with the step that comes next. */
function SessionTimeline(props: TimelineScreenProps & { onMove: (sessionId: SessionId) => void }) {
  const { patientId, onOpenSession, onOpenMeasurements, onForecast, onNewSession } = props;
  const api = useApi();
  const [limit, setLimit] = useState(PAGE);
  const [error, setError] = useState<WireError | null>(null);
  /** The session whose closing was asked for and not confirmed yet. */
  const [asked, setAsked] = useState<SessionId | null>(null);
  const [closed, setClosed] = useState<string | null>(null);
  const list = useCall(`timeline/${patientId}`, () =>
    api['sessions.listForPatient']({ patientId, limit, offset: 0 }),
  );
  // Named beside the sessions only where there is something to tell apart.
  const episodes = useCall(`episodes/${patientId}`, () => api['episodes.list']({ patientId })).value;
  const { reload } = list;
  useEffect(
    () =>
      api.on('patients.changed', ({ id }) => {
        if (id === patientId) reload();
      }),
    [api, patientId, reload],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a longer page is asked for again
  useEffect(() => {
    if (limit > PAGE) reload();
  }, [limit]);

  const closeUnjudged = async (sessionId: SessionId) => {
    setAsked(null);
    const result = await api['sessions.close']({ sessionId });
    setError(result.ok ? null : result.error);
    setClosed(result.ok ? 'The session is closed without a judgement; its measurements stay.' : null);
    reload();
  };

  if (list.status === 'failed') {
    return <FailureNotice {...errorText(list.error)} incident={list.error.incident} onRetry={list.reload} />;
  }
  if (list.status === 'loading') return <LoadingLines label="Reading the sessions" />;
  const { rows, total } = list.value;
  if (rows.length === 0) {
    return (
      <>
        <VisuallyHidden component="h1">Sessions</VisuallyHidden>
        <EmptyState
          icon={<IconClipboardPlus size="2rem" />}
          title="No session yet"
          action={
            <Button leftSection={<IconPlus size="1.125rem" />} onClick={onNewSession}>
              New session
            </Button>
          }
        >
          A session is one visit: pinch of both hands, then, if you like, your judgement and the model's
          answer beside it.
        </EmptyState>
      </>
    );
  }
  const isBlinded = rows.some(
    ({ session }) => session.isBlinded && ['measuring', 'saved'].includes(session.state),
  );
  const waiting = rows.find(({ isWaitingForYou }) => isWaitingForYou === true);
  return (
    <section className={`${styles.frame} ${styles.timeline}`} aria-labelledby="timeline-title">
      <VisuallyHidden component="h1" id="timeline-title">
        Sessions, newest first
      </VisuallyHidden>
      {error && <FailureNotice {...errorText(error)} incident={error.incident} />}
      <div role="status">{closed !== null && <Notice tone="info" title={closed} />}</div>
      {waiting !== undefined && (
        <WaitingReadingNotice sessionId={waiting.session.id} onLooked={list.reload} />
      )}
      <ol className={styles.list}>
        {rows.map((row, place) => (
          <SessionEntry
            key={row.session.id}
            row={row}
            forecast={
              // Only the visit that is still to come can be foretold.
              place === 0 && onForecast && row.trials.some(({ measure }) => measure === 'lateral-pinch') ? (
                <ForecastButton isQuiet onForecast={() => onForecast(row.session.id)} />
              ) : null
            }
            episode={episodeName(episodes?.episodes ?? [], row.session.episodeId)}
            isDateHidden={isBlinded}
            isDayShared={rows.some((other) => other !== row && dayOf(other) === dayOf(row))}
            isCloseAsked={asked === row.session.id}
            onOpen={() => {
              // Without a judgement there is no result: the measurements are what can be opened.
              // A result that waits for the own reading stands behind the measurements.
              const hasNone = row.session.state === 'closed' && row.judgements.length === 0;
              if (hasNone || row.isWaitingForYou) {
                onOpenMeasurements(row.session.id);
              } else onOpenSession(row.session.id, row.session.state);
            }}
            onMeasurements={() => onOpenMeasurements(row.session.id)}
            onAskClose={() => {
              setClosed(null);
              setAsked(row.session.id);
            }}
            onKeepOpen={() => setAsked(null)}
            onCloseUnjudged={() => void closeUnjudged(row.session.id)}
            onMove={() => props.onMove(row.session.id)}
          />
        ))}
      </ol>
      <footer className={styles.foot}>
        <span>
          {rows.length} of {total} {total === 1 ? 'session' : 'sessions'}
        </span>
        {rows.length < total && limit < MAX_SHOWN && (
          <Button variant="default" onClick={() => setLimit(Math.min(MAX_SHOWN, limit + PAGE))}>
            Show older sessions
          </Button>
        )}
      </footer>
    </section>
  );
}

/** The day of a session in words; empty where it is hidden. */
const dayOf = ({ session }: TimelineRow): string =>
  session.startedAt === null ? '' : shortDate(session.startedAt);

/** The episode of a session in words, where a patient has several; null otherwise. */
function episodeName(episodes: readonly EpisodeRow[], id: string | null | undefined): string | null {
  if (episodes.length < 2) return null;
  const episode = episodes.find((each) => each.id === id);
  return episode ? `${episode.diagnosis}, ${episode.side === 'both' ? 'both hands' : episode.side}` : 'none';
}

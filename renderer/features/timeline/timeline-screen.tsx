import { Button, Group, VisuallyHidden } from '@mantine/core';
import { IconClipboardPlus, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { WireError } from '../../../core/contract/errors.ts';
import type { PatientId, SessionId, SessionState } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { ForecastButton } from '../../app/forecast-button.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import question from './close-question.module.css';
import {
  judgementText,
  modelText,
  pinchText,
  STATE_WORDS,
  type TimelineRow,
  VERDICT_WORDS,
} from './session-summary.ts';
import styles from './timeline.module.css';

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
}

/** All sessions of a patient, newest first, each with the step that comes next. */
export function TimelineScreen(props: TimelineScreenProps) {
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
  const isBlinded = rows.some(({ session }) => session.isBlinded && isBeforeLock(session.state));
  return (
    <section className={`${styles.frame} ${styles.timeline}`} aria-labelledby="timeline-title">
      <VisuallyHidden component="h1" id="timeline-title">
        Sessions, newest first
      </VisuallyHidden>
      {error && <FailureNotice {...errorText(error)} incident={error.incident} />}
      <div role="status">{closed !== null && <Notice tone="info" title={closed} />}</div>
      <ol className={styles.list}>
        {rows.map((row, place) => (
          <SessionEntry
            key={row.session.id}
            row={row}
            forecast={
              // Only the visit that is still to come can be foretold.
              place === 0 && onForecast && row.trials.some(({ measure }) => measure === 'lateral-pinch') ? (
                <ForecastButton onForecast={() => onForecast(row.session.id)} />
              ) : null
            }
            isDateHidden={isBlinded}
            isCloseAsked={asked === row.session.id}
            onOpen={() => {
              // Without a judgement there is no result: the measurements are what can be opened.
              if (row.session.state === 'closed' && row.judgements.length === 0) {
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

const isBeforeLock = (state: SessionState) => state === 'measuring' || state === 'saved';

function SessionEntry(props: {
  row: TimelineRow;
  forecast: ReactNode;
  isDateHidden: boolean;
  isCloseAsked: boolean;
  onOpen: () => void;
  onMeasurements: () => void;
  onAskClose: () => void;
  onKeepOpen: () => void;
  onCloseUnjudged: () => void;
}) {
  const { row } = props;
  const { session, comparison } = row;
  const words = STATE_WORDS[session.state];
  const judgement = judgementText(row);
  const model = modelText(row);
  const date = props.isDateHidden ? 'date hidden (blinded)' : shortDate(session.startedAt);
  const isOpen = session.state !== 'closed';
  const hasMeasurementsButton = session.state !== 'measuring' && (isOpen || row.judgements.length > 0);
  return (
    <li className={styles.entry} data-state={session.state} data-open={isOpen || undefined}>
      <div className={styles.when}>
        <h2>{date}</h2>
        <p className={styles.quiet}>{session.userName}</p>
        <p className={styles.state}>{words.name}</p>
      </div>
      <dl className={styles.facts}>
        {session.state !== 'measuring' && (
          <>
            <Fact name="right" value={pinchText(row, 'right')} isStrong />
            <Fact name="left" value={pinchText(row, 'left')} isStrong />
            <Fact name="device" value={row.device ? row.device.name : 'not named'} />
          </>
        )}
        {judgement && <Fact name="your judgement" value={judgement} />}
        {model && <Fact name="model" value={model} />}
        {comparison && <Fact name="compared" value={VERDICT_WORDS[comparison.verdict]} />}
        {session.note !== '' && <Fact name="note" value={session.note} />}
      </dl>
      <div className={styles.steps}>
        {session.state === 'saved' && !props.isCloseAsked && (
          <Button
            variant="subtle"
            color="gray"
            aria-label={`Close without judgement, ${date}`}
            onClick={props.onAskClose}
          >
            Close without judgement
          </Button>
        )}
        {hasMeasurementsButton && (
          <Button
            variant="subtle"
            color="gray"
            aria-label={`Measurements, ${date}`}
            onClick={props.onMeasurements}
          >
            Measurements
          </Button>
        )}
        {props.forecast}
        <Button
          className={styles.open ?? ''}
          variant={session.state === 'measuring' ? 'filled' : 'default'}
          aria-label={`${words.action}, ${date}`}
          onClick={props.onOpen}
        >
          {words.action}
        </Button>
      </div>
      {props.isCloseAsked && (
        <div className={question.question}>
          <CloseQuestion date={date} onClose={props.onCloseUnjudged} onKeep={props.onKeepOpen} />
        </div>
      )}
    </li>
  );
}

/** Closing cannot be taken back: the judgement of a closed session cannot follow. */
function CloseQuestion(props: { date: string; onClose: () => void; onKeep: () => void }) {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <Notice
      tone="caution"
      title="Close this session without a judgement?"
      action={
        <Group gap="sm">
          <Button ref={keep} variant="default" onClick={props.onKeep}>
            Keep it open
          </Button>
          <Button variant="default" aria-label={`Yes, close it, ${props.date}`} onClick={props.onClose}>
            Yes, close it
          </Button>
        </Group>
      }
    >
      Its measurements stay. It cannot be judged afterwards, and the model is not asked.
    </Notice>
  );
}

function Fact({ name, value, isStrong = false }: { name: string; value: string; isStrong?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-strong={isStrong || undefined}>{value}</dd>
    </div>
  );
}

import { Button, Group } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { measuredBy } from '../../../core/clinical/measured-by.ts';
import { clockTime, shortDate } from '../../ui/calendar-date.ts';
import { Notice } from '../../ui/notice.tsx';
import question from './close-question.module.css';
import {
  alsoMeasuredText,
  judgementText,
  modelText,
  pinchText,
  STATE_WORDS,
  type TimelineRow,
  VERDICT_WORDS,
} from './session-summary.ts';
import styles from './timeline.module.css';

/** One session of the timeline: when, what was measured and judged, and what can be done with it. */
export function SessionEntry(props: {
  row: TimelineRow;
  forecast: ReactNode;
  /** Null where a patient has no second episode to tell it from. */
  episode: string | null;
  isDateHidden: boolean;
  /** Another session began on the same day: the time tells them apart. */
  isDayShared: boolean;
  isCloseAsked: boolean;
  onOpen: () => void;
  onMeasurements: () => void;
  onAskClose: () => void;
  onKeepOpen: () => void;
  onCloseUnjudged: () => void;
  /** A draft under the wrong patient; measured sessions are moved from their measurements. */
  onMove: () => void;
}) {
  const { row } = props;
  const { session, comparison } = row;
  const words = STATE_WORDS[session.state];
  const judgement = judgementText(row);
  const model = modelText(row);
  const date =
    props.isDateHidden || session.startedAt === null
      ? 'date hidden (blinded)'
      : props.isDayShared
        ? `${shortDate(session.startedAt)}, ${clockTime(session.startedAt)}`
        : shortDate(session.startedAt);
  const also = alsoMeasuredText(row);
  const isOpen = session.state !== 'closed';
  const hasMeasurementsButton = session.state !== 'measuring' && (isOpen || row.judgements.length > 0);
  return (
    <li className={styles.entry} data-state={session.state} data-open={isOpen || undefined}>
      <div className={styles.when}>
        <h2>{date}</h2>
        <p className={styles.quiet}>{measuredBy(session)}</p>
        <p className={styles.state}>{words.name}</p>
      </div>
      <dl className={styles.facts}>
        {session.state !== 'measuring' && (
          <>
            <Fact label="key pinch, right" value={pinchText(row, 'right')} isStrong />
            <Fact label="key pinch, left" value={pinchText(row, 'left')} isStrong />
            {also !== null && <Fact label="also measured" value={also} />}
            <Fact label="device" value={row.device ? row.device.name : 'not named'} />
          </>
        )}
        {judgement && <Fact label="judgement" value={judgement} />}
        {model && <Fact label="model" value={model} />}
        {comparison && <Fact label="compared" value={VERDICT_WORDS[comparison.verdict]} />}
        {props.episode !== null && <Fact label="episode" value={props.episode} />}
        {session.note !== '' && <Fact label="note" value={session.note} />}
      </dl>
      <div className={styles.steps}>
        {session.state === 'measuring' && (
          <Button
            variant="subtle"
            color="gray"
            aria-label={`Wrong patient: move this draft, ${date}`}
            onClick={props.onMove}
          >
            Wrong patient
          </Button>
        )}
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
        <Button
          className={styles.open ?? ''}
          variant={session.state === 'measuring' ? 'filled' : 'default'}
          aria-label={`${words.action}, ${date}`}
          onClick={props.onOpen}
        >
          {words.action}
        </Button>
        {/* After the next step in the order of the keyboard, before it to the eye. */}
        {props.forecast}
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

function Fact({ label, value, isStrong = false }: { label: string; value: string; isStrong?: boolean }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd data-strong={isStrong || undefined}>{value}</dd>
    </div>
  );
}

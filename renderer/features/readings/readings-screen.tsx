import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { measuredAgoText } from '../../../core/clinical/judged-later.ts';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { ReadingRow } from '../../../core/contract/schemas/reading.ts';
import { errorText } from '../../app/error-text.ts';
import { personText } from '../../app/reading-words.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import styles from './readings.module.css';

const PAGE = 50;

export interface ReadingsScreenProps {
  /** To the reading, or after the own lock to its comparison. */
  onOpen: (sessionId: SessionId) => void;
  /** To the result of a session that the user judged first. */
  onResult: (sessionId: SessionId) => void;
}

/** Sessions a colleague was asked about: the own work first, then what others owe. No answer of anybody stands here. */
export function ReadingsScreen(props: ReadingsScreenProps) {
  const api = useApi();
  const list = useCall('readings', () => api['readings.list']({}));
  if (list.status === 'failed') {
    return <FailureNotice {...errorText(list.error)} incident={list.error.incident} onRetry={list.reload} />;
  }
  if (list.status === 'loading') return <LoadingLines label="Reading the list" />;
  const of = (state: ReadingRow['state']) => list.value.filter((row) => row.state === state);
  const waiting = of('waiting');
  return (
    <Page
      title="Second readings"
      width="reading"
      lead="Sessions a colleague asked about after a disagreement. You judge from the measurements alone."
    >
      {list.value.length === 0 ? (
        <EmptyState icon={<IconUsers size="2rem" />} title="Nobody has asked for a second reading">
          After a disagreement with the model, “Ask a colleague” on the result puts the session on this list.
        </EmptyState>
      ) : (
        <>
          {waiting.length > 0 && (
            <div className={styles.warning}>
              <Notice tone="info" title="Do not open the patient’s page before you have judged.">
                It shows diagnosis and operation. Whoever opens it first is marked “not blinded”.
              </Notice>
            </div>
          )}
          <Section title={`Waiting for you (${waiting.length})`}>
            {waiting.length === 0 ? (
              <p className={styles.quiet}>Nothing waits for you.</p>
            ) : (
              <Rows rows={waiting} action={{ label: 'Read and judge', isMain: true }} onAct={props.onOpen} />
            )}
          </Section>
          {of('asked-by-you').length > 0 && (
            <Section title={`Asked by you (${of('asked-by-you').length})`}>
              <Rows
                rows={of('asked-by-you')}
                action={{ label: 'See the result', isMain: false }}
                onAct={props.onResult}
              />
            </Section>
          )}
          {of('read-by-you').length > 0 && (
            <Section title={`Read by you (${of('read-by-you').length})`}>
              <Rows
                rows={of('read-by-you')}
                action={{ label: 'See the comparison', isMain: false }}
                onAct={props.onOpen}
              />
            </Section>
          )}
        </>
      )}
    </Page>
  );
}

function Rows(props: {
  rows: readonly ReadingRow[];
  action: { label: string; isMain: boolean };
  onAct: (sessionId: SessionId) => void;
}) {
  const { rows, action } = props;
  const [shown, setShown] = useState(PAGE);
  const [now] = useState(() => new Date().toISOString());
  return (
    <>
      <ul className={styles.list}>
        {rows.slice(0, shown).map((row) => (
          <li key={row.sessionId} className={styles.row} data-state={row.state}>
            <div className={styles.who}>
              <h3 className={styles.identifier}>{row.person.identifier}</h3>
              <p className={styles.quiet}>{personText(row.person)}</p>
            </div>
            <p className={styles.about}>
              {SIDE_NAMES[row.judgedSide]} hand
              <span className={styles.quiet}>
                asked {measuredAgoText(row.askedAt, now)}; {readCountText(row)}
              </span>
            </p>
            <Button
              variant={action.isMain ? 'filled' : 'default'}
              aria-label={`${action.label}, ${row.person.identifier}`}
              onClick={() => props.onAct(row.sessionId)}
            >
              {action.label}
            </Button>
          </li>
        ))}
      </ul>
      {rows.length > shown && (
        <Button variant="default" mt="md" onClick={() => setShown(shown + PAGE)}>
          Show more ({rows.length - shown} left)
        </Button>
      )}
    </>
  );
}

function readCountText({ readCount, state }: ReadingRow): string {
  if (readCount === 0) return 'read by nobody yet';
  const others = state === 'read-by-you' ? readCount - 1 : readCount;
  const colleagues = `${others} ${others === 1 ? 'colleague' : 'colleagues'}`;
  if (state !== 'read-by-you') return `read by ${colleagues}`;
  return others === 0 ? 'read by you' : `read by you and ${colleagues}`;
}

import { Button, Group, Menu } from '@mantine/core';
import { IconClipboardList } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import type { OpenSession } from '../../core/contract/channels/records.ts';
import type { SessionId } from '../../core/contract/schemas/clinical.ts';
import { todayDate } from '../ui/calendar-date.ts';
import { Dialog } from '../ui/dialog.tsx';
import { PatientMark } from '../ui/patient-mark.tsx';
import styles from './open-sessions-menu.module.css';

/** How many sessions are open, the way to each, and the end of one that is not to be judged; nothing when there is none. */
export function OpenSessionsMenu(props: {
  sessions: readonly OpenSession[];
  presentId: SessionId | null;
  onOpen: (session: OpenSession) => void;
  onCloseUnjudged: (session: OpenSession) => void;
}) {
  const { sessions } = props;
  const [isOpen, setIsOpen] = useState(false);
  /** Closing cannot be taken back: a judgement cannot follow. */
  const [asked, setAsked] = useState<OpenSession | null>(null);
  if (sessions.length === 0 && asked === null) return null;
  const ask = (session: OpenSession) => {
    setIsOpen(false);
    setAsked(session);
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={400} opened={isOpen} onChange={setIsOpen}>
        <Menu.Target>
          <Button
            variant="subtle"
            className={styles.opener ?? ''}
            leftSection={<IconClipboardList size={18} stroke={1.75} aria-hidden="true" />}
            aria-keyshortcuts="F2"
          >
            {sessions.length} open
            <span className={styles.long}>&nbsp;{sessions.length === 1 ? 'session' : 'sessions'}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={styles.list ?? ''}>
          <Menu.Label>F2 goes to the next one; drafts are kept. C closes one that waits</Menu.Label>
          {sessions.map((session) => (
            <Fragment key={session.sessionId}>
              <Menu.Item
                mih="3.25rem"
                aria-current={session.sessionId === props.presentId ? 'true' : undefined}
                aria-keyshortcuts={session.state === 'saved' ? 'C' : undefined}
                leftSection={<PatientMark id={session.patientId} name={session.displayName} />}
                onClick={() => props.onOpen(session)}
                onKeyDown={(event) => {
                  if (session.state !== 'saved' || event.key.toLowerCase() !== 'c') return;
                  event.preventDefault();
                  ask(session);
                }}
              >
                <span className={styles.name}>{session.displayName}</span>
                <span className={styles.quiet}>
                  {session.state === 'measuring' ? 'being measured' : 'waits for its judgement'}
                  {' · '}
                  {session.startedAt === null ? 'blinded' : startPhrase(session.startedAt)}
                  {' · '}
                  {session.userName}
                  {session.sessionId === props.presentId && ' · on screen'}
                </span>
              </Menu.Item>
              {session.state === 'saved' && (
                <Menu.Item
                  className={styles.close ?? ''}
                  aria-label={`Close without a judgement: ${session.displayName}`}
                  onClick={() => ask(session)}
                >
                  Close without a judgement
                </Menu.Item>
              )}
            </Fragment>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Dialog
        isOpen={asked !== null}
        title="Close this session without a judgement?"
        closeLabel="Close the question"
        onClose={() => setAsked(null)}
      >
        <p>
          {asked?.displayName}
          {asked?.startedAt != null && `, ${startPhrase(asked.startedAt)}`}: the measurements stay as they
          are. A judgement cannot follow; earlier results of this patient are shown again.
        </p>
        <Group mt="lg" justify="flex-end">
          <Button data-autofocus variant="default" onClick={() => setAsked(null)}>
            Keep it open
          </Button>
          <Button
            variant="default"
            onClick={() => {
              if (asked !== null) props.onCloseUnjudged(asked);
              setAsked(null);
            }}
          >
            Yes, close it
          </Button>
        </Group>
      </Dialog>
    </>
  );
}

/** "10:42" of today, "24 Nov" of another day: the newest are told apart by the time, older ones by the day. */
function startPhrase(at: string): string {
  const date = new Date(at);
  return todayDate(date) === todayDate()
    ? `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
    : `${date.getDate()} ${date.toLocaleString('en', { month: 'short' })}`;
}

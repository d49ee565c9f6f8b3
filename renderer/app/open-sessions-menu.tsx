import { Button, Menu } from '@mantine/core';
import { IconClipboardList } from '@tabler/icons-react';
import type { OpenSession } from '../../core/contract/channels/records.ts';
import type { SessionId } from '../../core/contract/schemas/clinical.ts';
import { todayDate } from '../ui/calendar-date.ts';
import { PatientMark } from '../ui/patient-mark.tsx';
import styles from './open-sessions-menu.module.css';

/** How many sessions are open, and the way to each; nothing when there is none. */
export function OpenSessionsMenu(props: {
  sessions: readonly OpenSession[];
  presentId: SessionId | null;
  onOpen: (session: OpenSession) => void;
}) {
  const { sessions } = props;
  if (sessions.length === 0) return null;
  return (
    <Menu position="bottom-end" shadow="md" width={400}>
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
        <Menu.Label>F2 goes to the next one; drafts are kept</Menu.Label>
        {sessions.map((session) => (
          <Menu.Item
            key={session.sessionId}
            mih="3.25rem"
            aria-current={session.sessionId === props.presentId ? 'true' : undefined}
            leftSection={<PatientMark id={session.patientId} name={session.displayName} />}
            onClick={() => props.onOpen(session)}
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
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** "10:42" of today, "24 Nov" of another day: the newest are told apart by the time, older ones by the day. */
function startPhrase(at: string): string {
  const date = new Date(at);
  return todayDate(date) === todayDate()
    ? `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
    : `${date.getDate()} ${date.toLocaleString('en', { month: 'short' })}`;
}

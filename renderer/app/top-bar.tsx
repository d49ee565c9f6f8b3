import { IconDoorExit, IconLock, IconUser } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { WordMark } from '../ui/word-mark.tsx';
import type { Section } from './routes.ts';
import styles from './top-bar.module.css';

const SECTIONS: readonly { id: Section; label: string; keys: string }[] = [
  { id: 'patients', label: 'Patients', keys: 'Alt+1' },
  { id: 'concordance', label: 'Concordance', keys: 'Alt+2' },
  { id: 'models', label: 'Models', keys: 'Alt+3' },
  { id: 'settings', label: 'Settings', keys: 'Alt+4' },
  { id: 'help', label: 'Help', keys: 'Alt+5' },
];

/** The name of the app, its five places, the open sessions, the user, who can be switched, and the lock. */
export function TopBar(props: {
  section: Section;
  isSample: boolean;
  userName: string | null;
  /** The way to sessions that are open; null when there is none. */
  openSessions: ReactNode;
  /** Null where nobody else could take over. */
  onSwitchUser: (() => void) | null;
  onGo: (section: Section) => void;
  onLock: () => void;
}) {
  return (
    <header className={styles.bar}>
      <span className={styles.brand}>
        <WordMark />
        Prehensa
      </span>
      <nav className={styles.nav} aria-label="Places">
        {SECTIONS.map((section) => (
          <button
            key={section.id}
            type="button"
            className={styles.place}
            aria-current={section.id === props.section ? 'page' : undefined}
            aria-keyshortcuts={section.keys}
            onClick={() => props.onGo(section.id)}
          >
            {section.label}
          </button>
        ))}
      </nav>
      <div className={styles.user}>
        {props.openSessions}
        {props.userName !== null && props.onSwitchUser !== null && (
          <button
            type="button"
            className={styles.switch}
            aria-label={`${props.userName}: switch user`}
            aria-keyshortcuts="Alt+U"
            title={props.userName}
            onClick={props.onSwitchUser}
          >
            <IconUser size={18} stroke={1.75} aria-hidden="true" />
            <span className={styles.userName}>{props.userName}</span>
          </button>
        )}
        <button type="button" className={styles.lock} aria-keyshortcuts="Alt+L" onClick={props.onLock}>
          {props.isSample ? (
            <>
              <IconDoorExit size={18} stroke={1.75} aria-hidden="true" />
              Leave sample clinic
            </>
          ) : (
            <>
              <IconLock size={18} stroke={1.75} aria-hidden="true" />
              Lock
            </>
          )}
        </button>
      </div>
    </header>
  );
}

import { IconDoorExit, IconLock } from '@tabler/icons-react';
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

/** The name of the app, its five places, and the lock with the user's name. */
export function TopBar(props: {
  section: Section;
  isSample: boolean;
  userName: string | null;
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
        {!props.isSample && props.userName !== null && (
          <span className={styles.userName} title={props.userName}>
            {props.userName}
          </span>
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

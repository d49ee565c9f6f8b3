import type { ReactNode } from 'react';
import { WordMark } from '../../ui/word-mark.tsx';
import styles from './welcome-frame.module.css';

/** The calm page before the records are open: the name of the app, one thing to do, and what this app is. */
export function WelcomeFrame({ appVersion, children }: { appVersion: string; children: ReactNode }) {
  return (
    <div className={styles.frame}>
      <header className={styles.header}>
        <WordMark size={30} />
        <span className={styles.name}>Prehensa</span>
      </header>
      <main className={styles.main} tabIndex={-1}>
        {children}
      </main>
      <footer className={styles.footer} data-no-print>
        <span>Research use; not a medical device.</span>
        <span>Everything stays on this computer.</span>
        <span>Version {appVersion}</span>
      </footer>
    </div>
  );
}

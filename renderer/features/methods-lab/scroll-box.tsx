import type { ReactNode } from 'react';
import styles from './methods-lab.module.css';

/** A table wider than the screen scrolls by itself; with a focus the keyboard reaches its right end. */
export function ScrollBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

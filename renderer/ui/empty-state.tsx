import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** Nothing here yet: says what will stand here and offers the way to it. */
export function EmptyState(props: {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <div className={styles.icon} aria-hidden="true">
        {props.icon}
      </div>
      <h2>{props.title}</h2>
      <p className={styles.words}>{props.children}</p>
      {props.action}
    </div>
  );
}

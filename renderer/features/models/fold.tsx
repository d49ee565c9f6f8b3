import { type ReactNode, useState } from 'react';
import styles from './models.module.css';

/** A part that opens on request; while it is closed nothing of it is built, since a facts page has thousands of cells. */
export function Fold({
  title,
  isOpenAtFirst = false,
  children,
}: {
  title: string;
  isOpenAtFirst?: boolean;
  children: ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <details className={styles.facts} open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className={styles.fold}>{title}</summary>
      {isOpen && children}
    </details>
  );
}

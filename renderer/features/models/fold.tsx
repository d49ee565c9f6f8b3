import { type ReactNode, useState } from 'react';
import styles from './models.module.css';

/** A part that opens on request; while it is closed nothing of it is built, since a facts page has thousands of cells. */
export function Fold({
  title,
  isOpenAtFirst = false,
  onOpen,
  children,
}: {
  title: string;
  isOpenAtFirst?: boolean;
  onOpen?: () => void;
  children: ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <details
      className={styles.facts}
      open={isOpen}
      onToggle={(event) => {
        // A fold inside this one tells of itself as well.
        if (event.target !== event.currentTarget) return;
        setIsOpen(event.currentTarget.open);
        if (event.currentTarget.open) onOpen?.();
      }}
    >
      <summary className={styles.fold}>{title}</summary>
      {isOpen && children}
    </details>
  );
}

import { Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import styles from './loading-lines.module.css';

const PATIENCE_MS = 150;

/** Grey lines where content will stand; drawn only when the wait is long enough to notice. */
export function LoadingLines({ label, lines = 5 }: { label: string; lines?: number }) {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label={label} className={styles.lines}>
      {isSlow &&
        Array.from({ length: lines }, (_, line) => line).map((line) => (
          <Skeleton key={line} height={18} width={`${92 - ((line * 17) % 40)}%`} />
        ))}
    </div>
  );
}

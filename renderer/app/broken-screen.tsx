import { Button, Group } from '@mantine/core';
import { Notice } from '../ui/notice.tsx';
import styles from './full-page.module.css';

/** What stands in place of a screen that failed to draw. */
export function BrokenScreen({ onRetry }: { onRetry: () => void }) {
  return (
    <div className={styles.inset}>
      <Notice tone="danger" title="This screen could not be drawn.">
        <p>
          What was saved is safe, and bedside entries are kept as a draft within a second of typing. Try
          again, or start the page afresh.
        </p>
      </Notice>
      <Group mt="md">
        <Button onClick={onRetry}>Try again</Button>
        <Button variant="default" onClick={() => window.location.reload()}>
          Start the page afresh
        </Button>
      </Group>
    </div>
  );
}

import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import styles from './guide.module.css';
import { GUIDE_STEPS, stepAfterScreen } from './guide-steps.ts';
import type { Screen } from './routes.ts';

/** Five steps above the screen, in the flow of the page: it covers nothing and stops nothing. */
export function Guide({ screen, onClose }: { screen: Screen; onClose: () => void }) {
  const [step, setStep] = useState(() => stepAfterScreen(0, screen));
  const [seenScreen, setSeenScreen] = useState(screen);
  if (screen !== seenScreen) {
    setSeenScreen(screen);
    setStep(stepAfterScreen(step, screen));
  }
  const shown = GUIDE_STEPS[step];
  if (shown === undefined) return null;
  const isLast = step === GUIDE_STEPS.length - 1;
  return (
    <aside className={styles.guide} aria-label="Guide" data-no-print>
      <ol className={styles.dots} aria-hidden="true">
        {GUIDE_STEPS.map((each, index) => (
          <li key={each.title} data-state={index < step ? 'done' : index === step ? 'now' : 'later'} />
        ))}
      </ol>
      <p className={styles.words} role="status">
        <b>
          {step + 1} of {GUIDE_STEPS.length}: {shown.title}.
        </b>{' '}
        {shown.text}
      </p>
      <div className={styles.actions}>
        {step > 0 && (
          <Button variant="subtle" onClick={() => setStep(step - 1)}>
            Back
          </Button>
        )}
        {isLast ? (
          <Button variant="default" onClick={onClose}>
            Finish
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={() => setStep(step + 1)}>
              Next
            </Button>
            <Button variant="subtle" leftSection={<IconX size={18} aria-hidden="true" />} onClick={onClose}>
              Close guide
            </Button>
          </>
        )}
      </div>
    </aside>
  );
}

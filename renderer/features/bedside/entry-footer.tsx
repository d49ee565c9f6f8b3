import { Button } from '@mantine/core';
import { type ReactNode, type RefObject, useState } from 'react';
import styles from './bedside.module.css';
import type { DraftStatus } from './draft-saver.ts';
import { DraftStatusLine } from './draft-status-line.tsx';
import { InlineQuestion } from './inline-question.tsx';
import { NumberPad, type PadKey } from './number-pad.tsx';
import { RestTimer } from './rest-timer.tsx';

/** The ways out of the form, always in reach; with the rest that runs, and the number pad and its messages where fingers type. */
export function EntryFooter(props: {
  status: DraftStatus;
  isBusy: boolean;
  /** Without key pinch there is nothing that a judgement of the wrist is made on. */
  canJudge: boolean;
  primaryButton: RefObject<HTMLButtonElement | null>;
  restSeconds: number | null;
  restSinceMs: number | null;
  hasPad: boolean;
  onPadKey: (key: PadKey) => void;
  messages: ReactNode;
  onRetryDraft: () => void;
  onDiscard: () => void;
  onSaveOnly: () => void;
  onJudge: () => void;
}) {
  const { hasPad, canJudge, primaryButton } = props;
  const [isDiscardAsked, setIsDiscardAsked] = useState(false);
  return (
    <>
      {isDiscardAsked && (
        <InlineQuestion
          yes="Discard the session"
          no="Keep it"
          onYes={() => {
            setIsDiscardAsked(false);
            props.onDiscard();
          }}
          onNo={() => setIsDiscardAsked(false)}
        >
          Discard this session? What is typed here is taken back; the history keeps that it was started.
        </InlineQuestion>
      )}
      <footer className={styles.actions} data-pad={hasPad || undefined}>
        {hasPad && <NumberPad onKey={props.onPadKey} />}
        {hasPad && <div>{props.messages}</div>}
        <div className={styles.buttons}>
          <DraftStatusLine status={props.status} onRetry={props.onRetryDraft} />
          {props.restSeconds !== null && <RestTimer sinceMs={props.restSinceMs} usualS={props.restSeconds} />}
          <Button variant="subtle" color="gray" onClick={() => setIsDiscardAsked(true)}>
            Discard
          </Button>
          <Button
            ref={canJudge ? null : primaryButton}
            variant={canJudge ? 'default' : 'filled'}
            loading={!canJudge && props.isBusy}
            aria-keyshortcuts="S Control+S"
            rightSection={<kbd className={styles.kbd}>S</kbd>}
            onClick={props.onSaveOnly}
          >
            Save measurements only
          </Button>
          {canJudge && (
            <Button
              ref={primaryButton}
              loading={props.isBusy}
              aria-keyshortcuts="Control+Enter"
              rightSection={<kbd className={styles.kbd}>Ctrl+Enter</kbd>}
              onClick={props.onJudge}
            >
              Save and judge
            </Button>
          )}
        </div>
      </footer>
    </>
  );
}

import { Button, TextInput } from '@mantine/core';
import { IconRotate2 } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import { JudgedClass } from '../../../core/contract/schemas/clinical.ts';
import type { JudgementFields } from '../../../core/contract/schemas/judgement.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import styles from './judge-again.module.css';

/** A second judgement with the result in view: kept beside the first, marked, and never counted. */
export function JudgeAgain(props: {
  isBusy: boolean;
  onJudge: (judgement: JudgementFields) => Promise<boolean>;
}) {
  const [isOpen, setIsOpen] = useState(false);
  if (!isOpen) {
    return (
      <Button
        variant="default"
        className={styles.opener ?? ''}
        leftSection={<IconRotate2 size="1.125rem" aria-hidden="true" />}
        onClick={() => setIsOpen(true)}
      >
        Judge again
      </Button>
    );
  }
  return (
    <JudgeAgainForm
      isBusy={props.isBusy}
      onCancel={() => setIsOpen(false)}
      onJudge={async (judgement) => {
        if (await props.onJudge(judgement)) setIsOpen(false);
      }}
    />
  );
}

function JudgeAgainForm(props: {
  isBusy: boolean;
  onJudge: (judgement: JudgementFields) => Promise<void>;
  onCancel: () => void;
}) {
  const [answer, setAnswer] = useState<JudgedClass | null>(null);
  const [percentText, setPercentText] = useState('');
  const [isTried, setIsTried] = useState(false);
  const [openedMs] = useState(() => performance.now());
  const root = useRef<HTMLFormElement>(null);
  useEffect(() => root.current?.querySelector<HTMLElement>('input')?.focus(), []);

  const needsPercent = answer !== 'cannot-tell';
  const percent = readPercent(percentText);
  const lock = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (props.isBusy || answer === null || (needsPercent && percent === null)) return;
    void props.onJudge({
      answer,
      confidencePercent: needsPercent ? percent : null,
      drivers: [],
      isBlinded: false,
      durationMs: Math.round(performance.now() - openedMs),
    });
  };
  return (
    <form ref={root} className={styles.form} aria-label="Judge again" noValidate onSubmit={lock}>
      <p className={styles.note}>
        Made with the result in view: it is kept beside your first judgement, marked “after the reveal”, and
        not counted. The first one stays as it was locked.
      </p>
      <ChoiceRow
        label="Seen again, this pinch behaves most like"
        choices={JudgedClass.options.map((value) => ({ value, label: ANSWER_NAMES[value] }))}
        value={answer}
        error={isTried && answer === null ? 'Choose one; “cannot tell” is an answer too.' : undefined}
        onChange={setAnswer}
      />
      <TextInput
        label="How sure, 0 to 100 %"
        className={styles.percent ?? ''}
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        disabled={!needsPercent}
        error={isTried && needsPercent && percent === null ? 'Type a whole number from 0 to 100.' : undefined}
        value={needsPercent ? percentText : ''}
        onChange={(event) => setPercentText(event.currentTarget.value)}
      />
      <div className={styles.end}>
        <Button variant="default" onClick={props.onCancel}>
          Leave it
        </Button>
        <Button type="submit" variant="default" loading={props.isBusy}>
          Lock the second judgement
        </Button>
      </div>
    </form>
  );
}

/** A whole number of percent; null for anything else, "1e2" and "60 %" with letters included. */
function readPercent(text: string): number | null {
  const digits = /^(\d{1,3})\s*%?$/.exec(text.trim())?.[1];
  return digits !== undefined && Number(digits) <= 100 ? Number(digits) : null;
}

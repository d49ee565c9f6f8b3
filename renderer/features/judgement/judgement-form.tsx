import { Button } from '@mantine/core';
import { IconEyeOff, IconLock } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { JudgedClass, Side } from '../../../core/contract/schemas/clinical.ts';
import type { Driver } from '../../../core/contract/schemas/judgement.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { ANSWERS, AnswerChoice } from './answer-choice.tsx';
import { ConfidenceSlider } from './confidence-slider.tsx';
import { DriverChoice } from './driver-choice.tsx';
import { ElapsedTime, useStopwatch } from './elapsed-time.tsx';
import styles from './judgement.module.css';
import type { JudgementScreenProps } from './judgement-screen.tsx';
import { measuredFeatures } from './measured-features.ts';
import { MeasuredToday } from './measured-today.tsx';

type Missing = 'side' | 'answer' | 'confidence';

const SENTENCES: Readonly<Record<Missing, string>> = {
  side: 'Say which hand you judge.',
  answer: 'Choose what this pinch behaves most like; “cannot tell” is an answer too.',
  confidence: 'Say how sure you are: arrow keys or a press on the line.',
};

export function JudgementForm(props: JudgementScreenProps & { view: SessionView }) {
  const { sessionId, view } = props;
  const api = useApi();
  const watch = useStopwatch();
  const root = useRef<HTMLDivElement>(null);
  const lockButton = useRef<HTMLButtonElement>(null);
  const { affectedSide } = view.patient;
  const isSideGiven = affectedSide === 'right' || affectedSide === 'left';
  const [side, setSide] = useState<Side | null>(isSideGiven ? affectedSide : null);
  const [answer, setAnswer] = useState<JudgedClass | null>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const [drivers, setDrivers] = useState<Driver[]>([]);
  const [missing, setMissing] = useState<Missing | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [isLocking, setIsLocking] = useState(false);

  const needsConfidence = answer !== 'cannot-tell';
  const focus = (selector: string) => root.current?.querySelector<HTMLElement>(selector)?.focus();
  const choose = (next: JudgedClass) => {
    setMissing(null);
    setAnswer(next);
    // Directions are relative to the answer: with another answer they would say something nobody said.
    if (next !== answer) setDrivers([]);
    if (next === 'cannot-tell') setPercent(null);
  };
  const chooseSide = (next: Side) => {
    setMissing(null);
    setSide(next);
    setDrivers([]);
  };

  // The keys listen before the screen is painted: one pressed as soon as it is seen must count.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.altKey || event.repeat) return;
      if (event.ctrlKey || event.metaKey) {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        newest.current.lock();
        return;
      }
      const target = event.target;
      if (target instanceof HTMLTextAreaElement) return;
      if (target instanceof HTMLInputElement && !['radio', 'range', 'checkbox'].includes(target.type)) return;
      if (event.key.toLowerCase() === 's') {
        event.preventDefault();
        newest.current.leave();
        return;
      }
      const chosen = /^[1-4]$/.test(event.key) ? ANSWERS[Number(event.key) - 1] : undefined;
      if (!chosen) return;
      event.preventDefault();
      newest.current.choose(chosen);
      root.current?.querySelector<HTMLElement>(`input[value="${chosen}"]`)?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  useLayoutEffect(() => {
    root.current?.querySelector<HTMLElement>('input[type="radio"]')?.focus();
  }, []);

  const lock = async () => {
    const gap: Missing | null =
      side === null
        ? 'side'
        : answer === null
          ? 'answer'
          : needsConfidence && percent === null
            ? 'confidence'
            : null;
    setMissing(gap);
    if (gap !== null || side === null || answer === null) {
      focus(gap === 'confidence' ? 'input[type="range"]' : `[data-part="${gap}"] input`);
      return;
    }
    if (isLocking) return;
    setIsLocking(true);
    setError(null);
    const result = await api['sessions.lockJudgement']({
      sessionId,
      judgedSide: side,
      judgement: {
        answer,
        confidencePercent: needsConfidence ? percent : null,
        drivers,
        isBlinded: view.session.isBlinded,
        durationMs: watch.elapsedMs(),
      },
    });
    setIsLocking(false);
    if (result.ok) props.onLocked();
    else setError(result.error);
  };

  /** For the keys of the screen, which listen once. */
  const newest = useRef({ choose, lock: () => void lock(), leave: props.onSavedOnly });
  useLayoutEffect(() => {
    newest.current = { choose, lock: () => void lock(), leave: props.onSavedOnly };
  });

  const features = side === null ? [] : measuredFeatures(view, side);
  const afterConfidence = () => {
    if (features.length > 0 && answer !== null && needsConfidence) focus('[data-place="0/0"]');
    else lockButton.current?.focus();
  };
  return (
    <div className={styles.frame}>
      <div className={styles.columns} ref={root} inert={isLocking}>
        <section className={styles.yours} aria-labelledby="your-judgement">
          <header className={styles.head}>
            <h1 id="your-judgement">Your judgement</h1>
            <ElapsedTime watch={watch} />
          </header>
          {view.session.isBlinded && (
            <p className={styles.blinded}>
              <IconEyeOff size="1.125rem" aria-hidden="true" /> Blinded: diagnosis, operation and dates stay
              hidden until you lock.
            </p>
          )}
          <MeasuredToday view={view} side={side} />
          {!isSideGiven && (
            <div data-part="side">
              <ChoiceRow
                label="Hand you judge"
                choices={[
                  { value: 'right', label: 'right' },
                  { value: 'left', label: 'left' },
                ]}
                value={side}
                error={missing === 'side' ? SENTENCES.side : undefined}
                onChange={chooseSide}
              />
            </div>
          )}
          <div data-part="answer">
            <AnswerChoice
              answer={answer}
              onAnswer={choose}
              onEnter={() => (needsConfidence ? focus('input[type="range"]') : lockButton.current?.focus())}
            />
            {missing === 'answer' && <p className={styles.problem}>{SENTENCES.answer}</p>}
          </div>
          <ConfidenceSlider
            percent={percent}
            isNeeded={needsConfidence}
            problem={missing === 'confidence' ? SENTENCES.confidence : null}
            onPercent={(value) => {
              setMissing(null);
              setPercent(value);
            }}
            onEnter={() => {
              if (percent === null) setMissing('confidence');
              else afterConfidence();
            }}
          />
          {answer !== null && needsConfidence && features.length > 0 ? (
            <DriverChoice
              features={features}
              drivers={drivers}
              answerName={ANSWER_NAMES[answer]}
              onDrivers={setDrivers}
              onEnter={() => lockButton.current?.focus()}
            />
          ) : (
            <p className={styles.driversLater}>
              <strong>Your drivers</strong>{' '}
              {answer === 'cannot-tell'
                ? 'are not asked for with “cannot tell”.'
                : 'follow your answer: up to three measurements that speak for or against it.'}
            </p>
          )}
          {error && (
            <FailureNotice {...errorText(error)} incident={error.incident} onRetry={() => void lock()} />
          )}
          <footer className={styles.actions}>
            <Button variant="subtle" color="gray" onClick={props.onCorrect}>
              Correct a measured value
            </Button>
            <Button
              variant="default"
              aria-keyshortcuts="S"
              rightSection={<kbd className={styles.answerKey}>S</kbd>}
              onClick={props.onSavedOnly}
            >
              Save measurements only
            </Button>
            <Button
              ref={lockButton}
              loading={isLocking}
              aria-keyshortcuts="Control+Enter"
              leftSection={<IconLock size="1.125rem" aria-hidden="true" />}
              onClick={() => void lock()}
            >
              Lock and show
            </Button>
          </footer>
        </section>
        <section className={styles.model} aria-labelledby="model-later">
          <h2 id="model-later">Model</h2>
          <div className={styles.closed}>
            <IconLock size="1.75rem" aria-hidden="true" />
            <p>opens after you lock</p>
            <small className={styles.closedNote}>
              Nothing is computed before. A locked judgement stays as it was made.
            </small>
          </div>
        </section>
      </div>
    </div>
  );
}

import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import { sideName } from '../../../core/clinical/side-names.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { JudgedClass, Side } from '../../../core/contract/schemas/clinical.ts';
import type { Driver, JudgementFields, TimeBand } from '../../../core/contract/schemas/judgement.ts';
import type { ReadRecording } from '../../../core/contract/schemas/reading.ts';
import { TraceBands } from '../../charts/trace-bands.tsx';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { errorText } from '../error-text.ts';
import { ANSWERS, AnswerChoice } from './answer-choice.tsx';
import { ConfidenceSlider } from './confidence-slider.tsx';
import { DriverChoice } from './driver-choice.tsx';
import { ElapsedTime, useStopwatch } from './elapsed-time.tsx';
import { pinchRecordingOf, TraceOfRecording } from './judged-trace.tsx';
import styles from './judgement.module.css';
import { type JudgedMeasurements, measuredFeatures } from './measured-features.ts';
import { MeasuredToday } from './measured-today.tsx';
import { type LastNumberKey, numberKey } from './number-keys.ts';

type Missing = 'side' | 'answer' | 'confidence';

const SENTENCES: Readonly<Record<Missing, string>> = {
  side: 'Say which hand you judge.',
  answer: 'Choose what this pinch behaves most like; “cannot tell” is an answer too.',
  confidence: 'Say how sure you are: arrow keys or a press on the line.',
};

/** What a digit that chose an answer may have to give back. */
interface ChosenSoFar {
  answer: JudgedClass | null;
  percent: number | null;
  drivers: Driver[];
  bands: TimeBand[];
}

/** What is locked: the judgement and the hand it is about. Whether it was blinded is not the form's to say. */
export interface LockedForm {
  side: Side;
  fields: Omit<JudgementFields, 'isBlinded'>;
}

export interface JudgementFormProps {
  title: string;
  measured: JudgedMeasurements;
  /** The hand in question; null where it has to be said first. */
  judgedSide: Side | null;
  /** Of the session; bands can be brushed on that of the judged hand. */
  recordings?: readonly ReadRecording[];
  /** Stands above the measurements: that it is blinded, how long ago it was measured. */
  notes?: ReactNode;
  /** What the other column says while it is closed. */
  closed: ReactNode;
  /** Its heading. */
  closedTitle: string;
  lockLabel: string;
  /** Ways on without a judgement; the key S presses the last of them. */
  leave: ReactNode;
  onLeave: () => void;
  /** What the lock was refused with; null when it was taken. */
  onLock: (locked: LockedForm) => Promise<WireError | null>;
}

/** Answer, confidence, drivers and bands: all empty at the start, locked at once. Of the model there is nothing here. */
export function JudgementForm(props: JudgementFormProps) {
  const { measured, judgedSide } = props;
  const watch = useStopwatch();
  const root = useRef<HTMLDivElement>(null);
  const lockButton = useRef<HTMLButtonElement>(null);
  const [side, setSide] = useState<Side | null>(judgedSide);
  const [answer, setAnswer] = useState<JudgedClass | null>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const [drivers, setDrivers] = useState<Driver[]>([]);
  const [bands, setBands] = useState<TimeBand[]>([]);
  const [missing, setMissing] = useState<Missing | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [isLocking, setIsLocking] = useState(false);
  const lastKey = useRef<LastNumberKey>(null);
  const beforeDigit = useRef<ChosenSoFar | null>(null);

  const needsConfidence = answer !== 'cannot-tell';
  const focus = (selector: string) => root.current?.querySelector<HTMLElement>(selector)?.focus();
  const choose = (next: JudgedClass) => {
    setMissing(null);
    setAnswer(next);
    // Directions are relative to the answer: with another answer they would say something nobody said.
    if (next !== answer) {
      setDrivers([]);
      setBands([]);
    }
    if (next === 'cannot-tell') setPercent(null);
  };
  const chooseSide = (next: Side) => {
    setMissing(null);
    setSide(next);
    setDrivers([]);
    setBands([]);
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
      const typed = numberKey(lastKey.current, event);
      lastKey.current = typed === 'other' ? null : { atMs: event.timeStamp };
      if (typed === 'in-a-number') {
        event.preventDefault();
        // What its first digit chose nobody meant.
        if (beforeDigit.current !== null) newest.current.putBack(beforeDigit.current);
        beforeDigit.current = null;
        return;
      }
      beforeDigit.current = null;
      const chosen = /^[1-4]$/.test(event.key) ? ANSWERS[Number(event.key) - 1] : undefined;
      if (!chosen) return;
      event.preventDefault();
      beforeDigit.current = newest.current.form;
      newest.current.choose(chosen);
      root.current?.querySelector<HTMLElement>(`input[value="${chosen}"]`)?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  useLayoutEffect(() => {
    root.current?.querySelector<HTMLElement>('input[type="radio"]')?.focus();
  }, []);

  const putBack = (form: ChosenSoFar) => {
    setAnswer(form.answer);
    setPercent(form.percent);
    setDrivers(form.drivers);
    setBands(form.bands);
    const { answer: before } = form;
    focus(before === null ? '[data-part="answer"] input' : `input[value="${before}"]`);
  };
  const recording = side === null ? null : pinchRecordingOf(props.recordings ?? [], side);
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
    const isClass = answer !== 'cannot-tell';
    const refused = await props.onLock({
      side,
      fields: {
        answer,
        confidencePercent: isClass ? percent : null,
        drivers,
        ...(recording && bands.length > 0 ? { bands, recordingId: recording.id } : {}),
        durationMs: watch.elapsedMs(),
      },
    });
    setIsLocking(false);
    setError(refused);
  };

  /** For the keys of the screen, which listen once. */
  const forKeys = {
    choose,
    putBack,
    form: { answer, percent, drivers, bands },
    lock: () => void lock(),
    leave: props.onLeave,
  };
  const newest = useRef(forKeys);
  useLayoutEffect(() => {
    newest.current = forKeys;
  });

  const features = side === null ? [] : measuredFeatures(measured, side);
  const afterConfidence = () => {
    if (features.length > 0 && answer !== null && needsConfidence) focus('[data-part="drivers"]');
    else lockButton.current?.focus();
  };
  return (
    <div className={styles.frame}>
      <div className={styles.columns} ref={root} inert={isLocking}>
        <section className={styles.yours} aria-labelledby="your-judgement">
          <header className={styles.head}>
            <h1 id="your-judgement">{props.title}</h1>
            <ElapsedTime watch={watch} />
          </header>
          {props.notes}
          <MeasuredToday measured={measured} side={side} />
          {judgedSide === null && (
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
              // Whoever said how sure meant the answer before.
              lastKey.current = null;
              beforeDigit.current = null;
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
          {recording && answer !== null && needsConfidence && (
            <div className={styles.trace}>
              <h2 className={styles.traceTitle}>
                On the trace{' '}
                <small className={styles.legendNote}>
                  if you like: drag over what speaks for or against {ANSWER_NAMES[answer]}
                </small>
              </h2>
              <TraceOfRecording recording={recording}>
                {(series) => (
                  <TraceBands
                    series={series}
                    bands={bands}
                    onBands={setBands}
                    bandsName="your bands"
                    answerText={ANSWER_NAMES[answer]}
                    label={`Force of the ${sideName(side)} hand over time, with your bands`}
                  />
                )}
              </TraceOfRecording>
            </div>
          )}
          {error && (
            <FailureNotice {...errorText(error)} incident={error.incident} onRetry={() => void lock()} />
          )}
          <footer className={styles.actions}>
            {props.leave}
            <Button
              ref={lockButton}
              loading={isLocking}
              aria-keyshortcuts="Control+Enter"
              leftSection={<IconLock size="1.125rem" aria-hidden="true" />}
              onClick={() => void lock()}
            >
              {props.lockLabel}
            </Button>
          </footer>
        </section>
        <section className={styles.model} aria-labelledby="model-later">
          <h2 id="model-later">{props.closedTitle}</h2>
          <div className={styles.closed}>
            <IconLock size="1.75rem" aria-hidden="true" />
            {props.closed}
          </div>
        </section>
      </div>
    </div>
  );
}

/** What stands in the closed column: a sentence, and why. */
export function ClosedWords({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <p>{title}</p>
      <small className={styles.closedNote}>{children}</small>
    </>
  );
}

/** The way out without a judgement, with its key. */
export function LeaveButton({ children, onClick }: { children: ReactNode; onClick: () => void }) {
  return (
    <Button
      variant="default"
      aria-keyshortcuts="S"
      rightSection={<kbd className={styles.answerKey}>S</kbd>}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

/** A line above the measurements that a judge has to know. */
export function JudgingNote({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className={styles.blinded}>
      {icon} <span>{children}</span>
    </p>
  );
}

import { Button, Group, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import { valueText } from '../../../core/clinical/stored-value.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { ForecastFields, ForecastHand } from '../../../core/contract/schemas/forecast.ts';
import { FORCE_UNITS } from '../../../core/units/quantities.ts';
import { errorText } from '../../app/error-text.ts';
import { useLeaveGuard } from '../../app/leave-guard.tsx';
import { useDateReader } from '../../app/typed-date.ts';
import { spokenDate } from '../../ui/calendar-date.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import styles from './forecast.module.css';
import {
  dayOf,
  type ForecastProblems,
  type ForecastQuestion,
  type ForecastForm as Form,
  readForecast,
} from './read-forecast.ts';

/** The clinician's range and the planned day: empty at the start, locked at once. Of the model there is nothing here. */
export function ForecastForm(props: {
  hand: ForecastHand;
  visitAt: string;
  /** @returns what the lock was refused with; null when it was taken. */
  onLock: (fields: ForecastFields) => Promise<WireError | null>;
}) {
  const { hand } = props;
  const dates = useDateReader();
  const root = useRef<HTMLFormElement>(null);
  const [form, setForm] = useState<Form>({ low: '', high: '', unit: hand.unit, plannedOn: '' });
  const [problems, setProblems] = useState<ForecastProblems>({});
  const [question, setQuestion] = useState<ForecastQuestion | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [isLocking, setIsLocking] = useState(false);
  useLeaveGuard(!isLocking && (form.low !== '' || form.high !== '' || form.plannedOn !== ''));
  useLayoutEffect(() => {
    root.current?.querySelector<HTMLInputElement>('input[name="low"]')?.focus();
  }, []);
  const change = (part: Partial<Form>) => {
    setProblems({});
    setQuestion(null);
    setForm((before) => ({ ...before, ...part }));
  };
  const focus = (name: string | undefined) =>
    root.current?.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.focus();
  const lock = async (isConfirmed = false) => {
    const read = readForecast(form, {
      side: hand.side,
      lastN: hand.lastN,
      visitOn: dayOf(props.visitAt),
      readDate: dates.read,
      isConfirmed,
    });
    setQuestion(read.question);
    if (read.fields === null) {
      setProblems(read.problems);
      if (read.question !== null) {
        focus(read.question.name);
        return;
      }
      const first = (['low', 'high', 'plannedOn'] as const).find((name) => read.problems[name]);
      focus(first);
      return;
    }
    if (isLocking) return;
    setIsLocking(true);
    setError(null);
    const refused = await props.onLock(read.fields);
    setIsLocking(false);
    setError(refused);
  };
  const onward = (event: React.KeyboardEvent<HTMLInputElement>, next: keyof ForecastProblems | 'lock') => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (next === 'lock' || event.ctrlKey || event.metaKey) void lock();
    else focus(next);
  };
  const planned = dates.read(form.plannedOn);
  return (
    <form
      ref={root}
      className={styles.form}
      noValidate
      aria-label={`Your forecast, ${SIDE_NAMES[hand.side]} hand`}
      onSubmit={(event) => {
        event.preventDefault();
        void lock();
      }}
    >
      <p className={styles.question}>
        Between which two values will the best trial of key pinch, {SIDE_NAMES[hand.side]} hand, lie at the
        next visit? Choose the range so narrow that it is as likely to miss as to hold it. Today:{' '}
        {valueText(hand.lastN, hand.unit)}.
      </p>
      {!hand.isAffected && (
        <p className={styles.quiet}>
          This is not the affected hand: the model is not asked, and the forecast is in no figure of the
          scoreboard.
        </p>
      )}
      {hand.isAffected && hand.deviceName === '' && (
        <p className={styles.quiet}>
          No device is named at this visit: the next value cannot be compared, and nothing will be scored.
        </p>
      )}
      <ChoiceRow
        label="Unit"
        choices={FORCE_UNITS.map((value) => ({ value, label: value }))}
        value={form.unit}
        onChange={(unit) => change({ unit })}
      />
      <div className={styles.pair}>
        <TextInput
          name="low"
          label={`From, ${form.unit}`}
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          value={form.low}
          error={problems.low}
          onChange={(event) => change({ low: event.currentTarget.value })}
          onKeyDown={(event) => onward(event, 'high')}
        />
        <TextInput
          name="high"
          label={`To, ${form.unit}`}
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          value={form.high}
          error={problems.high}
          onChange={(event) => change({ high: event.currentTarget.value })}
          onKeyDown={(event) => onward(event, 'plannedOn')}
        />
        <TextInput
          name="plannedOn"
          label="Next visit planned on"
          placeholder={dates.placeholder}
          autoComplete="off"
          maxLength={12}
          value={form.plannedOn}
          description={planned === null ? dates.hint : spokenDate(planned)}
          error={problems.plannedOn}
          onChange={(event) => change({ plannedOn: event.currentTarget.value })}
          onKeyDown={(event) => onward(event, 'lock')}
        />
      </div>
      <div role="status">
        {question !== null && (
          <Notice
            tone="caution"
            title={question.sentence}
            action={
              <Group gap="xs">
                <Button variant="default" onClick={() => void lock(true)}>
                  Yes, lock it
                </Button>
                <Button
                  variant="default"
                  onClick={() => {
                    setQuestion(null);
                    focus(question.name);
                  }}
                >
                  Change it
                </Button>
              </Group>
            }
          />
        )}
      </div>
      {error && <FailureNotice {...errorText(error)} incident={error.incident} onRetry={() => void lock()} />}
      <div className={styles.actions}>
        <Button
          type="submit"
          loading={isLocking}
          aria-keyshortcuts="Control+Enter"
          leftSection={<IconLock size="1.125rem" aria-hidden="true" />}
        >
          Lock the forecast
        </Button>
        <span className={styles.quiet}>It stays as it is locked. The model forecasts only after it.</span>
      </div>
    </form>
  );
}

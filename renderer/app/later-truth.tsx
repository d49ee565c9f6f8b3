import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ANSWER_NAMES } from '../../core/clinical/answer-names.ts';
import type { WireError } from '../../core/contract/errors.ts';
import { JudgedClass, type SessionId } from '../../core/contract/schemas/clinical.ts';
import {
  TRUTH_KINDS,
  type Truth,
  type TruthFields,
  type TruthKind,
} from '../../core/contract/schemas/reading.ts';
import { useApi } from '../platform/api.tsx';
import { useCall } from '../platform/use-call.ts';
import { shortDate, todayDate } from '../ui/calendar-date.ts';
import { FailureNotice } from '../ui/notice.tsx';
import { errorText } from './error-text.ts';
import styles from './later-truth.module.css';
import { useLeaveGuard } from './leave-guard.tsx';
import { useDateReader } from './typed-date.ts';

const KIND_NAMES: Readonly<Record<TruthKind, string>> = {
  'operation-note': 'operation note',
  imaging: 'imaging',
  other: 'other',
};

/** What became known after the judgement, with its date and author; earlier entries stay readable. */
export function LaterTruth({ sessionId }: { sessionId: SessionId }) {
  const api = useApi();
  const list = useCall(`truths/${sessionId}`, () => api['truths.list']({ sessionId }));
  const [form, setForm] = useState<{ replaced: Truth | null } | null>(null);
  if (list.status !== 'ready') {
    return list.status === 'failed' ? (
      <FailureNotice {...errorText(list.error)} incident={list.error.incident} onRetry={list.reload} />
    ) : null;
  }
  const standing = list.value.filter(({ supersededById }) => supersededById === null);
  const replaced = list.value.filter(({ supersededById }) => supersededById !== null);
  return (
    <section className={styles.truths} aria-labelledby="truths-title">
      <h2 id="truths-title">Known later</h2>
      <p className={styles.quiet}>
        What was operated is not what the hand behaves like: nothing here is ever counted as the judgement or
        the model being right.
      </p>
      {standing.length > 0 && (
        <ul className={styles.list}>
          {standing.map((truth) => (
            <li key={truth.id}>
              <TruthText truth={truth} />
              {form === null && (
                <Button
                  variant="subtle"
                  aria-label={`Replace, ${KIND_NAMES[truth.kind]}`}
                  onClick={() => setForm({ replaced: truth })}
                >
                  Replace
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {replaced.length > 0 && (
        <details className={styles.history}>
          <summary>
            {replaced.length} earlier {replaced.length === 1 ? 'entry' : 'entries'}
          </summary>
          <ul className={styles.list}>
            {replaced.map((truth) => (
              <li key={truth.id}>
                <TruthText truth={truth} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {form === null ? (
        <Button
          variant="default"
          className={styles.opener ?? ''}
          leftSection={<IconPlus size="1.125rem" aria-hidden="true" />}
          onClick={() => setForm({ replaced: null })}
        >
          Add what became known
        </Button>
      ) : (
        <TruthForm
          sessionId={sessionId}
          replaced={form.replaced}
          onCancel={() => setForm(null)}
          onSaved={() => {
            setForm(null);
            list.reload();
          }}
        />
      )}
    </section>
  );
}

function TruthText({ truth }: { truth: Truth }) {
  return (
    <p className={styles.truth}>
      <strong>
        {KIND_NAMES[truth.kind]}
        {truth.answer !== null && `: ${ANSWER_NAMES[truth.answer]}`}
      </strong>
      {truth.text !== '' && <span className={styles.words}>{truth.text}</span>}
      <span className={styles.quiet}>
        known since {shortDate(truth.knownOn)}; entered by {truth.userName},{' '}
        {shortDate(truth.createdAt.slice(0, 10))}
      </span>
    </p>
  );
}

function TruthForm(props: {
  sessionId: SessionId;
  replaced: Truth | null;
  onCancel: () => void;
  onSaved: () => void;
}) {
  const { sessionId, replaced } = props;
  const api = useApi();
  const [kind, setKind] = useState<TruthKind>(replaced?.kind ?? 'operation-note');
  const [dateText, setDateText] = useState(replaced?.knownOn ?? todayDate());
  const [answer, setAnswer] = useState<JudgedClass | null>(replaced?.answer ?? null);
  const [text, setText] = useState(replaced?.text ?? '');
  const [isTried, setIsTried] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const root = useRef<HTMLFormElement>(null);
  useEffect(() => root.current?.querySelector<HTMLElement>('select')?.focus(), []);
  useLeaveGuard(!isSaving && text.trim() !== '' && text !== replaced?.text);
  const dates = useDateReader();
  const knownOn = dates.read(dateText);
  const dateProblem =
    knownOn === null
      ? `This is not a date of the calendar. ${dates.hint}`
      : knownOn > todayDate()
        ? 'This day has not come yet.'
        : null;
  const isEmpty = answer === null && text.trim() === '';
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (isSaving || knownOn === null || dateProblem !== null || isEmpty) return;
    setIsSaving(true);
    const truth: TruthFields = { kind, knownOn, answer, text, supersedesId: replaced?.id ?? null };
    const result = await api['truths.add']({ sessionId, truth });
    setIsSaving(false);
    if (result.ok) props.onSaved();
    else setError(result.error);
  };
  return (
    <form
      ref={root}
      className={styles.form}
      noValidate
      aria-label="What became known"
      onSubmit={(e) => void save(e)}
    >
      <NativeSelect
        label="Where it comes from"
        value={kind}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setKind(TRUTH_KINDS.find((each) => each === value) ?? 'other');
        }}
        data={TRUTH_KINDS.map((value) => ({ value, label: KIND_NAMES[value] }))}
      />
      <TextInput
        label="Known since"
        description={knownOn === null ? dates.placeholder : shortDate(knownOn)}
        value={dateText}
        error={isTried ? dateProblem : null}
        onChange={(event) => setDateText(event.currentTarget.value)}
      />
      <NativeSelect
        label="It says"
        value={answer ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setAnswer(JudgedClass.options.find((option) => option === value) ?? null);
        }}
        data={[
          { value: '', label: 'no class, words only' },
          ...JudgedClass.options.map((value) => ({ value, label: ANSWER_NAMES[value] })),
        ]}
      />
      <Textarea
        label="In words"
        rows={2}
        maxLength={1000}
        resize="vertical"
        value={text}
        error={isTried && isEmpty ? 'Choose a class or write what became known.' : null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {replaced !== null && (
        <p className={styles.quiet}>The entry before stays readable under the earlier entries.</p>
      )}
      {error && <FailureNotice {...errorText(error)} incident={error.incident} />}
      <footer className={styles.actions}>
        <Button variant="default" onClick={props.onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={isSaving}>
          Save
        </Button>
      </footer>
    </form>
  );
}

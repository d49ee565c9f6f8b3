import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { WireError } from '../../../core/contract/errors.ts';
import type { EpisodeFields } from '../../../core/contract/schemas/episode.ts';
import { errorText } from '../../app/error-text.ts';
import { useLeaveGuard } from '../../app/leave-guard.tsx';
import { OperationFields } from '../../app/operation-fields.tsx';
import { type DateReader, useDateReader } from '../../app/typed-date.ts';
import { spokenDate } from '../../ui/calendar-date.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import styles from './episodes.module.css';
import {
  EPISODE_FORM_ORDER,
  type EpisodeFormErrors,
  type EpisodeForm as Form,
  readEpisodeForm,
} from './read-episode-form.ts';

/** One episode as a form; the caller says what saving means. */
export function EpisodeForm(props: {
  title: string;
  initial: Form;
  onSave: (fields: EpisodeFields) => Promise<WireError | null>;
  onCancel: () => void;
}) {
  const [form, setForm] = useState(props.initial);
  const [errors, setErrors] = useState<EpisodeFormErrors>({});
  const [failure, setFailure] = useState<WireError | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const root = useRef<HTMLFormElement>(null);
  const dates = useDateReader();
  useLeaveGuard(!isSaving && form !== props.initial);
  useEffect(() => root.current?.querySelector<HTMLElement>('input')?.focus(), []);
  const set = (change: Partial<Form>) => setForm((now) => ({ ...now, ...change }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSaving) return;
    const read = readEpisodeForm(form, dates);
    setErrors(read.ok ? {} : read.errors);
    if (!read.ok) {
      const first = EPISODE_FORM_ORDER.find((name) => read.errors[name] !== undefined);
      root.current?.querySelector<HTMLElement>(`[data-field="${first}"] input`)?.focus();
      return;
    }
    setIsSaving(true);
    setFailure(null);
    const failed = await props.onSave(read.fields);
    setIsSaving(false);
    setFailure(failed);
  };
  const text = (name: TextField) => ({
    autoComplete: 'off',
    spellCheck: false,
    value: form[name],
    error: errors[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => set({ [name]: event.currentTarget.value }),
  });
  const date = (name: 'startedOn' | 'endedOn') => ({
    ...text(name),
    placeholder: dates.placeholder,
    inputMode: 'numeric' as const,
    maxLength: 10,
    description: errors[name] === undefined ? echo(form[name], dates) : undefined,
  });
  return (
    <form ref={root} className={styles.form} aria-label={props.title} onSubmit={submit} noValidate>
      <h2>{props.title}</h2>
      <div data-field="side">
        <ChoiceRow
          label="Side"
          choices={[
            { value: 'right', label: 'Right' },
            { value: 'left', label: 'Left' },
            { value: 'both', label: 'Both' },
          ]}
          value={form.side}
          error={errors.side}
          onChange={(side) => set({ side })}
        />
      </div>
      <div data-field="diagnosis">
        <TextInput {...text('diagnosis')} label="Diagnosis" maxLength={300} />
      </div>
      <OperationFields
        form={form}
        errors={errors}
        dateEcho={echo(form.operationDate, dates)}
        onChange={set}
      />
      <div className={styles.pair}>
        <div data-field="startedOn">
          <TextInput {...date('startedOn')} label="Started" />
        </div>
        <div data-field="endedOn">
          <TextInput {...date('endedOn')} label="Ended (empty while it goes on)" />
        </div>
      </div>
      {failure !== null && <FailureNotice {...errorText(failure)} incident={failure.incident} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={props.onCancel}>
          Leave it as it was
        </Button>
        <Button type="submit" loading={isSaving}>
          Save episode
        </Button>
      </Group>
    </form>
  );
}

type TextField = { [K in keyof Form]: Form[K] extends string ? K : never }[keyof Form];

/** Reads a date back in words, so that a wrong digit is seen at once. */
function echo(typed: string, dates: DateReader): string {
  const date = dates.read(typed);
  return date === null ? 'Year, month, day' : spokenDate(date);
}

import { Button } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { WireError } from '../../../core/contract/errors.ts';
import type { PatientFields } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useLeaveGuard } from '../../app/leave-guard.tsx';
import { useDateReader } from '../../app/typed-date.ts';
import { todayDate } from '../../ui/calendar-date.ts';
import { FailureNotice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import styles from './patient-form.module.css';
import { PatientFormFields } from './patient-form-fields.tsx';
import {
  FORM_ORDER,
  FUTURE_OPERATION,
  type PatientForm,
  type PatientFormErrors,
  readPatientForm,
} from './read-patient-form.ts';

/** A form of one patient; the caller says what saving means. Errors stand at their fields; the first gets the cursor. */
export function PatientFormScreen(props: {
  title: string;
  lead: string;
  submitLabel: string;
  initial: PatientForm;
  onSave: (fields: PatientFields) => Promise<WireError | null>;
  onCancel: () => void;
}) {
  const [form, setForm] = useState(props.initial);
  const [errors, setErrors] = useState<PatientFormErrors>({});
  const [failure, setFailure] = useState<WireError | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const formElement = useRef<HTMLFormElement>(null);
  const firstField = useRef<HTMLInputElement>(null);
  /** The date of an operation to come that was asked about, as typed: saved again it is meant. */
  const askedFuture = useRef<string | null>(props.initial.operationDate);
  const today = todayDate();
  const dates = useDateReader();
  useEffect(() => firstField.current?.focus(), []);
  const isChanged = FORM_ORDER.some((name) => form[name] !== props.initial[name]);
  useLeaveGuard(isChanged && !isSaving);

  const change = (next: PatientForm) => {
    setForm(next);
    if (Object.keys(errors).length === 0) return;
    // Once told, an error goes away as soon as its field is right; new ones wait for the next save.
    const read = readPatientForm(next, today, dates);
    const still = read.ok ? {} : read.errors;
    setErrors(
      Object.fromEntries(
        Object.entries(still).filter(([name]) => Object.hasOwn(errors, name)),
      ) as PatientFormErrors,
    );
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSaving) return;
    const read = readPatientForm(form, today, dates, askedFuture.current);
    if (!read.ok) {
      setErrors(read.errors);
      if (read.errors.operationDate === FUTURE_OPERATION) askedFuture.current = form.operationDate;
      requestAnimationFrame(() => focusFirstError(formElement.current));
      return;
    }
    setErrors({});
    setFailure(null);
    setIsSaving(true);
    const error = await props.onSave(read.fields);
    setIsSaving(false);
    setFailure(error);
  };

  const errorCount = FORM_ORDER.filter((name) => errors[name] !== undefined).length;
  return (
    <Page title={props.title} lead={props.lead} width="form">
      <form ref={formElement} className={styles.form} onSubmit={submit} noValidate inert={isSaving}>
        <PatientFormFields
          form={form}
          errors={errors}
          today={today}
          firstField={firstField}
          onChange={change}
        />
        {failure !== null && <FailureNotice {...errorText(failure)} incident={failure.incident} />}
        <div className={styles.end}>
          <Button type="submit" loading={isSaving}>
            {props.submitLabel}
          </Button>
          <Button variant="subtle" onClick={props.onCancel}>
            Cancel
          </Button>
          <span className={styles.summary} role="status">
            {errorCount > 0 &&
              `Not saved yet: ${errorCount === 1 ? 'one field needs' : `${errorCount} fields need`} a look.`}
          </span>
        </div>
      </form>
    </Page>
  );
}

function focusFirstError(form: HTMLFormElement | null): void {
  const target = form?.querySelector<HTMLInputElement>(
    'input[aria-invalid="true"], fieldset[data-invalid] input',
  );
  target?.focus();
}

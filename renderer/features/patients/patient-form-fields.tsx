import { TextInput } from '@mantine/core';
import type { RefObject } from 'react';
import { OperationFields } from '../../app/operation-fields.tsx';
import { type DateReader, useDateReader } from '../../app/typed-date.ts';
import { completedYears, shortDate, spokenDate } from '../../ui/calendar-date.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import styles from './patient-form.module.css';
import { sinceOperationPhrase } from './patient-words.ts';
import type { PatientForm, PatientFormErrors } from './read-patient-form.ts';

/** The fields of a patient in the order a clinician says them: who, body, hands, what happened. */
export function PatientFormFields(props: {
  form: PatientForm;
  errors: PatientFormErrors;
  today: string;
  firstField: RefObject<HTMLInputElement | null>;
  onChange: (form: PatientForm) => void;
}) {
  const { form, errors, today } = props;
  const dates = useDateReader();
  const set = (change: Partial<PatientForm>) => props.onChange({ ...form, ...change });
  const text = (name: TextField) => ({
    name,
    autoComplete: 'off',
    spellCheck: false,
    value: form[name],
    error: errors[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => set({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <fieldset className={styles.group}>
        <legend>Who</legend>
        <TextInput
          {...text('displayName')}
          ref={props.firstField}
          label="Name or pseudonym"
          maxLength={200}
          placeholder="Family name, given name"
        />
        <div className={styles.pair}>
          <TextInput {...text('clinicNumber')} label="Clinic number (optional)" maxLength={60} />
          <TextInput
            {...text('birthDate')}
            label="Birth date"
            placeholder={dates.placeholder}
            inputMode="numeric"
            maxLength={10}
            description={errors.birthDate === undefined && birthDateEcho(form.birthDate, today, dates)}
          />
        </div>
        <ChoiceRow
          label="Sex"
          choices={[
            { value: 'female', label: 'Female' },
            { value: 'male', label: 'Male' },
          ]}
          value={form.sex}
          error={errors.sex}
          onChange={(sex) => set({ sex })}
        />
      </fieldset>
      <fieldset className={styles.group}>
        <legend>Body</legend>
        <div className={styles.pair}>
          <TextInput {...text('heightCm')} label="Height (cm)" inputMode="decimal" maxLength={6} />
          <TextInput {...text('weightKg')} label="Weight (kg)" inputMode="decimal" maxLength={6} />
        </div>
      </fieldset>
      <fieldset className={styles.group}>
        <legend>Hands</legend>
        <ChoiceRow
          label="Dominant hand"
          choices={[
            { value: 'right', label: 'Right' },
            { value: 'left', label: 'Left' },
          ]}
          value={form.dominantHand}
          error={errors.dominantHand}
          onChange={(dominantHand) => set({ dominantHand })}
        />
        <ChoiceRow
          label="Affected side"
          choices={[
            { value: 'right', label: 'Right' },
            { value: 'left', label: 'Left' },
            { value: 'both', label: 'Both' },
            { value: 'none', label: 'Neither' },
          ]}
          value={form.affectedSide}
          error={errors.affectedSide}
          onChange={(affectedSide) => set({ affectedSide })}
        />
      </fieldset>
      <fieldset className={styles.group}>
        <legend>Diagnosis and operation</legend>
        <TextInput {...text('diagnosis')} label="Diagnosis (optional)" maxLength={300} />
        <OperationFields
          form={form}
          errors={errors}
          dateEcho={operationDateEcho(form, today, dates)}
          onChange={set}
        />
      </fieldset>
    </>
  );
}

type TextField = {
  [K in keyof PatientForm]: PatientForm[K] extends string ? K : never;
}[keyof PatientForm];

/** Reads a birth date back in words, so that a wrong digit is seen at once. */
function birthDateEcho(typed: string, today: string, dates: DateReader): string {
  const date = dates.read(typed);
  if (date === null || date > today) return 'Year, month, day';
  return `${spokenDate(date)}, ${completedYears(date, today)} years old`;
}

function operationDateEcho(form: PatientForm, today: string, dates: DateReader): string {
  const date = dates.read(form.operationDate);
  if (date === null || form.operation === null) return 'Year, month, day';
  if (date > today) return `${shortDate(date)}, still to come`;
  return `${shortDate(date)}, ${sinceOperationPhrase({ operation: form.operation, operationNote: '', operationDate: date }, today)}`;
}

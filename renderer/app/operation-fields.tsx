import { TextInput } from '@mantine/core';
import { OPERATION_CHOICES } from '../../core/clinical/operation-names.ts';
import type { Patient } from '../../core/contract/schemas/clinical.ts';
import { ChoiceRow } from '../ui/choice-row.tsx';
import styles from './operation-fields.module.css';
import { useDateReader } from './typed-date.ts';

/** The operation as typed. */
export interface TypedOperation {
  operation: Patient['operation'] | null;
  operationDate: string;
  operationNote: string;
}

/** Which operation, when, and a note on it; the last two only where there was one. */
export function OperationFields(props: {
  form: TypedOperation;
  errors: Partial<Record<keyof TypedOperation, string>>;
  /** The typed date read back in words. */
  dateEcho: string;
  onChange: (change: Partial<TypedOperation>) => void;
}) {
  const { form, errors, onChange } = props;
  const dates = useDateReader();
  const text = (name: 'operationDate' | 'operationNote') => ({
    name,
    autoComplete: 'off',
    spellCheck: false,
    value: form[name],
    error: errors[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => onChange({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <div data-field="operation">
        <ChoiceRow
          label="Operation"
          choices={OPERATION_CHOICES}
          value={form.operation}
          error={errors.operation}
          onChange={(operation) => onChange({ operation })}
        />
      </div>
      {form.operation !== null && form.operation !== 'none' && (
        <div className={styles.pair}>
          <div data-field="operationDate">
            <TextInput
              {...text('operationDate')}
              label="Date of operation (optional)"
              placeholder={dates.placeholder}
              inputMode="numeric"
              maxLength={10}
              description={errors.operationDate === undefined && props.dateEcho}
            />
          </div>
          <div data-field="operationNote">
            <TextInput
              {...text('operationNote')}
              label={form.operation === 'other' ? 'Which operation' : 'Note on the operation (optional)'}
              maxLength={300}
            />
          </div>
        </div>
      )}
    </>
  );
}

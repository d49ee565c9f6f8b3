import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { readDecimal } from './read-decimal.ts';

/**
 * A field for one number: a decimal comma means what a point means, typed or pasted, and what has two readings is refused
 * while it stands there. What is left unreadable is put back.
 */
export function DecimalField(props: {
  label?: string;
  'aria-label'?: string;
  description?: string;
  value: number | null;
  /** Digits after the mark when a value is shown; what is typed stays as typed. */
  decimals?: number;
  error?: string | undefined;
  /** Told of each readable value while typing; null: the field was emptied. */
  onValue: (value: number | null) => void;
}) {
  const { value, decimals = 3 } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const isUnreadable = draft !== null && draft.trim() !== '' && readDecimal(draft) === null;
  const tell = (text: string) => {
    const read = readDecimal(text);
    if (text.trim() === '') props.onValue(null);
    else if (read !== null) props.onValue(read);
  };
  return (
    <TextInput
      label={props.label}
      aria-label={props['aria-label']}
      description={props.description}
      inputMode="decimal"
      autoComplete="off"
      value={draft ?? (value === null ? '' : String(Number(value.toFixed(decimals))))}
      error={isUnreadable ? 'one number, such as 2.5 or 2,5' : props.error}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
      onBlur={() => setDraft(null)}
    />
  );
}

import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { readDecimal } from '../../ui/read-decimal.ts';

/** The time of a mark, told once when the field is left. What cannot be taken stays as typed, with the reason. */
export function MarkTimeField(props: {
  label: string;
  atS: number;
  /** Why the mark cannot stand there; null when it can. */
  refusalOf: (atS: number) => string | null;
  onMove: (atS: number) => void;
}) {
  const { atS } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [seenS, setSeenS] = useState(atS);
  // A mark that was moved otherwise takes what was typed for its old place with it.
  if (seenS !== atS) {
    setSeenS(atS);
    setDraft(null);
    setRefusal(null);
  }
  const leave = () => {
    if (draft === null) return;
    const read = readDecimal(draft);
    if (draft.trim() === '' || (read !== null && Math.abs(read - atS) <= 0.0005)) {
      setDraft(null);
      return;
    }
    const problem = read === null ? 'one number, such as 2.5 or 2,5' : props.refusalOf(read);
    setRefusal(problem);
    if (problem === null && read !== null) props.onMove(read);
  };
  return (
    <TextInput
      aria-label={props.label}
      inputMode="decimal"
      autoComplete="off"
      value={draft ?? String(Number(atS.toFixed(3)))}
      error={refusal}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        setRefusal(null);
      }}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') leave();
      }}
    />
  );
}

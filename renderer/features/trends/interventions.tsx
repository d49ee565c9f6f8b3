import { Button, Group, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { sentenceCase } from '../../../core/clinical/sentence-case.ts';
import type { Intervention } from '../../../core/contract/channels/interventions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { PatientId, Side } from '../../../core/contract/schemas/clinical.ts';
import { INTERVENTION_KINDS, type InterventionKind } from '../../../core/contract/schemas/trend.ts';
import { errorText } from '../../app/error-text.ts';
import { useDateReader } from '../../app/typed-date.ts';
import { useApi } from '../../platform/api.tsx';
import { shortDate, todayDate } from '../../ui/calendar-date.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { focusOnArrival } from '../../ui/focus-on-arrival.ts';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { INTERVENTION_NAMES, interventionText } from './trend-flags.ts';
import styles from './trends.module.css';

/** Splints, injections and changes of therapy of a patient, which stand as hollow flags in every chart. */
export function Interventions(props: {
  patientId: PatientId;
  marks: readonly Intervention[];
  onChanged: () => void;
}) {
  const api = useApi();
  const [isAdding, setIsAdding] = useState(false);
  const addButton = useRef<HTMLButtonElement>(null);
  const [removed, setRemoved] = useState<Intervention | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const remove = async (mark: Intervention) => {
    const result = await api['interventions.remove']({ id: mark.id });
    setError(result.ok ? null : result.error);
    setRemoved(result.ok ? mark : null);
    props.onChanged();
  };
  const putBack = async (mark: Intervention) => {
    const result = await api['interventions.restore']({ id: mark.id });
    setError(result.ok ? null : result.error);
    if (result.ok) {
      setRemoved(null);
      addButton.current?.focus();
    }
    props.onChanged();
  };
  return (
    <section className={styles.marks} aria-labelledby="marks-title">
      <header className={styles.head}>
        <h2 id="marks-title">Splints, injections, therapy</h2>
        <Button
          ref={addButton}
          variant="default"
          leftSection={<IconPlus size="1.125rem" aria-hidden="true" />}
          onClick={() => setIsAdding(true)}
        >
          Add a mark
        </Button>
      </header>
      {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
      <div role="status">
        {removed !== null && (
          <Notice
            tone="info"
            title={`Taken off: ${interventionText(removed)}, ${shortDate(removed.onDate)}.`}
            action={
              <Button
                key={removed.id}
                ref={focusOnArrival}
                variant="default"
                onClick={() => void putBack(removed)}
              >
                Undo
              </Button>
            }
          >
            It stays in the records.
          </Notice>
        )}
      </div>
      {props.marks.length === 0 ? (
        <p className={styles.facts}>None yet. A mark stands as a hollow flag in the charts above.</p>
      ) : (
        <ul className={styles.markList}>
          {props.marks.map((mark) => (
            <li key={mark.id}>
              <span className={styles.markText}>
                {shortDate(mark.onDate)}: {interventionText(mark)}
              </span>
              <Button
                variant="default"
                aria-label={`Take off: ${interventionText(mark)}, ${shortDate(mark.onDate)}`}
                onClick={() => void remove(mark)}
              >
                Take off
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Dialog
        isOpen={isAdding}
        title="Add a mark to the course"
        closeLabel="Close without adding"
        onClose={() => setIsAdding(false)}
      >
        <MarkForm
          patientId={props.patientId}
          onAdded={() => {
            setIsAdding(false);
            setRemoved(null);
            props.onChanged();
          }}
          onCancel={() => setIsAdding(false)}
        />
      </Dialog>
    </section>
  );
}

function MarkForm(props: { patientId: PatientId; onAdded: () => void; onCancel: () => void }) {
  const api = useApi();
  const dates = useDateReader();
  const [kind, setKind] = useState<InterventionKind | null>(null);
  const [side, setSide] = useState<Side | 'both' | null>(null);
  const [typedDate, setTypedDate] = useState('');
  const [note, setNote] = useState('');
  const [problems, setProblems] = useState<{ kind?: string; side?: string; date?: string; note?: string }>(
    {},
  );
  const [error, setError] = useState<WireError | null>(null);
  const onDate = dates.read(typedDate);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found: typeof problems = {};
    if (kind === null) found.kind = 'Choose what it was.';
    if (side === null) found.side = 'Choose the hand.';
    if (onDate === null) found.date = dates.hint;
    else if (onDate > todayDate()) found.date = 'This date is in the future.';
    if (kind === 'other' && note.trim() === '') found.note = 'Say in a few words what it was.';
    setProblems(found);
    if (Object.keys(found).length > 0 || kind === null || side === null || onDate === null) return;
    const result = await api['interventions.add']({
      patientId: props.patientId,
      kind,
      side: side === 'both' ? null : side,
      onDate,
      note: note.trim(),
    });
    if (result.ok) props.onAdded();
    else setError(result.error);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
        <ChoiceRow
          label="What"
          choices={INTERVENTION_KINDS.map((value) => ({
            value,
            label: sentenceCase(INTERVENTION_NAMES[value]),
          }))}
          value={kind}
          error={problems.kind}
          onChange={setKind}
        />
        <ChoiceRow
          label="Hand"
          choices={[
            { value: 'right', label: 'Right' },
            { value: 'left', label: 'Left' },
            { value: 'both', label: 'Both' },
          ]}
          value={side}
          error={problems.side}
          onChange={setSide}
        />
        <TextInput
          label="Date"
          placeholder={dates.placeholder}
          inputMode="numeric"
          autoComplete="off"
          maxLength={10}
          value={typedDate}
          error={problems.date}
          onChange={(event) => setTypedDate(event.currentTarget.value)}
        />
        <TextInput
          label="In a few words (optional)"
          autoComplete="off"
          maxLength={200}
          value={note}
          error={problems.note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit">Add the mark</Button>
          <Button variant="default" onClick={props.onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

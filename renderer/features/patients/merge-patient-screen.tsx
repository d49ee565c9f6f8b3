import { Button } from '@mantine/core';
import { useState } from 'react';
import type { MergePreview } from '../../../core/contract/channels/records.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { Patient, PatientId } from '../../../core/contract/schemas/clinical.ts';
import type { Confirmation } from '../../app/confirmation.tsx';
import { errorText } from '../../app/error-text.ts';
import { PatientPicker } from '../../app/patient-picker.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import styles from './merge-patient.module.css';
import { doubtsOfOnePerson, RecordComparison } from './record-comparison.tsx';

/** Merges two records of one person: pick the other, compare, say which is kept, confirm. */
export function MergePatientScreen(props: {
  patientId: PatientId;
  onMerged: (keptId: PatientId, confirmation: Confirmation) => void;
  onCancel: () => void;
}) {
  const [otherId, setOtherId] = useState<PatientId | null>(null);
  return (
    <Page
      title="Merge two records"
      lead="For one person who stands in the list twice. Nothing is deleted, and a merge can be taken back."
      width="form"
      actions={
        <Button variant="default" onClick={props.onCancel}>
          Back to the patient
        </Button>
      }
    >
      <Section title="Which other record is the same person?">
        <PatientPicker
          label="Search the other record"
          except={props.patientId}
          chosen={otherId}
          onChoose={(row) => setOtherId(row.id)}
        />
      </Section>
      {otherId !== null && <Comparison key={otherId} {...props} otherId={otherId} />}
    </Page>
  );
}

function Comparison(props: Parameters<typeof MergePatientScreen>[0] & { otherId: PatientId }) {
  const { patientId, otherId, onMerged } = props;
  const api = useApi();
  const [kept, setKept] = useState<PatientId>(patientId);
  const [isAsking, setIsAsking] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const merged = kept === patientId ? otherId : patientId;
  const preview = useCall(`merge/${kept}/${merged}`, () =>
    api['records.mergePreview']({ keptId: kept, mergedId: merged }),
  );
  const [shown, setShown] = useState<MergePreview | null>(preview.value);
  if (preview.value !== null && preview.value !== shown) setShown(preview.value);
  if (preview.status === 'failed') {
    return (
      <FailureNotice
        {...errorText(preview.error)}
        incident={preview.error.incident}
        onRetry={preview.reload}
      />
    );
  }
  if (shown === null) return <LoadingLines label="Comparing the records" lines={6} />;
  const people = [shown.kept, shown.merged];
  const here = people.find(({ id }) => id === patientId) as Patient;
  const other = people.find(({ id }) => id === otherId) as Patient;
  const doubts = doubtsOfOnePerson(here, other);
  const isCurrent = shown.kept.id === kept;
  const merge = async () => {
    if (isSending || !isCurrent) return;
    setIsAsking(false);
    setIsSending(true);
    setError(null);
    const result = await api['records.merge']({ keptId: kept, mergedId: merged });
    setIsSending(false);
    if (result.ok) onMerged(kept, mergedConfirmation(api, shown, result.value));
    else setError(result.error);
  };
  return (
    <Section title="Compare, and say which record is kept">
      <RecordComparison left={here} right={other} />
      {shown.refusal !== null ? (
        <Notice tone="caution" title={REFUSALS[shown.refusal].title}>
          {REFUSALS[shown.refusal].whatToDo}
        </Notice>
      ) : (
        <>
          <ChoiceRow
            label="Keep the name, number and body data of"
            choices={[here, other].map((one) => ({ value: one.id, label: labelOf(one) }))}
            value={kept}
            onChange={setKept}
          />
          <p className={styles.moves}>{isCurrent ? movesSentence(shown) : ' '}</p>
          {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
          <Button loading={isSending} onClick={() => (doubts.length > 0 ? setIsAsking(true) : void merge())}>
            Merge into one record
          </Button>
          <Dialog
            isOpen={isAsking}
            title="These differ: merge anyway?"
            closeLabel="Close without merging"
            onClose={() => setIsAsking(false)}
          >
            <p>Two records of one person seldom differ in this:</p>
            <ul>
              {doubts.map((doubt) => (
                <li key={doubt}>{doubt}</li>
              ))}
            </ul>
            <div className={styles.answers}>
              <Button variant="default" data-autofocus onClick={() => setIsAsking(false)}>
                Keep two records
              </Button>
              <Button onClick={() => void merge()}>Merge anyway</Button>
            </div>
          </Dialog>
        </>
      )}
    </Section>
  );
}

const labelOf = (one: Patient) =>
  one.clinicNumber === '' ? one.displayName : `${one.displayName}, ${one.clinicNumber}`;

const REFUSALS = {
  'judgement-open': {
    title: 'A judgement of one of these records is still open.',
    whatToDo: 'Lock or close the open session first. Until then what is hidden must not change under it.',
  },
  merged: {
    title: 'One of these records was merged before.',
    whatToDo: 'Go on with the record it was merged into, or take that merge back first.',
  },
} as const;

const counted = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** What moves, what stays, and what it does to results. */
function movesSentence(preview: MergePreview): string {
  const { kept, merged } = preview;
  const moving = [
    counted(preview.sessionCount, 'session', 'sessions'),
    counted(preview.episodeCount, 'episode of care', 'episodes of care'),
    counted(preview.interventionCount, 'mark on the course', 'marks on the course'),
  ];
  return [
    `From ${merged.displayName} to ${kept.displayName}: ${moving.join(', ')}.`,
    `${kept.displayName} has ${counted(preview.keptSessionCount, 'session', 'sessions')} now.`,
    `${merged.displayName} leaves the list.`,
    'Model results stay as they were computed; where sex, age, size or side of the records differ they are marked as outdated.',
  ].join(' ');
}

const mergedConfirmation = (
  api: ReturnType<typeof useApi>,
  preview: MergePreview,
  done: { mergeId: string; sessionCount: number },
): Confirmation => ({
  title: `${preview.merged.displayName} is merged into this record.`,
  text: `${counted(done.sessionCount, 'session', 'sessions')} moved here. The history of this record keeps it, and can take it back later too.`,
  undo: {
    done: 'The merge is taken back: each record has its own sessions and episodes again.',
    run: async () => {
      const result = await api['records.undoMerge']({ mergeId: done.mergeId });
      return result.ok ? null : result.error;
    },
  },
});

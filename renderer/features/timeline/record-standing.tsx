import { Button, Group } from '@mantine/core';
import type { PatientId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import type { RecordHistoryState } from './use-record-history.ts';

/** Says above the sessions when a record is archived or merged, and what was just taken back. */
export function RecordStanding(props: {
  record: RecordHistoryState;
  onOpenPatient: (patientId: PatientId) => void;
}) {
  const { record } = props;
  const { archivedAt = null, mergedInto = null } = record.history.value ?? {};
  return (
    <>
      <div role="status">{record.done !== null && <Notice tone="info" title={record.done} />}</div>
      {record.error !== null && (
        <FailureNotice {...errorText(record.error)} incident={record.error.incident} />
      )}
      {mergedInto !== null && (
        <Notice
          tone="caution"
          title={`This record was merged into ${mergedInto.displayName}.`}
          action={
            <Group gap="sm">
              <Button variant="default" onClick={() => void record.undoMerge(mergedInto.mergeId)}>
                Take back the merge
              </Button>
              <Button onClick={() => props.onOpenPatient(mergedInto.id)}>Open the kept record</Button>
            </Group>
          }
        >
          Its sessions and episodes stand there. Nothing can be added here while it is merged.
        </Notice>
      )}
      {mergedInto === null && archivedAt !== null && (
        <Notice
          tone="info"
          title={`This patient was archived on ${shortDate(archivedAt)}.`}
          action={
            <Button variant="default" onClick={() => void record.putBack()}>
              Put back in the list
            </Button>
          }
        >
          They are out of the patient list. A new session puts them back by itself.
        </Notice>
      )}
    </>
  );
}

import { Button, Group, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { PatientRow } from '../../core/contract/channels/patients.ts';
import type { WireError } from '../../core/contract/errors.ts';
import type { PatientId, SessionId } from '../../core/contract/schemas/clinical.ts';
import { useApi } from '../platform/api.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNotice } from '../ui/notice.tsx';
import { errorText } from './error-text.ts';
import { PatientPicker } from './patient-picker.tsx';

export interface MovedSession {
  moveId: string;
  toName: string;
}

/** Puts a session under the right patient: who, why, and what it does to results. */
export function MoveSessionDialog(props: {
  isOpen: boolean;
  sessionId: SessionId;
  patientId: PatientId;
  /** True when the session has a result that was computed for the present patient. */
  hasResult: boolean;
  onMoved: (moved: MovedSession) => void;
  onClose: () => void;
}) {
  return (
    <Dialog
      isOpen={props.isOpen}
      title="Move this session to the right patient"
      closeLabel="Leave the session where it is"
      size="lg"
      onClose={props.onClose}
    >
      <MoveForm {...props} />
    </Dialog>
  );
}

function MoveForm(props: Parameters<typeof MoveSessionDialog>[0]) {
  const api = useApi();
  const [target, setTarget] = useState<PatientRow | null>(null);
  const [reason, setReason] = useState('');
  const [isTried, setIsTried] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (target === null || reason.trim() === '' || isSending) return;
    setIsSending(true);
    setError(null);
    const { sessionId } = props;
    const result = await api['records.moveSession']({ sessionId, toPatientId: target.id, reason });
    setIsSending(false);
    if (result.ok) props.onMoved({ moveId: result.value.moveId, toName: target.displayName });
    else setError(result.error);
  };
  return (
    <form onSubmit={submit} noValidate>
      <PatientPicker
        label="Whose session is it?"
        except={props.patientId}
        chosen={target?.id ?? null}
        onChoose={setTarget}
      />
      <TextInput
        mt="md"
        label="Why it is moved"
        placeholder="for example: wrong name picked"
        maxLength={300}
        autoComplete="off"
        value={reason}
        error={
          isTried && reason.trim() === '' ? 'Say in a few words why: it stands in both histories.' : undefined
        }
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Text mt="sm">
        Measurements, draft and recordings move as they are.
        {props.hasResult &&
          ' The model’s result was computed with the sex, age and size of the other person: it stays, marked as outdated.'}{' '}
        It can be taken back.
      </Text>
      {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
      <Group mt="lg" justify="flex-end">
        <Button variant="default" onClick={props.onClose}>
          Leave it here
        </Button>
        <Button type="submit" loading={isSending} disabled={target === null}>
          {target === null ? 'Choose a patient' : `Move to ${shortened(target.displayName)}`}
        </Button>
      </Group>
    </form>
  );
}

/** A button stays one line. */
const shortened = (name: string) => (name.length > 28 ? `${name.slice(0, 27)}…` : name);

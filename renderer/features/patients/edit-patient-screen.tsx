import { Button } from '@mantine/core';
import type { PatientId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { PatientFormScreen } from './patient-form-screen.tsx';
import { formOfPatient } from './read-patient-form.ts';

/** A correction of a patient: a new version, the old one stays in the history. */
export function EditPatientScreen(props: {
  patientId: PatientId;
  onSaved: () => void;
  onCancel: () => void;
}) {
  const api = useApi();
  const { patientId } = props;
  const patient = useCall(patientId, () => api['patients.get']({ id: patientId }));
  if (patient.status === 'loading') return <LoadingLines label="Reading the patient" lines={8} />;
  if (patient.status === 'failed') {
    return (
      <FailureNotice
        {...errorText(patient.error)}
        incident={patient.error.incident}
        onRetry={patient.reload}
      />
    );
  }
  if (patient.value.isBlinded === true) {
    // The host sends blanks for what is hidden: saving them would take the operation away.
    return (
      <Notice
        tone="info"
        title="This patient can be edited after the lock."
        action={
          <Button variant="default" onClick={props.onCancel}>
            Back
          </Button>
        }
      >
        A blinded session is open: diagnosis and operation stay hidden until its judgement is locked or the
        session is discarded.
      </Notice>
    );
  }
  return (
    <PatientFormScreen
      title="Edit patient"
      lead="Saving makes a new version. Earlier versions stay in the history."
      submitLabel="Save changes"
      initial={formOfPatient(patient.value)}
      onCancel={props.onCancel}
      onSave={async (fields) => {
        const result = await api['patients.update']({ id: patientId, fields });
        if (!result.ok) return result.error;
        props.onSaved();
        return null;
      }}
    />
  );
}

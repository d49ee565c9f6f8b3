import type { PatientId } from '../../../core/contract/schemas/clinical.ts';
import { useApi } from '../../platform/api.tsx';
import { PatientFormScreen } from './patient-form-screen.tsx';
import { EMPTY_PATIENT_FORM } from './read-patient-form.ts';

/** A new patient, from an empty form. */
export function NewPatientScreen(props: { onCreated: (patientId: PatientId) => void; onCancel: () => void }) {
  const api = useApi();
  return (
    <PatientFormScreen
      title="New patient"
      lead="A pseudonym is enough. Sex, birth date, height and weight set the strength that is expected."
      submitLabel="Save patient"
      initial={EMPTY_PATIENT_FORM}
      onCancel={props.onCancel}
      onSave={async (fields) => {
        const result = await api['patients.create'](fields);
        if (!result.ok) return result.error;
        props.onCreated(result.value.id);
        return null;
      }}
    />
  );
}

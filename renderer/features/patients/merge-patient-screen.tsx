export function MergePatientScreen(_props: {
  patientId: import('../../../core/contract/schemas/clinical.ts').PatientId;
  onMerged: (keptId: import('../../../core/contract/schemas/clinical.ts').PatientId) => void;
  onCancel: () => void;
}) {
  return null;
}

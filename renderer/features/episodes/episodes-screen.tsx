export function EpisodesScreen(_props: {
  patientId: import('../../../core/contract/schemas/clinical.ts').PatientId;
  onDone: () => void;
}) {
  return null;
}

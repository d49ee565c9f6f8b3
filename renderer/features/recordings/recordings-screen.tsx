export function RecordingsScreen(_props: {
  patientId: import('../../../core/contract/schemas/clinical.ts').PatientId;
  onOpen: (
    sessionId: import('../../../core/contract/schemas/clinical.ts').SessionId,
    recordingId: string,
  ) => void;
  onImport: (sessionId: import('../../../core/contract/schemas/clinical.ts').SessionId) => void;
  onNewSession: () => void;
}) {
  return null;
}

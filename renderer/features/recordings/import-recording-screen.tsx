export function ImportRecordingScreen(_props: {
  sessionId: import('../../../core/contract/schemas/clinical.ts').SessionId;
  onImported: (recordingId: string) => void;
  onCancel: () => void;
}) {
  return null;
}

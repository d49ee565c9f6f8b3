export function RecordingScreen(_props: {
  sessionId: import('../../../core/contract/schemas/clinical.ts').SessionId;
  recordingId: string;
  onDone: () => void;
}) {
  return null;
}

export function SecondReadingScreen(_props: {
  sessionId: import('../../../core/contract/schemas/clinical.ts').SessionId;
  onDone: () => void;
}) {
  return null;
}

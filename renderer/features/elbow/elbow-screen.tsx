export function ElbowScreen(_props: {
  sessionId: import('../../../core/contract/schemas/clinical.ts').SessionId;
  onImport: () => void;
  onDone: () => void;
}) {
  return null;
}

export function MuscleParametersScreen(_props: {
  sessionId: import('../../../core/contract/schemas/clinical.ts').SessionId;
  onMeasure: () => void;
  onDone: () => void;
}) {
  return null;
}

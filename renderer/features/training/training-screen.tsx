export function TrainingScreen(_props: { onDone: () => void }) {
  return null;
}

export function ConcordanceScreen(_props: { onTraining: () => void; onReadings: () => void }) {
  return null;
}

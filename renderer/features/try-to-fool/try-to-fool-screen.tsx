export function TryToFoolScreen(_props: { onDone: () => void }) {
  return null;
}

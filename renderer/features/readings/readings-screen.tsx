export function ReadingsScreen(_props: {
  onOpen: (sessionId: import('../../../core/contract/schemas/clinical.ts').SessionId) => void;
}) {
  return null;
}

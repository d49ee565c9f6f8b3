import { useEffect } from 'react';
import type { PatientId } from '../../core/contract/schemas/clinical.ts';
import { useApi } from '../platform/api.tsx';

/**
 * Tells the host whose pages are opened: somebody who looked is no blinded second reader any more. The host decides
 * whether it is worth a line in the audit; a failure changes nothing on the screen. Whoever takes over has seen it too.
 */
export function useNoteOpened(patientId: PatientId | null, userId: string | null): void {
  const api = useApi();
  // biome-ignore lint/correctness/useExhaustiveDependencies: noted anew for the user who takes over
  useEffect(() => {
    if (patientId !== null) void api['readings.noteOpened']({ patientId });
  }, [api, patientId, userId]);
}

import { useEffect } from 'react';
import type { PatientId } from '../../core/contract/schemas/clinical.ts';
import { useApi } from '../platform/api.tsx';

/**
 * Tells the host whose pages are opened: somebody who looked is no blinded second reader any more. The host decides
 * whether it is worth a line in the audit; a failure changes nothing on the screen.
 */
export function useNoteOpened(patientId: PatientId | null): void {
  const api = useApi();
  useEffect(() => {
    if (patientId !== null) void api['readings.noteOpened']({ patientId });
  }, [api, patientId]);
}

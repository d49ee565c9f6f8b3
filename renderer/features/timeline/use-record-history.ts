import { useEffect, useState } from 'react';
import type { WireError } from '../../../core/contract/errors.ts';
import type { PatientId } from '../../../core/contract/schemas/clinical.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';

/** What was done to a record as a whole, and the ways to take it back. */
export function useRecordHistory(patientId: PatientId) {
  const api = useApi();
  const history = useCall(`record/${patientId}`, () => api['records.history']({ patientId }));
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const { reload } = history;
  useEffect(
    () =>
      api.on('patients.changed', ({ id }) => {
        if (id === patientId) reload();
      }),
    [api, patientId, reload],
  );
  const settle = (result: { ok: true } | { ok: false; error: WireError }, said: string) => {
    setDone(result.ok ? said : null);
    setError(result.ok ? null : result.error);
    if (result.ok) reload();
  };
  return {
    history,
    done,
    error,
    putBack: async () =>
      settle(
        await api['records.setArchived']({ patientId, isArchived: false }),
        'The patient is back in the list.',
      ),
    undoMerge: async (mergeId: string) =>
      settle(
        await api['records.undoMerge']({ mergeId }),
        'The merge is taken back: each record has its own sessions and episodes again.',
      ),
    undoMove: async (moveId: string) =>
      settle(await api['records.undoMove']({ moveId }), 'The session is back with the patient it came from.'),
  };
}
export type RecordHistoryState = ReturnType<typeof useRecordHistory>;

import { useEffect, useRef, useState } from 'react';
import type { SessionDraft, SessionId } from '../../../core/contract/schemas/clinical.ts';
import { useLeaveGuard } from '../../app/leave-guard.tsx';
import { useApi } from '../../platform/api.tsx';
import { createDraftSaver, type DraftStatus } from './draft-saver.ts';

/**
 * Sends every change of a form to the store, and what waits when the screen is left. While it cannot be stored, leaving
 * asks first.
 * @param options.isBusy - the form is being saved for good: leaving it then is no loss.
 */
export function useDraftSaver(options: { sessionId: SessionId; draft: SessionDraft; isBusy: boolean }) {
  const { sessionId, draft, isBusy } = options;
  const api = useApi();
  const [status, setStatus] = useState<DraftStatus>({ kind: 'unchanged' });
  const [saver] = useState(() =>
    createDraftSaver((form) => api['sessions.saveDraft']({ sessionId, draft: form }), setStatus),
  );
  useLeaveGuard(status.kind === 'failed' && !isBusy);
  const firstDraft = useRef(draft);
  useEffect(() => {
    if (draft === firstDraft.current) return;
    firstDraft.current = draft;
    saver.change(draft);
  }, [draft, saver]);
  // Leaving the screen sends what is waiting.
  useEffect(() => () => void saver.flush(), [saver]);
  return { saver, status };
}

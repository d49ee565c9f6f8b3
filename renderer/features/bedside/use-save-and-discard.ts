import { useCallback, useEffect, useRef, useState } from 'react';
import { draftToEntries } from '../../../core/clinical/session-entries.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { SessionDraft, SessionId } from '../../../core/contract/schemas/clinical.ts';
import { useApi } from '../../platform/api.tsx';
import { useDraftSaver } from './use-draft-saver.ts';

/** The draft on its way to the store, and the two ends of the form: saved, or taken back. */
export function useSaveAndDiscard(options: {
  sessionId: SessionId;
  draft: SessionDraft;
  /** The cell that has the cursor, for the way back after a failure. */
  activeKey: () => string | null;
  focusCell: (key: string | null) => void;
  /** Shows every problem and question of the form. */
  judgeAll: () => void;
  onDiscarded: (draft: SessionDraft) => void;
}) {
  const { sessionId, draft, focusCell } = options;
  const api = useApi();
  const [formProblem, setFormProblem] = useState<string | null>(null);
  /** What failed, and the same thing once more: a failed discard must not be repeated as a save. */
  const [failure, setFailure] = useState<{ error: WireError; again: () => void } | null>(null);
  const clearProblem = useCallback(() => setFormProblem(null), []);
  const [isBusy, setIsBusy] = useState(false);
  /** Set at once, while the state follows with the next drawing: no key may slip in between. */
  const isBusyNow = useRef(false);
  const { saver, status } = useDraftSaver({ sessionId, draft, isBusy });

  /** One thing at a time with the form shut; when it fails the form opens again, with the cursor where it was. */
  const alone = async (work: () => Promise<WireError | null>, repeat: () => void) => {
    const cursor = options.activeKey();
    isBusyNow.current = true;
    setIsBusy(true);
    setFailure(null);
    await saver.flush();
    const error = await work();
    isBusyNow.current = false;
    if (error === null) return;
    setIsBusy(false);
    setFailure({ error, again: repeat });
    requestAnimationFrame(() => focusCell(cursor));
  };
  const save = async (whenSaved: () => void) => {
    if (isBusyNow.current) return;
    options.judgeAll();
    setFailure(null);
    setFormProblem(null);
    const { entries, problems, questions } = draftToEntries(draft);
    const stop = problems[0] ?? questions[0];
    if (stop) {
      if (stop.key === 'form') setFormProblem(stop.sentence);
      else focusCell(stop.key);
      return;
    }
    await alone(
      async () => {
        const result = await api['sessions.saveMeasurements']({ sessionId, trials: entries, draft });
        if (!result.ok) return result.error;
        saver.stop();
        whenSaved();
        return null;
      },
      () => again.current.save(whenSaved),
    );
  };
  const discard = async () => {
    if (isBusyNow.current) return;
    await alone(
      async () => {
        const result = await api['sessions.discard']({ sessionId });
        if (!result.ok) return result.error;
        // Only now: while the session exists, what is typed must reach the store.
        saver.stop();
        options.onDiscarded(draft);
        return null;
      },
      () => again.current.discard(),
    );
  };
  /** "Try again" takes the form as it is then, not as it was when it failed. */
  const again = useRef({ save, discard });
  useEffect(() => {
    again.current = { save, discard };
  });
  return {
    save,
    discard,
    status,
    formProblem,
    clearProblem,
    failure,
    isBusy,
    isBusyNow,
    flush: () => void saver.flush(),
  };
}

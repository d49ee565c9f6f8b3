import type { PatientId, SessionDraft } from '../../core/contract/schemas/clinical.ts';
import type { Api } from '../../core/contract/wire.ts';
import type { Confirmation } from './confirmation.tsx';

const isTyped = ({ cells, pain, notTested, note }: SessionDraft): boolean =>
  [...Object.values(cells), ...Object.values(pain), note].some((text) => text.trim() !== '') ||
  Object.keys(notTested).length > 0;

/**
 * Said after a session was discarded. Where something was typed it can be taken back: a new session with the same form is
 * started, and the history shows both.
 */
export function discardedConfirmation(
  api: Api,
  patientId: PatientId | null,
  draft: SessionDraft,
): Confirmation {
  const said = {
    title: 'The session was discarded.',
    text: 'Nothing of it was kept as a measurement; the history says that it was started.',
  };
  if (patientId === null || !isTyped(draft)) return said;
  return {
    ...said,
    undo: {
      done: 'What was typed is back, in a session started now: go on with it below.',
      run: async () => {
        const started = await api['sessions.start']({ patientId, draft });
        if (!started.ok) return started.error;
        // Another session begun meanwhile stays as it is: two forms are never mixed.
        return hasForm(started.value.draft, draft) ? null : { code: 'session.wrong_state', incident: 'undo' };
      },
    },
  };
}

/** The same cells with the same texts, in any order. */
function hasForm(stored: SessionDraft | null, typed: SessionDraft): boolean {
  const textOf = (draft: SessionDraft) =>
    JSON.stringify([Object.entries(draft.cells).sort(), draft.note, Object.entries(draft.notTested).sort()]);
  return stored !== null && textOf(stored) === textOf(typed);
}

import { measuresWithContent } from '../../core/clinical/protocols.ts';
import type { PatientId, SessionDraft } from '../../core/contract/schemas/clinical.ts';
import type { Api } from '../../core/contract/wire.ts';
import type { Confirmation } from './confirmation.tsx';
import { unfinishedOfOtherDays } from './unfinished-session.tsx';

const isTyped = (draft: SessionDraft): boolean =>
  measuresWithContent(draft).length > 0 || draft.note.trim() !== '';

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
        // One that was left unfinished on another day is not in the way.
        const others = await unfinishedOfOtherDays(api, patientId);
        const leaves = others.map(({ session }) => session.id);
        const started = await api['sessions.start']({
          patientId,
          draft,
          ...(leaves.length > 0 && { leaves }),
        });
        if (!started.ok) return started.error;
        // Another session begun meanwhile stays as it is: two forms are never mixed.
        return hasForm(started.value.draft, draft) ? null : { code: 'session.wrong_state', incident: 'undo' };
      },
    },
  };
}

/** The same cells with the same texts, pain and flags, in any order. */
function hasForm(stored: SessionDraft | null, typed: SessionDraft): boolean {
  const textOf = (draft: SessionDraft) =>
    JSON.stringify([
      ...[draft.cells, draft.pain, draft.notTested].map((part) => Object.entries(part).sort()),
      [...draft.stoppedEarly].sort(),
      draft.note,
    ]);
  return stored !== null && textOf(stored) === textOf(typed);
}

import { Button, Group, Stack } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { SIDES } from '../../core/clinical/entry-walk.ts';
import { MEASURES, measureOf } from '../../core/clinical/measures.ts';
import { unitOf } from '../../core/clinical/session-entries.ts';
import { unitText } from '../../core/clinical/stored-value.ts';
import type { SessionView } from '../../core/contract/channels/sessions.ts';
import type { PatientId, SessionDraft, SessionId } from '../../core/contract/schemas/clinical.ts';
import type { Api } from '../../core/contract/wire.ts';
import { useApi } from '../platform/api.tsx';
import { shortDate, todayDate } from '../ui/calendar-date.ts';
import { Dialog } from '../ui/dialog.tsx';

/** Sessions of a patient that are still measured and were begun on another calendar day, newest first. */
export async function unfinishedOfOtherDays(api: Api, patientId: PatientId): Promise<SessionView[]> {
  const open = await api['records.openSessions']({ patientId });
  const measured = open.ok ? open.value.filter(({ state }) => state === 'measuring') : [];
  const views = await Promise.all(measured.map(({ sessionId }) => api['sessions.get']({ sessionId })));
  return views.flatMap((view) =>
    view.ok && isOfAnotherDay(view.value.session.startedAt) ? [view.value] : [],
  );
}

/** A hidden date may be any day: then it is asked, too. */
const isOfAnotherDay = (startedAt: string | null): boolean =>
  startedAt === null || todayDate(new Date(startedAt)) !== todayDate();

/** Go on with an earlier session, or start one and leave the earlier ones as they are. */
export type UnfinishedAnswer = { goOnWith: SessionId } | { leaves: SessionId[] };

/**
 * Asks before "New session" opens a form of another day: its date is that of the whole session, of its age, its trend and
 * its report, and values of two days would be averaged.
 * @returns `ask`: the answer, or null for "neither"; and the dialogue to draw.
 */
export function useUnfinishedQuestion(): {
  ask: (patientId: PatientId) => Promise<UnfinishedAnswer | null>;
  dialog: ReactNode;
} {
  const api = useApi();
  const [asked, setAsked] = useState<SessionView[]>([]);
  const answer = useRef<(answer: UnfinishedAnswer | null) => void>(() => {});
  const ask = async (patientId: PatientId): Promise<UnfinishedAnswer | null> => {
    const unfinished = await unfinishedOfOtherDays(api, patientId);
    if (unfinished.length === 0) return { leaves: [] };
    setAsked(unfinished);
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  };
  const settle = (given: UnfinishedAnswer | null) => {
    setAsked([]);
    answer.current(given);
  };
  return { ask, dialog: asked.length > 0 && <UnfinishedDialog sessions={asked} onAnswer={settle} /> };
}

function UnfinishedDialog(props: {
  sessions: readonly SessionView[];
  onAnswer: (answer: UnfinishedAnswer | null) => void;
}) {
  const { sessions, onAnswer } = props;
  return (
    <Dialog
      isOpen
      title="A session of another day is not finished"
      closeLabel="Neither"
      onClose={() => onAnswer(null)}
    >
      <Stack gap="md">
        {sessions.map((view) => (
          <Group key={view.session.id} justify="space-between" wrap="nowrap">
            <p>
              The session of {dayOf(view)} was begun by {view.session.userName} and not saved:{' '}
              {typedWords(view.draft)}.
            </p>
            <Button variant="default" flex="none" onClick={() => onAnswer({ goOnWith: view.session.id })}>
              Go on with it, dated {dayOf(view)}
            </Button>
          </Group>
        ))}
        <p>
          What is measured today belongs into a session of today. The earlier one stays as it is: the timeline
          and the open sessions lead to it, to save or to discard it.
        </p>
        <Group justify="flex-end">
          <Button
            data-autofocus
            onClick={() => onAnswer({ leaves: sessions.map(({ session }) => session.id) })}
          >
            Start one for today
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** The date of a blinded session would tell the time since the operation. */
const dayOf = ({ session }: SessionView) =>
  session.isBlinded || session.startedAt === null ? 'an earlier day (blinded)' : shortDate(session.startedAt);

const MOST_HANDS = 4;

/** "key pinch, right 5.2, 6.1 kg": what stands on a form, as typed. */
function typedWords(draft: SessionDraft | null): string {
  if (draft === null) return 'nothing is typed yet';
  const hands = MEASURES.flatMap((measure) =>
    SIDES.flatMap((side) => {
      const texts = Object.entries(draft.cells)
        .filter(([key, text]) => key.startsWith(`${measure}/${side}/`) && text.trim() !== '')
        .sort(([a], [b]) => Number(a.split('/')[2]) - Number(b.split('/')[2]))
        .map(([, text]) => text.trim());
      const name = measureOf(measure).isSided
        ? `${measureOf(measure).name}, ${side}`
        : measureOf(measure).name;
      return texts.length === 0 ? [] : [`${name} ${texts.join('; ')} ${unitText(unitOf(draft, measure))}`];
    }),
  );
  if (hands.length === 0) return 'no value is typed yet';
  const rest = hands.length - MOST_HANDS;
  return rest > 0 ? `${hands.slice(0, MOST_HANDS).join(', ')} and ${rest} more` : hands.join(', ');
}

import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import type { Output } from '../../core/contract/contract.ts';
import { useApi } from '../platform/api.tsx';
import { shortMoment } from '../ui/calendar-date.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FactList } from '../ui/fact-list.tsx';

type Check = Output<'sessions.clockCheck'>;
/** With both dates before it, the note fits the contract's 300 characters. */
const MAX_NOTE_LENGTH = 180;

/**
 * Asks before a session starts on a computer whose clock stands before the newest record.
 * @returns `ask`: what to note about the clock, empty when there is nothing to ask, null for "do not start"; and the
 *   dialogue to draw.
 */
export function useClockQuestion(): { ask: () => Promise<string | null>; dialog: ReactNode } {
  const api = useApi();
  const [asked, setAsked] = useState<Check | null>(null);
  const answer = useRef<(note: string | null) => void>(() => {});
  const ask = async (): Promise<string | null> => {
    const check = await api['sessions.clockCheck']({});
    // A check that cannot be made keeps nobody from working: the start itself says what is wrong with the store.
    if (!check.ok || !check.value.isBehind) return '';
    setAsked(check.value);
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  };
  const settle = (note: string | null) => {
    setAsked(null);
    answer.current(note);
  };
  return { ask, dialog: asked && <ClockDialog check={asked} onAnswer={settle} /> };
}

function ClockDialog({ check, onAnswer }: { check: Check; onAnswer: (note: string | null) => void }) {
  const [note, setNote] = useState('');
  const newest = check.newestAt === null ? '' : shortMoment(check.newestAt);
  const now = shortMoment(check.now);
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    const said = note.trim() === '' ? '' : ` ${note.trim()}`;
    onAnswer(`Confirmed as right at ${now}, with a last record of ${newest}.${said}`);
  };
  return (
    <Dialog
      isOpen
      title="The clock stands before the last record"
      closeLabel="Do not start the session"
      onClose={() => onAnswer(null)}
    >
      <form onSubmit={confirm} noValidate>
        <Stack gap="md">
          <FactList
            facts={[
              { name: 'last record', value: newest },
              { name: 'this computer’s clock', value: now },
            ]}
          />
          <p>
            A session keeps the time of the clock. With a wrong clock it would stand at the wrong place of
            every trend. Nothing is lost: set the clock in the settings of the computer, then start again.
          </p>
          <TextInput
            label="Note (optional)"
            placeholder="for example: the last record had a wrong date"
            maxLength={MAX_NOTE_LENGTH}
            autoComplete="off"
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="sm">
            <Button type="submit" variant="default">
              The clock is right, start
            </Button>
            <Button data-autofocus onClick={() => onAnswer(null)}>
              Do not start
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

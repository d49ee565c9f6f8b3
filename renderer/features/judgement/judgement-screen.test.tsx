// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { handsOnSeconds } from '../../../core/clinical/keystroke-level.ts';
import { draftToEntries } from '../../../core/clinical/session-entries.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { Input } from '../../../core/contract/contract.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { Patient } from '../../../core/contract/schemas/clinical.ts';
import {
  EMPTY_DRAFT,
  startMemoryHost,
  testId,
  testPatient,
  testSession,
} from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { JudgementScreen } from './judgement-screen.tsx';

const CELLS = {
  'lateral-pinch/right/1': '7.2',
  'lateral-pinch/left/1': '4.1',
  'wrist-extension/left/1': '2.1',
};

function savedSession(patient: Partial<Patient>, isBlinded: boolean): SessionView {
  const view = testSession(testPatient(1, patient));
  const trials = draftToEntries({ ...EMPTY_DRAFT, cells: CELLS }).entries.map((entry, index) => ({
    ...entry,
    id: testId<string>(600 + index),
    version: 1,
    createdAt: '2026-11-25T08:01:00.000Z',
    correctionReason: null,
  }));
  return {
    ...view,
    session: { ...view.session, state: 'saved', savedAt: '2026-11-25T08:01:00.000Z', isBlinded },
    draft: null,
    trials,
  };
}

async function open(options: { patient?: Partial<Patient>; isBlinded?: boolean; isFull?: boolean } = {}) {
  const view = savedSession(options.patient ?? {}, options.isBlinded ?? false);
  const lockedAt = '2026-11-25T08:02:00.000Z';
  const host = startMemoryHost({
    'sessions.get': () => view,
    'recordings.listForSession': () => [],
    'sessions.lockJudgement': ({ judgement }) => {
      if (options.isFull) throw new AppError('store.full');
      return {
        judgement: {
          ...judgement,
          id: testId(801),
          sessionId: view.session.id,
          userId: testId(901),
          userName: 'Dr A. Lindgren',
          lockedAt,
          isAfterReveal: false,
        },
        lockedAt,
        receipt: 'a'.repeat(64),
        inputHash: 'b'.repeat(64),
      };
    },
  });
  const events: string[] = [];
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <JudgementScreen
          sessionId={view.session.id}
          onLocked={() => events.push('locked')}
          onSavedOnly={() => events.push('saved')}
          onCorrect={() => events.push('correct')}
          onImport={() => events.push('import')}
        />
      </ApiProvider>
    </MantineProvider>,
  );
  await screen.findByRole('heading', { name: 'Your judgement' });
  const locked = () => host.inputsOf('sessions.lockJudgement') as Input<'sessions.lockJudgement'>[];
  return { ...host, user, events, locked };
}

const slider = () => screen.getByLabelText<HTMLInputElement>('How sure');
/** jsdom has no keyboard for range inputs: the value is set as the browser would after an arrow key. */
const slideTo = (percent: number) => fireEvent.change(slider(), { target: { value: String(percent) } });
const lockButton = () => screen.getByRole('button', { name: 'Lock and show' });

describe('judgement before the model', () => {
  it('starts with nothing answered, and nothing of the model but "opens after you lock"', async () => {
    const { requests } = await open();
    expect(screen.getAllByRole<HTMLInputElement>('radio').some((radio) => radio.checked)).toBe(false);
    expect(slider().getAttribute('aria-valuetext')).toBe('not set');
    expect(screen.queryByRole('button', { name: /: for$/ })).toBeNull();
    expect(screen.getByText('opens after you lock')).toBeTruthy();
    expect(requests.map(({ name }) => name)).toEqual(['sessions.get', 'recordings.listForSession']);
  });

  it('locks by keyboard: key 2, Enter, slider, Enter, a driver by Enter, Ctrl+Enter; no prediction is asked for', async () => {
    const { user, locked, requests, events } = await open();
    await user.keyboard('2{Enter}');
    expect(document.activeElement).toBe(slider());
    slideTo(60);
    await user.keyboard('{Enter}{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
    expect(document.activeElement?.getAttribute('aria-pressed')).toBe('true');
    expect(events).toEqual([]);
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(events).toEqual(['locked']);
    expect(locked()).toMatchObject([
      {
        judgedSide: 'left',
        judgement: {
          answer: 'four-corner-fusion',
          confidencePercent: 60,
          drivers: [{ feature: 'wrist-extension-percent-expected', direction: 'for' }],
          isBlinded: false,
        },
      },
    ]);
    expect(requests.some(({ name }) => name.startsWith('predictions.'))).toBe(false);
    // Nine keys, two arrow presses on the slider, three decisions: within the 15 seconds of a judgement.
    expect(handsOnSeconds({ keys: 11, touches: 0, decisions: 3 })).toBeLessThanOrEqual(15);
  });

  it('does not lock a class without a confidence and says so', async () => {
    const { user, locked } = await open();
    await user.keyboard('1');
    await user.click(lockButton());
    expect(screen.getByText(/Say how sure you are/)).toBeTruthy();
    expect(document.activeElement).toBe(slider());
    expect(locked()).toEqual([]);
  });

  it('does not lock without an answer', async () => {
    const { user, locked } = await open();
    await user.click(lockButton());
    expect(screen.getByText(/Choose what this pinch behaves most like/)).toBeTruthy();
    expect(locked()).toEqual([]);
  });

  it('takes "cannot tell" without confidence or drivers', async () => {
    const { user, locked } = await open();
    await user.keyboard('2');
    slideTo(80);
    await user.keyboard('4');
    expect(slider().disabled).toBe(true);
    await user.click(lockButton());
    expect(locked()).toMatchObject([
      { judgement: { answer: 'cannot-tell', confidencePercent: null, drivers: [] } },
    ]);
  });

  it('names at most three drivers once each, and forgets directions when the answer changes', async () => {
    const { user, locked } = await open();
    await user.keyboard('2');
    slideTo(70);
    await user.click(screen.getByRole('button', { name: /^key pinch, .*: against$/ }));
    await user.click(screen.getByRole('button', { name: /^key pinch, .*: for$/ }));
    await user.keyboard('3');
    await user.click(screen.getByRole('button', { name: /^key pinch against the other hand.*: against$/ }));
    await user.click(lockButton());
    expect(locked()[0]?.judgement.drivers).toEqual([
      { feature: 'pinch-ratio-other-hand', direction: 'against' },
    ]);
  });

  it('asks which hand is judged when both are affected, and does not offer the other hand as a measure', async () => {
    const { user, locked } = await open({ patient: { affectedSide: 'both' } });
    await user.keyboard('2');
    slideTo(55);
    await user.click(lockButton());
    expect(screen.getByText('Say which hand you judge.')).toBeTruthy();
    await user.click(screen.getByLabelText('right'));
    expect(screen.queryByRole('button', { name: /against the other hand/ })).toBeNull();
    await user.click(lockButton());
    expect(locked()).toMatchObject([{ judgedSide: 'right' }]);
  });

  it('says when it is blinded and stores that it was', async () => {
    const { user, locked } = await open({ isBlinded: true });
    expect(screen.getByText(/diagnosis, operation and dates stay hidden/)).toBeTruthy();
    await user.keyboard('4');
    await user.click(lockButton());
    expect(locked()[0]?.judgement.isBlinded).toBe(true);
  });

  it('leaves with one key without a judgement', async () => {
    const { user, events, locked } = await open();
    await user.keyboard('s');
    expect(events).toEqual(['saved']);
    expect(locked()).toEqual([]);
  });

  it('locks with Ctrl+Enter from anywhere, and says what is missing first', async () => {
    const { user, events, locked } = await open();
    await user.keyboard('2{Control>}{Enter}{/Control}');
    expect(screen.getByText(/Say how sure you are/)).toBeTruthy();
    expect(locked()).toEqual([]);
    slideTo(60);
    await user.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(() => events).toEqual(['locked']);
  });

  it('leads to the measured values, to correct a slip before judging', async () => {
    const { user, events } = await open();
    await user.click(screen.getByRole('button', { name: 'Correct a measured value' }));
    expect(events).toEqual(['correct']);
  });

  it('keeps the answer on screen when the lock fails', async () => {
    const { user, events } = await open({ isFull: true });
    await user.keyboard('2');
    slideTo(60);
    await user.click(lockButton());
    expect((await screen.findByRole('alert')).textContent).toMatch(/not saved yet/);
    expect(events).toEqual([]);
    expect(screen.getByText('60 %')).toBeTruthy();
  });
});

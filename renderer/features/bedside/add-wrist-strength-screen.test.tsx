// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draftToEntries } from '../../../core/clinical/session-entries.ts';
import { PREFERENCE_DEFAULTS } from '../../../core/contract/channels/preferences.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { Device, SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import {
  EMPTY_DRAFT,
  startMemoryHost,
  type TestHandlers,
  testId,
  testPatient,
  testSession,
} from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { AddWristStrengthScreen } from './add-wrist-strength-screen.tsx';

/** Two trials of the left hand that were typed in pounds. */
const TYPED = draftToEntries({
  ...EMPTY_DRAFT,
  forceUnit: 'lb',
  cells: { 'lateral-pinch/left/1': '9.5', 'lateral-pinch/left/2': '9.7' },
}).entries.map((entry, index) => ({
  ...entry,
  id: testId<string>(600 + index),
  version: 1,
  createdAt: '2026-11-25T08:01:00.000Z',
  correctionReason: null,
}));

async function open(
  session: Partial<SessionView['session']> = {},
  awaited: RegExp | null = null,
  more: { handlers?: TestHandlers; trials?: SessionView['trials'] } = {},
) {
  const base = testSession(testPatient(1));
  const view: SessionView = {
    ...base,
    draft: null,
    trials: more.trials ?? TYPED,
    session: { ...base.session, state: 'revealed', judgedSide: 'left', ...session },
  };
  const state: { draft: SessionDraft | null } = { draft: null };
  const host = startMemoryHost({
    'sessions.get': () => ({ ...view, draft: state.draft }),
    'sessions.addTrials': () => view,
    'sessions.saveDraft': ({ draft }) => {
      state.draft = draft;
      return { savedAt: '2026-11-25T08:00:01.000Z' };
    },
    ...more.handlers,
  });
  const events: string[] = [];
  const user = userEvent.setup();
  const draw = () =>
    render(
      <MantineProvider env="test">
        <ApiProvider api={host.api}>
          <AddWristStrengthScreen sessionId={view.session.id} onDone={() => events.push('done')} />
        </ApiProvider>
      </MantineProvider>,
    );
  const page = draw();
  if (awaited) await screen.findByText(awaited);
  else await screen.findByRole('heading', { name: 'Add wrist strength' });
  /** Left by whatever way, and opened again. */
  const reopen = async () => {
    page.unmount();
    await expect.poll(() => state.draft).not.toBeNull();
    draw();
    await screen.findByRole('heading', { level: 1 });
  };
  return { ...host, user, events, reopen };
}

describe('adding wrist strength', () => {
  it('asks for the judged hand only; four values, Enter, Enter: added as typed', async () => {
    const { user, inputsOf, events } = await open();
    expect(screen.queryByLabelText(/Right wrist/)).toBeNull();
    await user.keyboard('2.1{Enter}4{Enter}3,1{Enter}3.4{Enter}{Enter}');
    expect(events).toEqual(['done']);
    expect(inputsOf('sessions.addTrials')).toMatchObject([
      {
        trials: [
          { measure: 'wrist-extension', side: 'left', typedText: '2.1', typedUnit: 'N.m', valueSi: 2.1 },
          { measure: 'wrist-flexion', valueSi: 4 },
          { measure: 'wrist-radial', typedText: '3,1', valueSi: 3.1 },
          { measure: 'wrist-ulnar', valueSi: 3.4 },
        ],
      },
    ]);
  });

  it('adds nothing when nothing is typed', async () => {
    const { user, requests } = await open();
    await user.click(screen.getByRole('button', { name: 'Add to the session' }));
    expect(screen.getByText(/at least one wrist strength/)).toBeTruthy();
    expect(requests.some(({ name }) => name === 'sessions.addTrials')).toBe(false);
  });

  it('adds any other measurement, as further trials after what is there', async () => {
    const { user, inputsOf } = await open();
    await user.selectOptions(screen.getByLabelText('What is added'), 'Lateral pinch');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Add lateral pinch');
    await user.click(screen.getByLabelText('Left, trial 1, lb'));
    await user.keyboard('9.9{Enter}');
    // One block at a time: what is typed is never out of sight.
    expect(screen.getByLabelText<HTMLSelectElement>('What is added').disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Add to the session' }));
    expect(inputsOf('sessions.addTrials')).toMatchObject([
      {
        trials: [
          { measure: 'lateral-pinch', side: 'left', trialNumber: 3, typedText: '9.9', typedUnit: 'lb' },
        ],
      },
    ]);
  });

  it('keeps pain of a hand without a value from being lost, as the bedside does', async () => {
    const { user, requests } = await open();
    await user.selectOptions(screen.getByLabelText('What is added'), 'Lateral pinch');
    await user.type(screen.getByLabelText('Left, trial 1, lb'), '9.9');
    await user.type(screen.getByLabelText('Right, pain 0 to 10'), '8');
    await user.click(screen.getByRole('button', { name: 'Add to the session' }));
    expect(screen.getAllByText(/^Right hand: pain 8 but no value/)).not.toEqual([]);
    expect(document.activeElement).toBe(screen.getByLabelText('Right, trial 1, lb'));
    expect(requests.some(({ name }) => name === 'sessions.addTrials')).toBe(false);
  });

  it('keeps what is typed as a draft, whatever way the screen is left, and brings it back', async () => {
    const { user, reopen, inputsOf } = await open();
    await user.selectOptions(screen.getByLabelText('What is added'), 'Lateral pinch');
    await user.type(screen.getByLabelText('Left, trial 1, lb'), '9.9');
    await user.type(screen.getByLabelText('Left, pain 0 to 10'), '3');
    await reopen();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Add lateral pinch');
    expect(screen.getByText('Typed here before and not added yet.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Left, trial 1, lb').value).toBe('9.9');
    await user.click(screen.getByRole('button', { name: 'Clear the form' }));
    expect(screen.getByLabelText<HTMLInputElement>('Left, trial 1, lb').value).toBe('');
    await user.keyboard('{Control>}z{/Control}');
    await user.click(screen.getByRole('button', { name: 'Add to the session' }));
    await expect
      .poll(() => inputsOf('sessions.addTrials'))
      .toMatchObject([{ trials: [{ typedText: '9.9', pain: 3, trialNumber: 3 }] }]);
  });

  it('takes units and devices as a new session does, where the session has none of its own', async () => {
    const jamar: Device = {
      ...{ id: testId(704), name: 'Jamar', serial: '', kind: 'dynamometer', unit: 'lb' },
      calibratedOn: null,
    };
    const { user, inputsOf } = await open({}, null, {
      trials: [],
      handlers: {
        'devices.list': () => [jamar],
        'preferences.get': () => ({ ...PREFERENCE_DEFAULTS, forceUnit: 'lb', torqueUnit: 'lb.in' }),
        'sessions.listForPatient': () => ({ rows: [], total: 0 }),
      },
    });
    expect(screen.getByLabelText('Left wrist extension, lb·in')).toBeTruthy();
    await user.selectOptions(screen.getByLabelText('What is added'), 'Grip, second handle');
    await user.type(screen.getByLabelText('Left grip, trial 1, lb'), '62');
    await user.click(screen.getByRole('button', { name: 'Add to the session' }));
    expect(inputsOf('sessions.addTrials')).toMatchObject([
      { trials: [{ typedText: '62', typedUnit: 'lb', deviceId: jamar.id }] },
    ]);
  });

  it('a closed session takes no more', async () => {
    await open({ state: 'closed' }, /takes no further measurements/);
    expect(screen.queryByRole('button', { name: 'Add to the session' })).toBeNull();
  });
});

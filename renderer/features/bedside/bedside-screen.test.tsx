// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { entryWalk, SIDES } from '../../../core/clinical/entry-walk.ts';
import { actionsForValues, handsOnSeconds } from '../../../core/clinical/keystroke-level.ts';
import type { Input } from '../../../core/contract/contract.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import {
  EMPTY_DRAFT,
  startMemoryHost,
  TEST_DEVICES,
  type TestHandlers,
  testPatient,
  testSession,
} from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { BedsideScreen } from './bedside-screen.tsx';

/** Many keys one after the other, on a computer that does other things too. */
const SLOW_MS = 60_000;
const SAVED_AT = '2026-11-25T08:01:00.000Z';

async function open(draft: Partial<SessionDraft> = {}, handlers: TestHandlers = {}) {
  const view = testSession(testPatient(1), { ...EMPTY_DRAFT, ...draft });
  const events: string[] = [];
  const host = startMemoryHost({
    'sessions.get': () => view,
    'records.openSessions': () => [],
    'devices.list': () => TEST_DEVICES,
    'sessions.saveDraft': () => ({ savedAt: SAVED_AT }),
    'sessions.saveMeasurements': () => ({
      ...view,
      session: { ...view.session, state: 'saved' },
      draft: null,
    }),
    ...handlers,
  });
  const user = userEvent.setup({ delay: null });
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <BedsideScreen
          sessionId={view.session.id}
          onJudgeEarlier={() => {}}
          onJudge={() => events.push('judge')}
          onSavedOnly={() => events.push('saved')}
          onDiscarded={() => events.push('discarded')}
          onBack={() => events.push('back')}
        />
      </ApiProvider>
    </MantineProvider>,
  );
  await screen.findByRole('heading', { name: 'Lateral pinch' });
  const saved = () =>
    (host.inputsOf('sessions.saveMeasurements') as Input<'sessions.saveMeasurements'>[]).at(-1)?.trials ?? [];
  return { ...host, user, events, saved };
}

const cell = (name: RegExp | string) => screen.getByLabelText<HTMLInputElement>(name);
const active = () => document.activeElement?.getAttribute('data-cell');

describe('bedside entry', { timeout: SLOW_MS }, () => {
  it('puts the cursor into an added trial, so that the next digits are not lost on the button', async () => {
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: 'one more trial' }));
    await waitFor(() => expect(active()).toBe('lateral-pinch/right/4'));
    await user.keyboard('6.6{Enter}');
    expect(cell('Right, trial 4, kg').value).toBe('6.6');
    expect(active()).toBe('lateral-pinch/left/4');
  });

  it('walks R1 L1 R2 L2 R3 L3 with Enter and saves with one key: six trials, at most 30 keys', async () => {
    const { user, saved, events } = await open();
    const values = ['7.2', '4,1', '7.6', '4.3', '7.4', '4.0'];
    const visited: (string | null | undefined)[] = [];
    for (const value of values) {
      visited.push(active());
      await user.keyboard(`${value}{Enter}`);
    }
    expect(visited).toEqual(
      entryWalk([{ measures: [{ measure: 'lateral-pinch', trialCount: 3 }], sides: SIDES }]),
    );
    expect(active()).toBe('wrist-extension/left/1');
    expect(screen.getByText('7.4 kg')).toBeTruthy();
    expect(screen.getByText('2.2 %')).toBeTruthy();
    await user.keyboard('{Control>}s{/Control}');
    expect(events).toEqual(['saved']);
    expect(saved().map((t) => [t.side, t.trialNumber, t.typedText, t.typedUnit])).toEqual([
      ['right', 1, '7.2', 'kg'],
      ['right', 2, '7.6', 'kg'],
      ['right', 3, '7.4', 'kg'],
      ['left', 1, '4,1', 'kg'],
      ['left', 2, '4.3', 'kg'],
      ['left', 3, '4.0', 'kg'],
    ]);
    const actions = actionsForValues(values, 'keyboard');
    expect(actions.keys + 1).toBeLessThanOrEqual(30);
    expect(handsOnSeconds(actions)).toBeLessThanOrEqual(30);
  });

  it('saves and judges with Ctrl+Enter, and S saves only outside a field', async () => {
    const { user, events, requests } = await open();
    await user.keyboard('7.2s');
    expect(cell('Right, trial 1, kg').value).toBe('7.2s');
    expect(requests.some(({ name }) => name === 'sessions.saveMeasurements')).toBe(false);
    await user.keyboard('{Backspace}{Control>}{Enter}{/Control}');
    expect(events).toEqual(['judge']);
  });

  it.each([
    ['1e999', /Type the number in full/],
    ['abc', /Type the number only/],
    ['-7', /cannot be below zero/],
  ])('keeps %s on the screen, says why it is not a number and does not save', async (text, sentence) => {
    const { user, requests, events } = await open();
    await user.keyboard(`${text}{Enter}`);
    expect(active()).toBe('lateral-pinch/right/1');
    expect(cell('Right, trial 1, kg').value).toBe(text);
    expect(screen.getAllByText(sentence).length).toBeGreaterThan(0);
    await user.keyboard('{Control>}s{/Control}');
    expect(events).toEqual([]);
    expect(requests.some(({ name }) => name === 'sessions.saveMeasurements')).toBe(false);
  });

  it('asks about an unusual value, keeps it as typed, and a second Enter says it is right', async () => {
    const { user, saved, events } = await open();
    await user.keyboard('7.2{Enter}4.1{Enter}17.4{Enter}');
    expect(active()).toBe('lateral-pinch/right/2');
    expect(screen.getAllByText(/17.4 kg is more than twice/).length).toBeGreaterThan(0);
    await user.keyboard('{Control>}s{/Control}');
    expect(events).toEqual([]);
    await user.keyboard('{Enter}');
    expect(active()).toBe('lateral-pinch/left/2');
    await user.keyboard('{Control>}s{/Control}');
    expect(saved().find((t) => t.typedText === '17.4')).toMatchObject({ isConfirmedUnusual: true });
  });

  it('blames the slipped trial alone, and "Yes, keep it" leads on to the next cell', async () => {
    const { user } = await open();
    await user.keyboard('7.5{Enter}4.1{Enter}7.6{Enter}4.2{Enter}75{Enter}');
    expect(screen.getAllByText(/Is it right\?/, { ignore: '[hidden]' })).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Yes, keep it' }));
    expect(active()).toBe('lateral-pinch/left/3');
  });

  it('gives no percentage of the other side when both hands are affected', async () => {
    const cells = { 'lateral-pinch/right/1': '7.2', 'lateral-pinch/left/1': '3.6' };
    await open({ cells });
    expect(screen.getByText('50 %')).toBeTruthy();
    cleanup();
    const both = testSession(testPatient(1, { affectedSide: 'both' }), { ...EMPTY_DRAFT, cells });
    await open({}, { 'sessions.get': () => both });
    expect(screen.queryByText('50 %')).toBeNull();
    expect(screen.getByText(/no % of the other side: both hands are affected/)).toBeTruthy();
  });

  it('leaves the cursor in the form after a question about the unit', async () => {
    const { user } = await open();
    await user.keyboard('7.2');
    await user.click(
      within(screen.getByRole('group', { name: 'Unit of pinch' })).getByRole('radio', { name: 'lb' }),
    );
    await user.click(screen.getByRole('button', { name: 'Stay with kg' }));
    expect(active()).toBe('lateral-pinch/right/1');
  });

  it('goes back to the list of devices when one was added', async () => {
    const { user } = await open({}, { 'devices.create': (fields) => ({ ...TEST_DEVICES[0]!, ...fields }) });
    await user.selectOptions(screen.getByLabelText('Device'), 'add');
    await user.type(screen.getByLabelText('Name'), 'New gauge');
    const form = within(screen.getByRole('group', { name: 'New pinch gauge' }));
    await user.click(form.getByRole('radio', { name: 'kg' }));
    await user.click(form.getByRole('button', { name: 'Add device' }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Device')));
  });

  it('asks before a unit changes under typed values and never converts them', async () => {
    const { user, saved } = await open();
    await user.keyboard('7.2{Enter}');
    await user.click(screen.getByLabelText('lb'));
    expect(screen.getByText(/not converted: 7.2 kg would read 7.2 lb/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Stay with kg' }));
    expect(screen.getByLabelText<HTMLInputElement>('kg').checked).toBe(true);
    await user.click(screen.getByLabelText('lb'));
    await user.click(screen.getByRole('button', { name: 'Change to lb, keep the numbers' }));
    expect(cell('Right, trial 1, lb').value).toBe('7.2');
    await user.keyboard('{Control>}s{/Control}');
    expect(saved()[0]).toMatchObject({ typedText: '7.2', typedUnit: 'lb', valueSi: 7.2 * 4.4482216152605 });
  });

  it('points out a gauge that shows another unit than the form', async () => {
    const { user } = await open();
    await user.keyboard('7.2{Enter}');
    await user.selectOptions(screen.getByLabelText('Device'), TEST_DEVICES[0]?.id ?? '');
    await user.click(screen.getByRole('button', { name: 'Stay with kg' }));
    expect(screen.getByText(/shows lb; this form is set to kg/)).toBeTruthy();
  });

  it('takes back the last value with Ctrl+Z and puts the cursor there', async () => {
    const { user } = await open();
    await user.keyboard('7.2{Enter}4.1{Enter}');
    await user.keyboard('{Control>}z{/Control}');
    expect(cell('Left, trial 1, kg').value).toBe('');
    expect(cell('Right, trial 1, kg').value).toBe('7.2');
    expect(active()).toBe('lateral-pinch/left/1');
  });

  it('keeps what was typed on screen when the draft cannot be stored, and recovers', async () => {
    let isFull = true;
    const { user } = await open(
      {},
      {
        'sessions.saveDraft': () => {
          if (isFull) throw new AppError('store.full');
          return { savedAt: SAVED_AT };
        },
      },
    );
    await user.keyboard('7.2{Enter}');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toMatch(/not on disk yet.*Incident T1/);
    expect(cell('Right, trial 1, kg').value).toBe('7.2');
    isFull = false;
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/draft saved at/)).toBeTruthy();
    expect(cell('Right, trial 1, kg').value).toBe('7.2');
  });

  it('keeps the form when saving fails', async () => {
    const { user, events } = await open(
      {},
      {
        'sessions.saveMeasurements': () => {
          throw new AppError('store.full');
        },
      },
    );
    await user.keyboard('7.2{Control>}s{/Control}');
    expect((await screen.findByRole('alert')).textContent).toMatch(/not saved yet/);
    expect(events).toEqual([]);
    expect(cell('Right, trial 1, kg').value).toBe('7.2');
  });

  it('resumes a draft as it was typed, with the cursor in the first empty cell', async () => {
    await open({ cells: { 'lateral-pinch/right/1': '7,', 'wrist-flexion/left/1': '4.0' }, trialCount: 4 });
    expect(cell('Right, trial 1, kg').value).toBe('7,');
    expect(cell(/Left wrist flexion/).value).toBe('4.0');
    expect(cell('Right, trial 4, kg').value).toBe('');
    expect(active()).toBe('lateral-pinch/left/1');
  });

  it('types with the number pad without losing the cursor', async () => {
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: 'number pad' }));
    const pad = within(screen.getByRole('group', { name: 'Number pad' }));
    for (const key of ['7', 'decimal point', '2', 'Next', '4', '5', 'erase last character', 'Next']) {
      await user.click(pad.getByRole('button', { name: key }));
    }
    expect(cell('Right, trial 1, kg').value).toBe('7.2');
    expect(cell('Left, trial 1, kg').value).toBe('4');
    expect(active()).toBe('lateral-pinch/right/2');
  });

  it('records a hand that was not tested with its reason', async () => {
    const { user, saved } = await open();
    await user.keyboard('7.2{Enter}');
    await user.selectOptions(screen.getByLabelText('Left, not tested: reason'), 'splint or cast');
    await user.keyboard('{Control>}s{/Control}');
    expect(saved().map((t) => [t.side, t.valueSi === null, t.notTestedReason])).toEqual([
      ['right', false, null],
      ['left', true, 'splint or cast'],
      ['left', true, 'splint or cast'],
      ['left', true, 'splint or cast'],
    ]);
  });

  it('says that nothing is measured yet instead of saving an empty session', async () => {
    const { user, events } = await open();
    await user.click(screen.getByRole('button', { name: /Save measurements only/ }));
    expect(screen.getByText(/Nothing is measured yet/)).toBeTruthy();
    expect(events).toEqual([]);
  });

  it('discards only after a question', async () => {
    const { user, events, requests } = await open({}, { 'sessions.discard': () => ({}) });
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(requests.some(({ name }) => name === 'sessions.discard')).toBe(false);
    await user.click(screen.getByRole('button', { name: 'Discard the session' }));
    expect(events).toEqual(['discarded']);
  });
});

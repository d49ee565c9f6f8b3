// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draftToEntries } from '../../../core/clinical/session-entries.ts';
import type { SessionTrial, SessionView } from '../../../core/contract/channels/sessions.ts';
import type { Input } from '../../../core/contract/contract.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { Device, DeviceId, UserId } from '../../../core/contract/schemas/clinical.ts';
import { toNewtons } from '../../../core/units/quantities.ts';
import {
  EMPTY_DRAFT,
  startMemoryHost,
  TEST_DEVICES,
  type TestHandlers,
  testId,
  testPatient,
  testSession,
} from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { SessionScreen } from './session-screen.tsx';

const DRAFT = {
  ...EMPTY_DRAFT,
  cells: {
    'lateral-pinch/right/1': '7,20',
    'lateral-pinch/right/2': '7.6',
    'lateral-pinch/left/1': '14.1',
    'lateral-pinch/left/2': '4.3',
    'wrist-extension/left/1': '2.1',
  },
  pain: { 'lateral-pinch/left': '3' },
  stoppedEarly: ['lateral-pinch/left'],
  notTested: { 'wrist-flexion/left': 'splint or cast' as const },
  confirmedUnusual: ['lateral-pinch/left/1'],
};

function closedSession(change: Partial<SessionView['session']> = {}): SessionView {
  const view = testSession(testPatient(1));
  return {
    ...view,
    session: { ...view.session, state: 'closed', note: 'Splint off today.', ...change },
    device: TEST_DEVICES[0] ?? null,
    draft: null,
    trials: draftToEntries(DRAFT).entries.map((entry, index) => ({
      ...entry,
      id: testId<string>(600 + index),
      version: 1,
      createdAt: '2026-11-25T08:01:00.000Z',
      correctionReason: null,
    })),
  };
}

const judged = (view: SessionView): SessionView => ({
  ...view,
  judgements: [
    {
      id: testId(801),
      sessionId: view.session.id,
      userId: testId<UserId>(901),
      userName: 'Dr A. Lindgren',
      answer: 'four-corner-fusion',
      confidencePercent: 60,
      drivers: [],
      isBlinded: false,
      durationMs: 12_000,
      lockedAt: '2026-11-25T08:02:00.000Z',
      isAfterReveal: false,
    },
  ],
});

async function open(view: SessionView, handlers: TestHandlers = {}) {
  const state = { view };
  const host = startMemoryHost({
    'sessions.get': () => state.view,
    'truths.list': () => [],
    // As the host does it: a new version beside the old one.
    'sessions.correctTrial': ({ trial, reason }) => {
      const isIt = (t: SessionTrial) =>
        t.measure === trial.measure && t.side === trial.side && t.trialNumber === trial.trialNumber;
      const old = state.view.trials.find(isIt);
      if (!old) throw new AppError('session.not_found');
      const next: SessionTrial = {
        ...trial,
        id: testId<string>(700 + old.version),
        version: old.version + 1,
        createdAt: `2026-11-25T08:0${5 + old.version}:00.000Z`,
        correctionReason: reason,
        userName: 'M. Rossi',
      };
      state.view = {
        ...state.view,
        trials: state.view.trials.map((t) => (isIt(t) ? next : t)),
        history: [...state.view.history, old],
      };
      return state.view;
    },
    ...handlers,
  });
  const events: string[] = [];
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <SessionScreen
          sessionId={view.session.id}
          onJudge={() => events.push('judge')}
          onResult={() => events.push('result')}
          onDone={() => events.push('done')}
        />
      </ApiProvider>
    </MantineProvider>,
  );
  await screen.findByRole('heading', { name: 'Measurements' });
  const corrections = () => host.inputsOf('sessions.correctTrial') as Input<'sessions.correctTrial'>[];
  return { ...host, user, events, corrections };
}

const row = (key: string) => document.querySelector<HTMLElement>(`[data-trial="${key}"]`)?.textContent ?? '';
const LEFT_1 = 'Correct key pinch, left, trial 1';

describe('the measurements of a session', () => {
  it('stand exactly as typed, with unit, pain, flags, reasons, note and device', async () => {
    await open(closedSession());
    expect(row('lateral-pinch/right/1')).toMatch(/key pinchright17,20 kg/);
    expect(row('lateral-pinch/left/1')).toMatch(
      /14\.1 kgpain 3 of 10; stopped early; unusual value, confirmed/,
    );
    expect(row('wrist-extension/left/1')).toMatch(/2\.1 N·m/);
    expect(row('wrist-flexion/left/1')).toMatch(/not tested: splint or cast/);
    const about = screen.getByLabelText('About this session').textContent;
    expect(about).toMatch(/25 Nov 2026/);
    expect(about).toMatch(/B&L pinch gauge, 12345, shows lb/);
    expect(about).toMatch(/Splint off today/);
    expect(about).toMatch(/closed without a judgement/);
    expect(screen.getByLabelText('Values of this session').textContent).toMatch(/key pinch right7\.4 kg/);
    expect(screen.queryByRole('button', { name: 'Judge' })).toBeNull();
    expect(screen.queryByText(/Resembles|model/i)).toBeNull();
  });

  it('of another visit say while blinded that date and judgement are hidden, not that there is none', async () => {
    const view = closedSession({ startedAt: null, savedAt: null, note: '' });
    const blinded = { ...view, patient: { ...view.patient, isBlinded: true as const } };
    await open({
      ...blinded,
      trials: view.trials.map((trial) => ({ ...trial, version: 2, createdAt: null })),
    });
    const about = screen.getByLabelText('About this session').textContent;
    expect(about).toMatch(/datehidden \(blinded\)/);
    expect(about).toMatch(/judgementhidden \(blinded\)/);
    expect(document.body.textContent).not.toMatch(/Nov 2026|without a judgement/);
    expect(row('lateral-pinch/right/1')).toMatch(/7,20 kg/);
  });

  it('corrects a value with a reason, keeps both versions, and says so', async () => {
    const { user, corrections } = await open(closedSession());
    await user.click(screen.getByRole('button', { name: LEFT_1 }));
    const form = within(screen.getByRole('form', { name: LEFT_1 }));
    expect(form.getByText('14.1 kg')).toBeTruthy();
    await user.keyboard('4,1');
    await user.type(form.getByLabelText('Why it is corrected'), 'a digit too many{Enter}');
    expect(await screen.findByText(/correction is saved/)).toBeTruthy();
    expect(corrections()).toMatchObject([
      {
        reason: 'a digit too many',
        trial: { typedText: '4,1', typedUnit: 'kg', pain: 3, isStoppedEarly: true, trialNumber: 1 },
      },
    ]);
    expect(row('lateral-pinch/left/1')).toMatch(/4,1 kg.*corrected, version 2/);
    const history = screen.getByRole('region', { name: 'History of corrections' }).textContent;
    expect(history).toMatch(/version 1: 14\.1 kg.*version 2: 4,1 kg, by M\. Rossi.*a digit too many/);
    expect(screen.queryByRole('form')).toBeNull();
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe(LEFT_1);
  });

  it('says that the locked judgement was made on version 1, and leads to the result', async () => {
    const { user, events } = await open(judged(closedSession({ state: 'revealed' })));
    expect(screen.queryByText(/made on version/)).toBeNull();
    await user.click(screen.getByRole('button', { name: LEFT_1 }));
    await user.keyboard('4.1');
    await user.type(screen.getByLabelText('Why it is corrected'), 'slip{Enter}');
    expect(
      await screen.findByText(
        /“made on version 1”. It is out of the figures where the correction came before/,
      ),
    ).toBeTruthy();
    expect(screen.getByText('the judgement was made on version 1')).toBeTruthy();
    await user.click(screen.getAllByRole('button', { name: 'To the result' })[0]!);
    expect(events).toEqual(['result']);
  });

  it.each([
    ['', 'slip', /Type the right value, or say why there is none/],
    ['abc', 'slip', /Type the number only/],
    ['1e999', 'slip', /Type the number in full/],
    ['14.1', 'slip', /stored already/],
    ['4.1', '', /why the value is corrected/],
  ])('does not send "%s" with the reason "%s"', async (value, reason, sentence) => {
    const { user, corrections } = await open(closedSession());
    await user.click(screen.getByRole('button', { name: LEFT_1 }));
    if (value !== '') await user.keyboard(value);
    if (reason !== '') await user.type(screen.getByLabelText('Why it is corrected'), reason);
    await user.click(screen.getByRole('button', { name: 'Save the correction' }));
    expect(screen.getByText(sentence)).toBeTruthy();
    expect(corrections()).toEqual([]);
  });

  it('asks about an unusual value and never changes it', async () => {
    const { user, corrections } = await open(closedSession());
    await user.click(screen.getByRole('button', { name: LEFT_1 }));
    await user.keyboard('41');
    await user.type(screen.getByLabelText('Why it is corrected'), 'read again{Enter}');
    expect(screen.getByText(/41 kg is more than a hand usually gives/)).toBeTruthy();
    expect(corrections()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Yes, save it' }));
    await expect.poll(corrections).toMatchObject([{ trial: { typedText: '41', isConfirmedUnusual: true } }]);
  });

  it('keeps what was typed when the disk is full, and leaves with Escape', async () => {
    const { user } = await open(closedSession(), {
      'sessions.correctTrial': () => {
        throw new AppError('store.full');
      },
    });
    await user.click(screen.getByRole('button', { name: LEFT_1 }));
    await user.keyboard('4.1');
    await user.type(screen.getByLabelText('Why it is corrected'), 'slip{Enter}');
    expect((await screen.findByRole('alert')).textContent).toMatch(/not saved yet/);
    expect(screen.getByLabelText<HTMLInputElement>('Corrected value').value).toBe('4.1');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('form')).toBeNull();
    expect(row('lateral-pinch/left/1')).toMatch(/14\.1 kg/);
  });

  it('hides the date while a blinded judgement is open, and offers to judge', async () => {
    const { user, events } = await open(closedSession({ state: 'saved', isBlinded: true }));
    expect(document.body.textContent).not.toMatch(/2026/);
    await user.click(screen.getByRole('button', { name: 'Judge' }));
    expect(events).toEqual(['judge']);
  });
});

describe('a session of many measures', () => {
  const GRIP_DEVICE = { ...TEST_DEVICES[0]!, id: testId<DeviceId>(702), name: 'Jamar', serial: 'J-1' };
  const many = (): SessionView => {
    const view = closedSession({
      protocol: 'full-hand',
      conditions: { splint: 'worn', positionNote: 'standing', clockNote: '' },
    });
    const draft = {
      ...EMPTY_DRAFT,
      devices: { grip: GRIP_DEVICE.id },
      cells: {
        'lateral-pinch/right/1': '7.2',
        'wrist-flexion/left/1': '4',
        'tip-pinch/left/1': '3.1',
        'grip-2/left/1': '31',
        'range-extension/left/1': '61',
        'score-quickdash/right/1': '48',
      },
    };
    return {
      ...view,
      trials: draftToEntries(draft).entries.map((entry, index) => ({
        ...entry,
        id: testId<string>(600 + index),
        version: 1,
        createdAt: '2026-11-25T08:01:00.000Z',
        correctionReason: null,
      })),
    };
  };

  it('groups the trials, names devices of each role, protocol and conditions; a score has no side', async () => {
    await open(many(), { 'devices.list': () => [GRIP_DEVICE] });
    await screen.findByText(/Jamar, J-1, shows lb/);
    const groups = [...document.querySelectorAll('th[scope="rowgroup"]')].map((th) => th.textContent);
    expect(groups).toEqual([
      'Pinch',
      'Grip',
      'Strength of wrist and elbow',
      'Range of motion',
      'Questionnaire scores',
    ]);
    expect(row('grip-2/left/1')).toMatch(/Jamar, J-1/);
    const about = screen.getByLabelText('About this session').textContent;
    expect(about).toMatch(/protocolFull hand.*splintworn.*positionstanding/);
    const values = screen.getByLabelText('Values of this session').textContent;
    expect(values).toMatch(/active wrist extension left61°.*QuickDASH score48\.0 points/);
  });

  it('corrects degrees and a grip in pounds as new versions, and refuses a score beyond its scale', async () => {
    const { user, corrections } = await open(many());
    const correct = async (name: RegExp, value: string, unit?: string) => {
      await user.click(screen.getByRole('button', { name }));
      const form = within(screen.getByRole('form'));
      await user.type(form.getByLabelText('Corrected value'), value);
      if (unit) await user.selectOptions(form.getByLabelText('Unit'), unit);
      await user.type(form.getByLabelText('Why it is corrected'), 'slip');
      await user.click(form.getByRole('button', { name: /Save/ }));
    };
    await correct(/^Correct active wrist extension/, '16');
    await correct(/^Correct grip, left/, '66', 'lb');
    expect(corrections().map(({ trial }) => [trial.typedText, trial.typedUnit, trial.valueSi])).toEqual([
      ['16', 'deg', 16],
      ['66', 'lb', toNewtons(66, 'lb')],
    ]);
    await correct(/^Correct QuickDASH score/, '480');
    expect(screen.getByText(/lies between 0 and 100/)).toBeTruthy();
    expect(corrections()).toHaveLength(2);
  });
});

describe('what else can be put right', () => {
  const JAMAR: Device = {
    ...{ id: testId(702), name: 'Jamar pinch', serial: '', kind: 'pinch-gauge', unit: 'kg' },
    calibratedOn: null,
  };

  it('a wrong device, of every trial of the measure, while the value stays', async () => {
    const { user, corrections } = await open(closedSession(), {
      'devices.list': () => [...TEST_DEVICES, JAMAR],
    });
    await user.click(screen.getByRole('button', { name: 'Correct key pinch, left, trial 2' }));
    await user.selectOptions(await screen.findByLabelText('Device'), JAMAR.id);
    expect(screen.getByLabelText<HTMLInputElement>('every trial of key pinch in this session').checked).toBe(
      true,
    );
    await user.type(screen.getByLabelText('Why it is corrected'), 'the other gauge{Enter}');
    await expect
      .poll(corrections)
      .toMatchObject([
        { trial: { typedText: '4.3', deviceId: JAMAR.id }, reason: 'the other gauge', isDeviceOfAll: true },
      ]);
  });

  it('keeps a typed correction while another trial is looked at', async () => {
    const { user } = await open(closedSession());
    await user.click(screen.getByRole('button', { name: 'Correct key pinch, left, trial 1' }));
    await user.type(screen.getByLabelText('Corrected value'), '4,1');
    await user.click(screen.getByRole('button', { name: 'Correct key pinch, left, trial 2' }));
    expect(screen.getByLabelText<HTMLInputElement>('Corrected value').value).toBe('');
    await user.click(screen.getByRole('button', { name: 'Correct key pinch, left, trial 1' }));
    expect(screen.getByLabelText<HTMLInputElement>('Corrected value').value).toBe('4,1');
  });

  it('hands that were mixed up: one step with one reason', async () => {
    const view = closedSession();
    const { user, inputsOf } = await open(view, { 'sessions.swapHands': () => view });
    await user.click(screen.getByRole('button', { name: 'Swap right and left' }));
    await user.click(screen.getByRole('button', { name: 'Swap right and left of key pinch' }));
    expect(screen.getByText('Say in a few words why the hands are swapped.')).toBeTruthy();
    expect(inputsOf('sessions.swapHands')).toEqual([]);
    await user.type(screen.getByLabelText('Why they are swapped'), 'typed in the wrong row{Enter}');
    await screen.findByText(/^Right and left of key pinch are swapped/);
    expect(inputsOf('sessions.swapHands')).toEqual([
      { sessionId: view.session.id, measure: 'lateral-pinch', reason: 'typed in the wrong row' },
    ]);
  });
});

// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../../core/contract/contract.ts';
import type { Device, SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import {
  EMPTY_DRAFT,
  startMemoryHost,
  TEST_DEVICES,
  testId,
  testPatient,
  testSession,
} from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { BedsideScreen } from './bedside-screen.tsx';

/** Many keys one after the other, on a computer that does other things too. */
const SLOW_MS = 60_000;

const JAMAR: Device = {
  id: testId(702),
  name: 'Hydraulic dynamometer',
  serial: 'J-4410',
  kind: 'dynamometer',
  unit: 'kg',
  calibratedOn: '2024-02-10',
};
const DEVICES = [...TEST_DEVICES, JAMAR];

async function open(draft: Partial<SessionDraft> = {}) {
  const view = testSession(testPatient(1), { ...EMPTY_DRAFT, ...draft });
  const events: string[] = [];
  const host = startMemoryHost({
    'sessions.get': () => view,
    'records.openSessions': () => [],
    'devices.list': () => DEVICES,
    'sessions.saveDraft': () => ({ savedAt: '2026-11-25T08:01:00.000Z' }),
    'sessions.saveMeasurements': () => ({ ...view, draft: null }),
  });
  const user = userEvent.setup();
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
  await screen.findByLabelText('Protocol');
  const saved = () =>
    (host.inputsOf('sessions.saveMeasurements') as Input<'sessions.saveMeasurements'>[]).at(-1)?.trials ?? [];
  const choose = (name: string) => user.selectOptions(screen.getByLabelText('Protocol'), name);
  return { ...host, user, events, saved, choose };
}

const active = () => document.activeElement?.getAttribute('data-cell');
const saveOnly = '{Control>}s{/Control}';

describe('protocols at the bedside', { timeout: SLOW_MS }, () => {
  it('a change of protocol keeps what was typed on the form, says so, and saves it', async () => {
    const { user, choose, saved, events } = await open();
    await user.keyboard('7.2{Enter}4.1{Enter}');
    await choose('Grip, second handle');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Grip');
    const kept = within(screen.getByRole('region', { name: 'Typed before the change' }));
    expect(kept.getByText(/stay on the form and are saved/)).toBeTruthy();
    expect(kept.getByLabelText<HTMLInputElement>('Left, trial 1, kg').value).toBe('4.1');
    await user.type(screen.getByLabelText('Right grip, trial 1, kg'), '31');
    await user.keyboard(saveOnly);
    expect(events).toEqual(['saved']);
    expect(saved().map((t) => [t.measure, t.side, t.typedText])).toEqual([
      ['lateral-pinch', 'right', '7.2'],
      ['lateral-pinch', 'left', '4.1'],
      ['grip-2', 'right', '31'],
    ]);
  });

  it('a problem in a kept value still stops saving, with the cursor in its field', async () => {
    const { user, choose, events } = await open();
    await user.keyboard('7x{Enter}');
    await choose('Range of motion');
    await user.type(screen.getByLabelText('Left active wrist flexion, °'), '60');
    await user.keyboard(saveOnly);
    expect(events).toEqual([]);
    expect(active()).toBe('lateral-pinch/right/1');
  });

  it('walks from block to block, and offers no judgement where key pinch is not asked for', async () => {
    const { user, choose, saved } = await open();
    await choose('Range of motion');
    expect(screen.queryByRole('button', { name: /Save and judge/ })).toBeNull();
    await user.click(screen.getByLabelText('Right active wrist extension, °'));
    await user.keyboard('60{Enter}');
    // One hand is finished first.
    expect(active()).toBe('range-flexion/right/1');
    await user.keyboard('55{Control>}{Enter}{/Control}');
    expect(saved().map((t) => [t.measure, t.typedUnit, t.valueSi])).toEqual([
      ['range-extension', 'deg', 60],
      ['range-flexion', 'deg', 55],
    ]);
  });

  it('each role has its device and unit; an old calibration is said, and every trial carries its device', async () => {
    const gauge = TEST_DEVICES[0]!;
    const { user, saved } = await open({
      protocol: 'grip',
      deviceId: gauge.id,
      forceUnit: 'lb',
      cells: { 'tip-pinch/right/1': '11' },
    });
    await user.selectOptions(screen.getByLabelText('Grip device'), JAMAR.id);
    expect(screen.getByText(/serial J-4410 · calibrated 10 Feb 2024, more than 12 months ago/)).toBeTruthy();
    expect(screen.getByText(/serial 12345 · no calibration date/)).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Right tip pinch, trial 1, lb').value).toBe('11');
    await user.type(screen.getByLabelText('Left grip, trial 1, kg'), '31');
    await user.keyboard(saveOnly);
    expect(saved().map((t) => [t.measure, t.typedUnit, t.deviceId])).toEqual([
      ['tip-pinch', 'lb', gauge.id],
      ['grip-2', 'kg', JAMAR.id],
    ]);
  });

  it('the clock beside "held for" writes its seconds, and cancelling writes nothing', async () => {
    const { user } = await open({ protocol: 'sustained-pinch' });
    const field = screen.getByLabelText<HTMLInputElement>('Left sustained pinch, time held, s');
    await user.click(screen.getByRole('button', { name: /^Start the clock, Left/ }));
    await user.click(screen.getByRole('button', { name: /^Cancel the clock, Left/ }));
    expect(field.value).toBe('');
    await user.click(screen.getByRole('button', { name: /^Start the clock, Left/ }));
    await user.click(screen.getByRole('button', { name: /^Stop the clock, Left/ }));
    expect(field.value).toMatch(/^\d+\.\d$/);
  });

  it('scores, splint and position are saved with the session; a score beyond its scale is not', async () => {
    const { user, events, inputsOf } = await open();
    await user.keyboard('7.2{Enter}');
    await user.click(screen.getByText('Questionnaire scores'));
    await user.type(screen.getByLabelText('QuickDASH score, points'), '101');
    await user.selectOptions(screen.getByLabelText('Splint'), 'taken off for the test');
    await user.type(screen.getByLabelText(/^Position/), 'lying');
    await user.keyboard(saveOnly);
    expect(screen.getAllByText(/lies between 0 and 100/).length).toBeGreaterThan(0);
    expect(events).toEqual([]);
    expect(active()).toBe('score-quickdash/right/1');
    await user.keyboard(`10${saveOnly}`);
    const [{ draft, trials }] = inputsOf('sessions.saveMeasurements') as [Input<'sessions.saveMeasurements'>];
    expect(draft.conditions).toEqual({
      splint: 'taken off for the test',
      positionNote: 'lying',
      clockNote: '',
    });
    expect(trials.map((t) => [t.measure, t.typedText])).toEqual([
      ['lateral-pinch', '7.2'],
      ['score-quickdash', '10'],
    ]);
  });
});

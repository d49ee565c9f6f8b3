// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../../core/contract/contract.ts';
import { AppError } from '../../../core/contract/errors.ts';
import {
  EMPTY_DRAFT,
  startMemoryHost,
  type TestHandlers,
  testPatient,
  testSession,
} from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { BedsideScreen } from './bedside-screen.tsx';

const SAVED_AT = '2026-11-25T08:01:00.000Z';

/** An answer of the host that waits until it is told how to end. */
function held() {
  let end: (error: AppError | null) => void = () => {};
  const ended = new Promise<AppError | null>((resolve) => {
    end = resolve;
  });
  const wait = async () => {
    const error = await ended;
    if (error) throw error;
  };
  return { wait, end: (error: AppError | null = null) => end(error) };
}

async function open(handlers: TestHandlers) {
  const view = testSession(testPatient(1), EMPTY_DRAFT);
  const events: string[] = [];
  const host = startMemoryHost({
    'sessions.get': () => view,
    'records.openSessions': () => [],
    'devices.list': () => [],
    'sessions.saveDraft': () => ({ savedAt: SAVED_AT }),
    'sessions.saveMeasurements': () => ({ ...view, draft: null }),
    ...handlers,
  });
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <BedsideScreen
          sessionId={view.session.id}
          onJudgeEarlier={(id) => events.push(`judge ${id}`)}
          onJudge={() => events.push('judge')}
          onSavedOnly={() => events.push('saved')}
          onDiscarded={() => events.push('discarded')}
          onBack={() => events.push('back')}
        />
      </ApiProvider>
    </MantineProvider>,
  );
  await screen.findByRole('heading', { name: 'Lateral pinch' });
  const drafts = () =>
    (host.inputsOf('sessions.saveDraft') as Input<'sessions.saveDraft'>[]).map(({ draft }) => draft.cells);
  return { ...host, user, events, drafts, view };
}

const cell = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const form = () => document.querySelector('[inert]');

describe('what is typed around saving and discarding', () => {
  it('goes on saving the draft after a discard that failed', async () => {
    const { user, events, drafts } = await open({
      'sessions.discard': () => {
        throw new AppError('session.wrong_state');
      },
    });
    await user.keyboard('7.2{Enter}');
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    await user.click(screen.getByRole('button', { name: 'Discard the session' }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/moved on/);
    expect(events).toEqual([]);
    await user.type(cell('Left, trial 1, kg'), '4.1');
    expect(cell('Left, trial 1, kg').value).toBe('4.1');
    // The broken twin stopped the saver before the host had answered: nothing came after it.
    await expect
      .poll(() => drafts().at(-1))
      .toEqual({ 'lateral-pinch/right/1': '7.2', 'lateral-pinch/left/1': '4.1' });
  });

  it('tries the discard again, and never a save in its place', async () => {
    let isBusy = true;
    const { user, events, inputsOf } = await open({
      'sessions.discard': () => {
        if (isBusy) throw new AppError('session.wrong_state');
        return {};
      },
    });
    await user.keyboard('7.2{Enter}');
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    await user.click(screen.getByRole('button', { name: 'Discard the session' }));
    await screen.findByRole('alert');
    isBusy = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await expect.poll(() => events).toEqual(['discarded']);
    expect(inputsOf('sessions.saveMeasurements')).toEqual([]);
  });

  it('tries "save and judge" again as that, with what the form holds then', async () => {
    let isFull = true;
    const { user, events, inputsOf, view } = await open({
      'sessions.saveMeasurements': () => {
        if (isFull) throw new AppError('store.full');
        return { ...view, draft: null };
      },
    });
    await user.keyboard('7.2{Control>}{Enter}{/Control}');
    await screen.findByRole('alert');
    await user.type(cell('Left, trial 1, kg'), '4.1');
    isFull = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await expect.poll(() => events).toEqual(['judge']);
    const [, second] = inputsOf('sessions.saveMeasurements') as Input<'sessions.saveMeasurements'>[];
    expect(second?.trials.map((t) => t.typedText)).toEqual(['7.2', '4.1']);
  });

  it('takes no key while a save is under way, so that none can be lost, and opens again when it fails', async () => {
    const answer = held();
    const { user, events, inputsOf } = await open({
      'sessions.saveMeasurements': async () => {
        await answer.wait();
        return testSession(testPatient(1));
      },
    });
    await user.keyboard('7.2{Enter}');
    await user.keyboard('{Control>}s{/Control}');
    await expect.poll(() => inputsOf('sessions.saveMeasurements')).toHaveLength(1);
    expect(form()).not.toBeNull();
    // jsdom knows no `inert`: the keys reach the field, and the form refuses them itself.
    await user.type(cell('Left, trial 1, kg'), '9');
    await user.keyboard('{Control>}z{/Control}{Control>}s{/Control}');
    expect(cell('Left, trial 1, kg').value).toBe('');
    expect(cell('Right, trial 1, kg').value).toBe('7.2');
    answer.end(new AppError('store.full'));
    await screen.findByRole('alert');
    expect(events).toEqual([]);
    expect(form()).toBeNull();
    await expect.poll(() => document.activeElement).toBe(cell('Left, trial 1, kg'));
    await user.keyboard('4.1');
    expect(cell('Left, trial 1, kg').value).toBe('4.1');
    expect(inputsOf('sessions.saveMeasurements')).toHaveLength(1);
  });

  it('never lets pain or "stopped early" of a hand without a value go: it asks, and then saves it', async () => {
    const { user, events, inputsOf } = await open({});
    await user.type(cell('Left, trial 1, kg'), '6.0');
    await user.type(cell('Right, pain 0 to 10'), '8');
    await user.click(screen.getByLabelText('Right, stopped early'));
    // A value may still come: nothing is said while the form is filled in.
    expect(screen.queryByText(/but no value/)).toBeNull();
    await user.click(screen.getByRole('button', { name: /Save measurements only/ }));
    expect(screen.getAllByText(/^Right hand: pain 8 and stopped early but no value/)).not.toEqual([]);
    expect(document.activeElement).toBe(cell('Right, trial 1, kg'));
    expect(inputsOf('sessions.saveMeasurements')).toEqual([]);
    await user.selectOptions(screen.getByLabelText('Right, not tested: reason'), 'pain');
    await user.click(screen.getByRole('button', { name: /Save measurements only/ }));
    await expect.poll(() => events).toEqual(['saved']);
    const [sent] = inputsOf('sessions.saveMeasurements') as Input<'sessions.saveMeasurements'>[];
    expect(sent?.trials[0]).toMatchObject({
      side: 'right',
      valueSi: null,
      notTestedReason: 'pain',
      pain: 8,
      isStoppedEarly: true,
    });
  });

  it('swaps right and left of what was typed in the wrong row, and takes it back with Ctrl+Z', async () => {
    const { user } = await open({});
    await user.keyboard('7.2{Enter}');
    await user.type(cell('Right, pain 0 to 10'), '3');
    await user.click(screen.getByRole('button', { name: 'swap right and left' }));
    expect([cell('Left, trial 1, kg').value, cell('Left, pain 0 to 10').value]).toEqual(['7.2', '3']);
    expect(cell('Right, trial 1, kg').value).toBe('');
    await user.keyboard('{Control>}z{/Control}');
    expect([cell('Right, trial 1, kg').value, cell('Right, pain 0 to 10').value]).toEqual(['7.2', '3']);
  });
});

// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { startMemoryHost, testPatient, testSession } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { AddWristStrengthScreen } from './add-wrist-strength-screen.tsx';

async function open() {
  const base = testSession(testPatient(1));
  const view = {
    ...base,
    draft: null,
    session: { ...base.session, state: 'revealed' as const, judgedSide: 'left' as const },
  };
  const host = startMemoryHost({ 'sessions.get': () => view, 'sessions.addTrials': () => view });
  const events: string[] = [];
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <AddWristStrengthScreen sessionId={view.session.id} onDone={() => events.push('done')} />
      </ApiProvider>
    </MantineProvider>,
  );
  await screen.findByRole('heading', { name: 'Add wrist strength' });
  return { ...host, user, events };
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
});

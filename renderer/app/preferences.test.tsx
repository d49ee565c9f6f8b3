// @vitest-environment jsdom
import './testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { PREFERENCE_DEFAULTS, type Preferences } from '../../core/contract/channels/preferences.ts';
import { AppError } from '../../core/contract/errors.ts';
import type { SessionDraft } from '../../core/contract/schemas/clinical.ts';
import { AppearanceSection } from '../features/settings/appearance-section.tsx';
import { LockSection } from '../features/settings/lock-section.tsx';
import { ApiProvider } from '../platform/api.tsx';
import { PreferencesProvider } from './preferences.tsx';
import { startSession } from './start-session.ts';
import { startMemoryHost, type TestHandlers, testPatient, testSession } from './testing/memory-host.ts';

function open(handlers: TestHandlers) {
  let stored: Preferences = PREFERENCE_DEFAULTS;
  const host = startMemoryHost({
    'preferences.get': () => stored,
    'preferences.set': (change) => {
      stored = { ...stored, ...change } as Preferences;
      return stored;
    },
    ...handlers,
  });
  render(
    <MantineProvider>
      <ApiProvider api={host.api}>
        <PreferencesProvider>
          <AppearanceSection />
          <LockSection />
        </PreferencesProvider>
      </ApiProvider>
    </MantineProvider>,
  );
  return { ...host, user: userEvent.setup() };
}

const root = document.documentElement;

it('applies stored looks when the records open, and changes them at once', async () => {
  const { user, inputsOf } = open({
    'preferences.get': () => ({ ...PREFERENCE_DEFAULTS, theme: 'dark', textSizePercent: 150 }),
  });
  await waitFor(() => expect(root.style.fontSize).toBe('150%'));
  expect(root.getAttribute('data-mantine-color-scheme')).toBe('dark');
  await user.click(screen.getByLabelText('100 %'));
  await user.click(screen.getByLabelText('Light'));
  expect(root.style.fontSize).toBe('');
  expect(root.getAttribute('data-mantine-color-scheme')).toBe('light');
  expect(inputsOf('preferences.set')).toEqual([{ textSizePercent: 100 }, { theme: 'light' }]);
});

it('goes back to what was kept when a choice could not be stored, and says so', async () => {
  const { user } = open({
    'preferences.set': () => {
      throw new AppError('store.locked');
    },
  });
  await user.click(screen.getByLabelText('200 %'));
  expect(await screen.findByText('Prehensa is locked.')).toBeTruthy();
  expect(root.style.fontSize).toBe('');
  expect((screen.getByLabelText('100 %') as HTMLInputElement).checked).toBe(true);
});

it.each([
  ['0', null],
  ['61', null],
  ['2,5', null],
  ['abc', null],
  ['5', 5],
])('takes "%s" minutes as %s', async (typed, minutes) => {
  const { user, inputsOf } = open({});
  const field = screen.getByLabelText('Minutes without a touch');
  await user.clear(field);
  await user.type(field, `${typed}{Enter}`);
  if (minutes === null) expect(await screen.findByText(/Type whole minutes/)).toBeTruthy();
  else expect(await screen.findByText('Prehensa locks after 5 min from now on.')).toBeTruthy();
  expect(inputsOf('preferences.set')).toEqual(minutes === null ? [] : [{ lockMinutes: minutes }]);
});

it('starts a first session with the preferred unit, rule and protocol', async () => {
  const patient = testPatient(1);
  const drafts: SessionDraft[] = [];
  const { api } = startMemoryHost({
    'devices.list': () => [],
    'sessions.listForPatient': () => ({ rows: [], total: 0 }) as never,
    'preferences.get': () => ({
      ...PREFERENCE_DEFAULTS,
      forceUnit: 'lb',
      torqueUnit: 'kg.cm',
      summaryRule: 'maximum',
      defaultProtocol: 'grip',
    }),
    'sessions.start': ({ draft }) => {
      drafts.push(draft);
      return testSession(patient, draft);
    },
  });
  expect((await startSession(api, patient.id)).ok).toBe(true);
  expect(drafts[0]).toMatchObject({
    forceUnit: 'lb',
    torqueUnit: 'kg.cm',
    summaryRule: 'maximum',
    protocol: 'grip',
  });
});

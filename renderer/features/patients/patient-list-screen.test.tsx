// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { PREFERENCE_DEFAULTS, type Preferences } from '../../../core/contract/channels/preferences.ts';
import { AppError } from '../../../core/contract/errors.ts';
import { PreferencesProvider } from '../../app/preferences.tsx';
import { rowOf, startMemoryHost, type TestHandlers, testPatient } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { PatientListScreen } from './patient-list-screen.tsx';

const PEOPLE = ['Kowalska, Anna', 'Lindqvist, Per', 'Nowak, Ewa'].map((displayName, index) =>
  testPatient(index + 1, { displayName }),
);
type ListHandler = NonNullable<TestHandlers['patients.list']>;
const search: ListHandler = ({ search: text, limit }) => {
  const found = PEOPLE.filter((p) => p.displayName.toLowerCase().includes(text.toLowerCase()));
  return { rows: found.slice(0, limit).map(rowOf), total: found.length };
};

function renderList(list: ListHandler, dateOrder: Preferences['dateOrder'] = 'year-month-day') {
  const host = startMemoryHost({
    'patients.list': list,
    'preferences.get': () => ({ ...PREFERENCE_DEFAULTS, dateOrder }),
  });
  const opened: string[] = [];
  let newCount = 0;
  render(
    <MantineProvider>
      <ApiProvider api={host.api}>
        <PreferencesProvider>
          <PatientListScreen
            onOpen={(id) => opened.push(id)}
            onNew={() => {
              newCount += 1;
            }}
          />
        </PreferencesProvider>
      </ApiProvider>
    </MantineProvider>,
  );
  return { ...host, opened, newCount: () => newCount, user: userEvent.setup() };
}

const row = (name: string) => screen.findByRole('button', { name });

describe('the patient list', () => {
  it('finds by typing and opens with Enter, without a mouse', async () => {
    const { user, opened } = renderList(search);
    await row('Nowak, Ewa');
    await user.keyboard('now');
    await screen.findByText('1 patient found');
    await user.keyboard('{Enter}');
    expect(opened).toEqual([PEOPLE[2]?.id]);
  });

  it('tells the host which part of the search is a date, in the order of the user', async () => {
    const { user, inputsOf } = renderList(search, 'day-month-year');
    await row('Nowak, Ewa');
    await user.keyboard('nowak 4.3.1968');
    const asked = () => inputsOf('patients.list').at(-1);
    await waitFor(() =>
      expect(asked()).toMatchObject({
        search: 'nowak 4.3.1968',
        birthDate: { typed: '4.3.1968', date: '1968-03-04' },
      }),
    );
    await user.keyboard('{Escape}1968-03-04');
    await waitFor(() => expect(asked()).toMatchObject({ birthDate: { date: '1968-03-04' } }));
    await user.keyboard('{Escape}nowak');
    await waitFor(() => expect(asked()).toMatchObject({ search: 'nowak' }));
    expect(asked()).not.toHaveProperty('birthDate');
  });

  it('does not open a row of the question before when Enter follows typing at once', async () => {
    const { user, opened } = renderList(search);
    await row('Kowalska, Anna');
    await user.keyboard('nowak{Enter}');
    expect(opened).toEqual([]);
  });

  it('moves with the arrows, and a bare N is a letter in the search but a command in the list', async () => {
    const { user, newCount } = renderList(search);
    await row('Kowalska, Anna');
    await user.keyboard('n');
    expect(newCount()).toBe(0);
    await user.keyboard('{Escape}');
    await row('Kowalska, Anna');
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement).toBe(await row('Lindqvist, Per'));
    await user.keyboard('n');
    expect(newCount()).toBe(1);
    await user.keyboard('{ArrowUp}{ArrowUp}');
    expect(document.activeElement).toBe(screen.getByLabelText('Search patients'));
  });

  it('asks once for a typed word, not once a letter', async () => {
    const { user, inputsOf } = renderList(search);
    await row('Kowalska, Anna');
    const before = inputsOf('patients.list').length;
    await user.keyboard('kowalska');
    await screen.findByText('1 patient found');
    expect(inputsOf('patients.list').length - before).toBeLessThanOrEqual(2);
  });

  it('drops the late answer of an earlier question', async () => {
    const late: (() => void)[] = [];
    const { user } = renderList((input, context) => {
      const answer = search(input, context);
      if (input.search !== 'k') return answer;
      return new Promise((resolve) => {
        late.push(() => resolve(answer));
      });
    });
    await row('Kowalska, Anna');
    await user.keyboard('k');
    await waitFor(() => expect(late).toHaveLength(1));
    await user.keyboard('{Backspace}nowak');
    await screen.findByText('1 patient found');
    await act(async () => late[0]?.());
    expect(screen.getByText('1 patient found')).toBeTruthy();
    await row('Nowak, Ewa');
    expect(screen.queryByRole('button', { name: 'Kowalska, Anna' })).toBeNull();
  });

  it('says who is not there, and teaches when nobody is', async () => {
    const { user } = renderList(search);
    await row('Kowalska, Anna');
    await user.keyboard('zzz');
    await screen.findByText('No patient matches');
    await user.click(screen.getByRole('button', { name: 'Clear the search' }));
    await row('Kowalska, Anna');
  });

  it('shows a failure with its incident and tries again', async () => {
    let isBroken = true;
    const { user } = renderList((input, context) => {
      if (isBroken) throw new AppError('internal');
      return search(input, context);
    });
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Incident T1');
    isBroken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await row('Kowalska, Anna');
  });

  it('reads the list again when the host says that a patient changed', async () => {
    const people = [...PEOPLE];
    const { emit } = renderList(() => ({ rows: people.map(rowOf), total: people.length }));
    await row('Kowalska, Anna');
    const added = testPatient(9, { displayName: 'Silva, João' });
    people.unshift(added);
    emit('patients.changed', { id: added.id });
    await row('Silva, João');
  });

  it('shows archived people only when asked for, named as such', async () => {
    const away = testPatient(8, { displayName: 'Archiva, Ada' });
    const { user } = renderList(({ includeArchived }) => ({
      rows: [
        ...PEOPLE.map(rowOf),
        ...(includeArchived ? [{ ...rowOf(away), standing: 'archived' as const }] : []),
      ],
      total: PEOPLE.length + (includeArchived ? 1 : 0),
      archivedCount: 1,
    }));
    await row('Kowalska, Anna');
    expect(screen.queryByText('Archiva, Ada')).toBeNull();
    await user.click(screen.getByLabelText('Show archived'));
    await row('Archiva, Ada archived');
    await user.click(screen.getByLabelText('Show archived'));
    await waitFor(() => expect(screen.queryByText('Archiva, Ada')).toBeNull());
  });
});

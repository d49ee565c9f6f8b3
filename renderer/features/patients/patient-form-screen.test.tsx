// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../core/contract/errors.ts';
import { startMemoryHost, type TestHandlers, testPatient } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { EditPatientScreen } from './edit-patient-screen.tsx';
import { NewPatientScreen } from './new-patient-screen.tsx';

function renderNew(handlers: TestHandlers) {
  const host = startMemoryHost(handlers);
  const created: string[] = [];
  render(
    <MantineProvider>
      <ApiProvider api={host.api}>
        <NewPatientScreen onCreated={(id) => created.push(id)} onCancel={() => {}} />
      </ApiProvider>
    </MantineProvider>,
  );
  return { ...host, created, user: userEvent.setup() };
}

async function fillIn(user: ReturnType<typeof userEvent.setup>) {
  await user.type(screen.getByLabelText('Name or pseudonym'), 'Kowalska, Anna');
  await user.type(screen.getByLabelText('Birth date'), '19680304');
  await user.click(screen.getByLabelText('Female'));
  await user.type(screen.getByLabelText('Height (cm)'), '166');
  await user.type(screen.getByLabelText('Weight (kg)'), '68,5');
  const hands = screen.getByRole('group', { name: 'Dominant hand' });
  await user.click(hands.querySelector('input[value="right"]') as HTMLElement);
  await user.click(screen.getByLabelText('Neither'));
  await user.click(screen.getByLabelText('None'));
}

describe('a new patient', () => {
  it('sends nothing before every field can be understood, and puts the cursor on the first', async () => {
    const { user, inputsOf } = renderNew({});
    await user.type(screen.getByLabelText('Name or pseudonym'), 'Kowalska, Anna');
    await user.type(screen.getByLabelText('Birth date'), '4.3.1968');
    await user.click(screen.getByRole('button', { name: 'Save patient' }));
    expect(await screen.findByText(/Not saved yet: 7 fields/)).toBeTruthy();
    expect(screen.getByText(/not a date of the calendar/)).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Birth date')));
    expect(inputsOf('patients.create')).toEqual([]);
  });

  it('reads the date back in words and stores SI values', async () => {
    const { user, inputsOf, created } = renderNew({
      'patients.create': (fields) => testPatient(3, fields),
    });
    await fillIn(user);
    expect(screen.getByText(/^4 March 1968, \d+ years old$/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Save patient' }));
    await waitFor(() => expect(created).toEqual([testPatient(3).id]));
    expect(inputsOf('patients.create')[0]).toMatchObject({
      displayName: 'Kowalska, Anna',
      birthDate: '1968-03-04',
      heightM: 1.66,
      weightKg: 68.5,
      affectedSide: 'none',
      operation: 'none',
      operationDate: null,
    });
  });

  it('asks once about an operation in the future', async () => {
    const { user, inputsOf, created } = renderNew({
      'patients.create': (fields) => testPatient(3, fields),
    });
    await fillIn(user);
    await user.click(screen.getByLabelText('Four-corner fusion'));
    await user.type(screen.getByLabelText('Date of operation (optional)'), '2999-01-01');
    await user.click(screen.getByRole('button', { name: 'Save patient' }));
    expect(await screen.findByText(/still to come. Is it planned/)).toBeTruthy();
    expect(inputsOf('patients.create')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Save patient' }));
    await waitFor(() => expect(created).toHaveLength(1));
  });

  it('keeps what was typed when the disk is full', async () => {
    const { user } = renderNew({
      'patients.create': () => {
        throw new AppError('store.full');
      },
    });
    await fillIn(user);
    await user.click(screen.getByRole('button', { name: 'Save patient' }));
    expect((await screen.findByRole('alert')).textContent).toContain('no room left');
    expect((screen.getByLabelText('Name or pseudonym') as HTMLInputElement).value).toBe('Kowalska, Anna');
  });
});

describe('editing a patient', () => {
  it('sends the whole patient back with the one change', async () => {
    const anna = testPatient(1, { heightM: 1.655 });
    const host = startMemoryHost({
      'patients.get': () => anna,
      'patients.update': ({ fields }) => ({ ...anna, ...fields, version: 2 }),
    });
    let isSaved = false;
    const user = userEvent.setup();
    render(
      <MantineProvider>
        <ApiProvider api={host.api}>
          <EditPatientScreen
            patientId={anna.id}
            onSaved={() => {
              isSaved = true;
            }}
            onCancel={() => {}}
          />
        </ApiProvider>
      </MantineProvider>,
    );
    await user.type(await screen.findByLabelText('Clinic number (optional)'), 'K-17');
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    await waitFor(() => expect(isSaved).toBe(true));
    const { id, createdAt: _createdAt, version: _version, isBlinded: _isBlinded, ...fields } = anna;
    expect(host.inputsOf('patients.update')).toEqual([{ id, fields: { ...fields, clinicNumber: 'K-17' } }]);
  });
});

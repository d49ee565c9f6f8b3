// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { MergePreview } from '../../../core/contract/channels/records.ts';
import type { Confirmation } from '../../app/confirmation.tsx';
import { rowOf, startMemoryHost, testId, testPatient } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { MergePatientScreen } from './merge-patient-screen.tsx';

const HERE = testPatient(1, { displayName: 'Kowalska, Anna', clinicNumber: 'K-1' });
const OTHER = testPatient(2, { displayName: 'A. Kowalska', clinicNumber: 'K-2', heightM: 1.7 });

function renderMerge(refusal: MergePreview['refusal'] = null, other = OTHER) {
  const merged: [string, Confirmation][] = [];
  const host = startMemoryHost({
    'patients.list': () => ({ rows: [HERE, other].map(rowOf), total: 2 }),
    'records.mergePreview': ({ keptId }) => ({
      kept: keptId === HERE.id ? HERE : other,
      merged: keptId === HERE.id ? other : HERE,
      sessionCount: keptId === HERE.id ? 4 : 1,
      episodeCount: 1,
      interventionCount: 0,
      keptSessionCount: keptId === HERE.id ? 1 : 4,
      refusal,
    }),
    'records.merge': () => ({ mergeId: testId(900), sessionCount: 1, episodeCount: 1 }),
    'records.undoMerge': () => ({ keptId: OTHER.id, mergedId: HERE.id }),
  });
  render(
    <MantineProvider>
      <ApiProvider api={host.api}>
        <MergePatientScreen
          patientId={HERE.id}
          onMerged={(id, confirmation) => merged.push([id, confirmation])}
          onCancel={() => {}}
        />
      </ApiProvider>
    </MantineProvider>,
  );
  return { ...host, merged, user: userEvent.setup() };
}

describe('merging two records', () => {
  it('leaves the present patient out of the search and merges nothing before the other is chosen', async () => {
    const { inputsOf } = renderMerge();
    await screen.findByRole('button', { name: /^A. Kowalska/ });
    expect(screen.queryByRole('button', { name: /^Kowalska, Anna/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Merge into one record' })).toBeNull();
    expect(inputsOf('records.merge')).toEqual([]);
  });

  it('compares line by line, says what moves, keeps the record that is chosen, and can be taken back', async () => {
    const { user, inputsOf, merged } = renderMerge();
    await user.click(await screen.findByRole('button', { name: /^A. Kowalska/ }));
    const height = await screen.findByRole('row', { name: /^Height/ });
    expect(height.textContent).toBe('Height166 cm170 cmdiffers');
    expect(screen.getByRole('row', { name: /^Sex/ }).textContent).toContain('same');
    expect(
      screen.getByText(/^From A. Kowalska to Kowalska, Anna: 4 sessions, 1 episode of care/),
    ).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: 'A. Kowalska, K-2' }));
    await screen.findByText(/^From Kowalska, Anna to A. Kowalska: 1 session,/);
    await user.click(screen.getByRole('button', { name: 'Merge into one record' }));
    await waitFor(() => expect(merged).toHaveLength(1));
    expect(inputsOf('records.merge')).toEqual([{ keptId: OTHER.id, mergedId: HERE.id }]);
    expect(merged[0]?.[0]).toBe(OTHER.id);
    expect(await merged[0]?.[1].undo?.run()).toBeNull();
    expect(inputsOf('records.undoMerge')).toEqual([{ mergeId: testId(900) }]);
  });

  it('asks once more, with the differences named, where birth date or sex differ', async () => {
    const { user, inputsOf, merged } = renderMerge(null, { ...OTHER, birthDate: '1969-03-04', sex: 'male' });
    await user.click(await screen.findByRole('button', { name: /^A. Kowalska/ }));
    await user.click(await screen.findByRole('button', { name: 'Merge into one record' }));
    const question = await screen.findByRole('dialog', { name: 'These differ: merge anyway?' });
    expect(
      within(question)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['birth date: 4 March 1968 and 4 March 1969', 'sex: female and male']);
    expect(inputsOf('records.merge')).toEqual([]);
    await user.click(within(question).getByRole('button', { name: 'Keep two records' }));
    expect(inputsOf('records.merge')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Merge into one record' }));
    await user.click(await screen.findByRole('button', { name: 'Merge anyway' }));
    await waitFor(() => expect(merged).toHaveLength(1));
    expect(inputsOf('records.merge')).toHaveLength(1);
  });

  it('offers no merge while a blinded judgement is open, and says what to do', async () => {
    const { user } = renderMerge('judgement-open');
    await user.click(await screen.findByRole('button', { name: /^A. Kowalska/ }));
    await screen.findByText('A judgement of one of these records is still open.');
    expect(screen.queryByRole('button', { name: 'Merge into one record' })).toBeNull();
  });
});

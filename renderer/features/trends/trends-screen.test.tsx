// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../../core/contract/channels/interventions.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import { testId, testPatient, testSession } from '../../app/testing/memory-host.ts';
import { COURSE, openTrends, trendPoint } from './testing/open-trends.tsx';

function modelRow(nonimpaired: number, band: [number, number]): Omit<SessionView, 'patient'> {
  const { patient: _patient, ...view } = testSession(testPatient(1));
  return {
    ...view,
    session: { ...view.session, state: 'closed', judgedSide: 'left' },
    draft: null,
    prediction: {
      modelId: 'wrist-state',
      modelVersion: '0.2.0',
      bundleHash: 'ab'.repeat(32),
      inputPattern: 'A',
      probabilities: [nonimpaired, 1 - nonimpaired, 0],
      nonimpairedBand: band,
      predictionSet: ['nonimpaired'],
      coverage: 0.9,
      refusals: [],
      widthReasons: [],
      inRangeP: 0.5,
      features: [],
      durationMs: 10,
    },
  };
}

describe('trends', () => {
  it('says the last change of each hand against measurement error, with its population', async () => {
    const same = COURSE.slice(0, 4);
    await openTrends({ points: same });
    expect(
      screen.getByText(
        /^\+1\.10 kg since 9 Jun 2026; beyond measurement error \(0\.\d\d kg at this level, assumed\)/,
      ),
    ).toBeTruthy();
    expect(screen.getByText(/^\+0\.10 kg since 9 Jun 2026; within measurement error/)).toBeTruthy();
    expect(screen.getByText('left hand 58 % of the other on 7 Jul 2026')).toBeTruthy();
  });

  it('offers the measures that were taken, with their visits, and shows each in its own unit', async () => {
    const grip = [
      trendPoint(501, '2026-06-09', 'left', 40, { measure: 'range-flexion', unit: 'deg', device: null }),
      trendPoint(502, '2026-07-07', 'left', 52, { measure: 'range-flexion', unit: 'deg', device: null }),
    ];
    const { user } = await openTrends({ points: [...COURSE, ...grip] });
    const chooser = screen.getByLabelText('Measure');
    const names = within(chooser)
      .getAllByRole('option')
      .map((option) => option.textContent);
    expect(names).toEqual(['Key pinch (3 visits)', 'Active wrist flexion (2 visits)']);
    await user.selectOptions(chooser, 'Active wrist flexion (2 visits)');
    expect(screen.getByRole('heading', { name: 'Active wrist flexion' })).toBeTruthy();
    expect(screen.getByText(/^\+12° since 9 Jun 2026; no figure of measurement error/)).toBeTruthy();
    expect(
      screen.getByText('No figure of measurement error was found for active wrist flexion.'),
    ).toBeTruthy();
  });

  it('says why there is no percentage when both hands are affected', async () => {
    const { user } = await openTrends({ patient: { affectedSide: 'both' } });
    expect(screen.getByText(/^no percentage: both hands are affected/)).toBeTruthy();
    await user.click(screen.getByLabelText('% of the other hand'));
    expect(screen.getByText('There is no percentage of the other hand.')).toBeTruthy();
    expect(screen.queryByRole('figure')).toBeNull();
  });

  it('shows the same numbers as a table, in the chosen unit', async () => {
    const { user } = await openTrends({ points: COURSE.slice(0, 4) });
    await user.click(screen.getByRole('button', { name: 'Show the table' }));
    const rows = () => screen.getAllByRole('row').map((row) => row.textContent);
    expect(rows()[0]).toMatch(/weeks since surgery/);
    expect(rows()[1]).toMatch(/7 Jul 20268right7\.1 kg/);
    expect(rows()[2]).toMatch(/left4\.1 kg0\.20 kg358 %/);
    await user.click(screen.getByLabelText('N'));
    expect(rows()[1]).toMatch(/70 N/);
  });

  it('shows earlier model results with the range of the networks, and every copy says what they are', async () => {
    const { user } = await openTrends({ rows: [modelRow(0.64, [0.58, 0.71])] });
    await user.click(screen.getByRole('button', { name: 'Show the model’s table' }));
    const table = screen.getByRole('table', { name: /^Resemblance to nonimpaired/ });
    expect(table.textContent).toMatch(/left64 %58 % to 71 %key pinchwrist-state 0\.2\.0 \(abababab\)/);
    await user.click(screen.getByRole('button', { name: 'Copy the model’s results as CSV' }));
    const lines = (await navigator.clipboard.readText()).split('\r\n');
    expect(lines.at(-1)).toMatch(/,left,64\.0,58\.0,71\.0,.*research use, not a medical device/);
  });

  it('hides earlier model results while a judgement is open', async () => {
    const { patient: _patient, ...row } = testSession(testPatient(1));
    await openTrends({ rows: [row] });
    expect(screen.getByText('Earlier model results are hidden while a judgement is open.')).toBeTruthy();
  });

  it('teaches when it is empty, and hides the course while blinded', async () => {
    await openTrends({ points: [] });
    expect(screen.getByText('No course yet')).toBeTruthy();
    await openTrends({ patient: { isBlinded: true, operationDate: null } });
    expect(screen.getByText(/hidden while a blinded judgement is open/)).toBeTruthy();
  });
});

describe('marks on the course', () => {
  const splint: Intervention = {
    id: testId(801),
    patientId: testId(1),
    kind: 'splint',
    side: 'left',
    onDate: '2026-06-20',
    note: 'night splint',
    userName: 'M. Rossi',
    createdAt: '2026-06-20T08:00:00.000Z',
  };

  it('are added with a date that is read, never guessed', async () => {
    const { user, host } = await openTrends({ handlers: { 'interventions.add': () => splint } });
    await user.click(screen.getByRole('button', { name: 'Add a mark' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Add the mark' }));
    expect(within(dialog).getByText('Choose what it was.')).toBeTruthy();
    await user.click(within(dialog).getByLabelText('Splint'));
    await user.click(within(dialog).getByLabelText('Left'));
    await user.type(within(dialog).getByLabelText('Date'), '2026-06-20');
    await user.type(within(dialog).getByLabelText(/few words/), 'night splint');
    await user.click(within(dialog).getByRole('button', { name: 'Add the mark' }));
    expect(host.inputsOf('interventions.add')).toEqual([
      { patientId: testId(1), kind: 'splint', side: 'left', onDate: '2026-06-20', note: 'night splint' },
    ]);
  });

  it('are taken off with a way back', async () => {
    const { user, host } = await openTrends({
      marks: [splint],
      handlers: { 'interventions.remove': () => ({}), 'interventions.restore': () => splint },
    });
    await user.click(
      screen.getByRole('button', { name: 'Take off: splint, left: night splint, 20 Jun 2026' }),
    );
    const undo = await screen.findByRole('button', { name: 'Undo' });
    expect(document.activeElement).toBe(undo);
    await user.keyboard('{Enter}');
    expect(host.inputsOf('interventions.restore')).toEqual([{ id: splint.id }]);
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Add a mark'));
  });
});

// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draftToEntries } from '../../../core/clinical/session-entries.ts';
import type { ReadingView } from '../../../core/contract/channels/readings.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { SessionId, UserId } from '../../../core/contract/schemas/clinical.ts';
import type { ReadingRow } from '../../../core/contract/schemas/reading.ts';
import { EMPTY_DRAFT, startMemoryHost, type TestHandlers, testId } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { ReadingsScreen } from './readings-screen.tsx';
import { SecondReadingScreen } from './second-reading-screen.tsx';

const SESSION = testId<SessionId>(501);
const PERSON: ReadingRow['person'] = {
  identifier: 'Long number of a clinic that writes half a sentence into the field for it, 2026/0000000001',
  ageYears: 58,
  sex: 'female',
  heightM: 1.66,
  weightKg: 68,
  dominantHand: 'right',
  affectedSide: 'left',
};
const rowOf = (number: number, state: ReadingRow['state']): ReadingRow => ({
  sessionId: testId<SessionId>(number),
  person: { ...PERSON, identifier: `T-${number}` },
  judgedSide: 'left',
  askedAt: '2026-11-25T08:00:00.000Z',
  state,
  readCount: state === 'read-by-you' ? 1 : 0,
});
const TRIALS = draftToEntries({
  ...EMPTY_DRAFT,
  cells: { 'lateral-pinch/right/1': '7.2', 'lateral-pinch/left/1': '4.1', 'wrist-extension/left/1': '2.1' },
}).entries.map(({ deviceId: _device, ...trial }) => trial);
const BEFORE: ReadingView = {
  material: {
    sessionId: SESSION,
    person: PERSON,
    judgedSide: 'left',
    summaryRule: 'mean-of-three',
    trials: TRIALS,
    recordings: [],
  },
  own: null,
  comparison: null,
};

function show(handlers: TestHandlers, screenOf: (events: string[]) => React.ReactNode) {
  const events: string[] = [];
  const host = startMemoryHost(handlers);
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>{screenOf(events)}</ApiProvider>
    </MantineProvider>,
  );
  return { ...host, user, events };
}
const list = (rows: ReadingRow[]) =>
  show({ 'readings.list': () => rows }, (events) => (
    <ReadingsScreen
      onOpen={(id) => events.push(`open ${id}`)}
      onResult={(id) => events.push(`result ${id}`)}
    />
  ));

describe('list of readings', () => {
  it('says what will stand there when nobody was asked', async () => {
    list([]);
    expect(
      await screen.findByRole('heading', { name: 'Nobody has asked for a second reading' }),
    ).toBeTruthy();
  });

  it('leads to the reading, the result or the comparison, and warns of the patient page', async () => {
    const { user, events } = list([rowOf(1, 'waiting'), rowOf(2, 'asked-by-you'), rowOf(3, 'read-by-you')]);
    expect(await screen.findByText('Do not open the patient’s page before you have judged.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Read and judge, T-1' }));
    await user.click(screen.getByRole('button', { name: 'See the result, T-2' }));
    await user.click(screen.getByRole('button', { name: 'See the comparison, T-3' }));
    expect(events).toEqual([`open ${testId(1)}`, `result ${testId(2)}`, `open ${testId(3)}`]);
  });

  it('shows fifty of five hundred and the rest on request', async () => {
    const { user } = list(Array.from({ length: 500 }, (_, index) => rowOf(1000 + index, 'waiting')));
    await screen.findByRole('heading', { name: 'Waiting for you (500)' });
    expect(screen.getAllByRole('listitem')).toHaveLength(50);
    await user.click(screen.getByRole('button', { name: 'Show more (450 left)' }));
    expect(screen.getAllByRole('listitem')).toHaveLength(100);
  });
});

describe('a blinded second reading', () => {
  const after: ReadingView = {
    ...BEFORE,
    own: {
      id: testId<string>(820),
      sessionId: SESSION,
      userName: 'M. Rossi',
      answer: 'proximal-row-carpectomy',
      confidencePercent: 70,
      drivers: [{ feature: 'wrist-extension-percent-expected', direction: 'for' }],
      durationMs: 14_000,
      lockedAt: '2026-11-26T08:00:00.000Z',
      seenBefore: [],
    },
    comparison: {
      first: {
        id: testId<string>(801),
        sessionId: SESSION,
        userId: testId<UserId>(901),
        userName: 'Dr A. Lindgren',
        answer: 'four-corner-fusion',
        confidencePercent: 60,
        drivers: [{ feature: 'wrist-extension-percent-expected', direction: 'against' }],
        isBlinded: false,
        durationMs: 9_000,
        lockedAt: '2026-11-25T08:02:00.000Z',
        isAfterReveal: false,
      },
      readings: [],
      prediction: null,
      explanation: null,
      overlap: null,
      hasLaterTrials: false,
    },
  };
  const open = (handlers: TestHandlers) =>
    show(handlers, (events) => (
      <SecondReadingScreen sessionId={SESSION} onDone={() => events.push('done')} />
    ));

  it('asks for nothing but its own channel, locks, and then shows both readings', async () => {
    const { user, requests, inputsOf } = open({
      'readings.get': () => BEFORE,
      'readings.lock': () => after,
    });
    await screen.findByRole('heading', { name: 'Second reading' });
    expect(
      screen.getByText(/Name, dates, diagnosis, operation and every other answer stay hidden/),
    ).toBeTruthy();
    await user.keyboard('3{Enter}');
    fireEvent.change(screen.getByLabelText('How sure'), { target: { value: '70' } });
    await user.click(screen.getByRole('button', { name: /^wrist extension strength, .*: for$/ }));
    await user.click(screen.getByRole('button', { name: 'Lock and compare' }));
    await screen.findByRole('heading', { name: 'Two readings and the model' });
    expect(requests.map(({ name }) => name)).toEqual(['readings.get', 'readings.lock']);
    expect(inputsOf('readings.lock')).toMatchObject([
      { sessionId: SESSION, reading: { answer: 'proximal-row-carpectomy', confidencePercent: 70 } },
    ]);
    expect(screen.getByText('The readers give different answers.')).toBeTruthy();
    const row = screen.getByRole('row', { name: /wrist extension strength/ });
    expect(within(row).getByText('1, + for')).toBeTruthy();
    expect(within(row).getByText('1, − against')).toBeTruthy();
  });

  it('gives every class of the model with its probability, and counts no drivers where nobody named one', async () => {
    const comparison = after.comparison as NonNullable<ReadingView['comparison']>;
    open({
      'readings.get': () => ({
        ...after,
        own: { ...(after.own as NonNullable<ReadingView['own']>), drivers: [] },
        comparison: {
          ...comparison,
          first: { ...comparison.first, drivers: [] },
          prediction: {
            modelId: 'wrist-state',
            modelVersion: '0.1.0',
            bundleHash: 'c'.repeat(64),
            inputPattern: 'B',
            probabilities: [0.02, 0.65, 0.33],
            nonimpairedBand: [0, 0.1],
            predictionSet: ['four-corner-fusion', 'proximal-row-carpectomy'],
            coverage: 0.9,
            refusals: [],
            widthReasons: [],
            inRangeP: 0.5,
            features: [],
            durationMs: 1,
          },
        },
      }),
    });
    expect(await screen.findByText('nonimpaired 2 %, four-corner fusion 65 %, PRC 33 %')).toBeTruthy();
    expect(screen.getByText(/Neither reader named a driver/)).toBeTruthy();
    expect(screen.queryByText(/0 of 0/)).toBeNull();
  });

  it('leaves with one key and nothing locked', async () => {
    const { user, events, inputsOf } = open({ 'readings.get': () => BEFORE });
    await screen.findByRole('heading', { name: 'Second reading' });
    await user.keyboard('s');
    expect(events).toEqual(['done']);
    expect(inputsOf('readings.lock')).toEqual([]);
  });

  it('says why the first reader cannot be the second one, with the way back', async () => {
    const { user, events } = open({
      'readings.get': () => {
        throw new AppError('reading.own');
      },
    });
    expect(await screen.findByText(/You judged this session first/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Back to the list' }));
    expect(events).toEqual(['done']);
  });

  it('keeps the answer when the lock fails', async () => {
    const { user } = open({
      'readings.get': () => BEFORE,
      'readings.lock': () => {
        throw new AppError('store.full');
      },
    });
    await screen.findByRole('heading', { name: 'Second reading' });
    await user.keyboard('4');
    await user.click(screen.getByRole('button', { name: 'Lock and compare' }));
    expect(await screen.findByText(/not saved yet/)).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /cannot tell/ }).checked).toBe(true);
  });
});

// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AnalysisView, HoldRecording } from '../../../core/contract/channels/analyses.ts';
import type { Input } from '../../../core/contract/contract.ts';
import type {
  AnalysisJudgement,
  ElbowInput,
  ElbowJudgementFields,
  ElbowPrediction,
} from '../../../core/contract/schemas/analysis.ts';
import { startMemoryHost, testId, testPatient, testSession } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { ElbowScreen } from './elbow-screen.tsx';

const analysis = 'elbow-torque-fatigue' as const;
const channel = (name: string) => ({ source: `EMG ${name}`, unit: 'mV', needsMaximum: true });
const RECORDING: HoldRecording = {
  id: testId<string>(601),
  name: 'hold at 50 %',
  side: 'right',
  rateHz: 100,
  durationS: 120,
  channels: {
    biceps: channel('biceps'),
    brachialis: channel('brachialis'),
    brachioradialis: channel('brachioradialis'),
    triceps: channel('triceps'),
  },
  maximalTorqueNm: 48,
  isEnough: true,
};
const PREDICTION: ElbowPrediction = {
  analysis,
  modelId: 'elbow-torque-fatigue',
  modelVersion: '0.1.0',
  bundleHash: 'ab'.repeat(32),
  coverage: 0.9,
  refusals: [],
  holdLevelPercent: 50,
  maximalTorqueNm: 48,
  torque: Array.from({ length: 30 }, (_, i) => ({
    timeS: 5 * (i + 1),
    middleNm: 24 - 0.3 * i,
    interval: [22 - 0.5 * i, 26 - 0.1 * i] as [number, number],
  })),
  timeToFailure: { middleS: 74.2, lowS: 55.1, highS: 101.4 },
  heldTorqueNm: 24.1,
  sharesLeft: Array.from({ length: 30 }, (_, i) => 1 - 0.02 * i),
  inRangeP: 0.5,
  durationMs: 3,
};
const FIELDS: ElbowJudgementFields = {
  analysis,
  setup: {
    recordingId: RECORDING.id,
    startS: 0,
    holdLevelPercent: 50,
    maximalAmplitudes: { biceps: 0.37, brachialis: 0.4, brachioradialis: 0.3, triceps: 0.2 },
  },
  failureFromS: 50,
  failureToS: 90,
  confidencePercent: 60,
  fatigueStartS: 20,
  hasSeenEnd: false,
  durationMs: 9_000,
};
const WINDOW = {
  envelopes: Array.from({ length: 240 }, () => 0.4),
  steps: 60,
  treatments: [],
  problem: null,
};

const lockOf = (fields: ElbowJudgementFields): AnalysisJudgement => ({
  id: testId<string>(820),
  sessionId: testId(501),
  userId: testId(901),
  userName: 'Dr A. Lindgren',
  fields,
  isBlinded: false,
  lockedAt: '2026-11-25T08:10:00.000Z',
  isAfterReveal: false,
});

function open(change: Partial<AnalysisView> = {}) {
  const patient = testPatient(1);
  const { session } = testSession(patient);
  let view: AnalysisView = {
    analysis,
    session: { ...session, state: 'closed' },
    patient,
    state: 'ready-to-judge',
    isHidden: false,
    hands: [],
    recordings: [RECORDING],
    judgements: [],
    prediction: null,
    explanation: null,
    isOutdated: false,
    isJudgementOutdated: false,
    measuredHoldS: null,
    isHoldStoppedEarly: false,
    wasEndKnown: false,
    ...change,
  };
  const input: ElbowInput = {
    ...{ analysis, sessionId: session.id, sex: 'female', ageYears: 44, heightM: 1.66, weightKg: 60 },
    ...{ side: 'right', holdLevelPercent: 50, maximalTorqueNm: 48, envelopes: WINDOW.envelopes },
  };
  const permit = { receipt: 'a'.repeat(64), inputHash: 'b'.repeat(64) };
  const host = startMemoryHost({
    'analyses.get': () => view,
    'analyses.elbowStart': () => WINDOW,
    'analyses.elbowWhole': () => WINDOW,
    'analyses.lockJudgement': ({ judgement }: Input<'analyses.lockJudgement'>) => {
      const locked = lockOf(judgement as ElbowJudgementFields);
      view = { ...view, state: 'locked', judgements: [locked] };
      return { judgement: locked, lockedAt: locked.lockedAt, ...permit };
    },
    'analyses.requestReceipt': () => permit,
    'analyses.takeInput': () => ({ input, inputHash: permit.inputHash }),
    'analyses.store': ({ prediction }: Input<'analyses.store'>) => {
      view = { ...view, state: 'revealed', prediction };
      return view;
    },
    'analyses.storeExplanation': () => ({}),
  });
  const events: string[] = [];
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <ElbowScreen
          sessionId={session.id}
          inference={{
            analyse: async () => PREDICTION,
            explainAnalysis: async () => ({ method: 'exact-shapley', numbers: [], durationMs: 1 }),
          }}
          onImport={() => events.push('import')}
          onMeasure={() => events.push('measure')}
          onDone={() => events.push('done')}
        />
      </ApiProvider>
    </MantineProvider>,
  );
  return { ...host, events };
}

const type = (label: string | RegExp, text: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
const namesOf = (requests: { name: string }[]) => requests.map(({ name }) => name);

describe('the elbow, judge first', () => {
  it('says what is missing and how to get it', async () => {
    const bare = { ...RECORDING, maximalTorqueNm: null, isEnough: false };
    const { events } = open({
      state: 'not-measured-enough',
      recordings: [{ ...bare, channels: { ...bare.channels, triceps: null } }],
    });
    expect(await screen.findByText('no channel named triceps')).toBeDefined();
    expect(screen.getByText(/no elbow flexion strength of the right arm/)).toBeDefined();
    fireEvent.click(screen.getByText('Import a recording'));
    expect(events).toEqual(['import']);
  });

  it('draws the first 30 s when the hold is described, and locks nothing before', async () => {
    const { requests } = open();
    await screen.findByText('opens after you lock');
    fireEvent.click(screen.getByText('Lock and show'));
    expect(screen.getByText('Percent from 1 to 100.')).toBeDefined();
    expect(screen.getAllByText('A number above 0.')).toHaveLength(4);
    type('Target (% of maximal torque)', '50');
    for (const name of ['biceps', 'brachialis', 'brachioradialis', 'triceps']) type(`${name} (mV)`, '0,37');
    await screen.findByLabelText(/Muscle activity of the first 30 s/);
    expect(namesOf(requests)).not.toContain('analyses.lockJudgement');
    expect(namesOf(requests)).not.toContain('analyses.elbowWhole');
    type('The hold fails from (s)', '50');
    type('to (s)', '40');
    fireEvent.click(screen.getByText('Lock and show'));
    expect(screen.getByText(/Seconds after the first number/)).toBeDefined();
    type('to (s)', '90');
    const sure = document.querySelector<HTMLElement>('input[type="range"]')!;
    fireEvent.change(sure, { target: { value: '60' } });
    fireEvent.click(screen.getByText('Lock and show'));
    expect(await screen.findByText('74 s')).toBeDefined();
    const lock = requests.find(({ name }) => name === 'analyses.lockJudgement')!;
    expect(lock.input).toMatchObject({
      judgement: {
        setup: { holdLevelPercent: 50, maximalAmplitudes: { biceps: 0.37 } },
        failureFromS: 50,
        failureToS: 90,
        confidencePercent: 60,
      },
    });
  });

  it('shows time and torque with intervals, the modules apart, and the measured time', async () => {
    open({
      state: 'revealed',
      prediction: PREDICTION,
      measuredHoldS: 84,
      judgements: [lockOf(FIELDS)],
    });
    expect(await screen.findByText('interval 55 to 101 s')).toBeDefined();
    expect(screen.getByText('Your range and the interval share times.')).toBeDefined();
    expect(screen.getByText('24.1 N·m (50 % of maximum)')).toBeDefined();
    expect(screen.getByText(/Measured in this session: 84 s/).closest('p')?.textContent).toContain(
      'inside your range, inside the model’s interval',
    );
    expect(screen.getByText(/elbow-torque-fatigue 0.1.0 ·/).textContent).toContain('not a medical device');
    expect(await screen.findByLabelText(/Muscle activity of the whole hold/)).toBeDefined();
  });

  it('a hold that was stopped early scores nobody, and a time that stood there before the lock is told', async () => {
    open({
      state: 'revealed',
      prediction: PREDICTION,
      measuredHoldS: 20,
      isHoldStoppedEarly: true,
      wasEndKnown: true,
      judgements: [lockOf(FIELDS)],
    });
    const measured = await screen.findByText(/Measured in this session: 20 s, stopped early/);
    expect(measured.closest('p')?.textContent).not.toMatch(/inside|outside/);
    expect(screen.getByText('End of the hold was known')).toBeDefined();
  });

  it('a refusal is a result', async () => {
    open({
      state: 'revealed',
      prediction: {
        ...PREDICTION,
        refusals: ['hold-level-not-trained'],
        torque: [],
        timeToFailure: null,
        heldTorqueNm: null,
        sharesLeft: [],
      },
    });
    expect(await screen.findByText('Out of range: cannot tell')).toBeDefined();
    expect(screen.getByText(/outside what the model was trained on/)).toBeDefined();
    expect(screen.queryByText('Torque over time')).toBeNull();
  });
});

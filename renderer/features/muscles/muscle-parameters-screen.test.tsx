// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { type GroupAnswer, MUSCLE_GROUPS } from '../../../core/clinical/muscle-groups.ts';
import type { AnalysisView } from '../../../core/contract/channels/analyses.ts';
import type { Input } from '../../../core/contract/contract.ts';
import type {
  AnalysisExplanation,
  AnalysisJudgement,
  MuscleInput,
  MusclePrediction,
} from '../../../core/contract/schemas/analysis.ts';
import { startMemoryHost, testId, testPatient, testSession } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { MuscleParametersScreen } from './muscle-parameters-screen.tsx';

const HASH = 'ab'.repeat(32);
const PREDICTION: MusclePrediction = {
  analysis: 'muscle-parameters',
  modelId: 'muscle-parameters-2',
  modelVersion: '0.2.0',
  bundleHash: HASH,
  coverage: 0.9,
  tier: 2,
  refusals: [],
  widthReasons: ['wide-trial-spread'],
  outputs: [
    {
      name: 'log-max-force-FPL',
      unit: 'N',
      verdict: 'identifiable',
      middle: 153.2,
      interval: [101.4, 231.9],
    },
    { name: 'log-max-force-PL', unit: 'N', verdict: 'general-strength-only', middle: null, interval: null },
    {
      name: 'percent-expected-thumb-flexor',
      unit: '%',
      verdict: 'identifiable',
      middle: 74.2,
      interval: [52.1, 96.3],
    },
    ...['adductor-and-first-interosseous', 'abductors', 'wrist-extensors'].map((group) => ({
      name: `percent-expected-${group}`,
      unit: '%' as const,
      verdict: 'general-strength-only' as const,
      middle: null,
      interval: null,
    })),
  ],
  strength: { pinchPercent: 61.7, gripPercent: 70.4 },
  inRangeP: 0.4,
  durationMs: 3,
};
const EXPLANATION: AnalysisExplanation = {
  method: 'exact-shapley',
  numbers: [
    {
      asked: 'percent-expected-thumb-flexor',
      unit: '%',
      referenceName: 'the average simulated person of the same sex, age and size',
      output: 74.2,
      referenceOutput: 101,
      residual: 0,
      contributions: [
        { name: 'pinch-neutral', value: -31.8, memberLow: -33, memberHigh: -30 },
        { name: 'grip', value: 5, memberLow: 4, memberHigh: 6 },
      ],
      gate: [{ name: 'sign-agreement', value: 1, limit: 0.8, ok: true }],
      isShown: true,
    },
  ],
  durationMs: 4,
};

interface Options {
  view?: Partial<AnalysisView>;
  prediction?: MusclePrediction;
  explanation?: AnalysisExplanation;
}

/** The screen over the real wire, with a worker that answers as told; `steps` notes what ran in which order. */
function open(options: Options = {}) {
  const patient = testPatient(1);
  const { session } = testSession(patient);
  const state: { view: AnalysisView } = {
    view: {
      analysis: 'muscle-parameters',
      session: { ...session, state: 'closed' },
      patient,
      state: 'ready-to-judge',
      isHidden: false,
      hands: (['right', 'left'] as const).map((side) => ({
        side,
        values: [{ measure: 'lateral-pinch', best: 65, trialCount: 3, typedUnit: 'kg' }],
        missing: ['lateral-pinch-flexion-20', 'lateral-pinch-extension-20', 'grip-2'],
        isEnough: true,
      })),
      recordings: [],
      judgements: [],
      prediction: null,
      explanation: null,
      isOutdated: false,
      isJudgementOutdated: false,
      measuredHoldS: null,
      isHoldStoppedEarly: false,
      wasEndKnown: false,
      ...options.view,
    },
  };
  const steps: string[] = [];
  const judgementFrom = (fields: AnalysisJudgement['fields'], isAfterReveal: boolean): AnalysisJudgement => ({
    id: testId<string>(820 + state.view.judgements.length),
    sessionId: session.id,
    userId: testId(901),
    userName: 'Dr A. Lindgren',
    fields,
    isBlinded: false,
    lockedAt: '2026-11-25T08:10:00.000Z',
    isAfterReveal,
  });
  const update = (change: Partial<AnalysisView>) => {
    state.view = { ...state.view, ...change };
    return state.view;
  };
  const host = startMemoryHost({
    'analyses.get': () => state.view,
    'analyses.lockJudgement': ({ judgement }: Input<'analyses.lockJudgement'>) => {
      steps.push('lock');
      const locked = judgementFrom(judgement, false);
      update({ state: 'locked', judgements: [locked] });
      return {
        judgement: locked,
        lockedAt: locked.lockedAt,
        receipt: 'a'.repeat(64),
        inputHash: 'b'.repeat(64),
      };
    },
    'analyses.requestReceipt': () => {
      steps.push('receipt');
      return { receipt: 'a'.repeat(64), inputHash: 'b'.repeat(64) };
    },
    'analyses.takeInput': () => ({ input: inputOf(session.id), inputHash: 'b'.repeat(64) }),
    'analyses.store': ({ prediction }: Input<'analyses.store'>) => {
      steps.push('store');
      return update({ state: 'revealed', prediction });
    },
    'analyses.storeExplanation': ({ explanation }: Input<'analyses.storeExplanation'>) => {
      steps.push('store explanation');
      update({ explanation });
      return {};
    },
    'analyses.logExplanationOpened': () => {
      steps.push('opened');
      return {};
    },
    'analyses.judgeAgain': ({ judgement }: Input<'analyses.judgeAgain'>) =>
      update({ judgements: [...state.view.judgements, judgementFrom(judgement, true)] }),
  });
  const inference = {
    analyse: async () => {
      steps.push('analyse');
      return options.prediction ?? PREDICTION;
    },
    explainAnalysis: async () => {
      steps.push('explain');
      return options.explanation ?? EXPLANATION;
    },
  };
  const events: string[] = [];
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <MuscleParametersScreen
          sessionId={session.id}
          inference={inference}
          onMeasure={() => events.push('measure')}
          onDone={() => events.push('done')}
        />
      </ApiProvider>
    </MantineProvider>,
  );
  return { ...host, user: userEvent.setup(), steps, events };
}

const inputOf = (sessionId: MuscleInput['sessionId']): MuscleInput => ({
  analysis: 'muscle-parameters',
  sessionId,
  sex: 'female',
  ageYears: 58,
  heightM: 1.66,
  weightKg: 68,
  side: 'left',
  pinchTrialsN: [60, 65],
  pinchPeakN: 65,
  pinchFlexion20N: null,
  pinchExtension20N: null,
  gripN: null,
  directions: null,
  typedUnits: ['kg'],
});

type User = ReturnType<typeof userEvent.setup>;
/** Answers in the order of the groups. Straight to the radio buttons: looking each up by its role takes seconds. */
async function judge(answers: readonly GroupAnswer[]) {
  await screen.findByText('Thumb flexor');
  for (const [index, group] of MUSCLE_GROUPS.entries()) {
    fireEvent.click(document.querySelector(`[data-part="${group}"] input[value="${answers[index]}"]`)!);
  }
}
const setConfidence = async (user: User) => {
  document.querySelector<HTMLElement>('input[type="range"]')!.focus();
  await user.keyboard(' ');
};

describe('muscle parameters, judge first', () => {
  it('asks nothing of the model before the lock, and says what is missing of a judgement', async () => {
    const { user, steps, requests } = open();
    expect(await screen.findByText('opens after you lock')).toBeDefined();
    // The affected hand is a fact of the record; nothing is answered for the clinician.
    expect(document.querySelectorAll('input[type="radio"]:checked')).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Lock and show' }));
    expect(screen.getAllByText('Choose one; “cannot tell” is an answer too.')).toHaveLength(4);
    expect(steps).toEqual([]);
    expect(requests.map(({ name }) => name)).toEqual(['analyses.get']);
  });

  it('locks, then shows each group beside the own answer, with what the interval leaves open', async () => {
    const { user, steps } = open();
    await judge(['weaker', 'as-expected', 'cannot-tell', 'stronger']);
    await setConfidence(user);
    await user.click(screen.getByRole('button', { name: 'Lock and show' }));
    expect(await screen.findByText('74 %')).toBeDefined();
    expect(screen.getByText('of expected, interval 52 to 96 %')).toBeDefined();
    expect(screen.getByText(/Inside: the interval/).textContent).toContain('(2 of 3 answers)');
    // What cannot be told has no number, and stands there by name.
    const untold = screen.getByText('Moves with general strength only').closest('section')!;
    expect(untold.textContent).toContain('wrist extensors (you: stronger)');
    expect(untold.textContent).not.toMatch(/\d %/);
    expect(screen.getByText('Overall strength, as measured')).toBeDefined();
    expect(screen.getByText(/muscle-parameters-2 0.2.0 ·/).textContent).toContain('not a medical device');
    expect(steps.slice(0, 4)).toEqual(['lock', 'receipt', 'analyse', 'store']);
    await screen.findByRole('button', { name: 'What moves this number' });
    expect(steps).toContain('store explanation');
  });

  it('says when the own answer lies outside, not with colour alone', async () => {
    const { user } = open();
    await judge(['stronger', 'as-expected', 'as-expected', 'as-expected']);
    await setConfidence(user);
    await user.click(screen.getByRole('button', { name: 'Lock and show' }));
    const told = (await screen.findByText(/Outside: the interval/)).closest('[data-agreement]')!;
    expect(told.getAttribute('data-agreement')).toBe('outside');
    expect(told.querySelector('[data-own]')).not.toBeNull();
  });

  it('needs no confidence where nothing can be told', async () => {
    const { user, requests } = open();
    await judge(MUSCLE_GROUPS.map(() => 'cannot-tell' as const));
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText('74 %');
    const lock = requests.find(({ name }) => name === 'analyses.lockJudgement')!;
    expect(JSON.stringify(lock.input)).toContain('"confidencePercent":null');
    expect(screen.getByText(/Nothing to compare/)).toBeDefined();
  });

  it('shows the parameters in a second tab, with the list of those that cannot be told', async () => {
    const { user } = open({ view: revealed() });
    await user.click(await screen.findByRole('tab', { name: 'Hill parameters' }));
    const row = screen.getByRole('row', { name: /largest force, flexor pollicis longus/ });
    expect(row.textContent).toContain('153 N');
    expect(row.textContent).toContain('101 to 232 N');
    expect(screen.getByText('Move with general strength only (1)').closest('section')?.textContent).toContain(
      'largest force: palmaris longus',
    );
  });

  it('opens the bars of the inputs, and records it', async () => {
    const { user, steps } = open({ view: { ...revealed(), explanation: EXPLANATION } });
    const opener = await screen.findByRole('button', { name: 'What moves this number' });
    expect(screen.queryByRole('table', { name: /adds/ })).toBeNull();
    await user.click(opener);
    expect(screen.getByText('−32 points')).toBeDefined();
    expect(screen.getByText(/Compared with the average simulated person/)).toBeDefined();
    expect(steps).toEqual(['opened']);
  });

  it('an explanation that fails its gate is withheld with the reason', async () => {
    const numbers = EXPLANATION.numbers.map((number) => ({
      ...number,
      isShown: false,
      gate: [{ name: 'noise-stability' as const, value: 0.4, limit: 0.8, ok: false }],
    }));
    const { user } = open({ view: { ...revealed(), explanation: { ...EXPLANATION, numbers } } });
    await user.click(await screen.findByRole('button', { name: 'What moves this number' }));
    expect(screen.getByText(/no reliable explanation/)).toBeDefined();
    expect(screen.queryByText('−32 points')).toBeNull();
  });

  it('a refusal is a result, with what to do', async () => {
    const prediction = { ...PREDICTION, refusals: ['out-of-range' as const], outputs: [], strength: null };
    const { user, events } = open({ view: { ...revealed(), prediction } });
    expect(await screen.findByText('Out of range: cannot tell')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Look at the measured values' }));
    expect(events).toEqual(['measure']);
  });

  it('a further judgement is marked, and the first stays', async () => {
    const { user } = open({ view: revealed() });
    await user.click(await screen.findByRole('button', { name: 'Judge again' }));
    await judge(MUSCLE_GROUPS.map(() => 'as-expected' as const));
    await setConfidence(user);
    await user.click(screen.getByRole('button', { name: 'Keep this judgement too' }));
    expect(await screen.findByText(/marked after the reveal, not counted/)).toBeDefined();
    expect(screen.getByText(/thumb flexor, 60 %|weaker, 60 %/)).toBeDefined();
  });

  it('waits while a judgement of the patient is open', async () => {
    const { steps } = open({ view: { ...revealed(), prediction: null, isHidden: true } });
    expect(await screen.findByText(/answer waits while a judgement/)).toBeDefined();
    expect(steps).toEqual([]);
  });

  it('says what to measure where key pinch is missing', async () => {
    const { user, events } = open({ view: { state: 'not-measured-enough', hands: [] } });
    await user.click(await screen.findByRole('button', { name: 'Open the measurements' }));
    expect(events).toEqual(['measure']);
  });
});

/** A judged and answered analysis: weaker thumb flexor, 60 %. */
function revealed(): Partial<AnalysisView> {
  return {
    state: 'revealed',
    prediction: PREDICTION,
    explanation: { ...EXPLANATION, numbers: [] },
    judgements: [
      {
        id: testId<string>(820),
        sessionId: testId(501),
        userId: testId(901),
        userName: 'Dr A. Lindgren',
        fields: {
          analysis: 'muscle-parameters',
          side: 'left',
          groups: MUSCLE_GROUPS.map((group, index) => ({
            group,
            answer: index === 0 ? ('weaker' as const) : ('as-expected' as const),
            confidencePercent: index === 0 ? 60 : 50,
          })),
          durationMs: 9_000,
        },
        isBlinded: false,
        lockedAt: '2026-11-25T08:05:00.000Z',
        isAfterReveal: false,
      },
    ],
  };
}

import { PresentUserName } from '../../../app/present-user.tsx';
import '../../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { SessionView } from '../../../../core/contract/channels/sessions.ts';
import type { Input } from '../../../../core/contract/contract.ts';
import type { UserId } from '../../../../core/contract/schemas/clinical.ts';
import type { Explanation, WristStatePrediction } from '../../../../core/contract/schemas/judgement.ts';
import type { CallChanges } from '../../../../core/inference/call-changes.ts';
import { startMemoryHost, type TestHandlers, testId } from '../../../app/testing/memory-host.ts';
import { ApiProvider } from '../../../platform/api.tsx';
import { ResultScreen } from '../result-screen.tsx';
import { CHANGES, explanationOf, INPUT, lockedSession, predictionOf } from './specimen-results.ts';

export interface ResultOptions {
  view?: SessionView;
  prediction?: WristStatePrediction;
  explanation?: Explanation;
  /** Failures of the worker before it answers. */
  workerFailures?: number;
  workerError?: Error;
  explainError?: Error;
  /** Who is signed in; absent: whoever judged. */
  reader?: string;
  changes?: CallChanges;
  changesError?: Error;
  handlers?: TestHandlers;
}

/** The result screen over the real wire, with a worker that answers as told; `steps` notes what ran in which order. */
export async function openResult(options: ResultOptions = {}) {
  const state = { view: options.view ?? lockedSession() };
  const steps: string[] = [];
  let failures = options.workerFailures ?? 0;
  const update = (change: Partial<SessionView>, sessionState?: SessionView['session']['state']) => {
    state.view = {
      ...state.view,
      ...change,
      session: { ...state.view.session, ...(sessionState ? { state: sessionState } : {}) },
    };
    return state.view;
  };
  const note =
    <I, O>(name: string, handler: (input: I) => O) =>
    (input: I) => {
      steps.push(name);
      return handler(input);
    };
  const host = startMemoryHost({
    'sessions.get': () => state.view,
    'sessions.listForPatient': () => ({ rows: [], total: 0 }),
    'predictions.requestReceipt': note('receipt', () => ({
      receipt: 'a'.repeat(64),
      inputHash: 'b'.repeat(64),
    })),
    'predictions.takeInput': note('input', () => ({
      modelInput: { ...INPUT, sessionId: state.view.session.id },
      inputHash: 'b'.repeat(64),
    })),
    'predictions.store': note('store', ({ prediction }: Input<'predictions.store'>) =>
      update({ prediction }, state.view.session.state === 'locked' ? 'revealed' : undefined),
    ),
    'predictions.storeExplanation': note(
      'store explanation',
      ({ explanation, overlap }: Input<'predictions.storeExplanation'>) => {
        update({ explanation, overlap });
        return {};
      },
    ),
    'predictions.shownInput': () => ({ modelInput: { ...INPUT, sessionId: state.view.session.id } }),
    'judgements.flags': () => ({ flags: [] }),
    'readings.ofSession': () => ({ isAsked: false, isWaitingForYou: false, readings: [] }),
    'truths.list': () => [],
    'recordings.listForSession': () => [],
    'predictions.logExplanationOpened': note('opened', () => ({})),
    'predictions.logMethodsCompared': note('methods compared', () => ({})),
    'sessions.compare': ({ comparison }) =>
      update(
        {
          comparison: {
            ...comparison,
            id: testId(802),
            userName: options.reader ?? 'Dr A. Lindgren',
            createdAt: '2026-11-25T08:05:00.000Z',
          },
        },
        'compared',
      ),
    'sessions.close': () => update({}, 'closed'),
    'sessions.judgeAgain': ({ judgement }) => {
      const again = {
        ...judgement,
        id: testId<string>(810 + state.view.judgements.length),
        sessionId: state.view.session.id,
        userId: testId<UserId>(901),
        userName: 'Dr A. Lindgren',
        lockedAt: '2026-11-25T08:10:00.000Z',
        isAfterReveal: true,
      };
      return update({ judgements: [...state.view.judgements, again] });
    },
    ...options.handlers,
  });
  const inference = {
    ready: Promise.resolve({ modelId: 'wrist-state', version: '0.1.0', bundleHash: '', backend: 'test' }),
    predict: async () => {
      steps.push('predict');
      if (failures > 0) {
        failures -= 1;
        throw options.workerError ?? new Error('the worker died');
      }
      return options.prediction ?? predictionOf();
    },
    explain: async () => {
      steps.push('explain');
      if (options.explainError) throw options.explainError;
      return options.explanation ?? explanationOf();
    },
    callChanges: async () => {
      steps.push('call changes');
      if (options.changesError) throw options.changesError;
      return options.changes ?? CHANGES;
    },
    compareMethods: () => {
      throw new Error('the result screen compares no methods');
    },
    analyse: () => Promise.reject(new Error('the result screen analyses nothing else')),
    explainAnalysis: () => Promise.reject(new Error('the result screen explains nothing else')),
    forecast: () => Promise.reject(new Error('the result screen forecasts nothing')),
    dispose: () => {},
  };
  const events: string[] = [];
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <PresentUserName value={options.reader ?? null}>
          <ResultScreen
            sessionId={state.view.session.id}
            inference={inference}
            onAddWristStrength={() => events.push('add wrist')}
            onMeasurements={() => events.push('measurements')}
            methods={(onBack) => (
              <button type="button" onClick={onBack}>
                Back from the methods
              </button>
            )}
            onDone={() => events.push('done')}
          />
        </PresentUserName>
      </ApiProvider>
    </MantineProvider>,
  );
  return { ...host, user, steps, events, state };
}

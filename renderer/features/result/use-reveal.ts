import { useEffect, useRef, useState } from 'react';
import { reasonOverlap } from '../../../core/agreement/reason-overlap.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { ModelInput } from '../../../core/contract/schemas/judgement.ts';
import type { Api } from '../../../core/contract/wire.ts';
import { modelFailureOf, type RevealFailure } from '../../app/model-failure.ts';
import { useApi } from '../../platform/api.tsx';
import type { InferenceClient } from '../../workers/inference-client.ts';
import { needsPrediction } from './needs-prediction.ts';
import { isResultOutdated, ownJudgement } from './result-freshness.ts';

export interface RevealState {
  view: SessionView | null;
  /** What is being worked on now. */
  step: 'reading' | 'predicting' | 'explaining' | 'done';
  /** Reading or predicting failed: there is no number. */
  failure: RevealFailure | null;
  /** The number stands, only its explanation failed. */
  explanationFailure: RevealFailure | null;
}

const START: RevealState = { view: null, step: 'reading', failure: null, explanationFailure: null };

/** Stops the sequence with an error value. */
class Stopped extends Error {
  readonly failure: RevealFailure;
  constructor(failure: RevealFailure) {
    super(failure.from);
    this.failure = failure;
  }
}

/**
 * Receipt -> input -> prediction -> store -> number -> explanation -> store. Runs only for a locked judgement, and
 * again when measurements were added since or when it is asked for after a correction. Nothing is shown that the store has not taken.
 */
export function useReveal(sessionId: SessionId, inference: InferenceClient) {
  const api = useApi();
  const [state, setState] = useState<RevealState>(START);
  const isRunning = useRef(false);

  const run = async (isAskedAgain: boolean) => {
    if (isRunning.current) return;
    isRunning.current = true;
    let hasNumber = false;
    try {
      setState((present) => ({ ...START, view: present.view }));
      let view = await need(api['sessions.get']({ sessionId }));
      hasNumber = view.prediction !== null;
      setState((present) => ({ ...present, view }));
      let input: Permit | null = null;
      if (needsPrediction(view) || (isAskedAgain && view.judgements.length > 0)) {
        hasNumber = false;
        setState((present) => ({ ...present, step: 'predicting' }));
        input = await takeInput(api, sessionId);
        const prediction = await guard(inference.predict(input.modelInput));
        const { receipt, inputHash } = input;
        view = await need(api['predictions.store']({ sessionId, receipt, inputHash, prediction }));
        // An explanation of an earlier prediction does not belong to this number.
        view = { ...view, explanation: null, overlap: null };
        setState((present) => ({ ...present, view }));
      }
      hasNumber = true;
      const { prediction } = view;
      const isOpen = view.session.state === 'revealed' || view.session.state === 'compared';
      // A result that is outdated is explained after it is asked for anew: its input is gone.
      const isExplainable = input !== null || (isOpen && !isResultOutdated(view));
      if (prediction?.probabilities && view.explanation === null && isExplainable) {
        setState((present) => ({ ...present, step: 'explaining' }));
        input ??= await takeInput(api, sessionId);
        const { modelInput, inputHash } = input;
        const explanation = await guard(inference.explain(modelInput, prediction));
        const own = ownJudgement(view);
        const overlap =
          own && own.drivers.length > 0 && explanation.isShown
            ? reasonOverlap(own.drivers, explanation, own.answer)
            : null;
        await need(api['predictions.storeExplanation']({ sessionId, inputHash, explanation, overlap }));
        view = { ...view, explanation, overlap };
        setState((present) => ({ ...present, view }));
      }
    } catch (cause) {
      const failure = cause instanceof Stopped ? cause.failure : modelFailureOf(null);
      setState((present) => ({ ...present, ...(hasNumber ? { explanationFailure: failure } : { failure }) }));
    } finally {
      isRunning.current = false;
      setState((present) => ({ ...present, step: 'done' }));
    }
  };

  const newestRun = useRef(run);
  useEffect(() => {
    newestRun.current = run;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: one run for each session; "try again" starts the others
  useEffect(() => {
    void newestRun.current(false);
  }, [sessionId]);

  return {
    ...state,
    retry: () => void newestRun.current(false),
    /** A fresh prediction of the present values, with a new receipt. */
    askAgain: () => void newestRun.current(true),
    setView: (view: SessionView) =>
      setState((present) => ({
        ...present,
        view: {
          ...view,
          explanation: view.explanation ?? present.view?.explanation ?? null,
          overlap: view.overlap ?? present.view?.overlap ?? null,
        },
      })),
  };
}

interface Permit {
  modelInput: ModelInput;
  inputHash: string;
  receipt: string;
}

async function takeInput(api: Api, sessionId: SessionId): Promise<Permit> {
  const { receipt } = await need(api['predictions.requestReceipt']({ sessionId }));
  const { modelInput, inputHash } = await need(api['predictions.takeInput']({ sessionId, receipt }));
  return { modelInput, inputHash, receipt };
}

async function need<T>(
  answer: Promise<{ ok: true; value: T } | { ok: false; error: WireError }>,
): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Stopped({ from: 'store', error: result.error });
  return result.value;
}

async function guard<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new Stopped(modelFailureOf(cause));
  }
}

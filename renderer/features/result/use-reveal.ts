import { useEffect, useRef, useState } from 'react';
import { reasonOverlap } from '../../../core/agreement/reason-overlap.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { ModelInput } from '../../../core/contract/schemas/judgement.ts';
import type { Api } from '../../../core/contract/wire.ts';
import { useApi } from '../../platform/api.tsx';
import type { InferenceClient } from '../../workers/inference-client.ts';
import { needsPrediction } from './needs-prediction.ts';

export interface RevealState {
  view: SessionView | null;
  /** What is being worked on now. */
  step: 'reading' | 'predicting' | 'explaining' | 'done';
  /** Reading or predicting failed: there is no number. */
  error: WireError | null;
  /** The number stands, only its explanation failed. */
  explanationError: WireError | null;
}

const START: RevealState = { view: null, step: 'reading', error: null, explanationError: null };

/** The worker refused or could not read the model: said with the model's own words, never a made-up class. */
const MODEL_ERROR: WireError = { code: 'model.not_found', incident: 'model' };

/** Stops the sequence with an error value. */
class Stopped extends Error {
  readonly error: WireError;
  constructor(error: WireError) {
    super(error.code);
    this.error = error;
  }
}

/**
 * Receipt -> input -> prediction -> store -> number -> explanation -> store. Runs only for a locked judgement, and
 * again when measurements were added since. Nothing is shown that the store has not taken.
 */
export function useReveal(sessionId: SessionId, inference: InferenceClient) {
  const api = useApi();
  const [state, setState] = useState<RevealState>(START);
  const isRunning = useRef(false);

  const run = async () => {
    if (isRunning.current) return;
    isRunning.current = true;
    let hasNumber = false;
    try {
      setState((present) => ({ ...START, view: present.view }));
      let view = await need(api['sessions.get']({ sessionId }));
      hasNumber = view.prediction !== null;
      setState((present) => ({ ...present, view }));
      let input: Permit | null = null;
      if (needsPrediction(view)) {
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
      if (prediction?.probabilities && view.explanation === null && isOpen) {
        setState((present) => ({ ...present, step: 'explaining' }));
        input ??= await takeInput(api, sessionId);
        const { modelInput, inputHash } = input;
        const explanation = await guard(inference.explain(modelInput, prediction));
        const own = view.judgements.find((judgement) => !judgement.isAfterReveal);
        const overlap =
          own && own.drivers.length > 0 && explanation.isShown
            ? reasonOverlap(own.drivers, explanation, own.answer)
            : null;
        await need(api['predictions.storeExplanation']({ sessionId, inputHash, explanation, overlap }));
        view = { ...view, explanation, overlap };
        setState((present) => ({ ...present, view }));
      }
    } catch (cause) {
      const error = cause instanceof Stopped ? cause.error : MODEL_ERROR;
      setState((present) => ({ ...present, ...(hasNumber ? { explanationError: error } : { error }) }));
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
    void newestRun.current();
  }, [sessionId]);

  return {
    ...state,
    retry: () => void newestRun.current(),
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
  if (!result.ok) throw new Stopped(result.error);
  return result.value;
}

async function guard<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new Stopped(MODEL_ERROR);
  }
}

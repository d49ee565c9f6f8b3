import { useEffect, useRef, useState } from 'react';
import type { AnalysisView } from '../../../core/contract/channels/analyses.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { AnalysisId, AnalysisInput } from '../../../core/contract/schemas/analysis.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { Api } from '../../../core/contract/wire.ts';
import { useApi } from '../../platform/api.tsx';
import type { AnalysisClient } from '../../workers/inference-client.ts';
import { modelFailureOf, type RevealFailure } from '../model-failure.ts';

export interface AnalysisState {
  view: AnalysisView | null;
  /** What is being worked on now. */
  step: 'reading' | 'predicting' | 'explaining' | 'done';
  /** Reading or predicting failed: there is no number. */
  failure: RevealFailure | null;
  /** The number stands, only its explanation failed. */
  explanationFailure: RevealFailure | null;
}

const START: AnalysisState = { view: null, step: 'reading', failure: null, explanationFailure: null };

/** Stops the sequence with an error value. */
class Stopped extends Error {
  readonly failure: RevealFailure;
  constructor(failure: RevealFailure) {
    super(failure.from);
    this.failure = failure;
  }
}

/** Muscles without an identifiable group, and refusals, have no number that could be explained. */
const hasNumber = ({ prediction }: AnalysisView): boolean =>
  prediction?.analysis === 'muscle-parameters'
    ? prediction.outputs.some(({ name, middle }) => middle !== null && name.startsWith('percent-expected-'))
    : prediction?.timeToFailure != null;

/**
 * Receipt -> input -> answer -> store -> number -> explanation -> store, of an analysis. Runs only for a locked judgement,
 * and again when it is asked for after a correction. Nothing is shown that the store has not taken.
 */
export function useAnalysis(sessionId: SessionId, analysis: AnalysisId, inference: AnalysisClient) {
  const api = useApi();
  const [state, setState] = useState<AnalysisState>(START);
  const isRunning = useRef(false);

  const run = async (isAskedAgain: boolean) => {
    if (isRunning.current) return;
    isRunning.current = true;
    let hasAnswer = false;
    try {
      setState((present) => ({ ...START, view: present.view }));
      let view = await need(api['analyses.get']({ sessionId, analysis }));
      hasAnswer = view.prediction !== null;
      setState((present) => ({ ...present, view }));
      const isLocked = view.judgements.length > 0 && !view.isHidden;
      let permit: Permit | null = null;
      if (isLocked && (view.prediction === null || isAskedAgain)) {
        hasAnswer = false;
        setState((present) => ({ ...present, step: 'predicting' }));
        permit = await takeInput(api, sessionId, analysis);
        const prediction = await guard(inference.analyse(permit.input));
        const { receipt, inputHash } = permit;
        view = await need(api['analyses.store']({ sessionId, receipt, inputHash, prediction }));
        setState((present) => ({ ...present, view }));
      }
      hasAnswer = true;
      if (isLocked && view.prediction && view.explanation === null && !view.isOutdated && hasNumber(view)) {
        setState((present) => ({ ...present, step: 'explaining' }));
        permit ??= await takeInput(api, sessionId, analysis);
        const { inputHash } = permit;
        const explanation = await guard(inference.explainAnalysis(permit.input, view.prediction));
        await need(api['analyses.storeExplanation']({ sessionId, analysis, inputHash, explanation }));
        view = { ...view, explanation };
        setState((present) => ({ ...present, view }));
      }
    } catch (cause) {
      const failure = cause instanceof Stopped ? cause.failure : modelFailureOf(null);
      setState((present) => ({
        ...present,
        ...(hasAnswer ? { explanationFailure: failure } : { failure }),
      }));
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
  }, [sessionId, analysis]);

  return {
    ...state,
    /** Reads again and goes on from there: after the lock, or to try once more. */
    goOn: () => void newestRun.current(false),
    /** A fresh answer for the present values, with a new receipt. */
    askAgain: () => void newestRun.current(true),
    setView: (view: AnalysisView) => setState((present) => ({ ...present, view })),
  };
}

interface Permit {
  input: AnalysisInput;
  inputHash: string;
  receipt: string;
}

async function takeInput(api: Api, sessionId: SessionId, analysis: AnalysisId): Promise<Permit> {
  const { receipt } = await need(api['analyses.requestReceipt']({ sessionId, analysis }));
  const taken = await need(api['analyses.takeInput']({ sessionId, analysis, receipt }));
  return { ...taken, receipt };
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

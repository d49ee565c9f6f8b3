/**
 * What every reveal shares: one run at a time, each step said, and a failure told apart by whether an answer already
 * stands. The steps themselves (whose receipt, which channels) belong to the screen that reveals.
 */
import { useEffect, useRef, useState } from 'react';
import type { WireError } from '../../core/contract/errors.ts';
import { modelFailureOf, type RevealFailure } from './model-failure.ts';

export interface RevealState<View> {
  view: View | null;
  /** What is being worked on now. */
  step: 'reading' | 'predicting' | 'explaining' | 'done';
  /** Reading or predicting failed: there is no number. */
  failure: RevealFailure | null;
  /** The number stands, only its explanation failed. */
  explanationFailure: RevealFailure | null;
}

/** What a sequence tells while it runs. */
export interface RevealProgress<View> {
  show: (view: View) => void;
  begin: (step: 'predicting' | 'explaining') => void;
  /** Whether a failure from here on leaves a number standing. */
  setAnswered: (isAnswered: boolean) => void;
}

/** Stops the sequence with an error value. */
class Stopped extends Error {
  readonly failure: RevealFailure;
  constructor(failure: RevealFailure) {
    super(failure.from);
    this.failure = failure;
  }
}

/** The value of an answer of the store; a refusal ends the sequence. @throws Stopped */
export async function fromStore<T>(
  answer: Promise<{ ok: true; value: T } | { ok: false; error: WireError }>,
): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Stopped({ from: 'store', error: result.error });
  return result.value;
}

/** The answer of the model's worker; its failure ends the sequence. @throws Stopped */
export async function fromModel<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new Stopped(modelFailureOf(cause));
  }
}

/**
 * Runs the sequence once for each key, and again when it is asked to; a call during a run is dropped.
 * @param key what is revealed: another key starts another run
 */
export function useRevealSequence<View>(
  key: string,
  sequence: (progress: RevealProgress<View>, isAskedAgain: boolean) => Promise<void>,
) {
  const [state, setState] = useState<RevealState<View>>({ ...IDLE, view: null });
  const isRunning = useRef(false);
  const change = (part: Partial<RevealState<View>>) => setState((present) => ({ ...present, ...part }));

  const run = async (isAskedAgain: boolean) => {
    if (isRunning.current) return;
    isRunning.current = true;
    let isAnswered = false;
    const progress: RevealProgress<View> = {
      show: (view) => change({ view }),
      begin: (step) => change({ step }),
      setAnswered: (value) => {
        isAnswered = value;
      },
    };
    try {
      change(IDLE);
      await sequence(progress, isAskedAgain);
    } catch (cause) {
      const failure = cause instanceof Stopped ? cause.failure : modelFailureOf(null);
      change(isAnswered ? { explanationFailure: failure } : { failure });
    } finally {
      isRunning.current = false;
      change({ step: 'done' });
    }
  };

  const newestRun = useRef(run);
  useEffect(() => {
    newestRun.current = run;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: one run for each key; "try again" starts the others
  useEffect(() => {
    void newestRun.current(false);
  }, [key]);

  return {
    ...state,
    /** Reads again and goes on from there: after the lock, or to try once more. */
    goOn: () => void newestRun.current(false),
    /** A fresh answer for the present values, with a new receipt. */
    askAgain: () => void newestRun.current(true),
    setView: (next: (present: View | null) => View) =>
      setState((present) => ({ ...present, view: next(present.view) })),
  };
}

const IDLE = { step: 'reading', failure: null, explanationFailure: null } as const;

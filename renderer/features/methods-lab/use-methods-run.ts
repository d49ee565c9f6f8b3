import { useEffect, useRef, useState } from 'react';
import type { RunProgress } from '../../../core/explain/coalition-run.ts';
import { modelFailureOf, type RevealFailure } from '../../app/model-failure.ts';
import type { InferenceClient, MethodsRun } from '../../workers/inference-client.ts';
import type { ComparedMethods, MethodsQuestion } from '../../workers/inference-protocol.ts';

export type MethodsState =
  /** Null until the first method has begun. */
  | { status: 'running'; progress: RunProgress | null }
  | { status: 'done'; compared: ComparedMethods }
  | { status: 'cancelled' }
  /** The result was made by another version of the model than this computer runs. */
  | { status: 'other-version'; running: string }
  | { status: 'failed'; failure: RevealFailure };

/**
 * Runs the comparison that is asked for and ends the one before. What was computed once is kept while the screen is open: the
 * same question gives the same numbers.
 */
export function useMethodsRun(inference: InferenceClient, question: MethodsQuestion) {
  const key = `${question.level}/${question.layerWiseRelevance}`;
  const [state, setState] = useState<{ key: string; now: MethodsState } | null>(null);
  const known = useRef(new Map<string, ComparedMethods>());
  const stop = useRef(() => {});
  const [attempt, setAttempt] = useState(0);
  const newestQuestion = useRef(question);
  useEffect(() => {
    newestQuestion.current = question;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: one run a question, and one more for each new attempt
  useEffect(() => {
    let isCurrent = true;
    let run: MethodsRun | null = null;
    const say = (now: MethodsState) => {
      if (isCurrent) setState({ key, now });
    };
    const compare = async () => {
      const asked = newestQuestion.current;
      const before = known.current.get(key);
      if (before) return say({ status: 'done', compared: before });
      say({ status: 'running', progress: null });
      const { bundleHash, version } = await inference.ready;
      if (!isCurrent) return;
      if (bundleHash !== asked.prediction.bundleHash) {
        return say({ status: 'other-version', running: version });
      }
      run = inference.compareMethods(asked, (progress) => say({ status: 'running', progress }));
      const compared = await run.result;
      run = null;
      if (compared) known.current.set(key, compared);
      say(compared ? { status: 'done', compared } : { status: 'cancelled' });
    };
    compare().catch((cause: unknown) => say({ status: 'failed', failure: modelFailureOf(cause) }));
    const end = () => {
      isCurrent = false;
      run?.cancel();
      run = null;
    };
    stop.current = () => {
      // Said at once: the worker may still be in the middle of a step.
      say({ status: 'cancelled' });
      end();
    };
    return end;
  }, [inference, key, attempt]);

  const now: MethodsState = state?.key === key ? state.now : { status: 'running', progress: null };
  return {
    state: now,
    cancel: () => stop.current(),
    again: () => setAttempt((count) => count + 1),
  };
}

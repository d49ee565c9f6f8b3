import { useEffect, useRef, useState } from 'react';
import type {
  Explanation,
  ModelInput,
  WristStatePrediction,
} from '../../../core/contract/schemas/judgement.ts';
import { modelFailureOf, type RevealFailure } from '../../app/model-failure.ts';
import type { InferenceClient } from '../../workers/inference-client.ts';

export interface LiveAnswer {
  /** Of the newest input that was answered; stays while the next one is computed. */
  prediction: WristStatePrediction | null;
  /** Of the shown prediction; null while it is worked out, and where there is nothing to explain. */
  explanation: Explanation | null;
  isWorking: boolean;
  failure: RevealFailure | null;
}

/** So that a slider that is moved asks once, when it rests. */
const SETTLE_MS = 150;
const NOTHING: LiveAnswer = { prediction: null, explanation: null, isWorking: true, failure: null };

/**
 * The model's answer to an invented input, asked anew whenever the input changes; an answer that comes after the next
 * question is dropped. Nothing is stored.
 * @param input null asks nothing.
 */
export function useLiveAnswer(
  inference: InferenceClient,
  input: ModelInput | null,
): LiveAnswer & { retry: () => void } {
  const [state, setState] = useState(NOTHING);
  const [attempt, setAttempt] = useState(0);
  const key = JSON.stringify(input);
  const newest = useRef(input);
  useEffect(() => {
    newest.current = input;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the input; `attempt` asks again
  useEffect(() => {
    if (newest.current === null) return undefined;
    let isCurrent = true;
    setState((present) => ({ ...present, isWorking: true, failure: null }));
    const ask = async () => {
      try {
        const asked = newest.current as ModelInput;
        const prediction = await inference.predict(asked);
        if (!isCurrent) return;
        const isExplained = prediction.probabilities !== null;
        setState({ prediction, explanation: null, isWorking: isExplained, failure: null });
        if (!isExplained) return;
        const explanation = await inference.explain(asked, prediction);
        if (isCurrent) setState({ prediction, explanation, isWorking: false, failure: null });
      } catch (cause) {
        if (isCurrent) setState({ ...NOTHING, isWorking: false, failure: modelFailureOf(cause) });
      }
    };
    const timer = setTimeout(() => void ask(), SETTLE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [inference, key, attempt]);
  return { ...state, retry: () => setAttempt(attempt + 1) };
}

import { useEffect, useRef, useState } from 'react';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { ForecastHand, ForecastView } from '../../../core/contract/schemas/forecast.ts';
import { modelFailureOf, type RevealFailure } from '../../app/model-failure.ts';
import { useApi } from '../../platform/api.tsx';
import type { InferenceClient } from '../../workers/inference-client.ts';

/**
 * Asks the network for one hand as soon as the host allows it: after the clinician's lock, with no judgement open. What it
 * answers is stored and read back; until then nothing of it is on the page.
 */
export function useModelForecast(
  sessionId: SessionId,
  hand: Pick<ForecastHand, 'side' | 'modelState'>,
  inference: Pick<InferenceClient, 'forecast'>,
  onView: (view: ForecastView) => void,
) {
  const api = useApi();
  const [failure, setFailure] = useState<RevealFailure | null>(null);
  const [attempt, setAttempt] = useState(0);
  const newest = useRef({ inference, onView });
  useEffect(() => {
    newest.current = { inference, onView };
  });
  const { side, modelState } = hand;
  const isWanted = modelState === 'ready';
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time the host allows it, and for a new attempt
  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    const ask = async () => {
      const asked = await api['forecasts.takeQuestion']({ sessionId, side });
      if (!asked.ok) return isCurrent && setFailure({ from: 'store', error: asked.error });
      const forecast = await newest.current.inference.forecast(asked.value.question);
      if (!isCurrent) return;
      const stored = await api['forecasts.storeModel']({ sessionId, side, forecast });
      if (!isCurrent) return;
      if (stored.ok) newest.current.onView(stored.value);
      else setFailure({ from: 'store', error: stored.error });
    };
    setFailure(null);
    ask().catch((cause: unknown) => {
      if (isCurrent) setFailure(modelFailureOf(cause));
    });
    return () => {
      isCurrent = false;
    };
  }, [api, sessionId, side, isWanted, attempt]);
  return {
    failure,
    isAsking: isWanted && failure === null,
    retry: () => setAttempt((count) => count + 1),
  };
}

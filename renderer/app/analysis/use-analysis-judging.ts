import { useState } from 'react';
import type { WireError } from '../../../core/contract/errors.ts';
import type { AnalysisId, AnalysisJudgementFields } from '../../../core/contract/schemas/analysis.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { useApi } from '../../platform/api.tsx';
import type { AnalysisClient } from '../../workers/inference-client.ts';
import { focusTitle } from './form-focus.ts';
import { useAnalysis } from './use-analysis.ts';

/** Judge first, then the model: the state of a screen that has both, and a further judgement after the reveal. */
export function useAnalysisJudging(sessionId: SessionId, analysis: AnalysisId, inference: AnalysisClient) {
  const api = useApi();
  const reveal = useAnalysis(sessionId, analysis, inference);
  const [isAgain, setIsAgain] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const lock = async (judgement: AnalysisJudgementFields) => {
    if (isBusy) return;
    setIsBusy(true);
    setError(null);
    const result = isAgain
      ? await api['analyses.judgeAgain']({ sessionId, judgement })
      : await api['analyses.lockJudgement']({ sessionId, judgement });
    setIsBusy(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    focusTitle();
    if ('analysis' in result.value) {
      const judged = result.value;
      reveal.setView(() => judged);
      setIsAgain(false);
    } else reveal.goOn();
  };

  return {
    reveal,
    isAgain,
    /** Of a form: what it shows and what it sends. */
    form: {
      isBusy,
      error,
      onLock: (fields: AnalysisJudgementFields) => void lock(fields),
      onCancel: isAgain ? () => setIsAgain(false) : null,
    },
    /** Of a result: how far it is and what can be asked of it. */
    result: {
      step: reveal.step,
      failure: reveal.failure,
      explanationFailure: reveal.explanationFailure,
      onRetry: reveal.goOn,
      onAskAgain: reveal.askAgain,
      onOpened: () => void api['analyses.logExplanationOpened']({ sessionId, analysis }),
      onJudgeAgain: () => {
        setError(null);
        setIsAgain(true);
      },
    },
  };
}

/** What a result's columns are told by `useAnalysisJudging`. */
export type AnalysisResultState = ReturnType<typeof useAnalysisJudging>['result'];

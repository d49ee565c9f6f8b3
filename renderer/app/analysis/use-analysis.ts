import type { AnalysisView } from '../../../core/contract/channels/analyses.ts';
import type { AnalysisId, AnalysisInput } from '../../../core/contract/schemas/analysis.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { Api } from '../../../core/contract/wire.ts';
import { useApi } from '../../platform/api.tsx';
import type { AnalysisClient } from '../../workers/inference-client.ts';
import { fromModel, fromStore, useRevealSequence } from '../reveal-sequence.ts';

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
  return useRevealSequence<AnalysisView>(
    `${sessionId}/${analysis}`,
    async ({ show, begin, setAnswered }, isAskedAgain) => {
      let view = await fromStore(api['analyses.get']({ sessionId, analysis }));
      setAnswered(view.prediction !== null);
      show(view);
      const isLocked = view.judgements.length > 0 && !view.isHidden;
      let permit: Permit | null = null;
      if (isLocked && (view.prediction === null || isAskedAgain)) {
        setAnswered(false);
        begin('predicting');
        permit = await takeInput(api, sessionId, analysis);
        const prediction = await fromModel(inference.analyse(permit.input));
        const { receipt, inputHash } = permit;
        view = await fromStore(api['analyses.store']({ sessionId, receipt, inputHash, prediction }));
        show(view);
      }
      setAnswered(true);
      if (isLocked && view.prediction && view.explanation === null && !view.isOutdated && hasNumber(view)) {
        begin('explaining');
        permit ??= await takeInput(api, sessionId, analysis);
        const { inputHash } = permit;
        const explanation = await fromModel(inference.explainAnalysis(permit.input, view.prediction));
        await fromStore(api['analyses.storeExplanation']({ sessionId, analysis, inputHash, explanation }));
        show({ ...view, explanation });
      }
    },
  );
}

interface Permit {
  input: AnalysisInput;
  inputHash: string;
  receipt: string;
}

async function takeInput(api: Api, sessionId: SessionId, analysis: AnalysisId): Promise<Permit> {
  const { receipt } = await fromStore(api['analyses.requestReceipt']({ sessionId, analysis }));
  const taken = await fromStore(api['analyses.takeInput']({ sessionId, analysis, receipt }));
  return { ...taken, receipt };
}

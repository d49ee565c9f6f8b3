import { reasonOverlap } from '../../../core/agreement/reason-overlap.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { ModelInput } from '../../../core/contract/schemas/judgement.ts';
import type { Api } from '../../../core/contract/wire.ts';
import { fromModel, fromStore, useRevealSequence } from '../../app/reveal-sequence.ts';
import { useApi } from '../../platform/api.tsx';
import type { InferenceClient } from '../../workers/inference-client.ts';
import { needsPrediction } from './needs-prediction.ts';
import { isResultOutdated, ownJudgement } from './result-freshness.ts';

/**
 * Receipt -> input -> prediction -> store -> number -> explanation -> store. Runs only for a locked judgement, and
 * again when measurements were added since or when it is asked for after a correction. Nothing is shown that the store has not taken.
 */
export function useReveal(sessionId: SessionId, inference: InferenceClient) {
  const api = useApi();
  const { setView, ...reveal } = useRevealSequence<SessionView>(
    sessionId,
    async ({ show, begin, setAnswered }, isAskedAgain) => {
      let view = await fromStore(api['sessions.get']({ sessionId }));
      setAnswered(view.prediction !== null);
      show(view);
      let input: Permit | null = null;
      if (needsPrediction(view) || (isAskedAgain && view.judgements.length > 0)) {
        setAnswered(false);
        begin('predicting');
        input = await takeInput(api, sessionId);
        const prediction = await fromModel(inference.predict(input.modelInput));
        const { receipt, inputHash } = input;
        view = await fromStore(api['predictions.store']({ sessionId, receipt, inputHash, prediction }));
        // An explanation of an earlier prediction does not belong to this number.
        view = { ...view, explanation: null, overlap: null };
        show(view);
      }
      setAnswered(true);
      const { prediction } = view;
      const isOpen = view.session.state === 'revealed' || view.session.state === 'compared';
      // A result that is outdated is explained after it is asked for anew: its input is gone.
      const isExplainable = input !== null || (isOpen && !isResultOutdated(view));
      if (prediction?.probabilities && view.explanation === null && isExplainable) {
        begin('explaining');
        input ??= await takeInput(api, sessionId);
        const { modelInput, inputHash } = input;
        const explanation = await fromModel(inference.explain(modelInput, prediction));
        const own = ownJudgement(view);
        const overlap =
          own && own.drivers.length > 0 && explanation.isShown
            ? reasonOverlap(own.drivers, explanation, own.answer)
            : null;
        await fromStore(api['predictions.storeExplanation']({ sessionId, inputHash, explanation, overlap }));
        show({ ...view, explanation, overlap });
      }
    },
  );

  return {
    ...reveal,
    setView: (view: SessionView) =>
      setView((present) => ({
        ...view,
        explanation: view.explanation ?? present?.explanation ?? null,
        overlap: view.overlap ?? present?.overlap ?? null,
      })),
  };
}

interface Permit {
  modelInput: ModelInput;
  inputHash: string;
  receipt: string;
}

async function takeInput(api: Api, sessionId: SessionId): Promise<Permit> {
  const { receipt } = await fromStore(api['predictions.requestReceipt']({ sessionId }));
  const { modelInput, inputHash } = await fromStore(api['predictions.takeInput']({ sessionId, receipt }));
  return { modelInput, inputHash, receipt };
}

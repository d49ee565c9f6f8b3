import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { Result } from '../../../core/contract/errors.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { ModelInput, WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import type { Api } from '../../../core/contract/wire.ts';
import type { ForceUnit } from '../../../core/units/quantities.ts';
import { pinchUnitOf } from '../../app/measured-quantity.ts';
import { withheldReason } from './withheld-explanation.ts';

export interface ShownResult {
  prediction: WristStatePrediction;
  input: ModelInput;
  pinchUnit: ForceUnit;
  /** Why the result screen withholds its explanation; null where it does not. */
  withheld: string | null;
}

/** The shown result with what it was computed from; null where no answer is shown. */
export async function openShownResult(api: Api, sessionId: SessionId): Promise<Result<ShownResult | null>> {
  const session: Result<SessionView> = await api['sessions.get']({ sessionId });
  if (!session.ok) return session;
  const { prediction, explanation } = session.value;
  if (!prediction?.probabilities) return { ok: true, value: null };
  const shown = await api['predictions.shownInput']({ sessionId });
  if (!shown.ok) return shown;
  return {
    ok: true,
    value: {
      prediction,
      input: shown.value.modelInput,
      pinchUnit: pinchUnitOf(session.value),
      withheld: withheldReason(explanation),
    },
  };
}

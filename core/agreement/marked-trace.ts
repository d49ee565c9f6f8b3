import type { MarkedTrace } from '../contract/schemas/concordance.ts';
import type { Explanation, Judgement, ModelInput } from '../contract/schemas/judgement.ts';
import { TRACE_STEP_COUNT, TRACE_STEP_S } from '../signals/trace-resample.ts';

/** Beyond this a stretch counts as begun or ended inside a step: bands are brushed to hundredths of a second. */
const ROUNDING_S = 1e-6;

/**
 * What a clinician brushed on a recording beside what the model made of the same one, step by step: each step of a stretch
 * carries an equal part of its value.
 * @returns null where one of the two is missing, or both speak of different recordings; brushed stretches outside of the
 * steps that the model read are left out.
 */
export function markedTraceOf(
  judgement: Pick<Judgement, 'bands' | 'recordingId'>,
  source: ModelInput['pinchTraceSource'],
  explanation: Pick<Explanation, 'isShown' | 'traceBands'> | null,
): MarkedTrace | null {
  const { bands = [], recordingId = null } = judgement;
  const shares = explanation?.isShown === true ? explanation.traceBands : undefined;
  const startS = source?.startS ?? null;
  if (!shares || startS === null || recordingId !== source?.recordingId) return null;
  const relevance = Array.from({ length: TRACE_STEP_COUNT }, () => 0);
  for (const { fromStep, endStep, value } of shares) {
    relevance.fill(value / (endStep - fromStep), fromStep, endStep);
  }
  const stepAt = (atS: number) => (atS - startS) / TRACE_STEP_S;
  const within = (step: number) => Math.min(TRACE_STEP_COUNT, Math.max(0, step));
  const marks = bands.flatMap(({ fromS, toS }) => {
    const start = within(Math.floor(stepAt(fromS) + ROUNDING_S));
    const end = within(Math.ceil(stepAt(toS) - ROUNDING_S));
    return end > start ? [{ start, end }] : [];
  });
  return { relevance, marks };
}

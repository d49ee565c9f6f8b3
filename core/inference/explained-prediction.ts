import type { InputGroup, Reference } from '../explain/attribution.ts';
import { type ExplainedOutput, ensembleOutput } from '../explain/explained-output.ts';
import type { FeatureLimits } from '../explain/feature-flip.ts';
import type { Network } from '../networks/network.ts';

/**
 * One answer of a shipped model as a question to explainers: the same form for every model, so that one methods lab and
 * one quality report serve all of them.
 */
export interface ExplainedPrediction {
  modelId: string;
  /** What is explained, in words, e.g. "four-corner fusion rather than nonimpaired". */
  asked: string;
  members: readonly Network[];
  /** Weight of each output in the explained number. */
  readout: Float64Array;
  unit: string;
  row: Float64Array;
  reference: Reference;
  /** What a clinician can name: a measurement, a channel, the trace. Columns in no group are the same in both rows. */
  groups: readonly InputGroup[];
  /** Time bands of the recording, in order; null for a model that reads none. */
  bands: readonly InputGroup[] | null;
  /** Limits of single measurements for "what would change the call"; null where the answer is no class. */
  limits: readonly FeatureLimits[] | null;
  /** The row of the same person measured once more, with the noise of the devices; the same for the same draw. */
  repeated(draw: number): Float64Array;
}

/** The explained number of the whole ensemble. */
export const explainedOutput = ({ members, readout, unit }: ExplainedPrediction): ExplainedOutput =>
  ensembleOutput(members, readout, unit);

/** The explained number of each member alone. */
export const memberOutputs = ({ members, readout, unit }: ExplainedPrediction): ExplainedOutput[] =>
  members.map((member) => ensembleOutput([member], readout, unit));

/** One-hot readout. @throws RangeError when there is no such output. */
export function readoutOf(outputCount: number, output: number, against?: number): Float64Array {
  const readout = new Float64Array(outputCount);
  for (const index of [output, against]) {
    if (index !== undefined && !(index >= 0 && index < outputCount)) {
      throw new RangeError(`there is no output ${index} of ${outputCount}`);
    }
  }
  readout[output] = 1;
  if (against !== undefined) readout[against]! -= 1;
  return readout;
}

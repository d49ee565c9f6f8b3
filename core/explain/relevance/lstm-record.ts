import {
  addRowTimesMatrix,
  type LstmTape,
  type LstmWeights,
  lstmTape,
  runLstm,
} from '../../networks/lstm-layer.ts';

/** A forward pass of an LSTM with what its relevance needs. */
export interface LstmRecord extends LstmTape {
  /** Length steps * 4 units: the gates before their activations. */
  preActivations: Float64Array;
}

/**
 * Runs an LSTM over a sequence and keeps its states, gates and pre-activations.
 * @param input - row-major [step][channel], in the order in which it is read.
 * @throws RangeError when the length is no whole number of steps or an entry is not finite.
 */
export function recordLstm(weights: LstmWeights, input: Float64Array): LstmRecord {
  const { inputCount, units, kernel, recurrentKernel, bias } = weights;
  const steps = input.length / inputCount;
  if (!Number.isInteger(steps) || steps < 1 || !input.every(Number.isFinite)) {
    throw new RangeError(`an LSTM needs finite steps of ${inputCount} channels`);
  }
  const tape = lstmTape(steps, units);
  runLstm(weights, input, tape);
  const width = 4 * units;
  const preActivations = new Float64Array(steps * width);
  for (let t = 0; t < steps; t += 1) {
    preActivations.set(bias, t * width);
    addRowTimesMatrix(preActivations, t * width, input, t * inputCount, inputCount, kernel, width);
    addRowTimesMatrix(preActivations, t * width, tape.hidden, t * units, units, recurrentKernel, width);
  }
  return { ...tape, preActivations };
}

import type { LstmTape, LstmWeights } from './lstm-layer.ts';

/** Sums of the gradients of a loss over all sequences handed to {@link lstmBackward} so far. */
export interface LstmGradients {
  kernel: Float64Array;
  recurrentKernel: Float64Array;
  bias: Float64Array;
}

export function zeroLstmGradients(weights: LstmWeights): LstmGradients {
  return {
    kernel: new Float64Array(weights.kernel.length),
    recurrentKernel: new Float64Array(weights.recurrentKernel.length),
    bias: new Float64Array(weights.bias.length),
  };
}

/**
 * Back-propagation through time over one sequence (Werbos 1990), after `runLstm` filled the tape.
 * @param input - the sequence, steps * inputCount.
 * @param hiddenGradient - derivative of the loss by h after each step, steps * units; with `returnSequences: false`
 *   zero but for the last step.
 * @param gradients - added to; null when only the input's gradient is wanted.
 * @param inputGradient - steps * inputCount, overwritten; null when it is not wanted.
 */
export function lstmBackward(
  weights: LstmWeights,
  input: Float64Array,
  tape: LstmTape,
  hiddenGradient: Float64Array,
  gradients: LstmGradients | null,
  inputGradient: Float64Array | null,
): void {
  const { inputCount, units, kernel, recurrentKernel } = weights;
  const { hidden, cell, gates } = tape;
  const width = 4 * units;
  const hiddenNext = new Float64Array(units);
  const cellNext = new Float64Array(units);
  /** Derivative by the four pre-activations of one step. */
  const delta = new Float64Array(width);
  for (let t = tape.steps - 1; t >= 0; t -= 1) {
    const at = t * width;
    const before = t * units;
    const after = before + units;
    for (let j = 0; j < units; j += 1) {
      const inputGate = gates[at + j]!;
      const forgetGate = gates[at + units + j]!;
      const candidate = gates[at + 2 * units + j]!;
      const outputGate = gates[at + 3 * units + j]!;
      const squashed = Math.tanh(cell[after + j]!);
      const byHidden = hiddenGradient[before + j]! + hiddenNext[j]!;
      const byCell = cellNext[j]! + byHidden * outputGate * (1 - squashed * squashed);
      delta[j] = byCell * candidate * inputGate * (1 - inputGate);
      delta[units + j] = byCell * cell[before + j]! * forgetGate * (1 - forgetGate);
      delta[2 * units + j] = byCell * inputGate * (1 - candidate * candidate);
      delta[3 * units + j] = byHidden * squashed * outputGate * (1 - outputGate);
      cellNext[j] = byCell * forgetGate;
    }
    matrixTimesColumn(hiddenNext, 0, recurrentKernel, units, delta);
    if (inputGradient) matrixTimesColumn(inputGradient, t * inputCount, kernel, inputCount, delta);
    if (gradients) {
      addOuterProduct(gradients.recurrentKernel, hidden, before, units, delta);
      addOuterProduct(gradients.kernel, input, t * inputCount, inputCount, delta);
      for (let j = 0; j < width; j += 1) gradients.bias[j]! += delta[j]!;
    }
  }
}

/** out[i] = sum_j matrix[i][j] * column[j]; two sums at a time, so that an addition need not wait for the last. */
function matrixTimesColumn(
  out: Float64Array,
  outStart: number,
  matrix: Float64Array,
  rows: number,
  column: Float64Array,
): void {
  const width = column.length;
  for (let i = 0; i < rows; i += 1) {
    const at = i * width;
    let even = 0;
    let odd = 0;
    // The width is four gates a unit: always even.
    for (let j = 0; j < width; j += 2) {
      even += matrix[at + j]! * column[j]!;
      odd += matrix[at + j + 1]! * column[j + 1]!;
    }
    out[outStart + i] = even + odd;
  }
}

/** matrix[i][j] += column[i] * row[j]. */
function addOuterProduct(
  matrix: Float64Array,
  column: Float64Array,
  columnStart: number,
  rows: number,
  row: Float64Array,
): void {
  const width = row.length;
  for (let i = 0; i < rows; i += 1) {
    const value = column[columnStart + i]!;
    if (value === 0) continue;
    const at = i * width;
    for (let j = 0; j < width; j += 1) matrix[at + j]! += value * row[j]!;
  }
}

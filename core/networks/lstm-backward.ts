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
  const slopeAt = weights.recurrentActivation === 'sigmoid' ? sigmoidSlope : hardSigmoidSlope;
  const { hidden, cell, gates } = tape;
  const width = 4 * units;
  const hiddenNext = new Float64Array(units);
  const cellNext = new Float64Array(units);
  /** Derivatives by the pre-activations, [step][gate]. */
  const deltas = new Float64Array(tape.steps * width);
  for (let t = tape.steps - 1; t >= 0; t -= 1) {
    const at = t * width;
    const before = t * units;
    const after = before + units;
    const delta = deltas.subarray(at, at + width);
    for (let j = 0; j < units; j += 1) {
      const inputGate = gates[at + j]!;
      const forgetGate = gates[at + units + j]!;
      const candidate = gates[at + 2 * units + j]!;
      const outputGate = gates[at + 3 * units + j]!;
      const squashed = Math.tanh(cell[after + j]!);
      const byHidden = hiddenGradient[before + j]! + hiddenNext[j]!;
      const byCell = cellNext[j]! + byHidden * outputGate * (1 - squashed * squashed);
      delta[j] = byCell * candidate * slopeAt(inputGate);
      delta[units + j] = byCell * cell[before + j]! * slopeAt(forgetGate);
      delta[2 * units + j] = byCell * inputGate * (1 - candidate * candidate);
      delta[3 * units + j] = byHidden * squashed * slopeAt(outputGate);
      cellNext[j] = byCell * forgetGate;
    }
    matrixTimesColumn(hiddenNext, 0, recurrentKernel, units, delta);
    if (inputGradient) matrixTimesColumn(inputGradient, t * inputCount, kernel, inputCount, delta);
  }
  if (!gradients) return;
  addOuterProducts(gradients.recurrentKernel, hidden, units, deltas, width, tape.steps);
  addOuterProducts(gradients.kernel, input, inputCount, deltas, width, tape.steps);
  for (let i = 0; i < deltas.length; i += 1) gradients.bias[i % width]! += deltas[i]!;
}

/** Derivative of a gate by its pre-activation, from the gate's own value. */
const sigmoidSlope = (gate: number): number => gate * (1 - gate);
/** At the two kinks 0, as tfjs takes it. */
const hardSigmoidSlope = (gate: number): number => (gate > 0 && gate < 1 ? 0.2 : 0);

/** out[i] = sum_j matrix[i][j] * column[j]; four rows at a time, so that no addition waits for the one before. */
function matrixTimesColumn(
  out: Float64Array,
  outStart: number,
  matrix: Float64Array,
  rows: number,
  column: Float64Array,
): void {
  const width = column.length;
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    const at = i * width;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let j = 0; j < width; j += 1) {
      const value = column[j]!;
      a += matrix[at + j]! * value;
      b += matrix[at + width + j]! * value;
      c += matrix[at + 2 * width + j]! * value;
      d += matrix[at + 3 * width + j]! * value;
    }
    out[outStart + i] = a;
    out[outStart + i + 1] = b;
    out[outStart + i + 2] = c;
    out[outStart + i + 3] = d;
  }
  for (; i < rows; i += 1) {
    let sum = 0;
    for (let j = 0; j < width; j += 1) sum += matrix[i * width + j]! * column[j]!;
    out[outStart + i] = sum;
  }
}

/**
 * matrix[i][j] += sum over steps of columns[t][i] * rows[t][j]. Four steps at a time: the matrix is loaded and stored a
 * quarter as often as step by step, which halves the time.
 */
function addOuterProducts(
  matrix: Float64Array,
  columns: Float64Array,
  height: number,
  rows: Float64Array,
  width: number,
  steps: number,
): void {
  let t = 0;
  for (; t + 3 < steps; t += 4) {
    const from = t * width;
    for (let i = 0; i < height; i += 1) {
      const a = columns[t * height + i]!;
      const b = columns[(t + 1) * height + i]!;
      const c = columns[(t + 2) * height + i]!;
      const d = columns[(t + 3) * height + i]!;
      const to = i * width;
      for (let j = 0; j < width; j += 1) {
        matrix[to + j]! +=
          a * rows[from + j]! +
          b * rows[from + width + j]! +
          c * rows[from + 2 * width + j]! +
          d * rows[from + 3 * width + j]!;
      }
    }
  }
  for (; t < steps; t += 1) {
    for (let i = 0; i < height; i += 1) {
      const value = columns[t * height + i]!;
      for (let j = 0; j < width; j += 1) matrix[i * width + j]! += value * rows[t * width + j]!;
    }
  }
}

import { hardSigmoid, sigmoid } from './activation.ts';

/** Activation of the gates. */
export type RecurrentActivation = 'sigmoid' | 'hard-sigmoid';

/**
 * Weights of a long short-term memory layer (Hochreiter & Schmidhuber 1997, with the forget gate of Gers 2000) in
 * the Keras layout: gates side by side in the order input, forget, candidate, output.
 * z = x W + h U + b; c' = s(z_f) c + s(z_i) tanh(z_c); h' = s(z_o) tanh(c'), s the recurrent activation.
 */
export interface LstmWeights {
  /** Of the three gates. `hard-sigmoid` is what tfjs takes when nothing is said; our own models say `sigmoid`. */
  recurrentActivation: RecurrentActivation;
  /** Channels of one time step. */
  inputCount: number;
  /** Length of the hidden state h and of the cell state c. */
  units: number;
  /** Length inputCount * 4 units, [channel][gate]. */
  kernel: Float64Array;
  /** Length units * 4 units, [unit][gate]. */
  recurrentKernel: Float64Array;
  /** Length 4 units. */
  bias: Float64Array;
}

/** Everything a backward pass needs of a forward pass over `steps` steps; reusable between passes. */
export interface LstmTape {
  steps: number;
  /** Length (steps + 1) * units: h before step 0 (zero), then after each step. */
  hidden: Float64Array;
  /** Length (steps + 1) * units: c in the same order. */
  cell: Float64Array;
  /** Length steps * 4 units: gates after their activations. */
  gates: Float64Array;
}

/** Room for the states of a sequence. Its first rows stay zero: the state before the first step. */
export function lstmTape(steps: number, units: number): LstmTape {
  return {
    steps,
    hidden: new Float64Array((steps + 1) * units),
    cell: new Float64Array((steps + 1) * units),
    gates: new Float64Array(steps * 4 * units),
  };
}

/**
 * Adds row * matrix to `out` in place.
 * @param row - `rowCount` numbers from `rowStart`. @param matrix - rowCount * columns, row-major.
 * Four rows of the matrix at a time: a quarter of the loads and stores of `out`, about twice as fast.
 */
export function addRowTimesMatrix(
  out: Float64Array,
  outStart: number,
  row: Float64Array,
  rowStart: number,
  rowCount: number,
  matrix: Float64Array,
  columns: number,
): void {
  let i = 0;
  for (; i + 3 < rowCount; i += 4) {
    const a = row[rowStart + i]!;
    const b = row[rowStart + i + 1]!;
    const c = row[rowStart + i + 2]!;
    const d = row[rowStart + i + 3]!;
    const at = i * columns;
    for (let j = 0; j < columns; j += 1) {
      out[outStart + j]! +=
        a * matrix[at + j]! +
        b * matrix[at + columns + j]! +
        c * matrix[at + 2 * columns + j]! +
        d * matrix[at + 3 * columns + j]!;
    }
  }
  for (; i < rowCount; i += 1) {
    const a = row[rowStart + i]!;
    for (let j = 0; j < columns; j += 1) out[outStart + j]! += a * matrix[i * columns + j]!;
  }
}

/**
 * Runs the layer over a sequence from zero states, or continues one.
 * @param input - steps * inputCount, row-major [time][channel].
 * @param tape - as {@link lstmTape} gives it; filled in place. `tape.hidden` holds the answer: its last row for
 *   `returnSequences: false`, all rows but the first otherwise.
 * @param firstStep - steps before it are taken from the tape as they are. Sequences that share a prefix share its
 *   states: an explanation that changes only the end pays only for the end.
 */
export function runLstm(weights: LstmWeights, input: Float64Array, tape: LstmTape, firstStep = 0): void {
  const { inputCount, units, kernel, recurrentKernel, bias } = weights;
  const { hidden, cell, gates } = tape;
  const width = 4 * units;
  const gateOf = weights.recurrentActivation === 'sigmoid' ? sigmoid : hardSigmoid;
  for (let t = firstStep; t < tape.steps; t += 1) {
    const at = t * width;
    for (let j = 0; j < width; j += 1) gates[at + j] = bias[j]!;
    addRowTimesMatrix(gates, at, input, t * inputCount, inputCount, kernel, width);
    addRowTimesMatrix(gates, at, hidden, t * units, units, recurrentKernel, width);
    const before = t * units;
    const after = before + units;
    for (let j = 0; j < units; j += 1) {
      const inputGate = gateOf(gates[at + j]!);
      const forgetGate = gateOf(gates[at + units + j]!);
      const candidate = Math.tanh(gates[at + 2 * units + j]!);
      const outputGate = gateOf(gates[at + 3 * units + j]!);
      const state = forgetGate * cell[before + j]! + inputGate * candidate;
      gates[at + j] = inputGate;
      gates[at + units + j] = forgetGate;
      gates[at + 2 * units + j] = candidate;
      gates[at + 3 * units + j] = outputGate;
      cell[after + j] = state;
      hidden[after + j] = outputGate * Math.tanh(state);
    }
  }
}

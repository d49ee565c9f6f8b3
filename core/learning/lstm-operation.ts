import { customGrad, type GradSaveFunc, type Tensor, type Tensor3D, tensor } from '@tensorflow/tfjs-core';
import { lstmBackward, zeroLstmGradients } from '../networks/lstm-backward.ts';
import { type LstmTape, type LstmWeights, lstmTape, runLstm } from '../networks/lstm-layer.ts';

export interface LstmOptions {
  returnSequences: boolean;
  /** False: the states of the steps are forgotten and no gradient flows; for predictions. */
  isTraining: boolean;
}

/**
 * A whole LSTM layer as one tfjs operation: forward and backward passes run in plain double-precision code
 * (core/networks), because tfjs pays the price of some ten operations a step. Activations tanh and sigmoid, gates in
 * the Keras order.
 * @param input - shape [rows, steps, inputCount]. @param kernel - shape [inputCount, 4 units].
 * @param recurrentKernel - shape [units, 4 units]. @param bias - shape [4 units].
 * @returns shape [rows, steps, units] with `returnSequences`, else [rows, units].
 */
export function lstmOperation(
  input: Tensor3D,
  kernel: Tensor,
  recurrentKernel: Tensor,
  bias: Tensor,
  options: LstmOptions,
): Tensor {
  if (!options.isTraining) {
    const pass = forward(input, readWeights(kernel, recurrentKernel, bias), options.returnSequences, false);
    return pass.output;
  }
  const operation = customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const [x, w, u, b] = args as Tensor[];
    const weights = readWeights(w!, u!, b!);
    const { output, sequences, tapes } = forward(x as Tensor3D, weights, options.returnSequences, true);
    return {
      value: output,
      gradFunc: (outputGradient: Tensor | Tensor[]) =>
        backward(outputGradient as Tensor, weights, sequences, tapes, options.returnSequences, x!.shape),
    };
  });
  return operation(input, kernel, recurrentKernel, bias);
}

function readWeights(kernel: Tensor, recurrentKernel: Tensor, bias: Tensor): LstmWeights {
  return {
    recurrentActivation: 'sigmoid',
    inputCount: kernel.shape[0]!,
    units: recurrentKernel.shape[0]!,
    kernel: Float64Array.from(kernel.dataSync()),
    recurrentKernel: Float64Array.from(recurrentKernel.dataSync()),
    bias: Float64Array.from(bias.dataSync()),
  };
}

function forward(input: Tensor3D, weights: LstmWeights, returnSequences: boolean, keepsTapes: boolean) {
  const [rows, steps, inputCount] = input.shape;
  const { units } = weights;
  const values = Float64Array.from(input.dataSync());
  const sequences: Float64Array[] = [];
  const tapes: LstmTape[] = [];
  const answered = returnSequences ? steps * units : units;
  const output = new Float32Array(rows * answered);
  const reused = lstmTape(steps, units);
  for (let row = 0; row < rows; row += 1) {
    const sequence = values.subarray(row * steps * inputCount, (row + 1) * steps * inputCount);
    const tape = keepsTapes ? lstmTape(steps, units) : reused;
    runLstm(weights, sequence, tape);
    output.set(tape.hidden.subarray((returnSequences ? 1 : steps) * units), row * answered);
    if (!keepsTapes) continue;
    sequences.push(sequence);
    tapes.push(tape);
  }
  const shape = returnSequences ? [rows, steps, units] : [rows, units];
  return { output: tensor(output, shape), sequences, tapes };
}

function backward(
  outputGradient: Tensor,
  weights: LstmWeights,
  sequences: readonly Float64Array[],
  tapes: readonly LstmTape[],
  returnSequences: boolean,
  inputShape: readonly number[],
): Tensor[] {
  const [rows, steps, inputCount] = inputShape as [number, number, number];
  const { units } = weights;
  const values = outputGradient.dataSync();
  const answered = returnSequences ? steps * units : units;
  const gradients = zeroLstmGradients(weights);
  const inputGradient = new Float32Array(rows * steps * inputCount);
  const hiddenGradient = new Float64Array(steps * units);
  const sequenceGradient = new Float64Array(steps * inputCount);
  for (let row = 0; row < rows; row += 1) {
    // Without sequences only the last step's row is written, and every time: the others stay zero.
    hiddenGradient.set(
      values.subarray(row * answered, (row + 1) * answered),
      returnSequences ? 0 : (steps - 1) * units,
    );
    lstmBackward(weights, sequences[row]!, tapes[row]!, hiddenGradient, gradients, sequenceGradient);
    inputGradient.set(sequenceGradient, row * steps * inputCount);
  }
  return [
    tensor(inputGradient, [rows, steps, inputCount]),
    tensor(Float32Array.from(gradients.kernel), [inputCount, 4 * units]),
    tensor(Float32Array.from(gradients.recurrentKernel), [units, 4 * units]),
    tensor(Float32Array.from(gradients.bias), [4 * units]),
  ];
}

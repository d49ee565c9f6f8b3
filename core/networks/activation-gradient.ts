import { type Activation, sigmoid } from './activation.ts';

/**
 * Derivative of a loss by pre-activations from that by the activations. At its kink the relu passes nothing.
 * @param answer - after the activation. @param preActivation - before it. @param byAnswer - derivative by `answer`.
 * @param channels - width of the last axis; only softmax, which sums over it, looks at it.
 * @returns a new array of the same length.
 */
export function activationGradient(
  activation: Activation,
  answer: Float64Array,
  preActivation: Float64Array,
  byAnswer: Float64Array,
  channels: number,
): Float64Array {
  switch (activation) {
    case 'linear':
      return byAnswer.slice();
    case 'relu':
      return byAnswer.map((value, i) => (preActivation[i]! > 0 ? value : 0));
    case 'tanh':
      return byAnswer.map((value, i) => value * (1 - answer[i]! ** 2));
    case 'sigmoid':
      return byAnswer.map((value, i) => value * answer[i]! * (1 - answer[i]!));
    case 'softplus':
      return byAnswer.map((value, i) => value * sigmoid(preActivation[i]!));
    case 'softmax':
      return softmaxGradient(answer, byAnswer, channels);
  }
}

function softmaxGradient(answer: Float64Array, byAnswer: Float64Array, channels: number): Float64Array {
  const gradient = new Float64Array(answer.length);
  for (let start = 0; start < answer.length; start += channels) {
    let mean = 0;
    for (let k = start; k < start + channels; k += 1) mean += byAnswer[k]! * answer[k]!;
    for (let k = start; k < start + channels; k += 1) gradient[k] = answer[k]! * (byAnswer[k]! - mean);
  }
  return gradient;
}

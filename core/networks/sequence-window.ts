/** Where a sliding window starts on a sequence and how many places it has (TensorFlow's padding rules). */
export interface SequenceWindow {
  size: number;
  stride: number;
  /** Zero steps before the first one; 0 for `valid`. */
  padBefore: number;
  inputSteps: number;
  outputSteps: number;
}

/**
 * @param padding - `valid`: only whole windows; `same`: ceil(inputSteps / stride) places, the surplus step of an odd
 *   padding after the end.
 * @throws RangeError when no window fits or a number is not a whole number above 0.
 */
export function sequenceWindow(
  inputSteps: number,
  size: number,
  stride: number,
  padding: 'valid' | 'same',
): SequenceWindow {
  for (const value of [inputSteps, size, stride]) {
    if (!Number.isInteger(value) || value < 1) throw new RangeError('a window needs whole numbers above 0');
  }
  if (padding === 'valid') {
    if (size > inputSteps) throw new RangeError(`a window of ${size} does not fit ${inputSteps} steps`);
    return {
      size,
      stride,
      padBefore: 0,
      inputSteps,
      outputSteps: Math.floor((inputSteps - size) / stride) + 1,
    };
  }
  const outputSteps = Math.ceil(inputSteps / stride);
  const padded = Math.max((outputSteps - 1) * stride + size - inputSteps, 0);
  return { size, stride, padBefore: Math.floor(padded / 2), inputSteps, outputSteps };
}

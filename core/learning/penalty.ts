import {
  matMul,
  mul,
  reshape,
  type Scalar,
  square,
  sum,
  type Tensor,
  type Tensor2D,
  tensor2d,
} from '@tensorflow/tfjs-core';

/**
 * A quadratic penalty on the kernel W of one layer: strength * trace(W' M W), W' being the transpose of W.
 * Without a matrix M is the identity (ridge, "L2"). With M = S^-1, the inverse of a shrunk covariance of the layer's
 * inputs, directions in which people differ little are held back more than those in which they differ much.
 */
export interface Penalty {
  layer: string;
  /** inputs * inputs, row-major, symmetric; null stands for the identity. A convolution's taps are further inputs. */
  matrix: Float64Array | null;
  /** 0 or more. */
  strength: number;
}

/** The penalty of a kernel as a scalar. @throws RangeError when strength or matrix do not fit. */
export function penaltyTerm(kernel: Tensor, penalty: Penalty): Scalar {
  const { layer, matrix, strength } = penalty;
  if (!(strength >= 0 && Number.isFinite(strength))) {
    throw new RangeError(`the penalty of layer "${layer}" needs a strength of 0 or more`);
  }
  if (!matrix) return mul(sum(square(kernel)), strength) as Scalar;
  const outputs = kernel.shape.at(-1)!;
  const inputs = kernel.size / outputs;
  if (matrix.length !== inputs * inputs) {
    throw new RangeError(`the penalty of layer "${layer}" needs a matrix of ${inputs} x ${inputs}`);
  }
  const weights = reshape(kernel, [inputs, outputs]) as Tensor2D;
  const scaled = matMul(tensor2d(Float32Array.from(matrix), [inputs, inputs]), weights);
  return mul(sum(mul(weights, scaled)), strength) as Scalar;
}

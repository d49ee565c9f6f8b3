import type { ExplainedOutput } from '../../core/explain/explained-output.ts';
import { sigmoid } from '../../core/networks/activation.ts';
import { type Curve, type Expression, writtenExpression } from './written-expression.ts';

/** A value and its slope by every input. */
interface Dual {
  value: number;
  slope: Float64Array;
}

/**
 * A function that the reference cases write as a text, e.g. "f = relu(relu(x1) - 1 - relu(x2))", with its exact
 * slope by dual numbers. At its kink the relu passes nothing; of equal arguments of max the first has the slope.
 * @param inputCount - length of the row, when the text may name fewer inputs.
 * @throws Error naming what cannot be read.
 */
export function writtenFunction(text: string, inputCount?: number): ExplainedOutput {
  const { expression, names } = writtenExpression(text, inputCount);
  const dualAt = (row: Float64Array) => {
    if (row.length !== names.length) {
      throw new RangeError(`the function takes ${names.length} numbers, not ${row.length}`);
    }
    if (!row.every(Number.isFinite)) throw new RangeError('an input is not finite');
    return dualOf(expression, row);
  };
  return {
    inputCount: names.length,
    unit: 'value of the function',
    valueOf: (row) => dualAt(row).value,
    gradientOf: (row) => dualAt(row).slope,
  };
}

function dualOf(expression: Expression, row: Float64Array): Dual {
  const zero = () => new Float64Array(row.length);
  switch (expression.kind) {
    case 'number':
      return { value: expression.value, slope: zero() };
    case 'column':
      return {
        value: row[expression.column]!,
        slope: zero().fill(1, expression.column, expression.column + 1),
      };
    case 'sum':
      return expression.of
        .map((term) => dualOf(term, row))
        .reduce((a, b) => ({ value: a.value + b.value, slope: combined(a.slope, 1, b.slope, 1) }));
    case 'product':
      return expression.of
        .map((factor) => dualOf(factor, row))
        .reduce((a, b) => ({
          value: a.value * b.value,
          slope: combined(a.slope, b.value, b.slope, a.value),
        }));
    case 'quotient': {
      const [above, below] = [dualOf(expression.of[0], row), dualOf(expression.of[1], row)];
      const value = above.value / below.value;
      return { value, slope: combined(above.slope, 1 / below.value, below.slope, -value / below.value) };
    }
    case 'maximum':
      return expression.of.map((each) => dualOf(each, row)).reduce((a, b) => (b.value > a.value ? b : a));
    case 'relu': {
      const inside = dualOf(expression.of, row);
      return inside.value > 0 ? inside : { value: 0, slope: zero() };
    }
    case 'curve': {
      const inside = dualOf(expression.of, row);
      const [value, slope] = curveAt(expression.curve, inside.value);
      return { value, slope: combined(inside.slope, slope, zero(), 0) };
    }
  }
}

/** Value and slope. */
function curveAt(curve: Curve, x: number): [number, number] {
  if (curve === 'exp') return [Math.exp(x), Math.exp(x)];
  if (curve === 'tanh') return [Math.tanh(x), 1 - Math.tanh(x) ** 2];
  return [sigmoid(x), sigmoid(x) * (1 - sigmoid(x))];
}

function combined(a: Float64Array, weightA: number, b: Float64Array, weightB: number): Float64Array {
  return a.map((value, i) => weightA * value + weightB * b[i]!);
}

import { describe, expect, it } from 'vitest';
import { ensembleOutput } from '../../core/explain/explained-output.ts';
import { caseRows, filledRow } from './case-rows.ts';
import { randomRow } from './random-dense-network.ts';
import { run as runDeepLift } from './runners/deeplift.ts';
import { run as runGradients } from './runners/gradient_methods.ts';
import { readVectorFile } from './vector-file.ts';
import { writtenFunction } from './written-function.ts';
import { writtenFunctionNetwork } from './written-function-network.ts';

describe('a function written as a text, as a network', () => {
  it.each([
    'relu(relu(x1) - 1 - relu(x2))',
    '2*relu(x1) + 2*relu(x2 - 1.5) - 4',
    'max(x1, 2 x2 - 1, x3) / 4 + x1',
    '80*x1*x2 - relu(x3)*(x1 - 2)^2',
    'min(x1, x2 x3) + 3',
    '2*tanh(x1) + sigmoid(x2 - abs(x3))',
    '7',
  ])('%s: has the value and slope of the dual numbers', (text) => {
    const one = Float64Array.of(1);
    const network = ensembleOutput([writtenFunctionNetwork(text, 3)], one, 'value');
    const dual = writtenFunction(text, 3);
    for (let seed = 0; seed < 50; seed += 1) {
      const row = randomRow(seed, 'written', 3);
      expect(network.valueOf(row)).toBeCloseTo(dual.valueOf(row), 10);
      const slope = dual.gradientOf(row);
      for (const [i, value] of network.gradientOf(row).entries()) expect(value).toBeCloseTo(slope[i]!, 10);
    }
  });
  it('refuses to divide by an input, and an exp', () => {
    expect(() => writtenFunctionNetwork('x1 / x2')).toThrow(/divide/);
    expect(() => writtenFunctionNetwork('exp(x1)')).toThrow(/exp/);
  });
});

describe('rows of a case', () => {
  it('are one or a batch, by the depth of the text', () => {
    expect(
      caseRows(
        [
          [1, 2],
          [3, 4],
        ],
        [2],
      ).map((row) => [...row]),
    ).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(
      caseRows(
        [
          [1, 2],
          [3, 4],
        ],
        [2, 2],
      ).map((row) => [...row]),
    ).toEqual([[1, 2, 3, 4]]);
    expect([...filledRow([1, 2], 4)]).toEqual([1, 2, 1, 2]);
    expect([...filledRow(0, 2)]).toEqual([0, 0]);
    expect(() => filledRow([1, 2], 3)).toThrow(/do not fill/);
  });
});

describe('a case of slopes', () => {
  const file = readVectorFile('scripts/vectors/cases/gradient_methods.json');
  const layers = [{ type: 'dense', kernel: [[2], [-3]], bias: [1], activation: 'linear' }];
  const input = [
    [1, 1],
    [4, 5],
  ];
  it('of integrated gradients may hold a batch', () => {
    const method = 'integrated_gradients';
    const found = runGradients(
      { name: 'batch', method, layers, input, baseline: 0, expected: [], fInput: [0, -6], fBaseline: 1 },
      file,
    );
    const numbers = found.map(({ actual }) => [...(actual as Float64Array)].map((x) => Number(x.toFixed(9))));
    expect(numbers).toEqual([[2, -3, 8, -15], [0, -6], [1]]);
  });
  it.each([
    ['gradient', [2, -3, 2, -3]],
    ['saliency', [2, 3, 2, 3]],
    ['input_x_gradient', [2, -3, 8, -15]],
  ])('may hold a batch, and the answer of its method: %s', (method, values) => {
    const found = runGradients({ name: 'batch', method, layers, input, expected: values }, file);
    expect(found).toEqual([
      { what: 'expected', expected: Float64Array.from(values), actual: Float64Array.from(values) },
    ]);
  });
});

describe('a case of an unknown kind is a failure', () => {
  const gradients = readVectorFile('scripts/vectors/cases/gradient_methods.json');
  const deepLift = readVectorFile('scripts/vectors/cases/deeplift.json');
  const of = (file: typeof gradients, method: string) => file.cases.find((each) => each.method === method)!;
  it('by its method, its quadrature or without a model', () => {
    const saliency = of(gradients, 'saliency');
    expect(() => runGradients({ ...saliency, method: 'guided_backprop' }, gradients)).toThrow(/not known/);
    expect(() => runGradients({ ...saliency, net: undefined }, gradients)).toThrow(/not known/);
    const integrated = of(gradients, 'integrated_gradients');
    expect(() => runGradients({ ...integrated, quadrature: 'simpson' }, gradients)).toThrow(/simpson/);
    const nodes = of(gradients, 'quadrature');
    expect(() => runGradients({ ...nodes, name: 'quadrature_5' }, gradients)).toThrow();
    expect(runGradients({ ...nodes, name: 'five', quadrature: 'gausslegendre' }, gradients)).toHaveLength(2);
    const rescale = of(deepLift, 'deeplift_rescale');
    expect(() => runDeepLift({ ...rescale, method: 'reveal_cancel' }, deepLift)).toThrow(/not known/);
    expect(() => runDeepLift({ ...rescale, net: undefined }, deepLift)).toThrow(/not known/);
  });
});

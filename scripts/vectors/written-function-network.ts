import type { Activation } from '../../core/networks/activation.ts';
import { buildNetwork, type Network, type NetworkLayer } from '../../core/networks/network.ts';
import { type Expression, writtenExpression } from './written-expression.ts';

/** constant + sum of weight * slot, each slot one number. */
interface AffineForm {
  constant: number;
  weights: ReadonlyMap<number, number>;
}

/** Plan under way: every input column is an input of its own. */
interface Plan {
  columns: number;
  layers: NetworkLayer[];
}

/**
 * A function written as a text, as a network of dense, max-pooling and product layers with one output.
 * @param inputCount - length of the row, when the text may name fewer inputs.
 * @throws Error naming what cannot be read, or when it divides by an input or has an exp.
 */
export function writtenFunctionNetwork(text: string, inputCount?: number): Network {
  const { expression, names } = writtenExpression(text, inputCount);
  const plan: Plan = { columns: names.length, layers: [] };
  placeDense(plan, [formOf(expression, plan)], 'linear');
  return buildNetwork(
    names.map((_, column) => ({ name: `input-${column}`, shape: [1] })),
    plan.layers,
  );
}

function formOf(expression: Expression, plan: Plan): AffineForm {
  switch (expression.kind) {
    case 'number':
      return { constant: expression.value, weights: new Map() };
    case 'column':
      return slotForm(expression.column);
    case 'sum':
      return expression.of.map((term) => formOf(term, plan)).reduce(sumOf);
    case 'product':
      return expression.of.map((factor) => formOf(factor, plan)).reduce((a, b) => productOf(a, b, plan));
    case 'quotient': {
      const [above, below] = expression.of.map((each) => formOf(each, plan)) as [AffineForm, AffineForm];
      if (below.weights.size > 0) throw new Error('a network cannot divide by an input');
      return scaled(above, 1 / below.constant);
    }
    case 'relu':
      return slotForm(placeDense(plan, [formOf(expression.of, plan)], 'relu'));
    case 'curve':
      if (expression.curve === 'exp') throw new Error('a network has no layer for exp');
      return slotForm(placeDense(plan, [formOf(expression.of, plan)], expression.curve));
    case 'maximum':
      return slotForm(
        placeMaximum(
          plan,
          expression.of.map((each) => formOf(each, plan)),
        ),
      );
  }
}

const slotForm = (slot: number): AffineForm => ({ constant: 0, weights: new Map([[slot, 1]]) });

const scaled = ({ constant, weights }: AffineForm, factor: number): AffineForm => ({
  constant: constant * factor,
  weights: new Map([...weights].map(([slot, weight]) => [slot, weight * factor])),
});

function sumOf(a: AffineForm, b: AffineForm): AffineForm {
  const weights = new Map(a.weights);
  for (const [slot, weight] of b.weights) weights.set(slot, (weights.get(slot) ?? 0) + weight);
  return { constant: a.constant + b.constant, weights };
}

function productOf(a: AffineForm, b: AffineForm, plan: Plan): AffineForm {
  if (a.weights.size === 0) return scaled(b, a.constant);
  if (b.weights.size === 0) return scaled(a, b.constant);
  const sources = [placeDense(plan, [a], 'linear'), placeDense(plan, [b], 'linear')];
  return slotForm(place(plan, { kind: 'multiply', name: '', sources, outputShape: [1] }));
}

/** @returns the slot of the layer. */
function place(plan: Plan, layer: NetworkLayer): number {
  plan.layers.push({ ...layer, name: `layer-${plan.layers.length}` });
  return plan.columns + plan.layers.length - 1;
}

function placeDense(plan: Plan, forms: readonly AffineForm[], activation: Activation): number {
  const slots = [...new Set(forms.flatMap(({ weights }) => [...weights.keys()]))];
  // A constant still needs something to read.
  if (slots.length === 0) slots.push(0);
  const widths = slots.map(() => 1);
  const source =
    slots.length === 1
      ? slots[0]!
      : place(plan, { kind: 'concatenate', name: '', sources: slots, outputShape: [slots.length], widths });
  return place(plan, {
    kind: 'dense',
    name: '',
    sources: [source],
    outputShape: [forms.length],
    activation,
    inputCount: slots.length,
    outputCount: forms.length,
    kernel: Float64Array.from(slots.flatMap((slot) => forms.map(({ weights }) => weights.get(slot) ?? 0))),
    bias: Float64Array.from(forms, ({ constant }) => constant),
  });
}

function placeMaximum(plan: Plan, forms: readonly AffineForm[]): number {
  const size = forms.length;
  const values = placeDense(plan, forms, 'linear');
  const sequence = place(plan, { kind: 'reshape', name: '', sources: [values], outputShape: [size, 1] });
  const top = place(plan, {
    kind: 'max-pooling1d',
    name: '',
    sources: [sequence],
    outputShape: [1, 1],
    window: { inputSteps: size, outputSteps: 1, size, stride: size, padBefore: 0 },
    channels: 1,
  });
  return place(plan, { kind: 'reshape', name: '', sources: [top], outputShape: [1] });
}

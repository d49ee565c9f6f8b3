import type { Shape } from '../networks/network.ts';
import type { ExplainedOutput } from './explained-output.ts';

/** What the input is compared with. It decides the explanation more than the method does, so it is never left out. */
export interface Reference {
  /** As the sentence names it, e.g. "nonimpaired people of her sex, age and size". */
  name: string;
  /** An input row of the same length as the one explained. */
  row: Float64Array;
}

/** Relevance that a method did not give to any input, by where it went. */
export interface RelevanceLedger {
  /** Taken by biases. */
  bias: number;
  /** Taken by stabilisers of small denominators. */
  stabiliser: number;
}

export const ATTRIBUTION_METHODS = [
  'saliency',
  'gradient-times-input',
  'smooth-gradient',
  'integrated-gradients',
  'occlusion',
  'exact-shapley',
  'sampled-shapley',
  'kernel-shapley',
  'deep-lift',
  'lime',
  'layer-wise-relevance',
] as const;
export type AttributionMethod = (typeof ATTRIBUTION_METHODS)[number];

/** The one result of every explainer. */
export interface Attribution {
  method: AttributionMethod;
  /** Everything needed to run it again, e.g. nodes, bands, noise. */
  parameters: Readonly<Record<string, string | number | boolean>>;
  reference: Reference;
  /** One number an input, a group or a band, row-major in `shape`. */
  values: Float64Array;
  /** [inputs], [steps, channels], [groups] or [bands]. */
  shape: Shape;
  /** Of the values. */
  unit: string;
  /** Explained number at the input. */
  output: number;
  /** Explained number at the reference. */
  referenceOutput: number;
  /** output - referenceOutput - sum of values: what the values leave unsaid. */
  residual: number;
  /** Null for methods that have none. */
  ledger: RelevanceLedger | null;
  /** Of the random draws; null for methods without any. */
  seed: string | null;
}

/** Inputs that are put in or taken out together: a measurement with its mask, a time band. */
export interface InputGroup {
  name: string;
  /** Columns of the input row, each in one group only. */
  columns: readonly number[];
}

/**
 * Completes an attribution: outputs, residual and copies of what the caller may change later.
 * @param row - the input explained.
 * @throws RangeError when lengths do not fit or a value is not finite.
 */
export function attributionOf(
  explained: ExplainedOutput,
  row: Float64Array,
  reference: Reference,
  parts: Pick<Attribution, 'method' | 'parameters' | 'values' | 'shape'> &
    Partial<Pick<Attribution, 'ledger' | 'seed' | 'unit'>>,
): Attribution {
  checkRows(explained, row, reference);
  const size = parts.shape.reduce((product, length) => product * length, 1);
  if (parts.values.length !== size)
    throw new RangeError('an attribution needs as many values as its shape says');
  if (!parts.values.every(Number.isFinite)) throw new RangeError('a value of the attribution is not finite');
  const output = explained.valueOf(row);
  const referenceOutput = explained.valueOf(reference.row);
  const sum = parts.values.reduce((total, value) => total + value, 0);
  return {
    ...parts,
    values: parts.values.slice(),
    unit: parts.unit ?? explained.unit,
    reference: { name: reference.name, row: reference.row.slice() },
    output,
    referenceOutput,
    residual: output - referenceOutput - sum,
    ledger: parts.ledger ?? null,
    seed: parts.seed ?? null,
  };
}

/** @throws RangeError when input or reference do not fit the explained output, or the reference has no name. */
export function checkRows(explained: ExplainedOutput, row: Float64Array, reference: Reference): void {
  for (const each of [row, reference.row]) {
    if (each.length !== explained.inputCount) {
      throw new RangeError(`the model takes ${explained.inputCount} numbers, not ${each.length}`);
    }
    if (!each.every(Number.isFinite)) throw new RangeError('an input or a reference is not finite');
  }
  if (reference.name.trim() === '') throw new RangeError('a reference needs a name');
}

/** @throws RangeError when a column is outside the row or stands in two groups, or a group is empty or unnamed. */
export function checkGroups(groups: readonly InputGroup[], inputCount: number): void {
  if (groups.length === 0) throw new RangeError('an explanation needs a group');
  const seen = new Set<number>();
  for (const { name, columns } of groups) {
    if (name.trim() === '' || columns.length === 0) throw new RangeError('a group needs a name and a column');
    for (const column of columns) {
      if (!Number.isInteger(column) || column < 0 || column >= inputCount) {
        throw new RangeError(`group "${name}" names column ${column} of ${inputCount}`);
      }
      if (seen.has(column)) throw new RangeError(`column ${column} stands in two groups`);
      seen.add(column);
    }
  }
}

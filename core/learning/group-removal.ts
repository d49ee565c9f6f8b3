import type { RandomStream } from '../numerics/random-stream.ts';

/** Features that are measured together or not at all, and the input that says whether they are there. */
export interface InputGroup {
  name: string;
  /** Columns of the features. */
  featureColumns: readonly number[];
  /** Column of the mask: 1 present, 0 absent. */
  maskColumn: number;
  /** Share of training rows, 0..1, from which a present group is taken away. */
  removalRate: number;
}

/**
 * Takes whole groups away at random, in place: the features become 0 and so does their mask, never one without
 * the other. One draw per group and row, also for absent groups, so that a stream advances evenly.
 * @param inputs - rows after one another, `width` numbers each.
 */
export function removeGroups(
  inputs: Float32Array,
  width: number,
  groups: readonly InputGroup[],
  stream: RandomStream,
): void {
  for (let start = 0; start < inputs.length; start += width) {
    for (const group of groups) {
      if (stream.uniform() >= group.removalRate) continue;
      for (const column of group.featureColumns) inputs[start + column] = 0;
      inputs[start + group.maskColumn] = 0;
    }
  }
}

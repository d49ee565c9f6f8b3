import { type ExplainedPerson, type PersonQuality, RANDOM_ORDERS } from './explanation-quality.ts';

export interface DeletionTest {
  /** Of each person: mean area under random orders less that under the method's, in the explained unit. */
  gains: number[];
  /** (k + 1) / (RANDOM_ORDERS + 1), k the draws of one order a person whose mean area is as small. */
  p: number;
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Permutation test over people: how often do random orders, one a person, delete as well on average? */
export function deletionTest(
  people: readonly ExplainedPerson[],
  qualities: readonly PersonQuality[],
): DeletionTest {
  const own = meanOf(qualities.map(({ deletionArea }) => deletionArea));
  const random = Array.from({ length: RANDOM_ORDERS }, (_, draw) =>
    meanOf(people.map(({ randomAreas }) => randomAreas[draw]!)),
  );
  // Rounding of sums of the same numbers in another order is no better order.
  const asGood = random.filter((area) => area <= own + 1e-12 * Math.max(1, Math.abs(own))).length;
  return {
    gains: people.map(({ randomAreas }, i) => meanOf(randomAreas) - qualities[i]!.deletionArea),
    p: (asGood + 1) / (RANDOM_ORDERS + 1),
  };
}

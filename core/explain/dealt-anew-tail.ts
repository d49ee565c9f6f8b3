import { type ExpectationAnswers, shareHeld } from './physiology-agreement.ts';

/**
 * Chance that the same expected signs, dealt anew over the expectations, agree with at least as many answers: exact, over all
 * deals alike. Stricter than a coin where one sign prevails among the expected as among the found ones. A ranking is turned
 * round as a whole by a fair coin, since its answers hang together. Signs that are all alike can only be dealt in one way: then
 * the chance is 1 and says nothing.
 * @param answers - to one expectation each; those without a comparison are left out.
 * @returns above 0, at most 1; null when nothing was compared. @throws RangeError for counts or signs out of range.
 */
export function dealtAnewTail(answers: readonly ExpectationAnswers[]): number | null {
  for (const { expected, agreeing, compared } of answers) {
    shareHeld(agreeing, compared);
    if (expected !== null && expected !== 1 && expected !== -1)
      throw new RangeError(`an expected sign is 1 or -1, not ${expected}`);
  }
  const asked = answers.filter(({ compared }) => compared > 0);
  if (asked.length === 0) return null;
  const observed = asked.reduce((sum, { agreeing }) => sum + agreeing, 0);
  const positive = asked.filter(({ expected }) => expected === 1).length;
  // Ways to deal so far, by how many positive signs are used up and how many answers agree.
  let ways = new Map<number, Map<number, number>>([[0, new Map([[0, 1]])]]);
  for (const { expected, agreeing, compared } of asked) {
    const against = compared - agreeing;
    const [up, down] = expected === -1 ? [against, agreeing] : [agreeing, against];
    const next = new Map<number, Map<number, number>>();
    const add = (used: number, total: number, count: number) => {
      const totals = next.get(used) ?? new Map<number, number>();
      totals.set(total, (totals.get(total) ?? 0) + count);
      next.set(used, totals);
    };
    for (const [used, totals] of ways) {
      for (const [total, count] of totals) {
        if (expected === null || used < positive) add(expected === null ? used : used + 1, total + up, count);
        add(used, total + down, count);
      }
    }
    ways = next;
  }
  const ends = [...(ways.get(positive) ?? [])];
  const all = ends.reduce((sum, [, count]) => sum + count, 0);
  return ends.reduce((sum, [total, count]) => sum + (total >= observed ? count : 0), 0) / all;
}

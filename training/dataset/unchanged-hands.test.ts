import { expect, it } from 'vitest';
import { sameAsLastTimeN } from '../../core/agreement/forecast-score.ts';
import { errorLimitSi } from '../../core/clinical/measured-change.ts';
import { pinchTrialsN, sessionFactor } from './pinch-trials.ts';

/** Hands of 12 to 120 N at two visits without any change between them: best of three trials of each, by the assumed noise. */
const HANDS = Array.from({ length: 9000 }, (_, subject) => {
  const capacityN = 12 + (108 * subject) / 9000;
  const bestOf = (visit: string) =>
    Math.max(...pinchTrialsN(visit, 'right', subject, capacityN * sessionFactor(`day ${visit}`, subject), 3));
  return [bestOf('unchanged, first'), bestOf('unchanged, second')] as const;
});

type RangeOf = (lastN: number) => readonly [number, number];
const shareInside = (rangeOf: RangeOf, hands = HANDS) =>
  hands.filter(([lastN, nextN]) => {
    const [low, high] = rangeOf(lastN);
    return nextN >= low && nextN <= high;
  }).length / hands.length;

it('law: "same as last time" holds half of the hands that did not change', () => {
  const holdsHalf = (rangeOf: RangeOf) => {
    // Four standard errors of a half over 9,000 are 0.021.
    expect(Math.abs(shareInside(rangeOf) - 0.5)).toBeLessThan(0.021);
    // In steps of 1 N as a gauge shows them, a range gains or loses whole steps: weak and strong hands differ by some.
    for (const [from, to] of [
      [0, 40],
      [40, 75],
      [75, Number.POSITIVE_INFINITY],
    ] as const) {
      const own = HANDS.filter(([lastN]) => lastN >= from && lastN < to);
      expect(Math.abs(shareInside(rangeOf, own) - 0.5)).toBeLessThan(0.04);
    }
  };
  holdsHalf(sameAsLastTimeN);
  // Broken twin: the middle half of the published error with its assumed 15 %, which holds 45 %.
  const middleOfError: RangeOf = (lastN) => {
    const halfN = (0.6745 / 1.96) * errorLimitSi('lateral-pinch', lastN)!;
    return [lastN - halfN, lastN + halfN];
  };
  expect(() => holdsHalf(middleOfError)).toThrow();
});

import { describe, expect, it } from 'vitest';
import { proposeMarks } from './trace-mark-proposals.ts';
import { tracePlateau } from './trace-plateau.ts';

const RATE_HZ = 100;
/** Rest for 1 s, a rise over 0.5 s, 40 held until `heldToS`, then 10. */
function heldPull(heldToS: number, endS: number): { timeS: Float64Array; values: Float64Array } {
  const timeS = Float64Array.from({ length: endS * RATE_HZ }, (_, i) => i / RATE_HZ);
  const values = timeS.map((t) => 2 + (t < 1 ? 0 : t < 1.5 ? 76 * (t - 1) : t < heldToS ? 38 : 8));
  return { timeS, values };
}
const at = (result: ReturnType<typeof proposeMarks>) =>
  Object.fromEntries(result.marks.map(({ kind, atS }) => [kind, atS]));

describe('proposed marks', () => {
  it('stand at the onset, the highest sample and both ends of the level', () => {
    const { timeS, values } = heldPull(6, 8);
    values[250] = 41;
    const marks = at(proposeMarks(timeS, values));
    expect(marks.peak).toBe(2.5);
    expect(marks.onset).toBeGreaterThan(1);
    expect(marks.onset).toBeLessThan(1.1);
    expect(marks['plateau-start']).toBeCloseTo(1.4, 1);
    expect(marks['plateau-end']).toBeCloseTo(5.99, 6);
  });

  it('do not depend on the unit or on a tare', () => {
    const { timeS, values } = heldPull(6, 8);
    expect(
      at(
        proposeMarks(
          timeS,
          values.map((v) => v / 9.80665 - 3),
        ),
      ),
    ).toEqual(at(proposeMarks(timeS, values)));
  });

  it('are left out with a sentence where they cannot be said', () => {
    const { timeS, values } = heldPull(1.6, 3);
    values[20] = Number.NaN;
    const result = proposeMarks(timeS, values);
    expect(Object.keys(at(result))).toEqual(['peak']);
    expect(result.notes).toHaveLength(2);
    expect(
      proposeMarks(
        timeS,
        values.map(() => Number.NaN),
      ).marks,
    ).toEqual([]);
  });
});

describe('the plateau', () => {
  it('is the longest one, is not set by a spike, and overlooks short dips only', () => {
    const { timeS, values } = heldPull(6, 9);
    const plain = tracePlateau(timeS, values, { index: 100, baseline: 2 });
    const spiked = values.slice();
    spiked[300] = 400;
    for (let i = 350; i < 358; i++) spiked[i] = 20;
    expect(tracePlateau(timeS, spiked, { index: 100, baseline: 2 })).toEqual(plain);
    const cut = values.slice();
    for (let i = 350; i < 375; i++) cut[i] = 20;
    const longest = tracePlateau(timeS, cut, { index: 100, baseline: 2 });
    expect(longest).toEqual({ fromIndex: 375, toIndex: 599 });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writtenFunction } from './written-function.ts';

const at = (text: string, row: number[], inputCount?: number) => {
  const read = writtenFunction(text, inputCount);
  const input = Float64Array.from(row);
  return { value: read.valueOf(input), slope: [...read.gradientOf(input)] };
};

/** A random expression beside the same thing computed by plain JavaScript. */
type Known = { text: string; of: (x: number[]) => number };
const known: fc.Arbitrary<Known> = fc.letrec<{ any: Known }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.integer({ min: 0, max: 90 }).map((n): Known => ({ text: `${n / 10}`, of: () => n / 10 })),
    fc.integer({ min: 1, max: 3 }).map((i): Known => ({ text: `x${i}`, of: (x) => x[i - 1]! })),
    fc.tuple(tie('any'), tie('any'), fc.constantFrom('+', '-', '*', ' ')).map(([a, b, sign]): Known => {
      const text = `(${a.text})${sign}(${b.text})`;
      if (sign === '+') return { text, of: (x) => a.of(x) + b.of(x) };
      if (sign === '-') return { text, of: (x) => a.of(x) - b.of(x) };
      return { text, of: (x) => a.of(x) * b.of(x) };
    }),
    fc.tuple(tie('any'), tie('any')).map(
      ([a, b]): Known => ({
        text: `max(${a.text}, ${b.text})`,
        of: (x) => Math.max(a.of(x), b.of(x)),
      }),
    ),
    tie('any').map((a): Known => ({ text: `relu(${a.text})`, of: (x) => Math.max(0, a.of(x)) })),
    tie('any').map((a): Known => ({ text: `abs(${a.text})`, of: (x) => Math.abs(a.of(x)) })),
    tie('any').map((a): Known => ({ text: `tanh(${a.text})`, of: (x) => Math.tanh(a.of(x)) })),
    tie('any').map((a): Known => ({ text: `sigmoid(${a.text})`, of: (x) => 1 / (1 + Math.exp(-a.of(x))) })),
    tie('any').map((a): Known => ({ text: `exp(-abs(${a.text}))`, of: (x) => Math.exp(-Math.abs(a.of(x))) })),
    tie('any').map((a): Known => ({ text: `-(${a.text})/4`, of: (x) => -a.of(x) / 4 })),
  ),
})).any;
const point = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 });

describe('a function written as a text', () => {
  it('has the value that plain arithmetic gives', () => {
    fc.assert(
      fc.property(known, point, ({ text, of }, x) => {
        const want = of(x);
        // The order of additions and products is the same, so only the sign of zero may differ.
        expect(at(`${text} + 0*x1*x2*x3`, x).value).toBeCloseTo(want, 9);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('has the slope of central differences wherever the two one-sided ones agree', () => {
    let compared = 0;
    fc.assert(
      fc.property(known, point, ({ text, of }, x) => {
        const { slope } = at(`${text} + 0*x1*x2*x3`, x);
        for (const i of [0, 1, 2]) {
          const moved = (by: number) => of(x.map((value, k) => (k === i ? value + by : value)));
          const [before, here, after] = [moved(-1e-5), of(x), moved(1e-5)];
          const scale = 1 + Math.abs(here) + Math.abs(slope[i]!);
          if (scale > 1e3 || Math.abs(after - 2 * here + before) > 1e-9 * scale) continue;
          compared += 1;
          // A bend that the check above lets through moves the difference by 1e-9 / 1e-5 of the scale at most.
          expect(Math.abs(slope[i]! - (after - before) / 2e-5)).toBeLessThan(1.1e-4 * scale);
        }
      }),
      { seed: 2, numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(400);
  });

  it('reads the texts of the reference cases', () => {
    expect(at('f=relu(relu(x1)-1-relu(x2))', [3, 1])).toEqual({ value: 1, slope: [1, -1] });
    expect(at('f = 2*relu(x1) + 2*relu(x2 - 1.5)', [1, 2])).toEqual({ value: 3, slope: [2, 2] });
    expect(at('f = 2a - b + 0.5c + 0d', [1, 2, 4, 9])).toEqual({ value: 2, slope: [2, -1, 0.5, 0] });
    expect(at('f = 80*x1*x2', [1, 2])).toEqual({ value: 160, slope: [160, 80] });
    expect(at('f = x0 + 2*x1 + 0*x2', [1, 2, 3]).value).toBe(5);
    expect(at('f = max(x1,x2,x3,x4)', [1, 7, 7, 2])).toEqual({ value: 7, slope: [0, 1, 0, 0] });
  });

  it('takes the columns from a remark that lists the inputs', () => {
    const text = 'f = relu(3 a1 + a2) + relu(2 b1 + 3 b2); inputs a (3), b (3), third weight 0';
    expect(at(text, [-10, 1, -5, 3, 3, 1])).toEqual({ value: 15, slope: [0, 0, 0, 2, 3, 0] });
    expect(() => at('f = a1 + c1; inputs a (2)', [1, 1])).toThrow('"c1"');
  });

  it('places numbered names by their number and others by appearance', () => {
    expect(at('g(x) = x3 - x1', [1, 50, 4]).value).toBe(3);
    expect(at('b - a, both in kg', [5, 2]).value).toBe(3);
    expect(at('x1^2 − min(x1, 3 · 1)/2', [4]).value).toBe(14.5);
    expect(at('2x1', [3, 8], 2)).toEqual({ value: 6, slope: [2, 0] });
  });

  it('knows the order of operations', () => {
    expect(at('1 - 2 - 3*x1^2', [2]).value).toBe(-13);
    expect(at('12/2/3 x1', [2]).value).toBe(4);
    expect(at('-x1^2', [3]).value).toBe(-9);
    expect(at('2 * -x1', [3]).value).toBe(-6);
    expect(at('1e-3x1', [2]).value).toBeCloseTo(0.002, 15);
  });

  it('passes nothing at the kink of a relu', () => {
    expect(at('relu(x1)', [0]).slope).toEqual([0]);
  });

  it('refuses what it cannot read', () => {
    expect(() => writtenFunction('f = x1 @ x2')).toThrow('cannot read');
    expect(() => writtenFunction('f = x1 +')).toThrow('the end');
    expect(() => writtenFunction('f = relu(x1')).toThrow('expected');
    expect(() => writtenFunction('f = relu(x1, x2)')).toThrow('one argument');
    expect(() => writtenFunction('f = x1)')).toThrow('not expected');
    expect(() => writtenFunction('f = x1^0.5')).toThrow('exponent');
    expect(() => writtenFunction('x1 + x3', 2)).toThrow('more than 2');
    expect(() => at('x1 + x2', [1])).toThrow(RangeError);
    expect(() => at('x1', [Number.NaN])).toThrow(RangeError);
  });
});

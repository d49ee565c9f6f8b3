import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { TRACE_MARK_KINDS } from '../../../core/clinical/trace-mark-proposals.ts';
import { markRefusal } from './mark-limits.ts';

const SPAN = { firstS: 0, lastS: 45.975, isPart: false };
const MARKS = [
  { kind: 'onset', atS: 1 },
  { kind: 'plateau-start', atS: 2 },
  { kind: 'plateau-end', atS: 10 },
] as const;

it('a time beyond the recording is refused with where it ends, and not moved there', () => {
  expect(markRefusal('peak', 99, MARKS, SPAN)).toBe('The recording ends at 45.975 s.');
  expect(markRefusal('peak', -1, MARKS, { ...SPAN, isPart: true })).toBe(
    'The part looked at begins at 0.000 s.',
  );
  expect(markRefusal('peak', 45.975, MARKS, SPAN)).toBeNull();
});

it('an onset after the end of the plateau is refused, and so is a plateau that ends before it', () => {
  expect(markRefusal('onset', 12, MARKS, SPAN)).toBe('The onset lies before the plateau ends, 10.000 s.');
  expect(markRefusal('plateau-end', 0.5, MARKS, SPAN)).toBe('The plateau ends after the onset, 1.000 s.');
  expect(markRefusal('plateau-end', 1.5, MARKS, SPAN)).toBe('The plateau ends after it begins, 2.000 s.');
  expect(markRefusal('plateau-start', 10, MARKS, SPAN)).toBe('The plateau begins before it ends, 10.000 s.');
});

it('law: a mark that is taken leaves an order that a pull can have', () => {
  const inOrder = (refuse: typeof markRefusal) =>
    fc.check(
      fc.property(
        fc.constantFrom(...TRACE_MARK_KINDS),
        fc.double({ min: -5, max: 60, noNaN: true }),
        (kind, atS) => {
          if (refuse(kind, atS, MARKS, SPAN) !== null) return true;
          const times = new Map<string, number>(MARKS.map((mark) => [mark.kind, mark.atS]));
          times.set(kind, atS);
          const end = times.get('plateau-end')!;
          return (
            atS >= 0 && atS <= SPAN.lastS && times.get('onset')! < end && times.get('plateau-start')! < end
          );
        },
      ),
      { numRuns: 500 },
    ).failed;
  expect(inOrder(markRefusal)).toBe(false);
  // Broken twin: looks at the ends of the recording only.
  expect(inOrder((kind, atS, _marks, span) => markRefusal(kind, atS, [], span))).toBe(true);
});

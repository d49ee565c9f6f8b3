import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tracePeak } from './trace-peak.ts';

describe('the peak of a trace', () => {
  it('keeps a background force apart from the peak', () => {
    const trace = [2, 2, 2, 2, 5, 11, 6, 2, 2, 2];
    expect(tracePeak(trace)).toEqual({ peak: 11, index: 5, baseline: 2 });
  });
  it('cannot say for an almost empty trace', () => {
    expect(tracePeak([])).toBeNull();
    expect(tracePeak([null, 3, null, 4])).toBeNull();
  });
  it('refuses a sample that is no number: a gap is null', () => {
    expect(() => tracePeak([1, 2, Number.NaN, 3])).toThrow(/Sample 3 /);
    expect(() => tracePeak([1, 2, Number.POSITIVE_INFINITY, 3])).toThrow(RangeError);
  });
  it('finds the largest present value wherever gaps are (property)', () => {
    const samples = fc.array(fc.option(fc.double({ min: -500, max: 500, noNaN: true })), { minLength: 3 });
    fc.assert(
      fc.property(samples, (values) => {
        const present = values.filter((v): v is number => v !== null);
        const found = tracePeak(values);
        if (present.length < 3) return found === null;
        return found !== null && found.peak === Math.max(...present) && values[found.index] === found.peak;
      }),
    );
  });
});

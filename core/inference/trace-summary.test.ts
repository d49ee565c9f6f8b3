import { describe, expect, it } from 'vitest';
import { TRACE_COMPONENTS, TRACE_LENGTH, TRACE_SAMPLES } from './network-input.ts';
import { traceSummary } from './trace-summary.ts';

/** A plain pull: nothing for four steps, then 0.95 palmar with a little across, released at step 55. */
function pull(): Float64Array {
  const trace = new Float64Array(TRACE_LENGTH);
  for (let step = 4; step < 55; step += 1) {
    trace.set([0.95 + 0.01 * (step % 2), -0.4, 0.2], step * TRACE_COMPONENTS);
  }
  return trace;
}

/** Which of the six numbers lie further from the plain pull than half a logarithmic unit. */
const movedBy = (change: (trace: Float64Array) => Float64Array): number[] => {
  const base = traceSummary(pull());
  return [...traceSummary(change(pull()))].flatMap((value, i) =>
    Math.abs(value - base[i]!) > 0.5 ? [i] : [],
  );
};

describe('the six numbers of a trace', () => {
  it('see a factor of three or a third in force, its largest value and its jumps', () => {
    expect(movedBy((trace) => trace.map((value) => 3 * value))).toEqual([1, 2, 3, 4]);
    expect(movedBy((trace) => trace.map((value) => value / 3))).toEqual([1, 2, 3, 4]);
  });

  it('see shuffled steps, which keep every force, in the jumps and before the onset', () => {
    const moved = movedBy((trace) => {
      const order = Array.from({ length: TRACE_SAMPLES }, (_, step) => (step * 37) % TRACE_SAMPLES);
      return Float64Array.from({ length: TRACE_LENGTH }, (_, i) => {
        const step = Math.floor(i / TRACE_COMPONENTS);
        return trace[order[step]! * TRACE_COMPONENTS + (i % TRACE_COMPONENTS)]!;
      });
    });
    expect(moved).toContain(3);
    expect(moved).toContain(0);
  });

  it('see time read as force', () => {
    const moved = movedBy((trace) =>
      trace.map((value, i) => (i % TRACE_COMPONENTS === 0 ? (0.08 * i) / TRACE_COMPONENTS : value)),
    );
    expect(moved).toContain(5);
  });

  it('leave a plain pull where it is, and refuse another length', () => {
    expect(movedBy((trace) => trace)).toEqual([]);
    expect(() => traceSummary(new Float64Array(10))).toThrow(RangeError);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TRACE_STEP_COUNT } from '../signals/trace-resample.ts';
import { markedTraceOf } from './marked-trace.ts';

const RECORDING = '00000000-0000-4000-8000-000000000001';
const SOURCE = { recordingId: RECORDING, startS: 1, problem: null };
const share = (fromStep: number, endStep: number, value: number) => ({
  ...{ fromStep, endStep, value, memberLow: value, memberHigh: value },
  probabilityWithout: 0.5,
});
const EXPLANATION = { isShown: true, traceBands: [share(0, 20, 2), share(20, 60, -4)] };
const brushed = (fromS: number, toS: number, recordingId: string | null = RECORDING) => ({
  bands: [{ fromS, toS, direction: 'for' as const }],
  recordingId,
});

describe('brushed stretches beside the model’s', () => {
  it('stand in the model’s steps: 0.08 s each, from where its window begins', () => {
    const marked = markedTraceOf(brushed(1.08, 1.24), SOURCE, EXPLANATION);
    expect(marked?.marks).toEqual([{ start: 1, end: 3 }]);
    // A stretch that begins inside a step holds that step.
    expect(markedTraceOf(brushed(1.1, 1.17), SOURCE, EXPLANATION)?.marks).toEqual([{ start: 1, end: 3 }]);
  });

  it('spreads the value of a stretch evenly, so that the whole stays what it was', () => {
    const { relevance = [] } = markedTraceOf(brushed(1, 2), SOURCE, EXPLANATION) ?? {};
    expect([relevance[0], relevance[59]]).toEqual([0.1, -0.1]);
    expect(relevance.reduce((sum, value) => sum + value, 0)).toBeCloseTo(-2, 12);
  });

  it('leaves out what was brushed outside of the model’s window', () => {
    expect(markedTraceOf(brushed(0, 0.9), SOURCE, EXPLANATION)?.marks).toEqual([]);
    expect(markedTraceOf(brushed(5.7, 9), SOURCE, EXPLANATION)?.marks).toEqual([{ start: 58, end: 60 }]);
  });

  it('says nothing of two different recordings, of a trace that was not read or of a withheld explanation', () => {
    const other = brushed(1, 2, '00000000-0000-4000-8000-000000000002');
    expect(markedTraceOf(other, SOURCE, EXPLANATION)).toBeNull();
    expect(markedTraceOf(brushed(1, 2, null), undefined, EXPLANATION)).toBeNull();
    expect(markedTraceOf(brushed(1, 2), { ...SOURCE, startS: null }, EXPLANATION)).toBeNull();
    expect(markedTraceOf(brushed(1, 2), SOURCE, { ...EXPLANATION, isShown: false })).toBeNull();
    expect(markedTraceOf(brushed(1, 2), SOURCE, { isShown: true })).toBeNull();
    expect(markedTraceOf(brushed(1, 2), SOURCE, null)).toBeNull();
  });

  it('never marks a step outside of the trace, and covers what was brushed inside', () => {
    const seconds = fc.double({ min: 0, max: 12, noNaN: true });
    fc.assert(
      fc.property(seconds, seconds, (a, b) => {
        const [fromS, toS] = [Math.min(a, b), Math.max(a, b) + 0.01];
        const { marks = [] } = markedTraceOf(brushed(fromS, toS), SOURCE, EXPLANATION) ?? {};
        for (const { start, end } of marks) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(TRACE_STEP_COUNT);
          expect(1 + start * 0.08).toBeLessThanOrEqual(Math.max(fromS, 1) + 1e-5);
          expect(1 + end * 0.08).toBeGreaterThanOrEqual(Math.min(toS, 1 + 4.8) - 1e-5);
        }
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { TRACE_LENGTH } from '../../core/signals/trace-resample.ts';
import {
  fitTraceComponents,
  projectTrace,
  reconstructionError,
  reconstructTrace,
  type TraceComponents,
  traceComponentPlots,
} from './trace-components.ts';

const unit = (wave: (index: number) => number): Float64Array => {
  const made = Float64Array.from({ length: TRACE_LENGTH }, (_, index) => wave(index));
  const length = Math.hypot(...made);
  return made.map((value) => value / length);
};
// Two whole numbers of waves: orthogonal.
const FIRST = unit((index) => Math.cos((2 * Math.PI * index) / TRACE_LENGTH));
const SECOND = unit((index) => Math.cos((4 * Math.PI * index) / TRACE_LENGTH));

/** Traces on a plane of two known directions, standard deviations 3 and 1, with a little noise. */
function planar(count: number, noise: number): Float64Array[] {
  return Array.from({ length: count }, (_, subject) => {
    const stream = randomStream('components-test', 'scores', subject);
    const [a, b] = [3 * stream.normal(), stream.normal()];
    return FIRST.map((weight, index) => 0.5 + a * weight + b * SECOND[index]! + noise * stream.normal());
  });
}

describe('principal components of traces', () => {
  const traces = planar(400, 0);
  const fitted = fitTraceComponents(traces, 2);

  it('finds the directions and their shares', () => {
    const [first, second] = fitted.directions;
    const cosine = (a: Float64Array, b: Float64Array): number =>
      a.reduce((sum, value, index) => sum + value * b[index]!, 0);
    // 400 people: the angle between sample and true direction is about 1/3 / sqrt(400) = 0.017, its cosine 0.9999.
    expect(Math.abs(cosine(first!, FIRST))).toBeGreaterThan(0.999);
    expect(Math.abs(cosine(second!, SECOND))).toBeGreaterThan(0.999);
    expect(cosine(first!, second!)).toBeCloseTo(0, 9);
    expect(cosine(first!, first!)).toBeCloseTo(1, 9);
    expect(fitted.explainedShare[0]! + fitted.explainedShare[1]!).toBeCloseTo(1, 9);
    // A share of 0.9 from 400 people has a standard error of about 0.009.
    expect(Math.abs(fitted.explainedShare[0]! - 0.9)).toBeLessThan(0.03);
  });

  it('gives every trace of the plane back', () => {
    for (const trace of planar(420, 0).slice(400)) {
      reconstructTrace(fitted, projectTrace(fitted, trace)).forEach((share, index) => {
        expect(share).toBeCloseTo(trace[index]!, 9);
      });
    }
    expect(reconstructionError(fitted, traces)).toBeLessThan(1e-9);
    // Broken twin: with one direction too few the error is that of the other, 1 / sqrt(180).
    const one = fitTraceComponents(traces, 1);
    expect(reconstructionError(one, traces)).toBeGreaterThan(0.9 / Math.sqrt(TRACE_LENGTH));
  });

  /** Scores have mean 0 and the fitted standard deviation over the people of the fit. */
  const scoresFit = (model: TraceComponents): boolean =>
    model.scoreSd.every((sd, index) => {
      const scores = traces.map((trace) => projectTrace(model, trace)[index]!);
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (scores.length - 1);
      return Math.abs(mean) < 1e-9 && Math.abs(Math.sqrt(variance) - sd) < 1e-9;
    });

  it('has centred scores of the stated spread', () => {
    expect(scoresFit(fitted)).toBe(true);
    // Broken twin: a fit that forgot to take the mean off.
    expect(scoresFit({ ...fitted, mean: new Float64Array(TRACE_LENGTH) })).toBe(false);
  });

  it('works with fewer people than columns, and the same twice', () => {
    const few = planar(30, 0.01);
    expect(fitTraceComponents(few, 3)).toEqual(fitTraceComponents(few, 3));
    expect(fitTraceComponents(few, 3).explainedShare[0]).toBeGreaterThan(0.7);
    expect(fitTraceComponents(few, 29).directions.length).toBe(29);
  });

  it('draws a line a force component', () => {
    const plots = traceComponentPlots(fitted);
    expect(plots.length).toBe(2);
    expect(plots[0]!.lines.map((line) => line.name)).toEqual(['palmar', 'longitudinal', 'transverse']);
    expect(plots[0]!.lines.every((line) => line.x.length === 60 && line.y.length === 60)).toBe(true);
  });

  it.each([
    ['too few traces', () => fitTraceComponents(planar(3, 0), 3), /more traces/],
    ['no component', () => fitTraceComponents(traces, 0), /between 1 and/],
    ['a short trace', () => fitTraceComponents([new Float64Array(3), new Float64Array(3)], 1), /180 numbers/],
    [
      'a missing number',
      () => projectTrace(fitted, new Float64Array(TRACE_LENGTH).fill(Number.NaN)),
      /number missing/,
    ],
    ['no variance', () => fitTraceComponents(Array(5).fill(FIRST), 1), /all the same/],
    ['too many scores', () => reconstructTrace(fitted, [1, 2, 3]), /more scores/],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});

import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { equalAreaIndependentStepsP, independentStepsP } from './independent-steps-p.ts';
import { MASK_MEASURES, maskOverlap } from './mask-overlap.ts';
import { overlapBesideMarksElsewhere } from './overlap-beside-marks-elsewhere.ts';
import { marksElsewhere, randomMarks } from './random-marks.ts';
import { halfMaximumSteps } from './step-selection.ts';
import { maskOfEvents, type TraceMask, traceMask } from './trace-marks.ts';
import { equalAreaBeside, selectionBeside } from './two-step-sets.ts';

const STEPS = 60;
const OPTIONS = { seed: 'test', draws: 100 };

/** Relevance in eight bands without any relation to the marks: noise, and one mark of 15 steps anywhere. */
function unrelated(draw: number): { relevance: number[]; mask: TraceMask } {
  const stream = randomStream('unrelated marks', 'bands', draw);
  const noise = Array.from({ length: 8 }, () => stream.normal());
  const relevance = Array.from({ length: STEPS }, (_, step) => noise[Math.floor((8 * step) / STEPS)]!);
  return { relevance, mask: randomMarks([15], STEPS, stream) };
}

describe('overlap beside marks elsewhere', () => {
  it('law: p keeps its level for traces; p of steps drawn one by one does not', () => {
    const draws = 200;
    const rate = (of: (relevance: number[], mask: TraceMask) => number | null) => {
      const ps = Array.from({ length: draws }, (_, draw) => {
        const { relevance, mask } = unrelated(draw);
        return of(relevance, mask)!;
      });
      return ps.filter((p) => p <= 0.05).length / draws;
    };
    const elsewhere = [
      rate(
        (relevance, mask) =>
          overlapBesideMarksElsewhere((marks) => equalAreaBeside(relevance, marks), mask, OPTIONS).p,
      ),
      rate((relevance, mask) => {
        const selected = halfMaximumSteps(relevance);
        return overlapBesideMarksElsewhere((marks) => selectionBeside(selected, marks), mask, OPTIONS).p;
      }),
    ];
    // Four standard errors of a share of 0.05.
    for (const rate of elsewhere.flat())
      expect(rate).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / draws));
    const twins = [
      rate(equalAreaIndependentStepsP),
      rate((relevance, mask) => independentStepsP(halfMaximumSteps(relevance), mask)),
    ];
    for (const each of twins) expect(each).toBeGreaterThan(0.15);
  });
  it('chance levels are means over every place of a mark, by brute force', () => {
    const selected = traceMask([1, 1, 1, 0, 0, 0, 1, 0, 0, 0]);
    const mask = maskOfEvents([{ start: 1, end: 4 }], 10);
    const found = overlapBesideMarksElsewhere((marks) => selectionBeside(selected, marks), mask, OPTIONS);
    const places = Array.from({ length: 8 }, (_, start) => maskOfEvents([{ start, end: start + 3 }], 10));
    expect(Array.from(marksElsewhere(mask, OPTIONS).arrangements)).toEqual(places);
    const all = places.map((marks) => maskOverlap(selected, marks));
    for (const name of MASK_MEASURES) {
      const mean = all.reduce((sum, each) => sum + each[name].value!, 0) / all.length;
      expect(found[name].chance).toBeCloseTo(mean, 12);
      expect(found[name].value).toBe(maskOverlap(selected, mask)[name].value);
    }
    // Shared steps at the eight places: 3, 2, 1, 0, 1, 1, 1, 0.
    expect([found.overlap, found.p]).toEqual([2, 2 / 8]);
    // Drawn one by one the chance of the middle of the trace is that of its ends.
    expect(found.intersectionOverUnion.chance).not.toBeCloseTo(
      maskOverlap(selected, mask).intersectionOverUnion.chance!,
      3,
    );
  });
  it('says nothing without marks, with all marked, and without relevance', () => {
    for (const [relevance, mask, reason] of [
      [[1, 2, 3], [0, 0, 0], 'empty-mark'],
      [[1, 2, 3], [1, 1, 1], 'full-mark'],
      [[0, 0, 0], [1, 0, 0], 'no-relevance'],
    ] as const) {
      const marks = traceMask(mask);
      const found = overlapBesideMarksElsewhere((each) => equalAreaBeside(relevance, each), marks, OPTIONS);
      expect(found.p).toBeNull();
      expect(found.dice).toMatchObject({ cannotSay: reason, chance: null });
      expect(equalAreaIndependentStepsP(relevance, marks)).toBeNull();
    }
    expect(independentStepsP(traceMask([0, 0]), traceMask([0, 1]))).toBeNull();
  });
  it('refuses misuse', () => {
    const mask = traceMask([0, 1, 0]);
    for (const draws of [0, 99, 1e6, 100.5]) {
      expect(() => marksElsewhere(mask, { seed: 1, draws })).toThrow(RangeError);
      expect(() =>
        overlapBesideMarksElsewhere((marks) => equalAreaBeside([1, 2, 3], marks), mask, { seed: 1, draws }),
      ).toThrow(RangeError);
    }
    expect(() => marksElsewhere(mask, { ...OPTIONS, alpha: 0 })).toThrow(RangeError);
    expect(() => equalAreaIndependentStepsP([1, 2], mask)).toThrow(RangeError);
    expect(() => equalAreaIndependentStepsP([1, 2, Number.NaN], mask)).toThrow(RangeError);
    expect(() => equalAreaBeside([1, 2], mask)).toThrow(RangeError);
    expect(() => independentStepsP(traceMask([1]), mask)).toThrow(RangeError);
    expect(() => selectionBeside(Uint8Array.of(0, 2, 0), mask)).toThrow(RangeError);
  });
});

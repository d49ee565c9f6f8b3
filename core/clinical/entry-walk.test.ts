import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Side } from '../contract/schemas/clinical.ts';
import { entryWalk, nextInWalk, previousInWalk, type WalkBlock, WRIST_MEASURES } from './entry-walk.ts';

const sides = fc.subarray<Side>(['right', 'left']);
const short = (key: string) => {
  const [measure, side, trial] = key.split('/');
  return measure === 'lateral-pinch' ? `${side === 'right' ? 'R' : 'L'}${trial}` : `${measure}/${side}`;
};

const pinch = (trialCount: number, on: readonly Side[] = ['right', 'left']): WalkBlock => ({
  measures: [{ measure: 'lateral-pinch', trialCount }],
  sides: on,
});
const wrist = (on: readonly Side[]): WalkBlock => ({
  measures: WRIST_MEASURES.map((measure) => ({ measure, trialCount: 1 })),
  sides: on,
});

/** Broken twin: one hand after the other, so that no hand rests. */
const rowByRowTwin = (trialCount: number) =>
  (['right', 'left'] as const).flatMap((side) =>
    Array.from({ length: trialCount }, (_, index) => `lateral-pinch/${side}/${index + 1}`),
  );

const handsAlternate = (walk: readonly string[]) =>
  walk.every((key, index) => index === 0 || key.split('/')[1] !== walk[index - 1]!.split('/')[1]);

describe('entryWalk', () => {
  it('goes R1 L1 R2 L2 R3 L3 and then the wrist of the affected side', () => {
    expect(entryWalk([pinch(3), wrist(['left'])]).map(short)).toEqual([
      'R1',
      'L1',
      'R2',
      'L2',
      'R3',
      'L3',
      'wrist-extension/left',
      'wrist-flexion/left',
      'wrist-radial/left',
      'wrist-ulnar/left',
    ]);
  });

  it('law: hands alternate whatever the number of trials', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 20 }), (n) => handsAlternate(entryWalk([pinch(n)]))));
    expect(handsAlternate(rowByRowTwin(3))).toBe(false);
  });

  it('finishes one hand first where nothing tires', () => {
    const walk = entryWalk([wrist(['left', 'right'])], false);
    expect(walk.map((key) => key.split('/')[1])).toEqual([
      ...Array(4).fill('right'),
      ...Array(4).fill('left'),
    ]);
  });

  it('law: Enter from the first cell visits every cell once and then stops; back returns', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), sides, sides, (n, pinchSides, wristSides) => {
        const walk = entryWalk([pinch(n, pinchSides), wrist(wristSides)]);
        expect(new Set(walk).size).toBe(walk.length);
        expect(walk).toHaveLength(n * pinchSides.length + 4 * wristSides.length);
        for (const key of walk) {
          const next = nextInWalk(walk, key);
          if (next) expect(previousInWalk(walk, next)).toBe(key);
          else expect(key).toBe(walk.at(-1));
        }
      }),
    );
  });
});

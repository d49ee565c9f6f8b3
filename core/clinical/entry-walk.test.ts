import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Side } from '../contract/schemas/clinical.ts';
import { entryWalk, nextInWalk, previousInWalk } from './entry-walk.ts';

const sides = fc.subarray<Side>(['right', 'left']);
const short = (key: string) => {
  const [measure, side, trial] = key.split('/');
  return measure === 'lateral-pinch' ? `${side === 'right' ? 'R' : 'L'}${trial}` : `${measure}/${side}`;
};

/** Broken twin: one hand after the other, so that no hand rests. */
const rowByRowTwin = (trialCount: number) =>
  (['right', 'left'] as const).flatMap((side) =>
    Array.from({ length: trialCount }, (_, index) => `lateral-pinch/${side}/${index + 1}`),
  );

const handsAlternate = (walk: readonly string[]) =>
  walk.every((key, index) => index === 0 || key.split('/')[1] !== walk[index - 1]!.split('/')[1]);

describe('entryWalk', () => {
  it('goes R1 L1 R2 L2 R3 L3 and then the wrist of the affected side', () => {
    expect(entryWalk(3, undefined, ['left']).map(short)).toEqual([
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
    fc.assert(fc.property(fc.integer({ min: 2, max: 20 }), (n) => handsAlternate(entryWalk(n))));
    expect(handsAlternate(rowByRowTwin(3))).toBe(false);
  });

  it('law: Enter from the first cell visits every cell once and then stops; back returns', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), sides, sides, (n, pinch, wrist) => {
        const walk = entryWalk(n, pinch, wrist);
        expect(new Set(walk).size).toBe(walk.length);
        expect(walk).toHaveLength(n * pinch.length + 4 * wrist.length);
        for (const key of walk) {
          const next = nextInWalk(walk, key);
          if (next) expect(previousInWalk(walk, next)).toBe(key);
          else expect(key).toBe(walk.at(-1));
        }
      }),
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  correctedAfter,
  type StoredTrial,
  trialVersions,
  versionAt,
  versionsBehind,
} from './trial-versions.ts';

const minute = (value: number) => new Date(Date.UTC(2026, 10, 25, 8, value)).toISOString();

const trial = (change: Partial<StoredTrial>): StoredTrial => ({
  measure: 'lateral-pinch',
  side: 'right',
  trialNumber: 1,
  typedText: '7.2',
  typedUnit: 'kg',
  valueSi: 70,
  pain: null,
  isStoppedEarly: false,
  notTestedReason: null,
  isConfirmedUnusual: false,
  version: 1,
  createdAt: minute(0),
  correctionReason: null,
  ...change,
});

describe('versions of a trial', () => {
  it('belong to their own trial, oldest first, pinch before wrist and right before left', () => {
    const list = trialVersions(
      [
        trial({ measure: 'wrist-flexion' }),
        trial({ side: 'left', version: 3 }),
        trial({ trialNumber: 2 }),
        trial({}),
      ],
      [trial({ side: 'left', version: 2 }), trial({ side: 'left', version: 1 })],
    );
    expect(list.map(({ key, earlier }) => [key, earlier.map((t) => t.version)])).toEqual([
      ['lateral-pinch/right/1', []],
      ['lateral-pinch/right/2', []],
      ['lateral-pinch/left/1', [1, 2]],
      ['wrist-flexion/right/1', []],
    ]);
  });

  it('law: a lock stands on the newest version of its moment, never on one that came later', () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 59 }), (minutes, lock) => {
        const all = [...minutes]
          .sort((a, b) => a - b)
          .map((at, index) => trial({ version: index + 1, createdAt: minute(at) }));
        const [versions] = trialVersions([all.at(-1)!], all.slice(0, -1));
        const then = versionAt(versions!, minute(lock));
        expect(then?.version ?? 0).toBe(minutes.filter((at) => at <= lock).length);
        const behind = versionsBehind([versions!], minute(lock));
        expect(behind).toEqual(then !== null && then.version < all.length ? [then.version] : []);
        const isCorrected = correctedAfter([versions!], minute(lock)).length === 1;
        expect(isCorrected).toBe(then !== null && minutes.some((at) => at > lock));
        // Broken twin: "it has more than one version" also blames corrections made before the lock.
        const twin = all.length > 1;
        if (then?.version === all.length && all.length > 1) expect(isCorrected).not.toBe(twin);
      }),
    );
  });
});

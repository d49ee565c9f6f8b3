import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directionOf, nameWithDirection, pinchDirections, pinchTraceOf } from './pinch-trace-channels.ts';

const channel = (name: string, role = 'force') => ({ name, role });
const NAMES = ['palmar', 'longitudinal', 'transverse'];

describe('the three directions of a pinch', () => {
  it('are found by name, whatever the order, case, side and unit around it', () => {
    expect(pinchDirections(NAMES.map((name) => channel(name)))).toEqual([0, 1, 2]);
    const odd = ['Force Transverse L (N)', 'F_palmar [kg]', 'LONGITUDINAL force'];
    expect(pinchDirections(odd.map((name) => channel(name)))).toEqual([1, 2, 0]);
  });

  it('are not guessed: by place, from x, y, z, from two of one name, or from a torque', () => {
    expect(pinchDirections(['Fx', 'Fy', 'Fz'].map((name) => channel(name)))).toBeNull();
    expect(pinchDirections([...NAMES, 'Palmar'].map((name) => channel(name)))).toBeNull();
    expect(pinchDirections(NAMES.slice(0, 2).map((name) => channel(name)))).toBeNull();
    expect(pinchDirections(NAMES.map((name) => channel(name, 'torque')))).toBeNull();
    expect(pinchDirections(['palmar grip', ...NAMES.slice(1)].map((name) => channel(name)))).toBeNull();
  });
});

describe('a direction that a person states', () => {
  it('stands before the heading of the file, is read back, and goes again', () => {
    for (const direction of ['palmar', 'longitudinal', 'transverse'] as const) {
      fc.assert(
        fc.property(fc.string({ maxLength: 200 }), (heading) => {
          const name = nameWithDirection(heading, direction);
          expect(directionOf(name)).toBe(direction);
          expect(name.length).toBeLessThanOrEqual(200);
        }),
      );
    }
    expect(nameWithDirection('Fz (N)', 'palmar')).toBe('palmar (Fz  N)');
    expect(nameWithDirection('Palmar', 'palmar')).toBe('Palmar');
    expect(nameWithDirection('Fz (N)', null)).toBe('Fz (N)');
  });
});

/** A pull from 1 s to 7 s at 100 samples a second: 50 N palmar, a tenth along, a twentieth across, on an offset of 2 N. */
function recording(
  rest: { seconds?: number; unit?: 'N' | 'kg'; crop?: { fromS: number; toS: number } } = {},
) {
  const { seconds = 8, unit = 'N', crop = null } = rest;
  const timeS = Float64Array.from({ length: seconds * 100 }, (_, i) => i / 100);
  const perUnit = unit === 'kg' ? 9.80665 : 1;
  const values = (share: number) => ({
    unit,
    values: timeS.map((atS) => ((atS >= 1 && atS < 7 ? 50 * share : 0) + 2) / perUnit),
  });
  return { timeS, directions: [values(1), values(0.1), values(-0.05)], crop };
}

describe('the trace that a network reads', () => {
  it('begins 0.32 s before the onset, in newtons, without the offset of the quiet start', () => {
    const read = pinchTraceOf(recording());
    expect(read.ok && read.startS).toBeCloseTo(1 - 0.32, 9);
    expect(read.ok && read.traceN).toHaveLength(60);
    expect(read.ok && read.traceN[2]).toEqual([0, 0, 0]);
    expect(read.ok && read.traceN[30]!.map((force) => Number(force.toFixed(9)))).toEqual([50, 5, -2.5]);
  });

  it('is the same in kilograms', () => {
    const inNewtons = pinchTraceOf(recording());
    const inKilograms = pinchTraceOf(recording({ unit: 'kg' }));
    expect(inKilograms.ok && inKilograms.traceN[30]![0]).toBeCloseTo(
      inNewtons.ok ? inNewtons.traceN[30]![0]! : Number.NaN,
      9,
    );
  });

  it('keeps the recording’s own clock when the import cut it', () => {
    const read = pinchTraceOf(recording({ crop: { fromS: 0.5, toS: 7.5 } }));
    expect(read.ok && read.startS).toBeCloseTo(1 - 0.32, 9);
  });

  it('says in a sentence why there is none', () => {
    expect(pinchTraceOf(recording({ seconds: 4 }))).toEqual({
      ok: false,
      problem: 'The trace ends 3.0 s after its onset; 4.5 s are needed.',
    });
    const cutQuiet = pinchTraceOf(recording({ crop: { fromS: 3, toS: 3.05 } }));
    expect(cutQuiet).toMatchObject({ ok: false });
  });
});

import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { wilsonInterval } from '../uncertainty/wilson-interval.ts';
import { type PatientPart, shareOfPatients } from './share-of-patients.ts';

type Interval = (patients: readonly PatientPart[]) => readonly [number, number];
const own: Interval = (patients) => shareOfPatients(patients).interval;
/** Broken twin: sessions taken as independent. */
const overSessions: Interval = (patients) =>
  wilsonInterval(
    patients.reduce((sum, { part }) => sum + part, 0),
    patients.reduce((sum, { whole }) => sum + whole, 0),
  );
const width = ([low, high]: readonly [number, number]) => high - low;

/** Patients whose chances of "same" differ evenly between `share` - `spread` and `share` + `spread`. */
const simulated = (sizes: readonly number[], share: number, spread: number, draw: number): PatientPart[] => {
  const stream = randomStream('share of patients', `${share}/${spread}`, draw);
  return sizes.map((whole) => {
    const chance = share + spread * (2 * stream.uniform() - 1);
    return { whole, part: Array.from({ length: whole }).filter(() => stream.uniform() < chance).length };
  });
};
const SIZES = [6, 6, 6, 4, 3, 2, 2, 2, 2, 2, 1];

describe('share over patients', () => {
  it('is Wilson where each patient gives one answer', () => {
    const patients = Array.from({ length: 40 }, (_, i) => ({ part: i < 31 ? 1 : 0, whole: 1 }));
    expect(shareOfPatients(patients)).toEqual({
      value: 31 / 40,
      interval: wilsonInterval(31, 40),
      effectiveCount: 40,
      isOneEach: true,
    });
  });

  const copiesSayNothingNew = (interval: Interval) => {
    for (let draw = 0; draw < 200; draw += 1) {
      const patients = simulated(SIZES, 0.7, draw % 2 === 0 ? 0.3 : 0, draw);
      const copies = patients.map(({ part, whole }) => ({ part: 4 * part, whole: 4 * whole }));
      expect(width(interval(copies))).toBeGreaterThan(width(interval(patients)) - 1e-9);
    }
  };
  it('law: four copies of each answer never narrow an interval', () => {
    copiesSayNothingNew(own);
    expect(() => copiesSayNothingNew(overSessions)).toThrow();
    const single = Array.from({ length: 12 }, (_, i) => ({ part: i % 3 === 0 ? 0 : 1, whole: 1 }));
    expect(width(own(single.map(({ part }) => ({ part: 4 * part, whole: 4 }))))).toBeGreaterThan(
      width(own(single)),
    );
  });

  const holdsAsOftenAsSaid = (interval: Interval) => {
    let held = 0;
    for (let draw = 0; draw < 1000; draw += 1) {
      // Chances between 0.04 and 0.96: a correlation of 0.28 within a patient.
      const [low, high] = interval(simulated(SIZES, 0.5, 0.46, draw));
      if (low <= 0.5 && 0.5 <= high) held += 1;
    }
    // Three standard errors of 0.95 over 1,000 are 0.021.
    expect(held / 1000).toBeGreaterThan(0.929);
  };
  it('law: holds the share in 95 of 100, though sessions of a patient resemble each other', () => {
    holdsAsOftenAsSaid(own);
    expect(() => holdsAsOftenAsSaid(overSessions)).toThrow();
  });

  it('counts a patient as one answer where all are alike, and never more answers than were given', () => {
    const alike = SIZES.map((whole) => ({ part: whole, whole }));
    expect(shareOfPatients(alike)).toMatchObject({ value: 1, effectiveCount: SIZES.length });
    expect(shareOfPatients(alike).interval[1]).toBe(1);
    expect(shareOfPatients(alike).interval[0]).toBeLessThan(overSessions(alike)[0]);
    // Two of three at every patient: less spread than chance leaves.
    const even = SIZES.map((_, i) => ({ part: i === 0 ? 1 : 2, whole: 3 }));
    expect(shareOfPatients(even).effectiveCount).toBe(33);
  });

  it('refuses one patient, and counts that do not fit', () => {
    expect(() => shareOfPatients([{ part: 1, whole: 2 }])).toThrow(RangeError);
    expect(() =>
      shareOfPatients([
        { part: 3, whole: 2 },
        { part: 0, whole: 1 },
      ]),
    ).toThrow(RangeError);
    expect(() =>
      shareOfPatients([
        { part: 0, whole: 0 },
        { part: 0, whole: 1 },
      ]),
    ).toThrow(RangeError);
  });
});

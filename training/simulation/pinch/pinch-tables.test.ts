import { describe, expect, it } from 'vitest';
import contact from '../../../resources/biomechanics/lateral-pinch-contact.json' with { type: 'json' };
import muscles from '../../../resources/biomechanics/lateral-pinch-muscles.json' with { type: 'json' };
import { readContactTable, readMuscleTable } from './pinch-tables.ts';

type MuscleTable = typeof muscles;
type ContactTable = typeof contact;

describe('tables of the pinch simulator', () => {
  it('are readable as they are', () => {
    expect(readMuscleTable(muscles).muscles).toHaveLength(16);
    expect(Object.keys(readContactTable(contact).postures)).toHaveLength(4);
  });

  const brokenMuscles = (change: (table: MuscleTable) => void): unknown => {
    const table = structuredClone(muscles);
    change(table);
    return table;
  };
  it.each([
    ['a muscle missing', (t: MuscleTable) => t.muscles.pop(), /15 muscles; 16 are needed/],
    ['two muscles swapped', (t: MuscleTable) => t.muscles.reverse(), /has PL where FPL belongs/],
    ['a force that is no number', (t: MuscleTable) => (t.muscles[3]!.maxForceN = Number.NaN), /maxForceN/],
    ['a negative force', (t: MuscleTable) => (t.muscles[3]!.maxForceN = -5), /maxForceN/],
    ['a pennation in degrees', (t: MuscleTable) => (t.muscles[0]!.pennationRad = 7), /pennationRad/],
    [
      'an arm in another unit',
      (t: MuscleTable) => (t.muscles[0]!.momentArmsMm.neutral[2] = 13_750),
      /momentArmsMm/,
    ],
    ['five arms', (t: MuscleTable) => t.muscles[0]!.momentArmsMm['flexion-20'].pop(), /flexion-20/],
    [
      'a posture missing',
      (t: MuscleTable) => delete (t.muscles[0]!.unitLengthMm as Record<string, number>)['ulnar-10'],
      /ulnar-10/,
    ],
    ['no source', (t: MuscleTable) => (t.source = ''), /source/],
  ])('refuses a muscle table with %s', (_, change, message) => {
    expect(() => readMuscleTable(brokenMuscles(change))).toThrow(message);
  });

  const brokenContact = (change: (table: ContactTable) => void): unknown => {
    const table = structuredClone(contact);
    change(table);
    return table;
  };
  it.each([
    ['a lever missing', (t: ContactTable) => t.postures.neutral.forceLeversMm[0]!.pop(), /forceLeversMm/],
    ['a joint missing', (t: ContactTable) => t.postures['ulnar-10'].momentLevers.pop(), /momentLevers/],
    [
      'a lever that is no number',
      (t: ContactTable) => (t.postures.neutral.forceLeversMm[1]![1] = Number.NaN),
      /forceLeversMm/,
    ],
    ['coordinates in another order', (t: ContactTable) => t.coordinates.reverse(), /in this order/],
    [
      'a posture missing',
      (t: ContactTable) => delete (t.postures as Record<string, unknown>)['extension-20'],
      /extension-20/,
    ],
  ])('refuses a contact table with %s', (_, change, message) => {
    expect(() => readContactTable(brokenContact(change))).toThrow(message);
  });

  it.each([null, 'text', {}, []])('refuses %j', (content) => {
    expect(() => readMuscleTable(content)).toThrow(/Invalid input/);
    expect(() => readContactTable(content)).toThrow(/Invalid input/);
  });
});

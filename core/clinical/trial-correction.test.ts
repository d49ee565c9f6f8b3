import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeviceId, TrialEntry } from '../contract/schemas/clinical.ts';
import { toNewtons } from '../units/quantities.ts';
import { readCorrection, type TypedCorrection } from './trial-correction.ts';

const kg = (value: number) => toNewtons(value, 'kg');
const STORED: TrialEntry = {
  measure: 'lateral-pinch',
  side: 'left',
  trialNumber: 2,
  typedText: '14.4',
  typedUnit: 'kg',
  valueSi: kg(14.4),
  pain: 3,
  isStoppedEarly: true,
  notTestedReason: null,
  isConfirmedUnusual: true,
};
const OTHERS = [kg(4.1), kg(4.3)];
const typed = (change: Partial<TypedCorrection> = {}): TypedCorrection => ({
  text: '4,4',
  unit: 'kg',
  notTestedReason: null,
  reason: ' typing slip ',
  isConfirmed: false,
  ...change,
});
const read = (change: Partial<TypedCorrection> = {}) => readCorrection(STORED, typed(change), OTHERS);

describe('a correction', () => {
  it('keeps what was typed, its unit, pain and flags, and asks no longer about a usual value', () => {
    expect(read()).toEqual({
      ok: true,
      reason: 'typing slip',
      entry: { ...STORED, typedText: '4,4', valueSi: kg(4.4), isConfirmedUnusual: false },
    });
  });

  it('of the device alone keeps the reading, its unit and what was confirmed', () => {
    const deviceId = '00000000-0000-4000-8000-000000000702' as DeviceId;
    expect(read({ text: '', deviceId })).toEqual({
      ok: true,
      reason: 'typing slip',
      entry: { ...STORED, deviceId },
    });
    expect(read({ text: '', deviceId, reason: '' })).toMatchObject({ ok: false, place: 'reason' });
    expect(read({ deviceId })).toMatchObject({ entry: { typedText: '4,4', deviceId } });
  });

  it('carries nothing of the version it replaces', () => {
    const version = { ...STORED, id: 'x', version: 1, createdAt: '', correctionReason: null };
    const answer = readCorrection(version, typed(), OTHERS);
    expect(answer.ok && TrialEntry.safeParse(answer.entry).success).toBe(true);
  });

  it.each([
    [{ text: '' }, 'value', /right value, or say why/],
    [{ text: 'abc' }, 'value', /unit is chosen beside it/],
    [{ text: '1e999' }, 'value', /without the letter e/],
    [{ text: '9999' }, 'value', /any gauge/],
    [{ text: '14.4' }, 'value', /stored already/],
    [{ reason: '  ' }, 'reason', /why the value is corrected/],
    [{ text: '44' }, 'question', /44 kg is more than a hand/],
  ] as const)('says what is missing: %j', (change, place, sentence) => {
    expect(read(change)).toMatchObject({ ok: false, place, sentence: expect.stringMatching(sentence) });
  });

  it('takes an unusual value once it is confirmed, and marks it', () => {
    const answer = read({ text: '44', isConfirmed: true });
    expect(answer).toMatchObject({ ok: true, entry: { isConfirmedUnusual: true, typedText: '44' } });
  });

  it('corrects the unit alone: the same number in another unit is another force', () => {
    const inPounds = read({ text: '14.4', unit: 'lb' });
    expect(inPounds).toMatchObject({ ok: true, entry: { typedUnit: 'lb', valueSi: toNewtons(14.4, 'lb') } });
  });

  it('can say that there is no value after all', () => {
    expect(read({ text: 'anything', notTestedReason: 'pain' })).toMatchObject({
      ok: true,
      entry: { typedText: '', valueSi: null, notTestedReason: 'pain' },
    });
  });

  it('law: what is accepted passes the contract, and its value is the typed one converted', () => {
    const text = fc.oneof(
      fc.double({ min: 0, max: 300, noNaN: true }).map((v) => v.toFixed(1)),
      fc.string({ maxLength: 8 }),
    );
    const unit = fc.constantFrom('kg' as const, 'lb' as const, 'N' as const, 'N.m' as const);
    let accepted = 0;
    fc.assert(
      fc.property(text, unit, (value, typedUnit) => {
        const answer = read({ text: value, unit: typedUnit, isConfirmed: true });
        if (!answer.ok) return;
        accepted += 1;
        expect(TrialEntry.safeParse(answer.entry).success).toBe(true);
        expect(typedUnit).not.toBe('N.m');
        const number = Number(value.trim().replace(',', '.'));
        expect(answer.entry.valueSi).toBe(toNewtons(number, typedUnit as 'kg'));
      }),
    );
    expect(accepted).toBeGreaterThan(10);
  });
});

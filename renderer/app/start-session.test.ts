import { describe, expect, it } from 'vitest';
import { draftToEntries } from '../../core/clinical/session-entries.ts';
import { PREFERENCE_DEFAULTS, type Preferences } from '../../core/contract/channels/preferences.ts';
import type { Input, Output } from '../../core/contract/contract.ts';
import type { Device, SessionDraft } from '../../core/contract/schemas/clinical.ts';
import { startSession } from './start-session.ts';
import { EMPTY_DRAFT, startMemoryHost, testId, testPatient, testSession } from './testing/memory-host.ts';

const device = (number: number, kind: Device['kind'], unit: Device['unit']): Device => ({
  id: testId(700 + number),
  name: `device ${number}`,
  serial: '',
  kind,
  unit,
  calibratedOn: null,
});
const GAUGE = device(1, 'pinch-gauge', 'lb');
const SECOND_GAUGE = device(2, 'pinch-gauge', 'kg');
const CELL = device(3, 'load-cell', 'N');
const JAMAR = device(4, 'dynamometer', 'lb');

type Row = Output<'sessions.listForPatient'>['rows'][number];

async function draftWith(devices: Device[], visits: SessionDraft[] = [], chosen: Partial<Preferences> = {}) {
  const patient = testPatient(1);
  const rows = visits.map((draft): Row => {
    const { patient: _, ...view } = testSession(patient, draft);
    const trials = draftToEntries(draft).entries.map((entry, index) => ({
      ...entry,
      id: testId<string>(600 + index),
      version: 1,
      createdAt: '2026-11-25T08:01:00.000Z',
      correctionReason: null,
    }));
    return { ...view, session: { ...view.session, state: 'closed' }, draft: null, trials };
  });
  const host = startMemoryHost({
    'devices.list': () => devices,
    'sessions.listForPatient': () => ({ rows, total: rows.length }),
    'preferences.get': () => ({ ...PREFERENCE_DEFAULTS, ...chosen }),
    'sessions.start': ({ draft }) => testSession(patient, { ...EMPTY_DRAFT, ...draft }),
  });
  await startSession(host.api, patient.id);
  return (host.inputsOf('sessions.start')[0] as Input<'sessions.start'>).draft;
}

describe('the first session of a patient', () => {
  it('takes the only gauge and its unit; the only dynamometer and its unit for grip', async () => {
    expect(await draftWith([GAUGE, CELL, JAMAR])).toMatchObject({
      deviceId: GAUGE.id,
      forceUnit: 'lb',
      gripUnit: 'lb',
      devices: { grip: JAMAR.id, torque: null },
    });
  });

  it('guesses nothing between two gauges, and never takes the load cell of the wrist for one', async () => {
    const draft = await draftWith([GAUGE, SECOND_GAUGE, CELL]);
    expect(draft).toMatchObject({ deviceId: null, forceUnit: 'kg', devices: { grip: null, torque: null } });
    // The broken twin took what was left alone of any kind: newtons for a clinic that reads kilograms.
    expect(draft.gripUnit).toBeUndefined();
  });
});

describe('a later session of a patient', () => {
  const visit = (cells: Record<string, string>, more: Partial<SessionDraft> = {}): SessionDraft => ({
    ...EMPTY_DRAFT,
    cells,
    ...more,
  });
  const PINCH = { 'lateral-pinch/right/1': '6.2' };
  const POUNDS = { forceUnit: 'lb', torqueUnit: 'lb.in' } as const;

  it('keeps the units the patient was measured in, whatever the present user prefers', async () => {
    const earlier = visit({ ...PINCH, 'wrist-flexion/right/1': '4', 'grip-2/right/1': '31' });
    // The broken twin took the user's pounds: 6.2 kg beside 6.2 lb in one trend, without a word.
    expect(await draftWith([], [earlier], POUNDS)).toMatchObject({
      forceUnit: 'kg',
      torqueUnit: 'N.m',
      gripUnit: 'kg',
    });
  });

  it('looks for each measure in the newest visit that has it', async () => {
    const motion = visit({ 'range-flexion/right/1': '60' });
    const pinch = visit(PINCH, { forceUnit: 'N', deviceId: SECOND_GAUGE.id });
    const older = visit(
      { ...PINCH, 'grip-2/left/1': '62', 'wrist-flexion/left/1': '30' },
      { ...POUNDS, deviceId: GAUGE.id, devices: { grip: JAMAR.id, torque: CELL.id } },
    );
    expect(await draftWith([GAUGE, SECOND_GAUGE, CELL, JAMAR], [motion, pinch, older])).toMatchObject({
      deviceId: SECOND_GAUGE.id,
      forceUnit: 'N',
      gripUnit: 'lb',
      torqueUnit: 'lb.in',
      devices: { pinch: SECOND_GAUGE.id, grip: JAMAR.id, torque: CELL.id },
    });
  });

  it('takes the unit of the only gauge, and the preference last, where nothing was measured', async () => {
    const motion = visit({ 'range-flexion/right/1': '60' });
    expect(await draftWith([SECOND_GAUGE], [motion], POUNDS)).toMatchObject({
      forceUnit: 'kg',
      torqueUnit: 'lb.in',
    });
    expect(await draftWith([], [motion], POUNDS)).toMatchObject({ forceUnit: 'lb', deviceId: null });
  });
});

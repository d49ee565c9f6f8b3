import { describe, expect, it } from 'vitest';
import type { Input } from '../../core/contract/contract.ts';
import type { Device } from '../../core/contract/schemas/clinical.ts';
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

async function draftWith(devices: Device[]) {
  const patient = testPatient(1);
  const host = startMemoryHost({
    'devices.list': () => devices,
    'sessions.listForPatient': () => ({ rows: [], total: 0 }),
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

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_DRAFT, expectOk, savedSession, startTestClinic, type TestClinic } from '../app/test-clinic.ts';
import { auditHead, verifyAudit } from './audit.ts';

const SET_RIGHT = '2026-11-26T10:00:00.000Z';
const SET_BACK = '2026-11-20T09:30:00.000Z';

describe('a clock before the newest record', () => {
  let clinic: TestClinic;
  let now = SET_RIGHT;
  beforeEach(async () => {
    now = SET_RIGHT;
    clinic = await startTestClinic({ clock: () => new Date(now) });
  });
  afterEach(() => clinic.remove());
  const check = async () => expectOk(await clinic.api['sessions.clockCheck']({}));

  it('is asked about with both dates; a clock that goes on, or by seconds back, is not', async () => {
    await savedSession(clinic);
    expect(await check()).toEqual({ now: SET_RIGHT, newestAt: SET_RIGHT, isBehind: false });
    now = '2026-11-26T09:59:30.000Z';
    expect((await check()).isBehind).toBe(false);
    now = SET_BACK;
    expect(await check()).toEqual({ now: SET_BACK, newestAt: SET_RIGHT, isBehind: true });
    now = '2026-11-27T08:00:00.000Z';
    expect((await check()).isBehind).toBe(false);
  });

  it('what is written meanwhile with the wrong clock does not silence the question', async () => {
    const { patient } = await savedSession(clinic);
    now = SET_BACK;
    const { id: _, createdAt: __, version: ___, ...fields } = patient;
    expectOk(await clinic.api['patients.create'](fields));
    // The broken twin compares with the record written last.
    expect(await check()).toMatchObject({ newestAt: SET_RIGHT, isBehind: true });
  });

  it('once confirmed it stands in the session and the audit trail, and is asked no more', async () => {
    const { patient } = await savedSession(clinic);
    now = SET_BACK;
    const conditions = { splint: null, positionNote: '', clockNote: 'The clock is right: summer time.' };
    const started = expectOk(
      await clinic.api['sessions.start']({ patientId: patient.id, draft: { ...EMPTY_DRAFT, conditions } }),
    );
    expect(started.session.conditions).toEqual(conditions);
    expect(await check()).toEqual({ now: SET_BACK, newestAt: SET_BACK, isBehind: false });
    const { db, auditKey } = clinic.host.clinic.opened!;
    expect(verifyAudit(db, auditKey)).toMatchObject({ firstBad: null, rows: auditHead(db).seq });
    expect(db.raw.prepare("SELECT object_id FROM audit WHERE event = 'clock.confirmed'").all()).toEqual([
      { object_id: started.session.id },
    ]);
  });

  it('a session that is taken up again keeps what was typed and takes over the note', async () => {
    const { patient } = await savedSession(clinic);
    const draft = { ...EMPTY_DRAFT, cells: { 'grip-2/left/1': '31' } };
    expectOk(await clinic.api['sessions.start']({ patientId: patient.id, draft }));
    now = SET_BACK;
    const conditions = { splint: null, positionNote: '', clockNote: 'The clock is right.' };
    const again = expectOk(
      await clinic.api['sessions.start']({ patientId: patient.id, draft: { ...EMPTY_DRAFT, conditions } }),
    );
    expect(again.draft).toEqual({ ...draft, conditions });
    expect((await check()).isBehind).toBe(false);
  });

  it('is no question in an empty store, nor in the sample clinic with its invented dates', async () => {
    now = '2020-01-01T00:00:00.000Z';
    expectOk(await clinic.api['app.openSampleClinic']({}));
    expect((await check()).isBehind).toBe(false);
  });
});

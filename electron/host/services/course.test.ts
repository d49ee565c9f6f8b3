import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MeasureId } from '../../../core/clinical/measures.ts';
import { toStored } from '../../../core/clinical/stored-value.ts';
import type { DeviceId, Side, TrialEntry, Unit } from '../../../core/contract/schemas/clinical.ts';
import {
  codeOf,
  EMPTY_DRAFT,
  expectOk,
  pinchTrial,
  savedSession,
  startTestClinic,
  type TestClinic,
} from '../app/test-clinic.ts';
import { all, first, sqlBuilder } from '../db/query.ts';

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await startTestClinic();
});
afterEach(() => clinic.remove());

const trial = (
  measure: MeasureId,
  side: Side,
  trialNumber: number,
  value: number,
  typedUnit: Unit,
  deviceId: DeviceId | null = null,
): TrialEntry => ({
  measure,
  side,
  trialNumber,
  typedText: String(value),
  typedUnit,
  valueSi: toStored(measure, value, typedUnit),
  pain: null,
  isStoppedEarly: false,
  notTestedReason: null,
  isConfirmedUnusual: false,
  deviceId,
});

describe('the course of any measure', () => {
  it('is summed up in its own way, whatever the rule of the session', async () => {
    const trials = [
      ...[7, 8, 9].map((kg, i) => pinchTrial('right', i + 1, String(kg))),
      pinchTrial('right', 4, '12'),
      trial('wrist-extension', 'left', 1, 3, 'N.m'),
      trial('wrist-extension', 'left', 2, 4, 'N.m'),
      trial('range-flexion', 'left', 1, 40, 'deg'),
      trial('score-prwe', 'right', 1, 62, 'points'),
      trial('score-quickdash', 'right', 1, 60, 'points'),
      trial('score-quickdash', 'right', 2, 30, 'points'),
    ];
    const { patient } = await savedSession(clinic, { trials });
    const points = expectOk(await clinic.api['sessions.trend']({ patientId: patient.id }));
    const value = (measure: MeasureId) => points.find((p) => p.measure === measure)?.valueSi ?? Number.NaN;
    // Mean of the first three: a fourth trial never counts, and a maximum would be 12.
    expect(value('lateral-pinch')).toBeCloseTo(8 * 9.80665, 9);
    expect(value('wrist-extension')).toBe(4);
    expect(value('range-flexion')).toBe(40);
    expect(value('score-prwe')).toBe(62);
    // Of one value the latest, as the session and the report say it; the larger is no better one.
    expect(value('score-quickdash')).toBe(30);
    const one = await clinic.api['sessions.trend']({ patientId: patient.id, measure: 'range-flexion' });
    expect(expectOk(one).map(({ measure }) => measure)).toEqual(['range-flexion']);
  });

  it('takes the device from the trial; the pinch gauge of a session stands for pinch alone', async () => {
    const { api } = clinic;
    const { patient } = await savedSession(clinic);
    const device = (name: string) =>
      api['devices.create']({ name, serial: '', kind: 'pinch-gauge', unit: 'kg', calibratedOn: null });
    const gauge = expectOk(await device('Gauge')).id;
    const other = expectOk(await device('Dynamometer')).id;
    const draft = { ...EMPTY_DRAFT, deviceId: gauge };
    const { session } = expectOk(await api['sessions.start']({ patientId: patient.id, draft }));
    const trials = [
      pinchTrial('right', 1, '7'),
      { ...pinchTrial('left', 1, '4'), deviceId: other },
      trial('grip-2', 'right', 1, 30, 'kg'),
      trial('grip-2', 'left', 1, 20, 'kg', other),
      trial('wrist-ulnar', 'left', 1, 5, 'N.m', gauge),
      trial('wrist-ulnar', 'left', 2, 5, 'N.m', other),
    ];
    expectOk(await api['sessions.saveMeasurements']({ sessionId: session.id, trials, draft }));
    const points = expectOk(await api['sessions.trend']({ patientId: patient.id }));
    const named = points.filter((p) => p.sessionId === session.id).map((p) => [p.measure, p.deviceName]);
    expect(named).toEqual([
      ['lateral-pinch', 'Gauge'],
      ['lateral-pinch', 'Dynamometer'],
      ['wrist-ulnar', 'several devices'],
      ['grip-2', ''],
      ['grip-2', 'Dynamometer'],
    ]);
  });
});

describe('marks on the course', () => {
  const fields = { kind: 'splint', side: 'left', onDate: '2026-06-01', note: 'thermoplastic' } as const;

  it('are added, taken off and put back; nothing is deleted, and each step is in the audit', async () => {
    const { patient } = await savedSession(clinic);
    const { api } = clinic;
    const mark = expectOk(await api['interventions.add']({ patientId: patient.id, ...fields }));
    const list = async () => expectOk(await api['interventions.list']({ patientId: patient.id }));
    expect(await list()).toEqual([mark]);
    expectOk(await api['interventions.remove']({ id: mark.id }));
    expect(await list()).toEqual([]);
    expect(codeOf(await api['interventions.remove']({ id: mark.id }))).toBe('intervention.not_found');
    expectOk(await api['interventions.restore']({ id: mark.id }));
    expect(await list()).toEqual([mark]);
    const { db } = clinic.host.clinic.opened!;
    const events = all(db, sqlBuilder.selectFrom('audit').select('event').where('object_id', '=', mark.id));
    expect(events.map(({ event }) => event)).toEqual([
      'intervention.added',
      'intervention.removed',
      'intervention.restored',
    ]);
  });

  it('are hidden while a blinded judgement is open, and cannot be changed then', async () => {
    const { patient, session } = await savedSession(clinic);
    const { api } = clinic;
    expectOk(await api['sessions.close']({ sessionId: session.id }));
    const mark = expectOk(await api['interventions.add']({ patientId: patient.id, ...fields }));
    expectOk(
      await api['sessions.start']({ patientId: patient.id, draft: { ...EMPTY_DRAFT, isBlinded: true } }),
    );
    expect(expectOk(await api['interventions.list']({ patientId: patient.id }))).toEqual([]);
    expect(codeOf(await api['interventions.remove']({ id: mark.id }))).toBe('patient.judgement_open');
    expect(codeOf(await api['interventions.add']({ patientId: patient.id, ...fields }))).toBe(
      'patient.judgement_open',
    );
  });
});

describe('the conclusion of a report', () => {
  it('is kept version by version, and never written over unseen', async () => {
    const { session } = await savedSession(clinic);
    const { api } = clinic;
    const sessionId = session.id;
    expect(codeOf(await api['reports.saveConclusion']({ sessionId, text: 'too early', basedOn: 0 }))).toBe(
      'session.wrong_state',
    );
    expectOk(await api['sessions.close']({ sessionId }));
    expectOk(await api['reports.saveConclusion']({ sessionId, text: 'Stronger.', basedOn: 0 }));
    const second = await api['reports.saveConclusion']({ sessionId, text: 'Much stronger.', basedOn: 1 });
    expect(expectOk(second)).toMatchObject({ text: 'Much stronger.', version: 2, isHidden: false });
    expect(codeOf(await api['reports.saveConclusion']({ sessionId, text: 'Unseen.', basedOn: 1 }))).toBe(
      'session.wrong_state',
    );
    const { db } = clinic.host.clinic.opened!;
    const rows = all(db, sqlBuilder.selectFrom('report_conclusion').select('content'));
    expect(rows.map(({ content }) => content)).toEqual(['Stronger.', 'Much stronger.']);
    expect(() => db.raw.exec("UPDATE report_conclusion SET content = 'x'")).toThrow(/evidence/);
  });

  it('is hidden while a judgement of the patient is open: it was written beside the result', async () => {
    const { session, patient } = await savedSession(clinic);
    const { api } = clinic;
    const sessionId = session.id;
    expectOk(await api['sessions.close']({ sessionId }));
    expectOk(await api['reports.saveConclusion']({ sessionId, text: 'MARKER-4711', basedOn: 0 }));
    const open = expectOk(await api['sessions.start']({ patientId: patient.id, draft: EMPTY_DRAFT }));
    const hidden = await api['reports.conclusion']({ sessionId });
    expect(expectOk(hidden).isHidden).toBe(true);
    expect(JSON.stringify(hidden)).not.toContain('MARKER-4711');
    expectOk(await api['sessions.discard']({ sessionId: open.session.id }));
    expect(expectOk(await api['reports.conclusion']({ sessionId })).text).toBe('MARKER-4711');
  });
});

describe('files that leave the app', () => {
  it('are written where the shell says, beside an older one of the same name, and recorded', async () => {
    const { patient } = await savedSession(clinic);
    const save = () =>
      clinic.api['reports.saveFile']({
        patientId: patient.id,
        suggestedName: '../course.csv',
        kind: 'csv',
        content: 'date,weeks\r\n',
      });
    const paths = [expectOk(await save()).savedTo!, expectOk(await save()).savedTo!];
    expect(new Set(paths).size).toBe(2);
    for (const path of paths) {
      expect(path.startsWith(clinic.dataFolder)).toBe(true);
      expect(readFileSync(path, 'utf8')).toBe('date,weeks\r\n');
    }
    const { db } = clinic.host.clinic.opened!;
    const audit = all(
      db,
      sqlBuilder.selectFrom('audit').select('object_id').where('event', '=', 'export.saved'),
    );
    expect(audit).toEqual([{ object_id: patient.id }, { object_id: patient.id }]);
  });

  it('a PDF is the printed page; a shell that cannot print says so, and no file is left', async () => {
    const { session } = await savedSession(clinic);
    const sessionId = session.id;
    const asked = await clinic.api['reports.savePdf']({ sessionId, suggestedName: 'report.pdf' });
    expect(codeOf(asked)).toBe('pdf.not_made');
    expect(existsSync(`${clinic.dataFolder}/exports/report.pdf`)).toBe(false);
    const printing = await startTestClinic({
      platform: {
        choosePathToSave: async () => null,
        printToPdf: async () => new TextEncoder().encode('%PDF-1.4'),
      },
    });
    try {
      const other = await savedSession(printing);
      const answer = await printing.api['reports.savePdf']({
        sessionId: other.session.id,
        suggestedName: 'report.pdf',
      });
      // The user closed the dialogue: nothing was saved, so nothing is in the audit.
      expect(expectOk(answer).savedTo).toBeNull();
      const { db } = printing.host.clinic.opened!;
      const row = first(db, sqlBuilder.selectFrom('audit').select('seq').where('event', '=', 'export.saved'));
      expect(row).toBeUndefined();
    } finally {
      await printing.remove();
    }
  });

  it('nothing is exported while a blinded judgement is open', async () => {
    const { session, patient } = await savedSession(clinic, { isBlinded: true });
    const { api } = clinic;
    const pdf = await api['reports.savePdf']({ sessionId: session.id, suggestedName: 'report.pdf' });
    const file = await api['reports.saveFile']({
      patientId: patient.id,
      suggestedName: 'a.csv',
      kind: 'csv',
      content: 'x',
    });
    expect([codeOf(pdf), codeOf(file)]).toEqual(['patient.judgement_open', 'patient.judgement_open']);
  });
});

it('the norm tables that ship are readable, and say how each came to us', async () => {
  await savedSession(clinic);
  const tables = expectOk(await clinic.api['norms.list']({}));
  // The tests of the trends go over these: a new table must be added there too.
  expect(tables.length).toBe(10);
  expect(tables.find(({ id }) => id === 'mathiowetz-1985-key-pinch')?.reading).toBe('recalled');
});

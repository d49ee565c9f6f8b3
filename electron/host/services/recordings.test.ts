import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputWire } from '../../../core/contract/contract.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { decodeSamples } from '../../../core/formats/stored-samples.ts';
import {
  codeOf,
  EMPTY_DRAFT,
  expectOk,
  INVENTED_PATIENT,
  savedSession,
  startTestClinic,
  type TestClinic,
} from '../app/test-clinic.ts';
import { BulkPaths } from '../assets/bulk-paths.ts';

let clinic: TestClinic;
let sessionId: SessionId;
let bulk: BulkPaths;
const TEXT = 'Zeit (s);Kraft\n0,0;1,5\n0,1;2,5\n0,2;\n0,3;4,5\n';
const PLAN: Omit<InputWire<'recordings.finishImport'>, 'uploadId'> = {
  mapping: {
    delimiter: ';',
    decimalSign: ',',
    time: { kind: 'column', column: 0, unit: 's' },
    channels: [{ column: 1, role: 'force', name: 'Kraft', unit: 'kg' }],
  },
  side: 'left',
  measure: 'lateral-pinch',
  name: 'second pull',
  tares: [{ kind: 'constant', value: 0.5 }],
  crop: { fromS: 0.1, toS: 0.3 },
};

async function upload(text: string, forSession = sessionId): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const { uploadId, path } = expectOk(
    await clinic.api['recordings.beginImport']({
      sessionId: forSession,
      fileName: 'pull.csv',
      sizeBytes: bytes.length,
    }),
  );
  const answer = bulk.answer(path, { method: 'POST', url: `${path}?at=0`, body: bytes });
  expect(answer?.status).toBe(200);
  return uploadId;
}
const imported = async (change: Partial<typeof PLAN> = {}, text = TEXT, forSession = sessionId) =>
  clinic.api['recordings.finishImport']({ uploadId: await upload(text, forSession), ...PLAN, ...change });

beforeAll(async () => {
  bulk = new BulkPaths();
  clinic = await startTestClinic({ bulk });
  sessionId = (await savedSession(clinic)).session.id;
});
afterAll(() => clinic.remove());

describe('an imported recording', () => {
  it('is named by nothing that is drawn in another order than it is read', async () => {
    const hidden = ['pull\u202e.csv', 'pull\u0007', 'pu\u200bll', '\ud800'];
    for (const text of hidden) {
      expect(codeOf(await imported({ name: text }))).toBe('input.invalid');
      const channels = [{ ...PLAN.mapping.channels[0]!, name: text }];
      expect(codeOf(await imported({ mapping: { ...PLAN.mapping, channels } }))).toBe('input.invalid');
      const asked = { sessionId, fileName: text, sizeBytes: 10 };
      expect(codeOf(await clinic.api['recordings.beginImport'](asked))).toBe('input.invalid');
    }
  });

  it('keeps the samples of the file as they are, and says who stated each unit', async () => {
    const recording = expectOk(await imported());
    expect(recording).toMatchObject({
      sampleCount: 4,
      fileName: 'pull.csv',
      fileSha256: createHash('sha256').update(TEXT).digest('hex'),
      header: { timeSource: 'file', unitSources: ['person'], missingCounts: [1] },
      view: { tares: PLAN.tares, crop: PLAN.crop, marks: null },
      viewVersion: 0,
    });
    const { path, byteLength, blockCount } = expectOk(
      await clinic.api['recordings.samplePath']({ recordingId: recording.id }),
    );
    const answer = bulk.answer(path, { method: 'GET', url: path });
    expect(answer?.body).toHaveLength(byteLength);
    const [times, values] = decodeSamples(answer?.body ?? new Uint8Array(0), blockCount);
    expect(Array.from(times ?? [])).toEqual([0, 0.1, 0.2, 0.3]);
    // Tare and crop are not baked in, the gap is not filled.
    expect(Array.from(values ?? [])).toEqual([1.5, 2.5, Number.NaN, 4.5]);
    expect(bulk.answer(path, { method: 'GET', url: path })).toBeNull();
  });

  it('remembers its mapping for the next file with the same headings', async () => {
    expectOk(await imported());
    const signature = JSON.stringify([';', ',', 'Zeit (s)', 'Kraft']);
    expect(expectOk(await clinic.api['recordings.findMapping']({ signature })).mapping).toEqual(PLAN.mapping);
    const other = expectOk(await clinic.api['recordings.findMapping']({ signature: '["x"]' }));
    expect(other).toEqual({ mapping: null, usedAt: null });
  });

  it.each([
    ['a clock that runs backwards', '0;1\n1;2\n0,5;3\n', { kind: 'backwards', row: 3 }],
    ['a cell that is no number', '0;1\n1;2\n2;Kowalska\n', { kind: 'bad-cell', line: 3, column: 2 }],
    ['fewer columns than mapped', '0\n1\n2\n', { kind: 'mapping-does-not-fit' }],
  ])('is refused for %s, without repeating what stands there', async (_name, text, detail) => {
    const result = await imported({}, text);
    expect(result.ok ? null : result.error).toMatchObject({ code: 'file.not_understood', detail });
    expect(JSON.stringify(result)).not.toContain('Kowalska');
  });

  it('is refused when the upload is unknown, unfinished or used, or tare and crop do not fit', async () => {
    expect(codeOf(await clinic.api['recordings.finishImport']({ uploadId: '0'.repeat(64), ...PLAN }))).toBe(
      'recording.upload',
    );
    const uploadId = await upload(TEXT);
    expectOk(await clinic.api['recordings.finishImport']({ uploadId, ...PLAN }));
    expect(codeOf(await clinic.api['recordings.finishImport']({ uploadId, ...PLAN }))).toBe(
      'recording.upload',
    );
    expect(codeOf(await imported({ tares: [{ kind: 'rest', fromS: 0, toS: 0.1 }] }))).toBe('input.invalid');
    expect(codeOf(await imported({ tares: [null, null] }))).toBe('input.invalid');
    expect(codeOf(await imported({ crop: { fromS: 9, toS: 10 } }))).toBe('input.invalid');
  });

  it('keeps every version of its marks and names who moved which', async () => {
    const { id, view } = expectOk(await imported());
    const app = { kind: 'app' } as const;
    const marks = [
      { kind: 'onset', atS: 0.1, placedBy: app },
      { kind: 'peak', atS: 0.2, placedBy: { kind: 'person', userName: 'somebody else' } },
    ] as const;
    const first = expectOk(
      await clinic.api['recordings.saveView']({ recordingId: id, view: { ...view, marks: [...marks] } }),
    );
    const person = { kind: 'person', userName: 'Dr Test' };
    expect(first.view.marks?.map((m) => m.placedBy)).toEqual([app, person]);
    const moved = [
      { kind: 'onset', atS: 0.1, placedBy: person },
      { ...marks[1], atS: 0.3 },
    ];
    const second = expectOk(
      await clinic.api['recordings.saveView']({ recordingId: id, view: { ...view, marks: moved as never } }),
    );
    // The onset was not moved: the app keeps its authorship.
    expect(second.view.marks?.map((m) => m.placedBy)).toEqual([app, person]);
    expect([second.viewVersion, second.viewChangedBy]).toEqual([2, 'Dr Test']);
    const untared = expectOk(
      await clinic.api['recordings.saveView']({
        recordingId: id,
        view: { tares: [null], crop: null, marks: null },
      }),
    );
    expect(untared.view).toEqual({ tares: [null], crop: null, marks: null });
    expect(untared.header.firstView.tares).toEqual(PLAN.tares);
  });

  it('is set aside and taken back, never deleted', async () => {
    const { id, sessionId: session, patientId } = expectOk(await imported());
    const listed = async () =>
      expectOk(await clinic.api['recordings.listForSession']({ sessionId: session })).some(
        (r) => r.id === id,
      );
    expect(await listed()).toBe(true);
    expectOk(await clinic.api['recordings.setAside']({ recordingId: id, isSetAside: true }));
    expect(await listed()).toBe(false);
    const all = expectOk(await clinic.api['recordings.list']({ patientId }));
    expect(all.find((r) => r.id === id)?.isSetAside).toBe(true);
    expectOk(await clinic.api['recordings.setAside']({ recordingId: id, isSetAside: false }));
    expect(await listed()).toBe(true);
  });

  it('shows no name and no date while a blinded judgement of the patient is open', async () => {
    const blinded = await savedSession(clinic, { isBlinded: true });
    const recording = expectOk(await imported({ name: 'PRC, week 28' }, TEXT, blinded.session.id));
    const { patientId } = recording;
    const seen = JSON.stringify([
      recording,
      expectOk(await clinic.api['recordings.get']({ recordingId: recording.id })),
      expectOk(await clinic.api['recordings.list']({ patientId })),
    ]);
    expect(seen).not.toMatch(/PRC|pull\.csv/);
    expect(recording).toMatchObject({ sessionStartedAt: null, importedAt: null, isBlinded: true });
  });

  it('keeps its session from being discarded', async () => {
    const patient = expectOk(await clinic.api['patients.create'](INVENTED_PATIENT));
    const { session } = expectOk(
      await clinic.api['sessions.start']({ patientId: patient.id, draft: EMPTY_DRAFT }),
    );
    expectOk(await imported({}, TEXT, session.id));
    expect(codeOf(await clinic.api['sessions.discard']({ sessionId: session.id }))).toBe(
      'session.has_recordings',
    );
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Output } from '../../../core/contract/contract.ts';
import type { PatientFields, PatientId, SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { JudgementFields, WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import {
  codeOf,
  EMPTY_DRAFT,
  expectOk,
  INVENTED_PATIENT,
  savedSession,
  sixTrials,
  startTestClinic,
  type TestClinic,
} from '../app/test-clinic.ts';
import { verifyAudit } from './audit.ts';
import { exportContent } from './content.ts';

/** The rules here need no network: a bundle that agrees to everything. */
const BUNDLE_HASH = 'ab'.repeat(32);
const knownBundles = new Map([
  [BUNDLE_HASH, { modelId: 'wrist-state', version: '9.9.9', isAnswerOf: () => true }],
]);
const PREDICTION: WristStatePrediction = {
  modelId: 'wrist-state',
  modelVersion: '9.9.9',
  bundleHash: BUNDLE_HASH,
  inputPattern: 'A',
  probabilities: [0.1, 0.6, 0.3],
  nonimpairedBand: [0.05, 0.2],
  predictionSet: ['four-corner-fusion'],
  coverage: 0.9,
  refusals: [],
  widthReasons: [],
  inRangeP: 0.4,
  features: [],
  durationMs: 3,
};
const FIELDS = {
  side: 'left',
  diagnosis: 'Wrist collapse',
  operation: 'proximal-row-carpectomy',
  operationNote: '',
  operationDate: '2026-03-02',
  startedOn: '2026-02-01',
  endedOn: null,
} as const;

let clinic: TestClinic;
beforeEach(async () => {
  // Each reading of the clock is a second later: what happened first can be told.
  let ms = Date.parse('2026-11-24T08:00:00Z');
  clinic = await startTestClinic({
    knownBundles,
    clock: () => {
      ms += 1000;
      return new Date(ms);
    },
  });
});
afterEach(() => clinic.remove());

const patient = async (change: Partial<PatientFields> = {}) =>
  expectOk(await clinic.api['patients.create']({ ...INVENTED_PATIENT, ...change })).id;
const listed = async (search = '', includeArchived = false) =>
  expectOk(await clinic.api['patients.list']({ search, limit: 50, offset: 0, includeArchived })).rows;

async function measured(patientId: PatientId, isBlinded = false): Promise<SessionId> {
  const { api } = clinic;
  const draft = { ...EMPTY_DRAFT, isBlinded };
  const { session } = expectOk(await api['sessions.start']({ patientId, draft }));
  expectOk(await api['sessions.saveMeasurements']({ sessionId: session.id, trials: sixTrials(), draft }));
  return session.id;
}

/** Measured and closed without a judgement: nothing waits. */
async function closed(patientId: PatientId): Promise<SessionId> {
  const sessionId = await measured(patientId);
  expectOk(await clinic.api['sessions.close']({ sessionId }));
  return sessionId;
}

async function withResult(patientId: PatientId): Promise<SessionId> {
  const { api } = clinic;
  const sessionId = await measured(patientId);
  const judgement: JudgementFields = {
    answer: 'nonimpaired',
    confidencePercent: 60,
    drivers: [],
    isBlinded: false,
    durationMs: 9_000,
  };
  const lock = expectOk(await api['sessions.lockJudgement']({ sessionId, judgedSide: 'left', judgement }));
  const { inputHash } = expectOk(await api['predictions.takeInput']({ sessionId, receipt: lock.receipt }));
  expectOk(
    await api['predictions.store']({ sessionId, receipt: lock.receipt, inputHash, prediction: PREDICTION }),
  );
  return sessionId;
}

/** Everything a screen can show of two patients, and the list. */
async function shown(ids: readonly PatientId[]) {
  const { api } = clinic;
  return {
    list: await listed(),
    patients: await Promise.all(
      ids.map(async (id) => ({
        patient: expectOk(await api['patients.get']({ id })),
        sessions: expectOk(await api['sessions.listForPatient']({ patientId: id, limit: 50, offset: 0 })),
        episodes: expectOk(await api['episodes.list']({ patientId: id })),
      })),
    ),
  };
}
/** The number of a version counts on: it says that something happened, not what stands there. */
const withoutVersions = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (key, part) => (key === 'version' ? undefined : part)));
const content = () => exportContent(clinic.host.clinic.opened!.db).tables;

beforeEach(async () => {
  // Makes the first user.
  await savedSession(clinic);
});

describe('a merge', () => {
  async function twoRecords() {
    const kept = await patient({ displayName: 'Kept, Karl', clinicNumber: 'K-1' });
    const merged = await patient({ displayName: 'Karl K.', clinicNumber: 'K-2' });
    await closed(kept);
    await closed(merged);
    await withResult(merged);
    const save = { patientId: merged, episodeId: null, fields: FIELDS };
    expectOk(await clinic.api['episodes.save'](save));
    const session = (await shown([merged])).patients[0]?.sessions.rows[0]?.session.id as SessionId;
    const episodeId = expectOk(await clinic.api['episodes.list']({ patientId: merged })).episodes[0]?.id;
    expectOk(
      await clinic.api['episodes.assignSession']({ sessionId: session, episodeId: episodeId ?? null }),
    );
    return { kept, merged };
  }

  it('moves sessions and episodes to the kept record and takes the other out of the list', async () => {
    const { kept, merged } = await twoRecords();
    const preview = expectOk(await clinic.api['records.mergePreview']({ keptId: kept, mergedId: merged }));
    expect(preview).toMatchObject({ sessionCount: 2, episodeCount: 1, keptSessionCount: 1, refusal: null });
    const done = expectOk(await clinic.api['records.merge']({ keptId: kept, mergedId: merged }));
    expect(done).toMatchObject({ sessionCount: 2, episodeCount: 1 });
    const after = await shown([kept, merged]);
    expect(after.patients.map((p) => [p.sessions.total, p.episodes.episodes.length])).toEqual([
      [3, 1],
      [0, 0],
    ]);
    expect(after.patients[0]?.patient.episode?.diagnosis).toBe('Wrist collapse');
    expect(after.list.map((row) => row.id)).not.toContain(merged);
    const all = await listed('k-2', true);
    expect(all.map((row) => [row.id, row.standing])).toEqual([[merged, 'merged']]);
    // Found by the diagnosis of the episode that moved.
    expect((await listed('collapse')).map((row) => row.id)).toEqual([kept]);
    const history = expectOk(await clinic.api['records.history']({ patientId: merged }));
    expect(history.mergedInto).toMatchObject({ id: kept, displayName: 'Kept, Karl' });
  });

  it('is taken back exactly: every screen shows what it showed before', async () => {
    const { kept, merged } = await twoRecords();
    const before = await shown([kept, merged]);
    const places = content().session;
    const { mergeId } = expectOk(await clinic.api['records.merge']({ keptId: kept, mergedId: merged }));
    const between = await shown([kept, merged]);
    // Twin: without the undo the screens do differ.
    expect(withoutVersions(between)).not.toEqual(withoutVersions(before));
    expectOk(await clinic.api['records.undoMerge']({ mergeId }));
    expect(withoutVersions(await shown([kept, merged]))).toEqual(withoutVersions(before));
    expect(content().session).toEqual(places);
    expect(codeOf(await clinic.api['records.undoMerge']({ mergeId }))).toBe('undo.not_possible');
    const open = clinic.host.clinic.opened;
    expect(open && verifyAudit(open.db, open.auditKey).firstBad).toBeNull();
  });

  it('leaves with the kept record what was added there since', async () => {
    const { kept, merged } = await twoRecords();
    const { mergeId } = expectOk(await clinic.api['records.merge']({ keptId: kept, mergedId: merged }));
    const added = await closed(kept);
    expectOk(await clinic.api['records.undoMerge']({ mergeId }));
    const after = await shown([kept, merged]);
    expect(after.patients.map((p) => p.sessions.total)).toEqual([2, 2]);
    expect(after.patients[0]?.sessions.rows.map((row) => row.session.id)).toContain(added);
  });

  it('is refused while any judgement of either is open, blinded or not, and so is its undo', async () => {
    const { kept, merged } = await twoRecords();
    for (const open of [kept, merged]) {
      const sessionId = await measured(open);
      expect(codeOf(await clinic.api['records.merge']({ keptId: kept, mergedId: merged }))).toBe(
        'patient.judgement_open',
      );
      expect(
        expectOk(await clinic.api['records.mergePreview']({ keptId: kept, mergedId: merged })).refusal,
      ).toBe('judgement-open');
      expectOk(await clinic.api['sessions.close']({ sessionId }));
    }
    const { mergeId } = expectOk(await clinic.api['records.merge']({ keptId: kept, mergedId: merged }));
    const sessionId = await measured(kept);
    // Put under a third record it still holds the merge: it stood under the kept one.
    const third = await patient({ displayName: 'Third' });
    expectOk(await clinic.api['records.moveSession']({ sessionId, toPatientId: third, reason: 'mistaken' }));
    expect(codeOf(await clinic.api['records.undoMerge']({ mergeId }))).toBe('patient.judgement_open');
    expectOk(await clinic.api['sessions.close']({ sessionId }));
    expectOk(await clinic.api['records.undoMerge']({ mergeId }));
  });

  it('does not answer a blinded judge through the record that was merged, either way round', async () => {
    const kept = await patient({ displayName: 'Kept, Karl', diagnosis: 'Keptdx' });
    const merged = await patient({ displayName: 'Karl K.', diagnosis: 'Mergeddx' });
    const save = { patientId: merged, episodeId: null, fields: FIELDS };
    expectOk(await clinic.api['episodes.save'](save));
    expectOk(await clinic.api['records.merge']({ keptId: kept, mergedId: merged }));
    const answers = async () =>
      JSON.stringify([
        ...(await Promise.all([kept, merged].map((id) => clinic.api['patients.get']({ id })))),
        await listed('', true),
        await listed('mergeddx', true),
        ...(await Promise.all(
          [kept, merged].map((patientId) => clinic.api['records.history']({ patientId })),
        )),
      ]);
    // Twin: without a blinded session all of it is told.
    expect(await answers()).toMatch(/Keptdx.*Mergeddx.*"episodeCount":1/s);
    const sessionId = await measured(kept, true);
    expect(await answers()).not.toMatch(/Keptdx|Mergeddx|four-corner|proximal-row|"episodeCount":1/);
    expectOk(await clinic.api['sessions.close']({ sessionId }));
    expect(await answers()).toContain('Mergeddx');
  });

  it('is refused while a blinded judgement of either is open, and says nothing of what is hidden', async () => {
    const { kept, merged } = await twoRecords();
    for (const blinded of [kept, merged]) {
      const sessionId = await measured(blinded, true);
      const answer = await clinic.api['records.merge']({ keptId: kept, mergedId: merged });
      expect(codeOf(answer)).toBe('patient.judgement_open');
      const preview = expectOk(await clinic.api['records.mergePreview']({ keptId: kept, mergedId: merged }));
      expect(preview.refusal).toBe('judgement-open');
      expect(JSON.stringify(preview[blinded === kept ? 'kept' : 'merged'])).not.toContain('SNAC');
      expect(preview.episodeCount).toBe(0);
      expectOk(await clinic.api['sessions.close']({ sessionId }));
    }
    expect(codeOf(await clinic.api['records.merge']({ keptId: kept, mergedId: merged }))).toBe('ok');
  });

  it('nothing can be added to a merged record, and it is not merged twice', async () => {
    const { kept, merged } = await twoRecords();
    const other = await patient({ displayName: 'Third' });
    expectOk(await clinic.api['records.merge']({ keptId: kept, mergedId: merged }));
    const { api } = clinic;
    const codes = [
      await api['sessions.start']({ patientId: merged, draft: EMPTY_DRAFT }),
      await api['episodes.save']({ patientId: merged, episodeId: null, fields: FIELDS }),
      await api['patients.update']({ id: merged, fields: INVENTED_PATIENT }),
      await api['records.merge']({ keptId: other, mergedId: merged }),
      await api['records.merge']({ keptId: merged, mergedId: other }),
      await api['records.setArchived']({ patientId: merged, isArchived: true }),
    ].map(codeOf);
    expect(new Set(codes)).toEqual(new Set(['patient.merged']));
    expect(codeOf(await api['records.merge']({ keptId: other, mergedId: other }))).toBe('input.invalid');
  });

  it('cannot be taken back while the kept record is merged itself', async () => {
    const { kept, merged } = await twoRecords();
    const third = await patient({ displayName: 'Third' });
    const { mergeId } = expectOk(await clinic.api['records.merge']({ keptId: kept, mergedId: merged }));
    const outer = expectOk(await clinic.api['records.merge']({ keptId: third, mergedId: kept }));
    expect(codeOf(await clinic.api['records.undoMerge']({ mergeId }))).toBe('undo.not_possible');
    expectOk(await clinic.api['records.undoMerge']({ mergeId: outer.mergeId }));
    expect(codeOf(await clinic.api['records.undoMerge']({ mergeId }))).toBe('ok');
  });
});

describe('the archive', () => {
  it('takes a patient out of list and search, and gives them back', async () => {
    const id = await patient({ displayName: 'Archiva, Ada' });
    expectOk(await clinic.api['records.setArchived']({ patientId: id, isArchived: true }));
    expect(await listed('archiva')).toEqual([]);
    expect((await listed('archiva', true)).map((row) => row.standing)).toEqual(['archived']);
    expectOk(await clinic.api['records.setArchived']({ patientId: id, isArchived: false }));
    expect((await listed('archiva')).map((row) => row.standing)).toEqual(['listed']);
  });

  it('ends when the patient is measured again', async () => {
    const id = await patient({ displayName: 'Archiva, Ada' });
    expectOk(await clinic.api['records.setArchived']({ patientId: id, isArchived: true }));
    await measured(id);
    expect((await listed('archiva')).map((row) => row.standing)).toEqual(['listed']);
  });
});

describe('a session under the wrong patient', () => {
  const get = async (sessionId: SessionId): Promise<Output<'sessions.get'>> =>
    expectOk(await clinic.api['sessions.get']({ sessionId }));

  it('moves with its reason; its result is then that of another person, until it is moved back', async () => {
    const right = await patient({ displayName: 'Right, Rita', sex: 'male' });
    const wrong = await patient({ displayName: 'Wrong, Walt' });
    const sessionId = await withResult(wrong);
    const { moveId, fromPatientId } = expectOk(
      await clinic.api['records.moveSession']({ sessionId, toPatientId: right, reason: 'wrong name picked' }),
    );
    expect(fromPatientId).toBe(wrong);
    const moved = await get(sessionId);
    expect(moved.patient.id).toBe(right);
    expect(moved.isForAnotherPerson).toBe(true);
    expect((await listed('right, rita'))[0]?.sessionCount).toBe(1);
    const history = expectOk(await clinic.api['records.history']({ patientId: wrong }));
    // A judgement in front of another person's name is in no figure.
    const figures = expectOk(await clinic.api['concordance.rows']({ limit: 10, offset: 0 }));
    expect([figures.rows.length, figures.leftOut.changedAfterLock]).toEqual([0, 1]);
    expect(history.moves).toMatchObject([
      { reason: 'wrong name picked', toName: 'Right, Rita', canUndo: true, undoneAt: null },
    ]);
    expectOk(await clinic.api['records.undoMove']({ moveId }));
    const back = await get(sessionId);
    expect(back.patient.id).toBe(wrong);
    expect(back.isForAnotherPerson).toBeUndefined();
    expect(expectOk(await clinic.api['concordance.rows']({ limit: 10, offset: 0 })).rows).toHaveLength(1);
    expect(codeOf(await clinic.api['records.undoMove']({ moveId }))).toBe('undo.not_possible');
  });

  it('a result computed where it stands now is not another person’s, whatever happened before', async () => {
    const right = await patient({ displayName: 'Right, Rita' });
    const wrong = await patient({ displayName: 'Wrong, Walt', sex: 'male' });
    const { api } = clinic;
    const sessionId = await withResult(wrong);
    expectOk(await api['records.moveSession']({ sessionId, toPatientId: right, reason: 'mistaken' }));
    const { receipt } = expectOk(await api['predictions.requestReceipt']({ sessionId }));
    const { inputHash } = expectOk(await api['predictions.takeInput']({ sessionId, receipt }));
    expectOk(await api['predictions.store']({ sessionId, receipt, inputHash, prediction: PREDICTION }));
    expect((await get(sessionId)).isForAnotherPerson).toBeUndefined();
  });

  it('moves as a draft too, and takes the open episode of the right patient', async () => {
    const right = await patient({ displayName: 'Right, Rita' });
    const wrong = await patient({ displayName: 'Wrong, Walt' });
    const { api } = clinic;
    expectOk(await api['episodes.save']({ patientId: right, episodeId: null, fields: FIELDS }));
    const cells = { 'lateral-pinch/right/1': '7.2' };
    const start = { patientId: wrong, draft: { ...EMPTY_DRAFT, cells } };
    const { session } = expectOk(await api['sessions.start'](start));
    expectOk(
      await api['records.moveSession']({ sessionId: session.id, toPatientId: right, reason: 'mistaken' }),
    );
    const moved = await get(session.id);
    expect(moved.draft?.cells).toEqual(cells);
    expect(moved.patient.episode?.id).toBe(moved.session.episodeId);
    expect((await listed('right'))[0]?.hasOpenDraft).toBe(true);
    expect((await listed('wrong'))[0]?.hasOpenDraft).toBe(false);
  });

  it('does not uncover results by being moved away before its judgement: they stay hidden until it is closed', async () => {
    const right = await patient({ displayName: 'Right, Rita' });
    const wrong = await patient({ displayName: 'Wrong, Walt' });
    const judged = await withResult(wrong);
    expect((await get(judged)).prediction).not.toBeNull();
    const sessionId = await measured(wrong);
    expect((await get(judged)).prediction).toBeNull();
    const { api } = clinic;
    expectOk(await api['records.moveSession']({ sessionId, toPatientId: right, reason: 'mistaken' }));
    expect((await get(judged)).prediction).toBeNull();
    expectOk(await api['sessions.close']({ sessionId }));
    expect((await get(judged)).prediction).not.toBeNull();
  });

  it('can be discarded after it was moved when nothing was measured; that it was moved stays on record', async () => {
    const { api } = clinic;
    const right = await patient({ displayName: 'Right, Rita' });
    const wrong = await patient({ displayName: 'Wrong, Walt' });
    const { session } = expectOk(await api['sessions.start']({ patientId: wrong, draft: EMPTY_DRAFT }));
    const move = { sessionId: session.id, toPatientId: right, reason: 'mistaken' };
    const { moveId } = expectOk(await api['records.moveSession'](move));
    expect(codeOf(await api['sessions.discard']({ sessionId: session.id }))).toBe('ok');
    expect(expectOk(await api['records.history']({ patientId: right })).moves).toMatchObject([
      { id: moveId, sessionStartedAt: null, canUndo: false },
    ]);
    expect(codeOf(await api['records.undoMove']({ moveId }))).toBe('undo.not_possible');
  });

  it('with a result stays where it is while a judgement of either is open, there and back', async () => {
    const right = await patient({ displayName: 'Right, Rita' });
    const wrong = await patient({ displayName: 'Wrong, Walt' });
    const { api } = clinic;
    const judged = await withResult(wrong);
    const open = await measured(wrong);
    const move = { sessionId: judged, toPatientId: right, reason: 'to see it' };
    expect(codeOf(await api['records.moveSession'](move))).toBe('patient.judgement_open');
    expectOk(await api['sessions.close']({ sessionId: open }));
    const { moveId } = expectOk(await api['records.moveSession'](move));
    const second = await measured(right);
    expect(codeOf(await api['records.undoMove']({ moveId }))).toBe('patient.judgement_open');
    expectOk(await api['sessions.close']({ sessionId: second }));
    expectOk(await api['records.undoMove']({ moveId }));
  });

  it('that is open keeps the figures of both patients back, wherever it stands', async () => {
    const right = await patient({ displayName: 'Right, Rita' });
    const wrong = await patient({ displayName: 'Wrong, Walt' });
    const { api } = clinic;
    await withResult(wrong);
    const sessionId = await measured(wrong);
    const rows = async () => expectOk(await api['concordance.rows']({ limit: 10, offset: 0 }));
    const heldBack = { rows: [], leftOut: { heldBack: 1 } };
    expect(await rows()).toMatchObject(heldBack);
    expectOk(await api['records.moveSession']({ sessionId, toPatientId: right, reason: 'mistaken' }));
    expect(await rows()).toMatchObject(heldBack);
    expectOk(await api['sessions.close']({ sessionId }));
    expect((await rows()).rows).toHaveLength(1);
  });

  it('stays where it is while a blinded judgement of either is open', async () => {
    const right = await patient({ displayName: 'Right, Rita' });
    const wrong = await patient({ displayName: 'Wrong, Walt' });
    const sessionId = await withResult(wrong);
    await measured(right, true);
    const move = { sessionId, toPatientId: right, reason: 'mistaken' };
    expect(codeOf(await clinic.api['records.moveSession'](move))).toBe('patient.judgement_open');
    expect((await get(sessionId)).patient.id).toBe(wrong);
  });
});

describe('open sessions', () => {
  it('are listed over all patients, newest first, the date of a blinded one hidden', async () => {
    const a = await patient({ displayName: 'Open, Ann' });
    const b = await patient({ displayName: 'Open, Bob' });
    await measured(a, true);
    expectOk(await clinic.api['sessions.start']({ patientId: b, draft: EMPTY_DRAFT }));
    await withResult(await patient({ displayName: 'Closed, Cid' }));
    const rows = expectOk(await clinic.api['records.openSessions']({}));
    expect(rows.map((row) => [row.displayName, row.state, row.startedAt === null])).toEqual([
      ['Open, Bob', 'measuring', false],
      ['Open, Ann', 'saved', true],
      ['Testperson, Erika', 'saved', false],
    ]);
    const ofAnn = expectOk(await clinic.api['records.openSessions']({ patientId: a }));
    expect(ofAnn.map((row) => row.displayName)).toEqual(['Open, Ann']);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { codeOf, EMPTY_DRAFT, expectOk, INVENTED_PATIENT } from '../app/test-clinic.ts';
import { verifyAudit } from './audit.ts';

import {
  clinic,
  closed,
  content,
  FIELDS,
  listed,
  measured,
  openRecordsClinic,
  patient,
  shown,
  withoutVersions,
  withResult,
} from './testing/records-clinic.ts';

beforeEach(openRecordsClinic);
afterEach(() => clinic.remove());

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

describe('open sessions', () => {
  it('are listed over all patients, drafts before those that wait, the date of a blinded one hidden', async () => {
    const a = await patient({ displayName: 'Open, Ann' });
    const b = await patient({ displayName: 'Open, Bob' });
    await measured(a, true);
    expectOk(await clinic.api['sessions.start']({ patientId: b, draft: EMPTY_DRAFT }));
    await withResult(await patient({ displayName: 'Closed, Cid' }));
    const rows = expectOk(await clinic.api['records.openSessions']({}));
    // What is being measured leads; of what waits the oldest, not the newest, comes next.
    expect(rows.map((row) => [row.displayName, row.state, row.startedAt === null])).toEqual([
      ['Open, Bob', 'measuring', false],
      ['Testperson, Erika', 'saved', false],
      ['Open, Ann', 'saved', true],
    ]);
    const c = await patient({ displayName: 'Open, Cia' });
    expectOk(await clinic.api['sessions.start']({ patientId: c, draft: EMPTY_DRAFT }));
    const drafts = expectOk(await clinic.api['records.openSessions']({})).filter(
      ({ state }) => state === 'measuring',
    );
    expect(drafts.map((row) => row.displayName)).toEqual(['Open, Cia', 'Open, Bob']);
    const ofAnn = expectOk(await clinic.api['records.openSessions']({ patientId: a }));
    expect(ofAnn.map((row) => row.displayName)).toEqual(['Open, Ann']);
  });
});

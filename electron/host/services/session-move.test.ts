import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Output } from '../../../core/contract/contract.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { codeOf, EMPTY_DRAFT, expectOk } from '../app/test-clinic.ts';

import {
  clinic,
  FIELDS,
  listed,
  measured,
  openRecordsClinic,
  PREDICTION,
  patient,
  withResult,
} from './testing/records-clinic.ts';

beforeEach(openRecordsClinic);
afterEach(() => clinic.remove());

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

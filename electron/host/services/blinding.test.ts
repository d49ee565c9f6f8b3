import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { expectOk, savedSession, startTestClinic, type TestClinic } from '../app/test-clinic.ts';
import {
  AGREEING_BUNDLES,
  lockAndReveal,
  lockMuscles,
  rawStore,
  revealMuscles,
} from '../app/test-judging.ts';

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await startTestClinic({ knownBundles: AGREEING_BUNDLES });
});
afterEach(() => clinic.remove());

const muscleRows = async () => expectOk(await clinic.api['concordance.analyses']({})).muscles;

describe('an analysis of a blinded session', () => {
  const blinded = async (): Promise<SessionId> =>
    (await savedSession(clinic, { isBlinded: true })).session.id;

  it('counts as blinded when it is judged before the wrist', async () => {
    const sessionId = await blinded();
    const { judgement } = await lockMuscles(clinic, sessionId);
    await lockAndReveal(clinic, sessionId);
    await revealMuscles(clinic, sessionId);
    expect(judgement.isBlinded).toBe(true);
    expect((await muscleRows())[0]?.isBlinded).toBe(true);
  });

  it('does not when the wrist was judged before it: diagnosis and operation are shown since', async () => {
    const sessionId = await blinded();
    await lockAndReveal(clinic, sessionId);
    const { judgement } = await lockMuscles(clinic, sessionId);
    await revealMuscles(clinic, sessionId);
    expect(judgement.isBlinded).toBe(false);
    expect((await muscleRows())[0]?.isBlinded).toBe(false);
  });

  it('does not when the session was closed before it', async () => {
    const sessionId = await blinded();
    expectOk(await clinic.api['sessions.close']({ sessionId }));
    expect((await lockMuscles(clinic, sessionId)).judgement.isBlinded).toBe(false);
  });

  it('does not in an older store either, whose row says so: the trail decides', async () => {
    const sessionId = await blinded();
    await lockAndReveal(clinic, sessionId);
    await lockMuscles(clinic, sessionId);
    await revealMuscles(clinic, sessionId);
    // As it was written until now; evidence refuses the change, so the guard is set aside for it.
    const db = rawStore(clinic);
    db.exec('DROP TRIGGER analysis_judgement_no_update');
    db.exec('UPDATE analysis_judgement SET is_blinded = 1');
    expect((await muscleRows())[0]?.isBlinded).toBe(false);
    const analysis = 'muscle-parameters' as const;
    const view = expectOk(await clinic.api['analyses.get']({ sessionId, analysis }));
    expect(view.judgements[0]?.isBlinded).toBe(false);
  });
});

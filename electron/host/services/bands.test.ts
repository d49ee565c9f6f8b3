import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { JudgementFields } from '../../../core/contract/schemas/judgement.ts';
import { codeOf, expectOk, savedSession, startTestClinic, type TestClinic } from '../app/test-clinic.ts';
import { importTestRecording } from '../app/test-recording.ts';
import { BulkPaths } from '../assets/bulk-paths.ts';

const JUDGEMENT: JudgementFields = {
  answer: 'four-corner-fusion',
  confidencePercent: 60,
  drivers: [],
  isBlinded: false,
  durationMs: 9_000,
};

let clinic: TestClinic;
let bulk: BulkPaths;
beforeAll(async () => {
  bulk = new BulkPaths();
  clinic = await startTestClinic({ bulk, knownBundles: new Map() });
});
afterAll(() => clinic.remove());

const recorded = (sessionId: SessionId, side: 'left' | 'right' | null) =>
  importTestRecording(clinic, bulk, sessionId, { side });

const lock = (sessionId: SessionId, change: Partial<JudgementFields>) =>
  clinic.api['sessions.lockJudgement']({
    sessionId,
    judgedSide: 'left',
    judgement: { ...JUDGEMENT, ...change },
  });

describe('bands of a judgement', () => {
  it('are kept with the recording they were brushed on', async () => {
    const { session } = await savedSession(clinic);
    const { id: recordingId } = await recorded(session.id, 'left');
    const bands = [{ fromS: 0.05, toS: 0.3, direction: 'against' as const }];
    expectOk(await lock(session.id, { bands, recordingId }));
    const { judgements } = expectOk(await clinic.api['sessions.get']({ sessionId: session.id }));
    expect(judgements[0]).toMatchObject({ bands, recordingId });
  });

  it('are refused on another session, the other hand, outside the recording, set aside, or on none', async () => {
    const { session } = await savedSession(clinic);
    const sessionId = session.id;
    const other = await savedSession(clinic);
    const elsewhere = await recorded(other.session.id, 'left');
    const otherHand = await recorded(sessionId, 'right');
    const own = await recorded(sessionId, null);
    const bands = [{ fromS: 0.05, toS: 0.2, direction: 'for' as const }];
    const codeWith = async (change: Partial<JudgementFields>) => codeOf(await lock(sessionId, change));
    expect(await codeWith({ bands, recordingId: elsewhere.id })).toBe('recording.not_found');
    expect(await codeWith({ bands, recordingId: otherHand.id })).toBe('recording.not_found');
    expect(await codeWith({ bands })).toBe('recording.not_found');
    const beyond = [{ fromS: 0.2, toS: 0.5, direction: 'for' as const }];
    expect(await codeWith({ bands: beyond, recordingId: own.id })).toBe('recording.not_found');
    expectOk(await clinic.api['recordings.setAside']({ recordingId: own.id, isSetAside: true }));
    expect(await codeWith({ bands, recordingId: own.id })).toBe('recording.not_found');
    expectOk(await clinic.api['recordings.setAside']({ recordingId: own.id, isSetAside: false }));
    // Twin: the same bands on the recording of this hand are taken.
    expect(await codeWith({ bands, recordingId: own.id })).toBe('ok');
  });
});

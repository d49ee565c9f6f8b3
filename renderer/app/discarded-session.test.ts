import { describe, expect, it } from 'vitest';
import type { PatientId } from '../../core/contract/schemas/clinical.ts';
import { discardedConfirmation } from './discarded-session.ts';
import { EMPTY_DRAFT, startMemoryHost, testId, testPatient, testSession } from './testing/memory-host.ts';

const PATIENT = testId<PatientId>(1);
const TYPED = { ...EMPTY_DRAFT, cells: { 'lateral-pinch/left/1': '4.2', 'lateral-pinch/left/2': '4,' } };

describe('a discarded session', () => {
  it('comes back with everything that was typed, as a new session', async () => {
    const host = startMemoryHost({
      'sessions.start': ({ draft }) => ({ ...testSession(testPatient(1)), draft }),
    });
    const { undo } = discardedConfirmation(host.api, PATIENT, TYPED);
    expect(await undo?.run()).toBeNull();
    expect(host.inputsOf('sessions.start')).toEqual([{ patientId: PATIENT, draft: TYPED }]);
  });

  it('says so where another session was begun meanwhile, which keeps its own form', async () => {
    const host = startMemoryHost({
      'sessions.start': () => ({ ...testSession(testPatient(1)), draft: EMPTY_DRAFT }),
    });
    expect((await discardedConfirmation(host.api, PATIENT, TYPED).undo?.run())?.code).toBe(
      'session.wrong_state',
    );
  });

  it('offers nothing to take back where nothing was typed', () => {
    const { api } = startMemoryHost({});
    expect(discardedConfirmation(api, PATIENT, EMPTY_DRAFT).undo).toBeUndefined();
    expect(discardedConfirmation(api, PATIENT, { ...EMPTY_DRAFT, note: 'tired' }).undo).toBeDefined();
    const stopped = { ...EMPTY_DRAFT, stoppedEarly: ['lateral-pinch/left'] };
    expect(discardedConfirmation(api, PATIENT, stopped).undo).toBeDefined();
  });
});

import type { PatientFields, PatientId, SessionId } from '../../../../core/contract/schemas/clinical.ts';
import type { JudgementFields } from '../../../../core/contract/schemas/judgement.ts';
import {
  EMPTY_DRAFT,
  expectOk,
  INVENTED_PATIENT,
  savedSession,
  sixTrials,
  startTestClinic,
  type TestClinic,
} from '../../app/test-clinic.ts';
import { AGREEING_BUNDLES, TEST_PREDICTION } from '../../app/test-judging.ts';
import { exportContent } from '../content.ts';

/** The rules here need no network: a bundle that agrees to everything. */
export const PREDICTION = TEST_PREDICTION;
export const FIELDS = {
  side: 'left',
  diagnosis: 'Wrist collapse',
  operation: 'proximal-row-carpectomy',
  operationNote: '',
  operationDate: '2026-03-02',
  startedOn: '2026-02-01',
  endedOn: null,
} as const;

/** The clinic of the test that runs; set by `openRecordsClinic`. */
export let clinic: TestClinic;

/** A clinic with its first user and a session of theirs that waits. */
export async function openRecordsClinic(): Promise<void> {
  // Each reading of the clock is a second later: what happened first can be told.
  let ms = Date.parse('2026-11-24T08:00:00Z');
  clinic = await startTestClinic({
    knownBundles: AGREEING_BUNDLES,
    clock: () => {
      ms += 1000;
      return new Date(ms);
    },
  });
  await savedSession(clinic);
}

export const patient = async (change: Partial<PatientFields> = {}) =>
  expectOk(await clinic.api['patients.create']({ ...INVENTED_PATIENT, ...change })).id;
export const listed = async (search = '', includeArchived = false) =>
  expectOk(await clinic.api['patients.list']({ search, limit: 50, offset: 0, includeArchived })).rows;

export async function measured(patientId: PatientId, isBlinded = false): Promise<SessionId> {
  const { api } = clinic;
  const draft = { ...EMPTY_DRAFT, isBlinded };
  const { session } = expectOk(await api['sessions.start']({ patientId, draft }));
  expectOk(await api['sessions.saveMeasurements']({ sessionId: session.id, trials: sixTrials(), draft }));
  return session.id;
}

/** Measured and closed without a judgement: nothing waits. */
export async function closed(patientId: PatientId): Promise<SessionId> {
  const sessionId = await measured(patientId);
  expectOk(await clinic.api['sessions.close']({ sessionId }));
  return sessionId;
}

export async function withResult(patientId: PatientId): Promise<SessionId> {
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
export async function shown(ids: readonly PatientId[]) {
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
export const withoutVersions = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (key, part) => (key === 'version' ? undefined : part)));
export const content = () => exportContent(clinic.host.clinic.opened!.db).tables;

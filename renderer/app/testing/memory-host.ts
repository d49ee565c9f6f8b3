import { emptySessionDraft } from '../../../core/clinical/session-entries.ts';
import type { AppState } from '../../../core/contract/channels/app.ts';
import type { PatientRow } from '../../../core/contract/channels/patients.ts';
import { PREFERENCE_DEFAULTS } from '../../../core/contract/channels/preferences.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { Handlers } from '../../../core/contract/contract.ts';
import type {
  Device,
  Patient,
  PatientId,
  SessionDraft,
  SessionId,
  UserId,
} from '../../../core/contract/schemas/clinical.ts';
import { callNames, createClient, createMemoryPair, createServer } from '../../../core/contract/wire.ts';

/** A readable identifier for invented things of tests. */
export const testId = <T extends string>(number: number): T =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as T;

export const TEST_USERS = [
  { id: testId<UserId>(901), name: 'Dr A. Lindgren' },
  { id: testId<UserId>(902), name: 'M. Rossi' },
];

export const OPEN_CLINIC: AppState = {
  phase: 'open',
  storeKind: 'clinic',
  fatal: null,
  user: TEST_USERS[0] ?? null,
  users: TEST_USERS,
  appVersion: '0.0.0-test',
  shell: 'memory',
  waitSeconds: 0,
  isGuideDone: true,
};

export const FIRST_RUN: AppState = {
  ...OPEN_CLINIC,
  phase: 'first-run',
  storeKind: null,
  user: null,
  users: [],
  isGuideDone: false,
};

export const LOCKED: AppState = { ...OPEN_CLINIC, phase: 'locked', storeKind: null, user: null };

export function testPatient(number: number, change: Partial<Patient> = {}): Patient {
  return {
    id: testId<PatientId>(number),
    createdAt: '2026-01-05T08:00:00.000Z',
    version: 1,
    displayName: `Patient ${number}`,
    clinicNumber: '',
    birthDate: '1968-03-04',
    sex: 'female',
    heightM: 1.66,
    weightKg: 68,
    dominantHand: 'right',
    affectedSide: 'left',
    diagnosis: 'SLAC wrist, stage II',
    operation: 'four-corner-fusion',
    operationNote: '',
    operationDate: '2026-05-12',
    ...change,
  };
}

export const rowOf = (patient: Patient): PatientRow => ({
  id: patient.id,
  displayName: patient.displayName,
  clinicNumber: patient.clinicNumber,
  birthDate: patient.birthDate,
  affectedSide: patient.affectedSide,
  diagnosis: patient.diagnosis,
  sessionCount: 0,
  lastSessionAt: null,
  hasOpenDraft: false,
  standing: 'listed',
});

export const EMPTY_DRAFT: SessionDraft = emptySessionDraft();

export function testSession(patient: Patient, draft: SessionDraft = EMPTY_DRAFT): SessionView {
  return {
    session: {
      id: testId<SessionId>(501),
      patientId: patient.id,
      state: 'measuring',
      startedAt: '2026-11-25T08:00:00.000Z',
      savedAt: null,
      userName: 'Dr A. Lindgren',
      deviceId: draft.deviceId,
      summaryRule: draft.summaryRule,
      note: '',
      isBlinded: draft.isBlinded,
      judgedSide: null,
    },
    patient,
    device: null,
    draft,
    trials: [],
    history: [],
    judgements: [],
    prediction: null,
    explanation: null,
    overlap: null,
    comparison: null,
  };
}

export const TEST_DEVICES: Device[] = [
  {
    id: testId(701),
    name: 'B&L pinch gauge',
    serial: '12345',
    kind: 'pinch-gauge',
    unit: 'lb',
    calibratedOn: null,
  },
];

export type TestHandlers = Partial<Handlers<null>>;

/**
 * The real wire with handlers in memory: what a page says and hears is checked by the contract. A call without a
 * handler answers `internal`, as in the app. Each request is noted by name and input.
 */
export function startMemoryHost(handlers: TestHandlers) {
  const requests: { name: string; input: unknown }[] = [];
  const { page, host } = createMemoryPair();
  const table = Object.fromEntries(
    callNames.map((name) => [
      name,
      (input: unknown, context: null) => {
        requests.push({ name, input });
        const handler = ({ 'preferences.get': () => PREFERENCE_DEFAULTS, ...handlers } as TestHandlers)[
          name
        ] as ((input: unknown, context: null) => unknown) | undefined;
        if (handler === undefined) throw new Error(`no test handler for ${name}`);
        return handler(input, context);
      },
    ]),
  ) as unknown as Handlers<null>;
  let incidents = 0;
  const server = createServer(host, {
    handlers: table,
    context: () => null,
    report: () => {},
    newIncident: () => {
      incidents += 1;
      return `T${incidents}`;
    },
  });
  return {
    api: createClient(page),
    emit: server.emit,
    requests,
    inputsOf: (name: string) => requests.filter((request) => request.name === name).map((r) => r.input),
  };
}

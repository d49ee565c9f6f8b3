/** A real host over the memory pair in a scratch folder: for tests and head-less programs, invented people only. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptySessionDraft } from '../../../core/clinical/session-entries.ts';
import type { Output } from '../../../core/contract/contract.ts';
import type { ErrorCode, Result } from '../../../core/contract/errors.ts';
import type {
  PatientFields,
  SessionDraft,
  Side,
  TrialEntry,
} from '../../../core/contract/schemas/clinical.ts';
import { type Api, createClient, createMemoryPair } from '../../../core/contract/wire.ts';
import { toNewtonMetres, toNewtons } from '../../../core/units/quantities.ts';
import { createHost, type Host, type HostOptions } from './create-host.ts';

export interface TestClinic {
  api: Api;
  host: Host;
  dataFolder: string;
  request(frame: string): Promise<string>;
  /** Closes the host and removes the scratch folder. */
  remove(): Promise<void>;
}

/** A cheap passphrase derivation: what is tested is the rule, not the cost. */
export const TEST_SCRYPT_COST = 2 ** 10;
export const TEST_PASSPHRASE = 'correct horse battery staple';

export async function startTestClinic(options: Partial<HostOptions> = {}): Promise<TestClinic> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'prehensa-test-'));
  const pair = createMemoryPair();
  const host = await createHost({
    dataFolder,
    modelsFolder: 'models',
    resourcesFolder: 'resources',
    shell: 'memory',
    transport: pair.host,
    appVersion: '0.0.0-test',
    scryptCost: TEST_SCRYPT_COST,
    ...options,
  });
  return {
    api: createClient(pair.page),
    host,
    dataFolder,
    request: (frame) => pair.page.request(frame),
    remove: async () => {
      await host.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The value of a call that is expected to succeed. @throws Error naming the code otherwise. */
export function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`the call failed: ${result.error.code}`);
  return result.value;
}

/** The code of a call that is expected to fail; 'ok' when it did not. */
export const codeOf = (result: Result<unknown>): ErrorCode | 'ok' => (result.ok ? 'ok' : result.error.code);

export const INVENTED_PATIENT: PatientFields = {
  displayName: 'Testperson, Erika',
  clinicNumber: 'T-1',
  birthDate: '1968-03-04',
  sex: 'female',
  heightM: 1.66,
  weightKg: 68,
  dominantHand: 'right',
  affectedSide: 'left',
  diagnosis: 'SNAC wrist II',
  operation: 'four-corner-fusion',
  operationNote: '',
  operationDate: '2026-05-12',
};

export const EMPTY_DRAFT: SessionDraft = emptySessionDraft();

const base = { pain: null, isStoppedEarly: false, notTestedReason: null, isConfirmedUnusual: false } as const;

export const pinchTrial = (side: Side, trialNumber: number, kg: string): TrialEntry => ({
  ...base,
  measure: 'lateral-pinch',
  side,
  trialNumber,
  typedText: kg,
  typedUnit: 'kg',
  valueSi: toNewtons(Number(kg), 'kg'),
});

export const wristTrial = (
  measure: Exclude<TrialEntry['measure'], 'lateral-pinch'>,
  side: Side,
  nm: string,
): TrialEntry => ({
  ...base,
  measure,
  side,
  trialNumber: 1,
  typedText: nm,
  typedUnit: 'N.m',
  valueSi: toNewtonMetres(Number(nm), 'N.m'),
});

export const sixTrials = (right = ['7.2', '7.6', '7.4'], left = ['4.1', '4.4', '4.2']): TrialEntry[] => [
  ...right.map((kg, index) => pinchTrial('right', index + 1, kg)),
  ...left.map((kg, index) => pinchTrial('left', index + 1, kg)),
];

/** A user, a patient and a saved session of six trials. */
export async function savedSession(
  clinic: TestClinic,
  options: { isBlinded?: boolean; trials?: TrialEntry[] } = {},
): Promise<Output<'sessions.get'>> {
  const { api } = clinic;
  if (expectOk(await api['app.state']({})).phase === 'first-run') {
    expectOk(await api['app.createUser']({ name: 'Dr Test', passphrase: TEST_PASSPHRASE }));
  }
  const patient = expectOk(await api['patients.create'](INVENTED_PATIENT));
  const draft = { ...EMPTY_DRAFT, isBlinded: options.isBlinded ?? false };
  const { session } = expectOk(await api['sessions.start']({ patientId: patient.id, draft }));
  return expectOk(
    await api['sessions.saveMeasurements']({
      sessionId: session.id,
      trials: options.trials ?? sixTrials(),
      draft,
    }),
  );
}

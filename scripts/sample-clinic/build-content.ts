/** Builds the sample clinic through the same contract that a clinician's screen uses. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reasonOverlap } from '../../core/agreement/reason-overlap.ts';
import { emptySessionDraft } from '../../core/clinical/session-entries.ts';
import type { Device, Patient, Side, TrialEntry } from '../../core/contract/schemas/clinical.ts';
import { type Api, createClient, createMemoryPair } from '../../core/contract/wire.ts';
import { toNewtons } from '../../core/units/quantities.ts';
import { createHost } from '../../electron/host/app/create-host.ts';
import { expectOk } from '../../electron/host/app/test-clinic.ts';
import { exportContent, type StoreContent } from '../../electron/host/services/content.ts';
import type { LocalInference } from '../headless/local-inference.ts';
import { deterministicIds, deterministicTokens, SetClock } from './deterministic.ts';
import { SAMPLE_DEVICES, SAMPLE_PEOPLE, type SamplePerson, type SampleVisit } from './people.ts';

const USER_NAME = 'Dr Sample';
const WRIST = ['wrist-extension', 'wrist-flexion', 'wrist-radial', 'wrist-ulnar'] as const;
const SIDES: readonly Side[] = ['right', 'left'];

/** The trials of a visit, in the order in which they are taken. */
export function visitTrials(visit: SampleVisit): TrialEntry[] {
  const base = { isStoppedEarly: false, notTestedReason: null, isConfirmedUnusual: false } as const;
  const trials: TrialEntry[] = [];
  for (const index of [0, 1, 2] as const) {
    for (const side of SIDES) {
      const typedText = visit[side][index];
      trials.push({
        ...base,
        measure: 'lateral-pinch',
        side,
        trialNumber: index + 1,
        typedText,
        typedUnit: 'kg',
        valueSi: toNewtons(Number(typedText), 'kg'),
        pain: visit.pain ?? null,
      });
    }
  }
  for (const side of SIDES) {
    const torques = visit.torquesNm?.[side];
    torques?.forEach((typedText, index) => {
      trials.push({
        ...base,
        measure: WRIST[index] as (typeof WRIST)[number],
        side,
        trialNumber: 1,
        typedText,
        typedUnit: 'N.m',
        valueSi: Number(typedText),
        pain: null,
      });
    });
  }
  return trials;
}

/** The hand a judgement is about: the affected one; the right where both or none are. */
export const judgedSideOf = (person: SamplePerson): Side =>
  person.fields.affectedSide === 'left' ? 'left' : 'right';

async function addVisit(
  api: Api,
  clock: SetClock,
  inference: LocalInference,
  person: SamplePerson,
  patient: Patient,
  devices: ReadonlyMap<string, Device>,
  visit: SampleVisit,
): Promise<void> {
  clock.set(visit.at);
  const draft = {
    ...emptySessionDraft(),
    deviceId: devices.get(visit.device)?.id ?? null,
    note: visit.note ?? '',
    isBlinded: visit.judgement?.isBlinded ?? false,
  };
  const { session } = expectOk(await api['sessions.start']({ patientId: patient.id, draft }));
  const sessionId = session.id;
  clock.set(visit.at, 60);
  expectOk(await api['sessions.saveMeasurements']({ sessionId, trials: visitTrials(visit), draft }));
  const isNewest = visit === person.visits.at(-1);
  const { judgement } = visit;
  if (!judgement) {
    // The newest visit may still wait for its judgement; an older one was closed without.
    if (!isNewest) expectOk(await api['sessions.close']({ sessionId }));
    return;
  }
  clock.set(visit.at, 75);
  const { answer, confidencePercent, drivers } = judgement;
  const lock = expectOk(
    await api['sessions.lockJudgement']({
      sessionId,
      judgedSide: judgedSideOf(person),
      judgement: {
        answer,
        confidencePercent,
        drivers: [...drivers],
        isBlinded: draft.isBlinded,
        durationMs: 12_000,
      },
    }),
  );
  const { modelInput, inputHash } = expectOk(
    await api['predictions.takeInput']({ sessionId, receipt: lock.receipt }),
  );
  const prediction = inference.predict(modelInput);
  clock.set(visit.at, 76);
  expectOk(await api['predictions.store']({ sessionId, receipt: lock.receipt, inputHash, prediction }));
  if (prediction.probabilities) {
    const explanation = inference.explain(modelInput, prediction);
    const overlap = drivers.length > 0 ? reasonOverlap([...drivers], explanation) : null;
    expectOk(await api['predictions.storeExplanation']({ sessionId, inputHash, explanation, overlap }));
  }
  clock.set(visit.at, 120);
  expectOk(
    await api['sessions.compare']({
      sessionId,
      comparison: { verdict: judgement.verdict, note: judgement.verdictNote ?? '', secondLook: null },
    }),
  );
  expectOk(await api['sessions.close']({ sessionId }));
}

/**
 * The whole clinic as canonical content: the same bytes every time with the same bundle.
 * @param inference - the shipped bundle, with a clock that stands still.
 */
export async function buildSampleContent(inference: LocalInference): Promise<StoreContent> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'prehensa-sample-'));
  const clock = new SetClock();
  const newId = deterministicIds('sample clinic');
  const pair = createMemoryPair();
  const host = await createHost({
    dataFolder,
    modelsFolder: 'models',
    resourcesFolder: 'resources',
    shell: 'memory',
    transport: pair.host,
    appVersion: 'sample',
    clock: clock.now,
    newId,
    newToken: deterministicTokens('sample clinic'),
  });
  try {
    const api = createClient(pair.page);
    clock.set('2026-01-01T08:00:00Z');
    await host.clinic.openEmptySample({ id: newId(), name: USER_NAME });
    const devices = new Map<string, Device>();
    for (const { key, ...fields } of SAMPLE_DEVICES) {
      devices.set(key, expectOk(await api['devices.create'](fields)));
    }
    for (const person of SAMPLE_PEOPLE) {
      clock.set(person.visits[0]?.at ?? '2026-01-01T08:00:00Z', -600);
      const patient = expectOk(await api['patients.create'](person.fields));
      for (const visit of person.visits) {
        await addVisit(api, clock, inference, person, patient, devices, visit);
      }
    }
    const open = host.clinic.opened;
    if (!open) throw new Error('the sample store is not open');
    return exportContent(open.db);
  } finally {
    await host.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** One visit of an invented person, through the calls that a clinician's screen makes, by the clock of that day. */
import { reasonOverlap } from '../../core/agreement/reason-overlap.ts';
import { emptySessionDraft } from '../../core/clinical/session-entries.ts';
import type { DeviceId, Patient, SessionId, Side } from '../../core/contract/schemas/clinical.ts';
import type { Api } from '../../core/contract/wire.ts';
import { toNewtons } from '../../core/units/quantities.ts';
import { expectOk } from '../../electron/host/app/test-clinic.ts';
import type { BulkPaths } from '../../electron/host/assets/bulk-paths.ts';
import type { LocalInference } from '../headless/local-inference.ts';
import { addSustainedPinch, importRecording, judgeElbowHold, judgeMuscles } from './add-recording.ts';
import type { SetClock } from './deterministic.ts';
import type { ReaderKey, SampleJudgement, SamplePerson, SampleVisit } from './sample-person.ts';
import { typedTrial, visitTrials } from './visit-trials.ts';

export interface SampleWorld {
  api: Api;
  clock: SetClock;
  inference: LocalInference;
  devices: ReadonlyMap<string, DeviceId>;
  /** Where the bytes of a recording are posted to. */
  bulk: BulkPaths;
  /** Puts another reader in front of the computer. */
  asReader: (reader: ReaderKey) => Promise<void>;
}

const DAY_S = 86_400;

/** The hand a judgement is about: the affected one; the right where both or none are. */
export const judgedSideOf = (person: SamplePerson): Side =>
  person.fields.affectedSide === 'left' ? 'left' : 'right';

export async function addVisit(
  world: SampleWorld,
  person: SamplePerson,
  patient: Patient,
  visit: SampleVisit,
): Promise<void> {
  const { api, clock, devices } = world;
  clock.set(visit.at);
  await world.asReader(visit.reader ?? 'surgeon');
  const draft = {
    ...emptySessionDraft(),
    deviceId: devices.get(visit.device) ?? null,
    note: visit.note ?? '',
    isBlinded: visit.judgement?.isBlinded ?? false,
  };
  const { session } = expectOk(await api['sessions.start']({ patientId: patient.id, draft }));
  const sessionId = session.id;
  clock.set(visit.at, 60);
  expectOk(await api['sessions.saveMeasurements']({ sessionId, trials: visitTrials(visit, devices), draft }));
  const isWaiting = person.waits === true && visit === person.visits.at(-1);
  if (visit.judgement) await judge(world, person, sessionId, visit, visit.judgement);
  else if (visit.recording === 'elbow-emg') await judgeElbowHold(world, sessionId, visit.at);
  else if (!isWaiting) expectOk(await api['sessions.close']({ sessionId }));
  if (visit.recording === 'sustained-pinch') await addSustainedPinch(world, sessionId, visit.at);
  if (visit.judgesMuscles) await judgeMuscles(world, sessionId, visit.at, judgedSideOf(person));
  if (visit.forecast) await forecast(world, sessionId, visit, visit.forecast);
  if (visit.correction) await correct(world, sessionId, visit.correction);
  if (visit.secondReading) await readAgain(world, sessionId, visit, visit.secondReading);
  if (visit.truth) {
    const { at, kind, text } = visit.truth;
    clock.set(at);
    expectOk(
      await api['truths.add']({
        sessionId,
        truth: { kind, answer: null, text, knownOn: at.slice(0, 10), supersedesId: null },
      }),
    );
  }
}

async function judge(
  world: SampleWorld,
  person: SamplePerson,
  sessionId: SessionId,
  visit: SampleVisit,
  judgement: SampleJudgement,
): Promise<void> {
  const { api, clock, inference } = world;
  const side = judgedSideOf(person);
  clock.set(visit.at, 70);
  const marked = visit.directed && {
    recordingId: await importRecording(world, sessionId, side, 'lateral-pinch', visit.directed.recording),
    bands: [...visit.directed.bands],
  };
  clock.set(visit.at, 75);
  const { answer, confidencePercent, drivers } = judgement;
  const lock = expectOk(
    await api['sessions.lockJudgement']({
      sessionId,
      judgedSide: side,
      judgement: {
        answer,
        confidencePercent,
        drivers: [...drivers],
        isBlinded: judgement.isBlinded ?? false,
        durationMs: judgement.durationMs ?? 12_000,
        ...marked,
      },
    }),
  );
  const { receipt } = lock;
  const { modelInput, inputHash } = expectOk(await api['predictions.takeInput']({ sessionId, receipt }));
  const prediction = inference.predict(modelInput);
  clock.set(visit.at, 76);
  expectOk(await api['predictions.store']({ sessionId, receipt, inputHash, prediction }));
  if (prediction.probabilities) {
    const explanation = inference.explain(modelInput, prediction);
    const isCompared = drivers.length > 0 && explanation.isShown;
    const overlap = isCompared ? reasonOverlap([...drivers], explanation, answer) : null;
    expectOk(await api['predictions.storeExplanation']({ sessionId, inputHash, explanation, overlap }));
  }
  clock.set(visit.at, 120);
  const { verdict, verdictNote = '', secondLook = null } = judgement;
  expectOk(
    await api['sessions.compare']({ sessionId, comparison: { verdict, note: verdictNote, secondLook } }),
  );
  expectOk(await api['sessions.close']({ sessionId }));
}

/** The clinician's range, locked; then the network's, which knows the visits so far and no more. */
async function forecast(
  { api, clock, inference }: SampleWorld,
  sessionId: SessionId,
  visit: SampleVisit,
  { side, lowKg, highKg, nextOn }: NonNullable<SampleVisit['forecast']>,
): Promise<void> {
  clock.set(visit.at, 150);
  const view = expectOk(
    await api['forecasts.lock']({
      sessionId,
      forecast: {
        side,
        lowN: toNewtons(lowKg, 'kg'),
        highN: toNewtons(highKg, 'kg'),
        typedLow: lowKg.toFixed(1),
        typedHigh: highKg.toFixed(1),
        unit: 'kg',
        plannedOn: nextOn,
      },
    }),
  );
  if (view.hands.find((hand) => hand.side === side)?.modelState !== 'ready') return;
  const { question } = expectOk(await api['forecasts.takeQuestion']({ sessionId, side }));
  clock.set(visit.at, 151);
  expectOk(await api['forecasts.storeModel']({ sessionId, side, forecast: inference.forecast(question) }));
}

async function correct(
  { api, clock }: SampleWorld,
  sessionId: SessionId,
  { at, side, values, unit, reason }: NonNullable<SampleVisit['correction']>,
): Promise<void> {
  for (const [index, text] of values.entries()) {
    clock.set(at, 3600 + 20 * index);
    const trial = typedTrial({ measure: 'lateral-pinch', side, trialNumber: index + 1 }, text, {
      typedUnit: unit,
    });
    expectOk(await api['sessions.correctTrial']({ sessionId, trial, reason }));
  }
}

async function readAgain(
  world: SampleWorld,
  sessionId: SessionId,
  visit: SampleVisit,
  { reader, answer, confidencePercent, drivers }: NonNullable<SampleVisit['secondReading']>,
): Promise<void> {
  const { api, clock } = world;
  clock.set(visit.at, DAY_S);
  await world.asReader(reader);
  expectOk(
    await api['readings.lock']({
      sessionId,
      reading: { answer, confidencePercent, drivers: [...drivers], durationMs: 14_000 },
    }),
  );
}

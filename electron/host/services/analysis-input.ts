/** What an analysis may see of a session, and what is measured for it. Nothing about diagnosis or operation. */
import { createHash } from 'node:crypto';
import type { AnalysisView, HoldRecording } from '../../../core/contract/channels/analyses.ts';
import { AppError } from '../../../core/contract/errors.ts';
import {
  type AnalysisInput,
  type AnalysisJudgementFields,
  type ElbowInput,
  type ElbowSetup,
  EMG_CHANNELS,
  type MuscleInput,
} from '../../../core/contract/schemas/analysis.ts';
import type { Measure, Side } from '../../../core/contract/schemas/clinical.ts';
import { channelOf, elbowEnvelopesOf, maximalOfUnit } from '../../../core/inference/elbow-envelopes.ts';
import type { ReadableDb } from '../db/open-store.ts';
import { findPatient } from '../db/repositories/patient-repository.ts';
import { findSession } from '../db/repositories/session-repository.ts';
import { listTrials } from '../db/repositories/trial-repository.ts';
import { findHold, type Hold, listHolds } from './hold-recordings.ts';
import { ageYearsAt } from './model-input.ts';

const SIDES: readonly Side[] = ['right', 'left'];
/** What `muscle-parameters` reads, in the order of the form; the first alone is enough for an answer. */
export const MUSCLE_MEASURES = [
  'lateral-pinch',
  'lateral-pinch-flexion-20',
  'lateral-pinch-extension-20',
  'grip-2',
] as const satisfies readonly Measure[];

type Trials = ReturnType<typeof listTrials>['newest'];
const trialsOf = (db: ReadableDb, sessionId: string): Trials =>
  listTrials(db, sessionId).newest.filter((trial) => trial.valueSi !== null);
const valuesOf = (trials: Trials, measure: Measure, side: Side): number[] =>
  trials
    .filter((trial) => trial.measure === measure && trial.side === side)
    .map((trial) => trial.valueSi as number);
const bestOf = (trials: Trials, measure: Measure, side: Side): number | null => {
  const values = valuesOf(trials, measure, side);
  return values.length === 0 ? null : Math.max(...values);
};

/** Each hand with what it has and lacks for `muscle-parameters`. */
export function measuredHands(db: ReadableDb, sessionId: string): AnalysisView['hands'] {
  const trials = trialsOf(db, sessionId);
  return SIDES.map((side) => {
    const values = MUSCLE_MEASURES.flatMap((measure) => {
      const best = bestOf(trials, measure, side);
      const own = trials.filter((trial) => trial.measure === measure && trial.side === side);
      return best === null
        ? []
        : [{ measure, best, trialCount: own.length, typedUnit: own[0]!.typedUnit as string }];
    });
    return {
      side,
      values,
      missing: MUSCLE_MEASURES.filter((measure) => !values.some((value) => value.measure === measure)),
      isEnough: values.some(({ measure }) => measure === 'lateral-pinch'),
    };
  });
}

/** Channels of the four muscles by name. */
const muscleChannels = (
  channels: readonly { name: string; unit: string | null }[],
): HoldRecording['channels'] =>
  Object.fromEntries(
    EMG_CHANNELS.map((muscle) => {
      const channel = channelOf(channels, muscle);
      if (!channel) return [muscle, null];
      const { name, unit } = channel;
      return [muscle, { source: name, unit, needsMaximum: maximalOfUnit(unit) === null }];
    }),
  ) as HoldRecording['channels'];

const hasAll = (channels: HoldRecording['channels']): boolean =>
  Object.values(channels).every((channel) => channel !== null);

/** Every recording of the session with what it has and lacks for the elbow model. */
export function holdRecordings(db: ReadableDb, sessionId: string): HoldRecording[] {
  const trials = trialsOf(db, sessionId);
  return listHolds(db, sessionId).map(({ id, name, side, rateHz, durationS, channels: all }) => {
    const channels = muscleChannels(all);
    const maximalTorqueNm = side === null ? null : bestOf(trials, 'elbow-flexion', side);
    const isEnough = hasAll(channels) && rateHz !== null && maximalTorqueNm !== null;
    return { id, name, side, rateHz, durationS, channels, maximalTorqueNm, isEnough };
  });
}

/** Whether anything of the session could be judged in this analysis. */
export const isMeasuredEnough = (
  db: ReadableDb,
  sessionId: string,
  analysis: AnalysisInput['analysis'],
): boolean =>
  analysis === 'muscle-parameters'
    ? measuredHands(db, sessionId).some(({ isEnough }) => isEnough)
    : holdRecordings(db, sessionId).some(({ isEnough }) => isEnough);

function personOf(db: ReadableDb, sessionId: string) {
  const session = findSession(db, sessionId);
  const patient = session && findPatient(db, session.patientId);
  if (!session || !patient) throw new AppError('session.not_found');
  return {
    sessionId: session.id,
    sex: patient.sex,
    ageYears: ageYearsAt(patient.birthDate, session.startedAt),
    heightM: patient.heightM,
    weightKg: patient.weightKg,
  };
}

function muscleInput(db: ReadableDb, sessionId: string, side: Side): MuscleInput {
  const trials = trialsOf(db, sessionId);
  const pinchTrialsN = valuesOf(trials, 'lateral-pinch', side);
  if (pinchTrialsN.length === 0) throw new AppError('session.incomplete');
  const isPinch = ({ measure }: Trials[number]) => measure.startsWith('lateral-pinch');
  const pinchUnits = trials.filter((trial) => isPinch(trial) && trial.side === side).map((t) => t.typedUnit);
  return {
    analysis: 'muscle-parameters',
    ...personOf(db, sessionId),
    side,
    pinchTrialsN,
    pinchPeakN: Math.max(...pinchTrialsN),
    pinchFlexion20N: bestOf(trials, 'lateral-pinch-flexion-20', side),
    pinchExtension20N: bestOf(trials, 'lateral-pinch-extension-20', side),
    gripN: bestOf(trials, 'grip-2', side),
    // Needs a three-axis recording of a pull in each of three wrist postures: no protocol of this version makes them.
    directions: null,
    typedUnits: [...new Set(pinchUnits)].sort(),
  };
}

/** The first 30 s of the hold that a judgement was made on. @throws AppError session.incomplete when it cannot be read. */
export function envelopesOfHold(
  hold: Hold,
  setup: Pick<ElbowSetup, 'startS' | 'maximalAmplitudes'>,
  seconds?: number,
) {
  return elbowEnvelopesOf(hold.recording, setup.startS, setup.maximalAmplitudes, seconds);
}

function elbowInput(db: ReadableDb, sessionId: string, setup: ElbowSetup): ElbowInput {
  const hold = findHold(db, sessionId, setup.recordingId);
  if (!hold || hold.side === null) throw new AppError('session.incomplete');
  const maximalTorqueNm = bestOf(trialsOf(db, sessionId), 'elbow-flexion', hold.side);
  const envelopes = envelopesOfHold(hold, setup);
  if (maximalTorqueNm === null || !(maximalTorqueNm > 0) || !envelopes.ok)
    throw new AppError('session.incomplete');
  return {
    analysis: 'elbow-torque-fatigue',
    ...personOf(db, sessionId),
    side: hold.side,
    holdLevelPercent: setup.holdLevelPercent,
    maximalTorqueNm,
    envelopes: [...envelopes.value.envelopes],
  };
}

/**
 * The input of an analysis, of the hand or the recording that its first judgement names.
 * @throws AppError session.not_found; session.incomplete when what was judged is not measured (any more).
 */
export const buildAnalysisInput = (
  db: ReadableDb,
  sessionId: string,
  fields: AnalysisJudgementFields,
): AnalysisInput =>
  fields.analysis === 'muscle-parameters'
    ? muscleInput(db, sessionId, fields.side)
    : elbowInput(db, sessionId, fields.setup);

/** sha256 over the canonical JSON (keys sorted) of an input. */
export function hashAnalysisInput(input: AnalysisInput): string {
  const canonical = JSON.stringify(
    Object.fromEntries(Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
  return createHash('sha256').update(canonical).digest('hex');
}

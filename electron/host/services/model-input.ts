import { createHash } from 'node:crypto';
import { AppError } from '../../../core/contract/errors.ts';
import type { Measure, Side } from '../../../core/contract/schemas/clinical.ts';
import type { ModelInput } from '../../../core/contract/schemas/judgement.ts';
import type { ReadableDb } from '../db/open-store.ts';
import { findPatient } from '../db/repositories/patient-repository.ts';
import { findSession } from '../db/repositories/session-repository.ts';
import { listTrials } from '../db/repositories/trial-repository.ts';
import { pinchTraceInput } from './pinch-trace-source.ts';

const POSTURES = [
  ['pinchFlexion20N', 'lateral-pinch-flexion-20'],
  ['pinchExtension20N', 'lateral-pinch-extension-20'],
  ['pinchUlnar10N', 'lateral-pinch-ulnar-10'],
] as const satisfies readonly (readonly [keyof ModelInput, Measure])[];

const MS_PER_YEAR = 365.25 * 86_400_000;

/** Age in years at an instant, to two decimals so that the input hash does not depend on the time of day. */
export function ageYearsAt(birthDate: string, at: string): number {
  const days = Math.floor((Date.parse(at) - Date.parse(`${birthDate}T00:00:00Z`)) / 86_400_000);
  return Math.max(0, Math.round(((days * 86_400_000) / MS_PER_YEAR) * 100) / 100);
}

/**
 * What a model may see of a session: the newest version of each trial and the force trace, nothing about diagnosis or operation.
 * @throws AppError session.not_found
 */
export function buildModelInput(db: ReadableDb, sessionId: string, side: Side): ModelInput {
  const session = findSession(db, sessionId);
  const patient = session && findPatient(db, session.patientId);
  if (!session || !patient) throw new AppError('session.not_found');
  const trials = listTrials(db, sessionId).newest.filter((trial) => trial.valueSi !== null);
  const values = (measure: Measure, of: Side) =>
    trials
      .filter((trial) => trial.measure === measure && trial.side === of)
      .map((trial) => trial.valueSi as number);
  const peak = (measure: Measure, of: Side) => {
    const found = values(measure, of);
    return found.length === 0 ? null : Math.max(...found);
  };
  const other: Side = side === 'right' ? 'left' : 'right';
  const pinchUnits = trials.filter((t) => t.measure.startsWith('lateral-pinch')).map((t) => t.typedUnit);
  // Named only where they were measured: the hash of a session without postures stays what it was.
  const postures = Object.fromEntries(
    POSTURES.flatMap(([name, measure]) => {
      const forceN = peak(measure, side);
      return forceN === null ? [] : [[name, forceN]];
    }),
  );
  return {
    sessionId: session.id,
    sex: patient.sex,
    ageYears: ageYearsAt(patient.birthDate, session.startedAt),
    heightM: patient.heightM,
    weightKg: patient.weightKg,
    side,
    affectedSide: patient.affectedSide,
    pinchTrialsN: values('lateral-pinch', side),
    pinchPeakN: peak('lateral-pinch', side),
    otherHandPinchPeakN: peak('lateral-pinch', other),
    wristExtensionNm: peak('wrist-extension', side),
    wristFlexionNm: peak('wrist-flexion', side),
    wristRadialNm: peak('wrist-radial', side),
    wristUlnarNm: peak('wrist-ulnar', side),
    ...postures,
    ...pinchTraceInput(db, sessionId, side),
    typedUnits: [...new Set(pinchUnits)].sort(),
  };
}

/** sha256 over the canonical JSON (keys sorted) of an input. */
export function hashModelInput(input: ModelInput): string {
  const canonical = JSON.stringify(
    Object.fromEntries(Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
  return createHash('sha256').update(canonical).digest('hex');
}

import { SIDES } from '../../../core/clinical/entry-walk.ts';
import { summariseMeasure } from '../../../core/clinical/measure-summary.ts';
import { MEASURES, measureOf } from '../../../core/clinical/measures.ts';
import type { Session, SessionTrial, SessionView } from '../../../core/contract/channels/sessions.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { Measure, Side } from '../../../core/contract/schemas/clinical.ts';
import type { TrendPoint } from '../../../core/contract/schemas/trend.ts';
import type { ReadableDb } from '../db/open-store.ts';
import { findDevice } from '../db/repositories/device-repository.ts';
import { findPatient } from '../db/repositories/patient-repository.ts';
import { countSessions, isPatientBlinded, listSessions } from '../db/repositories/session-repository.ts';
import { listTrials } from '../db/repositories/trial-repository.ts';
import { sessionToShow } from './session-view.ts';
import type { ViewScope } from './waiting-reader.ts';

const MAX_TREND_SESSIONS = 10_000;

/** One page of a patient's sessions, newest first. @throws AppError patient.not_found */
export function listTimeline(
  scope: ViewScope,
  patientId: string,
  limit: number,
  offset: number,
): { rows: Omit<SessionView, 'patient'>[]; total: number } {
  const { db } = scope;
  if (!findPatient(db, patientId)) throw new AppError('patient.not_found');
  const rows = listSessions(db, patientId, limit, offset).map((session) => {
    const { patient: _patient, ...row } = sessionToShow(scope, session.id);
    return row;
  });
  return { rows, total: countSessions(db, patientId) };
}

/**
 * Measures of both hands, oldest first, each summed up in one way at every visit (see {@link TrendPoint}).
 * Nothing while a blinded judgement is open: the dates tell where in the course it lies.
 * @param measure absent: every measure that was taken. @throws AppError patient.not_found
 */
export function listTrend(db: ReadableDb, patientId: string, measure?: Measure): TrendPoint[] {
  if (!findPatient(db, patientId)) throw new AppError('patient.not_found');
  if (isPatientBlinded(db, patientId)) return [];
  const points: TrendPoint[] = [];
  for (const session of listSessions(db, patientId, MAX_TREND_SESSIONS, 0).reverse()) {
    if (session.state === 'measuring') continue;
    const trials = listTrials(db, session.id).newest.filter((t) => t.valueSi !== null);
    for (const one of measure === undefined ? MEASURES : [measure]) {
      for (const side of SIDES) {
        const own = trials.filter((t) => t.measure === one && t.side === side);
        const point = trendPoint(db, session, one, side, own);
        if (point !== null) points.push(point);
      }
    }
  }
  return points;
}

/** @param own trials with a value, in the order of their numbers. */
function trendPoint(
  db: ReadableDb,
  session: Session,
  measure: Measure,
  side: Side,
  own: readonly SessionTrial[],
): TrendPoint | null {
  const { deviceRole } = measureOf(measure);
  const summary = summariseMeasure(measure, own, 'mean-of-three');
  if (summary === null) return null;
  // The device of the session is its pinch gauge: it says nothing of another instrument.
  const ofSession = deviceRole === 'pinch' ? session.deviceId : null;
  const devices = new Set(own.map((trial) => trial.deviceId ?? ofSession));
  const [deviceId = null] = devices.size === 1 ? devices : [null];
  return {
    sessionId: session.id,
    at: session.startedAt,
    measure,
    side,
    valueSi: summary.summary,
    spreadSi: summary.populationSd,
    trialCount: summary.usedCount,
    typedUnit: summary.typedUnit,
    deviceId,
    deviceName: devices.size > 1 ? 'several devices' : (findDevice(db, deviceId)?.name ?? ''),
  };
}

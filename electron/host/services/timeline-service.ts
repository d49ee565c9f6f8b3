import { summariseTrials } from '../../../core/clinical/trial-summary.ts';
import type { SessionView, TrendPoint } from '../../../core/contract/channels/sessions.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { Side } from '../../../core/contract/schemas/clinical.ts';
import type { ReadableDb } from '../db/open-store.ts';
import { findDevice } from '../db/repositories/device-repository.ts';
import { findPatient } from '../db/repositories/patient-repository.ts';
import { countSessions, listSessions } from '../db/repositories/session-repository.ts';
import { listTrials } from '../db/repositories/trial-repository.ts';
import { sessionToShow } from './session-view.ts';

const MAX_TREND_SESSIONS = 10_000;

/** One page of a patient's sessions, newest first. @throws AppError patient.not_found */
export function listTimeline(
  db: ReadableDb,
  patientId: string,
  limit: number,
  offset: number,
): { rows: Omit<SessionView, 'patient'>[]; total: number } {
  if (!findPatient(db, patientId)) throw new AppError('patient.not_found');
  const rows = listSessions(db, patientId, limit, offset).map((session) => {
    const { patient: _patient, ...row } = sessionToShow(db, session.id);
    return row;
  });
  return { rows, total: countSessions(db, patientId) };
}

/**
 * Lateral pinch of both hands, oldest first: always the mean of the first three trials, whatever rule a session was
 * summarised by, since a maximum after a mean would look like a gain. @throws AppError patient.not_found */
export function listTrend(db: ReadableDb, patientId: string): TrendPoint[] {
  if (!findPatient(db, patientId)) throw new AppError('patient.not_found');
  const points: TrendPoint[] = [];
  for (const session of listSessions(db, patientId, MAX_TREND_SESSIONS, 0).reverse()) {
    if (session.state === 'measuring') continue;
    const trials = listTrials(db, session.id).newest.filter((t) => t.measure === 'lateral-pinch');
    for (const side of ['right', 'left'] satisfies Side[]) {
      const valuesN = trials
        .filter((t) => t.side === side && t.valueSi !== null)
        .map((t) => t.valueSi as number);
      const summary = summariseTrials(valuesN, 'mean-of-three');
      if (!summary) continue;
      points.push({
        sessionId: session.id,
        at: session.startedAt,
        side,
        pinchN: summary.summary,
        spreadN: summary.populationSd,
        trialCount: summary.usedCount,
        deviceId: session.deviceId,
        deviceName: findDevice(db, session.deviceId)?.name ?? '',
      });
    }
  }
  return points;
}

import { sql } from 'kysely';
import * as z from 'zod';
import type { DeviceId, SessionId } from '../../../../core/contract/schemas/clinical.ts';
import {
  type ClinicianForecast,
  ForecastFields,
  ForecastQuestion,
  ModelForecast,
} from '../../../../core/contract/schemas/forecast.ts';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, run, sqlBuilder } from '../query.ts';

const ClinicianContent = z.strictObject({ ...ForecastFields.shape, lastN: z.number() });
/** The question is kept beside its answer: what it was computed from. */
const ModelContent = z.strictObject({ forecast: ModelForecast, question: ForecastQuestion });

export interface StoredForecasts {
  clinician: ClinicianForecast;
  model: ModelForecast | null;
}

export function insertClinicianForecast(
  db: WritableDb,
  sessionId: string,
  { id, userId, userName: _, lockedAt, ...content }: ClinicianForecast,
): void {
  run(
    db,
    sqlBuilder.insertInto('forecast').values({
      id,
      session_id: sessionId,
      side: content.side,
      author: 'clinician',
      user_id: userId,
      content: JSON.stringify(ClinicianContent.parse(content)),
      locked_at: lockedAt,
    }),
  );
}

/** @throws SqliteError "forecast of the model before the clinician's" without a locked one of this session and hand. */
export function insertModelForecast(
  db: WritableDb,
  row: { id: string; sessionId: string; side: string; userId: string; lockedAt: string },
  content: z.input<typeof ModelContent>,
): void {
  run(
    db,
    sqlBuilder.insertInto('forecast').values({
      id: row.id,
      session_id: row.sessionId,
      side: row.side,
      author: 'model',
      user_id: row.userId,
      content: JSON.stringify(ModelContent.parse(content)),
      locked_at: row.lockedAt,
    }),
  );
}

/** Forecasts of one session, of one patient, or of all, in the order they were locked. */
export function listForecasts(
  db: ReadableDb,
  of: { sessionId: string } | { patientId: string } | 'all',
): (StoredForecasts & { sessionId: string; patientId: string })[] {
  const query = sqlBuilder
    .selectFrom('forecast')
    .innerJoin('app_user', 'app_user.id', 'forecast.user_id')
    .innerJoin('session', 'session.id', 'forecast.session_id')
    .selectAll('forecast')
    .select(['app_user.name as user_name', 'session.patient_id as patient_id'])
    .orderBy(sql`forecast.rowid`);
  const rows = all(
    db,
    of === 'all'
      ? query
      : 'sessionId' in of
        ? query.where('forecast.session_id', '=', of.sessionId)
        : query.where('session.patient_id', '=', of.patientId),
  );
  const models = new Map(
    rows
      .filter(({ author }) => author === 'model')
      .map((row) => [`${row.session_id}/${row.side}`, ModelContent.parse(JSON.parse(row.content)).forecast]),
  );
  return rows
    .filter(({ author }) => author === 'clinician')
    .map((row) => ({
      sessionId: row.session_id,
      patientId: row.patient_id,
      clinician: {
        ...ClinicianContent.parse(JSON.parse(row.content)),
        id: row.id,
        userId: row.user_id as ClinicianForecast['userId'],
        userName: row.user_name,
        lockedAt: row.locked_at,
      },
      model: models.get(`${row.session_id}/${row.side}`) ?? null,
    }));
}

/** Best key pinch of one hand at one session. */
export interface PinchOfVisit {
  sessionId: SessionId;
  at: string;
  state: string;
  side: 'right' | 'left';
  pinchPeakN: number;
  /** Trials with a value that this is the best of. */
  trialCount: number;
  typedUnit: string;
  /** Of the trial, else of its session; null where none is named. */
  deviceId: DeviceId | null;
}

const pinchRows = (db: ReadableDb, patientId: string) =>
  all(
    db,
    sqlBuilder
      .selectFrom('trial')
      .innerJoin('session', 'session.id', 'trial.session_id')
      .select([
        'session.id as session_id',
        'session.started_at as started_at',
        'session.state as state',
        'session.device_id as session_device',
        'trial.device_id as trial_device',
        'trial.side as side',
        'trial.trial_number as trial_number',
        'trial.version as version',
        'trial.value_si as value_si',
        'trial.typed_unit as typed_unit',
        'trial.created_at as created_at',
      ])
      .where('session.patient_id', '=', patientId)
      .where('session.state', '!=', 'measuring')
      .where('trial.measure', '=', 'lateral-pinch')
      .orderBy('session.started_at')
      .orderBy('session.id')
      .orderBy('trial.version')
      .orderBy(sql`trial.rowid`),
  );
type PinchRow = ReturnType<typeof pinchRows>[number];

/** The largest value of each session and hand, in the order of the rows. */
function bestOf(rows: Iterable<PinchRow>): PinchOfVisit[] {
  const best = new Map<string, PinchOfVisit>();
  for (const row of rows) {
    if (row.value_si === null) continue;
    const key = `${row.session_id}/${row.side}`;
    const known = best.get(key);
    const trialCount = (known?.trialCount ?? 0) + 1;
    if (known !== undefined && known.pinchPeakN >= row.value_si) {
      best.set(key, { ...known, trialCount });
      continue;
    }
    best.set(key, {
      trialCount,
      sessionId: row.session_id as SessionId,
      at: row.started_at,
      state: row.state,
      side: row.side as PinchOfVisit['side'],
      pinchPeakN: row.value_si,
      typedUnit: row.typed_unit,
      deviceId: (row.trial_device ?? row.session_device) as DeviceId | null,
    });
  }
  return [...best.values()];
}

/**
 * Best key pinch (newest version of each trial) of every visit of a patient, oldest first, both hands; drafts and values
 * that were not tested are none.
 */
export function listPinchVisits(db: ReadableDb, patientId: string): PinchOfVisit[] {
  const newest = new Map(
    pinchRows(db, patientId).map((row) => [`${row.session_id}/${row.side}/${row.trial_number}`, row]),
  );
  return bestOf(newest.values());
}

/**
 * The same as first saved: the trials of a hand that were saved at once with its first value, in their first version. What
 * was corrected or added later plays no part.
 */
export function listFirstPinchVisits(db: ReadableDb, patientId: string): PinchOfVisit[] {
  const savedAt = new Map<string, string>();
  return bestOf(
    pinchRows(db, patientId).filter((row) => {
      if (row.version !== 1 || row.value_si === null) return false;
      const key = `${row.session_id}/${row.side}`;
      const first = savedAt.get(key) ?? row.created_at;
      savedAt.set(key, first);
      return row.created_at === first;
    }),
  );
}

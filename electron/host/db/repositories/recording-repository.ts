import { sql } from 'kysely';
import {
  RecordingHeader,
  RecordingMapping,
  RecordingView,
} from '../../../../core/contract/schemas/recording.ts';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, first, run, sqlBuilder } from '../query.ts';
import type { Tables } from '../schema.ts';

/** A recording without its samples. */
export interface RecordingRow {
  id: string;
  sessionId: string;
  patientId: string;
  sessionStartedAt: string;
  side: string | null;
  measure: string;
  name: string;
  fileName: string;
  fileSha256: string;
  sampleCount: number;
  header: RecordingHeader;
  importedBy: string;
  importedAt: string;
  isSetAside: boolean;
}

const recordings = () =>
  sqlBuilder
    .selectFrom('recording')
    .innerJoin('session', 'session.id', 'recording.session_id')
    .innerJoin('app_user', 'app_user.id', 'recording.user_id')
    .leftJoin('recording_state', 'recording_state.recording_id', 'recording.id')
    .select([
      'recording.id',
      'recording.session_id',
      'session.patient_id',
      'session.started_at',
      'recording.side',
      'recording.measure',
      'recording.name',
      'recording.file_name',
      'recording.file_sha256',
      'recording.sample_count',
      'recording.header',
      'app_user.name as user_name',
      'recording.created_at',
      'recording_state.set_aside_at',
    ]);
type Selected = ReturnType<typeof recordings> extends { execute(): Promise<(infer Row)[]> } ? Row : never;

const recordingFrom = (row: Selected): RecordingRow => ({
  id: row.id,
  sessionId: row.session_id,
  patientId: row.patient_id,
  sessionStartedAt: row.started_at,
  side: row.side,
  measure: row.measure,
  name: row.name,
  fileName: row.file_name,
  fileSha256: row.file_sha256,
  sampleCount: row.sample_count,
  header: RecordingHeader.parse(JSON.parse(row.header)),
  importedBy: row.user_name,
  importedAt: row.created_at,
  isSetAside: row.set_aside_at !== null,
});

/** Newest session first; in a session, in the order of import. */
export function listRecordings(db: ReadableDb, patientId: string): RecordingRow[] {
  return all(
    db,
    recordings()
      .where('session.patient_id', '=', patientId)
      .orderBy('session.started_at', 'desc')
      .orderBy('recording.created_at')
      .orderBy('recording.id'),
  ).map(recordingFrom);
}

/** Those of one session that are not set aside, in the order of import. */
export function listSessionRecordings(db: ReadableDb, sessionId: string): RecordingRow[] {
  return all(
    db,
    recordings()
      .where('recording.session_id', '=', sessionId)
      .where('recording_state.set_aside_at', 'is', null)
      .orderBy('recording.created_at')
      .orderBy('recording.id'),
  ).map(recordingFrom);
}

export function findRecording(db: ReadableDb, id: string): RecordingRow | undefined {
  const row = first(db, recordings().where('recording.id', '=', id));
  return row ? recordingFrom(row) : undefined;
}

export function hasRecordings(db: ReadableDb, sessionId: string): boolean {
  const found = first(
    db,
    sqlBuilder.selectFrom('recording').select('id').where('session_id', '=', sessionId).limit(1),
  );
  return found !== undefined;
}

/** The samples as stored: see core/formats/stored-samples.ts. */
export function findSamples(db: ReadableDb, id: string): Buffer | undefined {
  return first(db, sqlBuilder.selectFrom('recording').select('content').where('id', '=', id))?.content;
}

export function insertRecording(db: WritableDb, row: Tables['recording']): void {
  run(db, sqlBuilder.insertInto('recording').values(row));
}

export interface ViewVersion {
  version: number;
  view: RecordingView;
  userName: string;
}

/** The newest version of marks, tare and crop; null when they are as imported. */
export function findNewestView(db: ReadableDb, recordingId: string): ViewVersion | null {
  const row = first(
    db,
    sqlBuilder
      .selectFrom('recording_marks')
      .innerJoin('app_user', 'app_user.id', 'recording_marks.user_id')
      .select(['recording_marks.version', 'recording_marks.content', 'app_user.name'])
      .where('recording_id', '=', recordingId)
      .orderBy('recording_marks.version', 'desc')
      .limit(1),
  );
  return row
    ? { version: row.version, view: RecordingView.parse(JSON.parse(row.content)), userName: row.name }
    : null;
}

export function insertView(db: WritableDb, row: Tables['recording_marks']): void {
  run(db, sqlBuilder.insertInto('recording_marks').values(row));
}

/** @param setAsideAt - null takes it back. */
export function putRecordingState(db: WritableDb, recordingId: string, setAsideAt: string | null): void {
  run(
    db,
    sqlBuilder
      .insertInto('recording_state')
      .values({ recording_id: recordingId, set_aside_at: setAsideAt })
      .onConflict((conflict) => conflict.column('recording_id').doUpdateSet({ set_aside_at: setAsideAt })),
  );
}

export function findImportMapping(
  db: ReadableDb,
  signature: string,
): { mapping: RecordingMapping; usedAt: string } | null {
  const row = first(
    db,
    sqlBuilder
      .selectFrom('import_mapping')
      .select(['content', 'changed_at'])
      .where('signature', '=', signature),
  );
  if (!row) return null;
  const mapping = RecordingMapping.safeParse(JSON.parse(row.content));
  return mapping.success ? { mapping: mapping.data, usedAt: row.changed_at } : null;
}

export function putImportMapping(db: WritableDb, row: Tables['import_mapping']): void {
  run(
    db,
    sqlBuilder
      .insertInto('import_mapping')
      .values(row)
      .onConflict((conflict) =>
        conflict.column('signature').doUpdateSet({
          name: sql`excluded.name`,
          content: sql`excluded.content`,
          user_id: sql`excluded.user_id`,
          changed_at: sql`excluded.changed_at`,
        }),
      ),
  );
}

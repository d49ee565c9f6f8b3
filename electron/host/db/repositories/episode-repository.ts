import { sql } from 'kysely';
import type { EpisodeRow } from '../../../../core/contract/channels/episodes.ts';
import type { Episode, EpisodeFields } from '../../../../core/contract/schemas/episode.ts';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, first, run, sqlBuilder } from '../query.ts';
import type { Tables } from '../schema.ts';
import { searchable } from './patient-repository.ts';

type Row = Tables['episode_version'];

const fieldsFrom = (row: Row): EpisodeFields => ({
  side: row.side as EpisodeFields['side'],
  diagnosis: row.diagnosis,
  operation: row.operation as EpisodeFields['operation'],
  operationNote: row.operation_note,
  operationDate: row.operation_date,
  startedOn: row.started_on,
  endedOn: row.ended_on,
});

const episodeFrom = (row: Row): Episode => ({
  id: row.episode_id,
  version: row.version,
  ...fieldsFrom(row),
});

/** Newest versions only. */
const newest = () =>
  sqlBuilder
    .selectFrom('episode_version as e')
    .where((builder) =>
      builder.not(
        builder.exists(
          builder
            .selectFrom('episode_version as n')
            .select('n.version')
            .whereRef('n.episode_id', '=', 'e.episode_id')
            .whereRef('n.version', '>', 'e.version'),
        ),
      ),
    );

/** The newest version of an episode, removed or not, with the patient it belongs to. */
export function findEpisode(
  db: ReadableDb,
  id: string,
): { patientId: string; isRemoved: boolean; version: number; fields: EpisodeFields } | undefined {
  const row = first(db, newest().selectAll('e').where('e.episode_id', '=', id));
  return row
    ? {
        patientId: row.patient_id,
        isRemoved: row.is_removed === 1,
        version: row.version,
        fields: fieldsFrom(row),
      }
    : undefined;
}

const ofPatient = (patientId: string) =>
  newest()
    .selectAll('e')
    .where('e.patient_id', '=', patientId)
    .where('e.is_removed', '=', 0)
    .orderBy('e.started_on', 'desc')
    .orderBy('e.created_at', 'desc')
    .orderBy('e.episode_id');

/** The most recently started first; removed ones are left out. */
export function listEpisodes(db: ReadableDb, patientId: string): EpisodeRow[] {
  return all(
    db,
    ofPatient(patientId).select((builder) =>
      builder
        .selectFrom('session')
        .select(sql<number>`count(*)`.as('n'))
        .whereRef('session.episode_id', '=', 'e.episode_id')
        .whereRef('session.patient_id', '=', 'e.patient_id')
        .as('session_count'),
    ),
  ).map((row) => ({ ...episodeFrom(row), sessionCount: row.session_count ?? 0 }));
}

/** Ids of the newest versions, removed ones too: what a merge moves. */
export function episodeIdsOf(db: ReadableDb, patientId: string): string[] {
  return all(db, newest().select('e.episode_id').where('e.patient_id', '=', patientId)).map(
    (row) => row.episode_id,
  );
}

/** The episode that goes on: not ended, the most recently started. */
export function findOpenEpisode(db: ReadableDb, patientId: string): Episode | undefined {
  const row = first(db, ofPatient(patientId).where('e.ended_on', 'is', null).limit(1));
  return row ? episodeFrom(row) : undefined;
}

export function insertEpisodeVersion(
  db: WritableDb,
  row: {
    episodeId: string;
    version: number;
    patientId: string;
    isRemoved: boolean;
    userId: string;
    createdAt: string;
    fields: EpisodeFields;
  },
): void {
  const { fields } = row;
  run(
    db,
    sqlBuilder.insertInto('episode_version').values({
      episode_id: row.episodeId,
      version: row.version,
      patient_id: row.patientId,
      side: fields.side,
      diagnosis: fields.diagnosis,
      operation: fields.operation,
      operation_note: fields.operationNote,
      operation_date: fields.operationDate,
      started_on: fields.startedOn,
      ended_on: fields.endedOn,
      is_removed: row.isRemoved ? 1 : 0,
      search_text: searchable(fields.diagnosis),
      user_id: row.userId,
      created_at: row.createdAt,
    }),
  );
}

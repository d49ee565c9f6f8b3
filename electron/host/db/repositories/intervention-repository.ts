import { sql } from 'kysely';
import type { Intervention } from '../../../../core/contract/channels/interventions.ts';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, first, run, sqlBuilder } from '../query.ts';
import type { Tables } from '../schema.ts';

const interventionFrom = (row: Tables['intervention'] & { user_name: string }): Intervention => ({
  id: row.id,
  patientId: row.patient_id as Intervention['patientId'],
  kind: row.kind as Intervention['kind'],
  side: row.side as Intervention['side'],
  onDate: row.on_date,
  note: row.note,
  userName: row.user_name,
  createdAt: row.created_at,
});

const interventions = () =>
  sqlBuilder
    .selectFrom('intervention')
    .innerJoin('app_user', 'app_user.id', 'intervention.user_id')
    .selectAll('intervention')
    .select('app_user.name as user_name');

/** Marks that were not taken off, oldest first. */
export function listInterventions(db: ReadableDb, patientId: string): Intervention[] {
  return all(
    db,
    interventions()
      .where('patient_id', '=', patientId)
      .where('removed_at', 'is', null)
      .orderBy('on_date')
      .orderBy(sql`intervention.rowid`),
  ).map(interventionFrom);
}

/** A mark, also one that was taken off. */
export function findIntervention(
  db: ReadableDb,
  id: string,
): { intervention: Intervention; isRemoved: boolean } | null {
  const row = first(db, interventions().where('intervention.id', '=', id));
  return row ? { intervention: interventionFrom(row), isRemoved: row.removed_at !== null } : null;
}

export function insertIntervention(db: WritableDb, row: Tables['intervention']): void {
  run(db, sqlBuilder.insertInto('intervention').values(row));
}

/** @param removedAt null puts the mark back. */
export function setInterventionRemoved(db: WritableDb, id: string, removedAt: string | null): void {
  run(db, sqlBuilder.updateTable('intervention').set({ removed_at: removedAt }).where('id', '=', id));
}

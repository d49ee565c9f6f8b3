/** Which patients have a judgement open, and which are blinded: one rule each, for one patient and for tables of all. */
import { sql } from 'kysely';
import type { ReadableDb } from '../open-store.ts';
import { all, first, sqlBuilder } from '../query.ts';

/**
 * Every record under which an open session stands or ever stood, by a move or a merge, undone or not: it could be put
 * back after a look at the results there. The clock plays no part.
 */
const openPatients = () => {
  const open = sql`state IN ('measuring', 'saved')`;
  return sql<{ patient_id: string }>`(
    SELECT patient_id FROM session WHERE ${open}
    UNION ALL SELECT m.from_patient_id FROM session_move m JOIN session s ON s.id = m.session_id WHERE s.${open}
    UNION ALL SELECT m.to_patient_id FROM session_move m JOIN session s ON s.id = m.session_id WHERE s.${open}
    UNION ALL SELECT g.kept_id FROM patient_merge g, json_each(g.moved, '$.sessions') j JOIN session s ON s.id = j.value
      WHERE s.${open}
    UNION ALL SELECT g.merged_id FROM patient_merge g, json_each(g.moved, '$.sessions') j JOIN session s ON s.id = j.value
      WHERE s.${open})`;
};

/** Every record under which one session stands or ever stood, by a move or a merge, undone or not. */
export const recordsEverOf = (db: ReadableDb, sessionId: string): string[] =>
  all(
    db,
    sqlBuilder
      .selectFrom(
        sql<{ patient_id: string }>`(
          SELECT patient_id FROM session WHERE id = ${sessionId}
          UNION SELECT from_patient_id FROM session_move WHERE session_id = ${sessionId}
          UNION SELECT to_patient_id FROM session_move WHERE session_id = ${sessionId}
          UNION SELECT g.kept_id FROM patient_merge g, json_each(g.moved, '$.sessions') j WHERE j.value = ${sessionId}
          UNION SELECT g.merged_id FROM patient_merge g, json_each(g.moved, '$.sessions') j WHERE j.value = ${sessionId}
        )`.as('p'),
      )
      .select('p.patient_id'),
  ).map((row) => row.patient_id);

/** A record with a blinded session that waits for its judgement, and every record that was merged with it. */
const blindedPatients = () => sql<{ patient_id: string }>`(
  WITH RECURSIVE blinded (patient_id) AS (
    SELECT patient_id FROM session WHERE is_blinded = 1 AND state IN ('measuring', 'saved')
    UNION SELECT t.merged_into FROM patient_state t JOIN blinded b ON b.patient_id = t.patient_id
      WHERE t.merged_into IS NOT NULL
    UNION SELECT t.patient_id FROM patient_state t JOIN blinded b ON b.patient_id = t.merged_into
  ) SELECT patient_id FROM blinded)`;

const idsOf = (db: ReadableDb, patients: ReturnType<typeof openPatients>): Set<string> =>
  new Set(
    all(db, sqlBuilder.selectFrom(patients.as('p')).select('p.patient_id')).map((row) => row.patient_id),
  );

/** Patients with an open judgement: model results of theirs must not be seen (decisions 27). */
export const openPatientIds = (db: ReadableDb): Set<string> => idsOf(db, openPatients());

/** Patients whose diagnosis and operation a blinded judge must not see now. */
export const blindedPatientIds = (db: ReadableDb): Set<string> => idsOf(db, blindedPatients());

const isAmong = (db: ReadableDb, patients: ReturnType<typeof openPatients>, patientId: string): boolean =>
  first(
    db,
    sqlBuilder
      .selectFrom(patients.as('p'))
      .select('p.patient_id')
      .where('p.patient_id', '=', patientId)
      .limit(1),
  ) !== undefined;

/** See {@link openPatientIds}, of one patient. */
export const isJudgementOpen = (db: ReadableDb, patientId: string): boolean =>
  isAmong(db, openPatients(), patientId);

/** See {@link blindedPatientIds}, of one patient. */
export const isPatientBlinded = (db: ReadableDb, patientId: string): boolean =>
  isAmong(db, blindedPatients(), patientId);

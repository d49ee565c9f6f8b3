import { type SqlBool, sql } from 'kysely';
import type { PatientRow } from '../../../../core/contract/channels/patients.ts';
import type { Patient, PatientFields } from '../../../../core/contract/schemas/clinical.ts';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, first, run, sqlBuilder } from '../query.ts';
import type { Tables } from '../schema.ts';
import { blindedPatientIds } from './open-judgement.ts';

/** Letters that Unicode does not take apart into a base and an accent. */
const BASE_LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
};

/** Typed in as many ways as there are keyboards: ' ‘ ’ ʼ ′ and their wide forms. */
const APOSTROPHES = /['\u2018\u2019\u201B\u02BC\u2032\u055A\uA78C\uFF07]/g;

/** Lower case without accents and apostrophes, so that "muller" finds "Müller" and "o'connor" finds "O’Connor". */
export function searchable(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(APOSTROPHES, '')
    .toLowerCase()
    .replace(/[łøđðıßæœ]/g, (letter) => BASE_LETTERS[letter] ?? letter);
}

const versionRow = (
  patientId: string,
  version: number,
  createdAt: string,
  userId: string,
  fields: PatientFields,
): Tables['patient_version'] => ({
  patient_id: patientId,
  version,
  created_at: createdAt,
  user_id: userId,
  display_name: fields.displayName,
  clinic_number: fields.clinicNumber,
  birth_date: fields.birthDate,
  sex: fields.sex,
  height_m: fields.heightM,
  weight_kg: fields.weightKg,
  dominant_hand: fields.dominantHand,
  affected_side: fields.affectedSide,
  diagnosis: fields.diagnosis,
  operation: fields.operation,
  operation_note: fields.operationNote,
  operation_date: fields.operationDate,
  search_text: searchable(`${fields.displayName} ${fields.clinicNumber} ${fields.diagnosis}`),
});

export function insertPatient(
  db: WritableDb,
  id: string,
  createdAt: string,
  userId: string,
  fields: PatientFields,
): void {
  run(db, sqlBuilder.insertInto('patient').values({ id, created_at: createdAt, current_version: 1 }));
  run(db, sqlBuilder.insertInto('patient_version').values(versionRow(id, 1, createdAt, userId, fields)));
}

export function insertPatientVersion(
  db: WritableDb,
  id: string,
  version: number,
  createdAt: string,
  userId: string,
  fields: PatientFields,
): void {
  run(
    db,
    sqlBuilder.insertInto('patient_version').values(versionRow(id, version, createdAt, userId, fields)),
  );
  run(db, sqlBuilder.updateTable('patient').set({ current_version: version }).where('id', '=', id));
}

/** The newest version of a patient; undefined when there is none. */
export function findPatient(db: ReadableDb, id: string): Patient | undefined {
  const row = first(
    db,
    sqlBuilder
      .selectFrom('patient')
      .innerJoin('patient_version as v', (join) =>
        join.onRef('v.patient_id', '=', 'patient.id').onRef('v.version', '=', 'patient.current_version'),
      )
      .selectAll('v')
      .select('patient.created_at as patient_created_at')
      .where('patient.id', '=', id),
  );
  if (!row) return undefined;
  return {
    id: row.patient_id as Patient['id'],
    createdAt: row.patient_created_at,
    version: row.version,
    displayName: row.display_name,
    clinicNumber: row.clinic_number,
    birthDate: row.birth_date,
    sex: row.sex as Patient['sex'],
    heightM: row.height_m,
    weightKg: row.weight_kg,
    dominantHand: row.dominant_hand as Patient['dominantHand'],
    affectedSide: row.affected_side as Patient['affectedSide'],
    diagnosis: row.diagnosis,
    operation: row.operation as Patient['operation'],
    operationNote: row.operation_note,
    operationDate: row.operation_date,
  };
}

/** The words of a search that read as a date, and who was born on it. */
export interface SearchedBirthDate {
  typed: string;
  /** YYYY-MM-DD. */
  date: string;
}

interface Search {
  words: readonly string[];
  born: { words: readonly string[]; ids: readonly string[] };
}

const wordsOf = (text: string) => searchable(text).split(/\s+/).filter(Boolean);

function readSearch(db: ReadableDb, text: string, birthDate: SearchedBirthDate | null): Search {
  const words = wordsOf(text).slice(0, 8);
  if (birthDate === null) return { words, born: { words: [], ids: [] } };
  const born = sqlBuilder
    .selectFrom('patient')
    .innerJoin('patient_version as v', (join) =>
      join.onRef('v.patient_id', '=', 'patient.id').onRef('v.version', '=', 'patient.current_version'),
    )
    .select('patient.id')
    .where('v.birth_date', '=', birthDate.date);
  return { words, born: { words: wordsOf(birthDate.typed), ids: all(db, born).map(({ id }) => id) } };
}

/**
 * Blinded patients whose name and number alone do not hold all words: a search by diagnosis must not find them, or
 * the list would answer what it hides.
 */
function blindedNotFoundByName(db: ReadableDb, { words, born }: Search): string[] {
  const blindedIds = blindedPatientIds(db);
  const blinded = all(
    db,
    sqlBuilder
      .selectFrom('patient_listing as l')
      .innerJoin('patient', 'patient.id', 'l.patient_id')
      .innerJoin('patient_version as v', (join) =>
        join.onRef('v.patient_id', '=', 'patient.id').onRef('v.version', '=', 'patient.current_version'),
      )
      .select(['patient.id', 'v.display_name', 'v.clinic_number'])
      .where('l.patient_id', 'in', [...blindedIds]),
  );
  return blinded
    .filter((row) => {
      const text = searchable(`${row.display_name} ${row.clinic_number}`);
      const isBorn = (word: string) => born.words.includes(word) && born.ids.includes(row.id);
      return !words.every((word) => text.includes(word) || isBorn(word));
    })
    .map((row) => row.id);
}

const standingOf = (row: { archived_at: string | null; merged_into: string | null }) =>
  row.merged_into !== null ? 'merged' : row.archived_at !== null ? 'archived' : 'listed';

/**
 * Ids of one page, most recent first, and how many there are. Without a search the index answers both; a search reads
 * the small rows once from end to end and sorts what it found.
 */
function findPage(
  db: ReadableDb,
  search: Search,
  limit: number,
  offset: number,
  includeArchived: boolean,
): { ids: string[]; total: number } {
  let found = sqlBuilder.selectFrom('patient_listing as l');
  // Written out, not bound: the partial index of the listed patients is chosen by the text of the query.
  if (!includeArchived) found = found.where('l.is_listed', '=', sql.lit(1));
  const { words, born } = search;
  if (words.length === 0) {
    const page = found.select('l.patient_id').orderBy('l.sort_at', 'desc').orderBy('l.patient_id');
    const ids = all(db, page.limit(limit).offset(offset)).map((row) => row.patient_id);
    return { ids, total: first(db, found.select(sql<number>`count(*)`.as('n')))?.n ?? 0 };
  }
  const hidden = blindedNotFoundByName(db, search);
  if (hidden.length > 0) found = found.where('l.patient_id', 'not in', hidden);
  for (const word of words) {
    const isIn = sql<SqlBool>`instr(l.search_text, ${word}) > 0`;
    found = found.where((where) =>
      born.words.includes(word) ? where.or([isIn, where('l.patient_id', 'in', [...born.ids])]) : isIn,
    );
  }
  // The plus keeps SQLite from walking the index, which would fetch every row from another place.
  const hits = all(db, found.select('l.patient_id').orderBy(sql`+l.sort_at`, 'desc').orderBy('l.patient_id'));
  return { ids: hits.slice(offset, offset + limit).map((row) => row.patient_id), total: hits.length };
}

/**
 * One page of patients, the most recently seen first. What is sorted, searched and counted stands in one row a patient
 * (`patient_listing`), so that the number of sessions does not matter.
 * @param search - words that must all occur in name, clinic number or a diagnosis; empty finds everybody.
 * @param includeArchived - archived and merged patients too.
 * @param birthDate - a part of `search` that is a date: it is also met by those born on it.
 */
export function listPatients(
  db: ReadableDb,
  search: string,
  limit: number,
  offset: number,
  includeArchived = false,
  birthDate: SearchedBirthDate | null = null,
): { rows: PatientRow[]; total: number; archivedCount: number } {
  const { ids, total } = findPage(db, readSearch(db, search, birthDate), limit, offset, includeArchived);
  const blinded = blindedPatientIds(db);
  const rows = all(
    db,
    sqlBuilder
      .selectFrom('patient_listing as l')
      .innerJoin('patient', 'patient.id', 'l.patient_id')
      .innerJoin('patient_version as v', (join) =>
        join.onRef('v.patient_id', '=', 'patient.id').onRef('v.version', '=', 'patient.current_version'),
      )
      .leftJoin('patient_state as t', 't.patient_id', 'l.patient_id')
      .select([
        'patient.id',
        'v.display_name',
        'v.clinic_number',
        'v.birth_date',
        'v.affected_side',
        'v.diagnosis',
        'l.session_count',
        'l.last_session_at',
        'l.has_draft',
        't.archived_at',
        't.merged_into',
      ])
      .where('l.patient_id', 'in', ids)
      .orderBy(sql`+l.sort_at`, 'desc')
      .orderBy('l.patient_id'),
  );
  const archived = sqlBuilder
    .selectFrom('patient_listing')
    .select(sql<number>`count(*)`.as('n'))
    .where('is_listed', '=', sql.lit(0));
  return {
    total,
    archivedCount: first(db, archived)?.n ?? 0,
    rows: rows.map((row) => ({
      id: row.id as PatientRow['id'],
      displayName: row.display_name,
      clinicNumber: row.clinic_number,
      birthDate: row.birth_date,
      affectedSide: row.affected_side,
      diagnosis: blinded.has(row.id) ? '' : row.diagnosis,
      sessionCount: row.session_count,
      lastSessionAt: row.last_session_at,
      hasOpenDraft: row.has_draft === 1,
      standing: standingOf(row),
    })),
  };
}

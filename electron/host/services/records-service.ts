import type { MergePreview, RecordHistory } from '../../../core/contract/channels/records.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { PatientId } from '../../../core/contract/schemas/clinical.ts';
import type { ReadableDb } from '../db/open-store.ts';
import { transact } from '../db/open-store.ts';
import {
  episodeIdsOf,
  findEpisode,
  insertEpisodeVersion,
  listEpisodes,
} from '../db/repositories/episode-repository.ts';
import { findPatient } from '../db/repositories/patient-repository.ts';
import {
  findMerge,
  findPatientState,
  insertMerge,
  interventionIdsOf,
  listMerges,
  listMoves,
  Moved,
  markUndone,
  putPatientState,
  reassign,
  sessionIdsOf,
} from '../db/repositories/record-repository.ts';
import {
  countSessions,
  findSession,
  isJudgementOpen,
  isPatientBlinded,
} from '../db/repositories/session-repository.ts';
import { writeAudit } from './audit.ts';
import { assertNoneOpen, requireUnmerged } from './record-rules.ts';
import type { WriteScope } from './scope.ts';
import { patientToShow } from './session-view.ts';

const nameOf = (db: ReadableDb, id: string) => findPatient(db, id)?.displayName ?? '';
const movedOf = (text: string) => Moved.parse(JSON.parse(text));

/** Archive, merges and moved sessions of a patient. @throws AppError patient.not_found */
export function recordHistory(db: ReadableDb, patientId: string): RecordHistory {
  if (!findPatient(db, patientId)) throw new AppError('patient.not_found');
  const state = findPatientState(db, patientId);
  const isBlinded = isPatientBlinded(db, patientId);
  const merges = listMerges(db, patientId).map((row) => {
    const moved = movedOf(row.moved);
    return {
      id: row.id,
      keptId: row.kept_id as PatientId,
      keptName: nameOf(db, row.kept_id),
      mergedId: row.merged_id as PatientId,
      mergedName: nameOf(db, row.merged_id),
      sessionCount: moved.sessions.length,
      episodeCount: isBlinded ? 0 : moved.episodes.length,
      at: row.created_at,
      userName: row.user_name,
      undoneAt: row.undone_at,
    };
  });
  const moves = listMoves(db, patientId).map((row) => {
    const session = findSession(db, row.session_id);
    return {
      id: row.id,
      sessionId: row.session_id as RecordHistory['moves'][number]['sessionId'],
      sessionStartedAt: isBlinded ? null : (session?.startedAt ?? null),
      fromId: row.from_patient_id as PatientId,
      fromName: nameOf(db, row.from_patient_id),
      toId: row.to_patient_id as PatientId,
      toName: nameOf(db, row.to_patient_id),
      reason: isBlinded ? '' : row.reason,
      at: row.created_at,
      userName: row.user_name,
      undoneAt: row.undone_at,
      canUndo: row.undone_at === null && session?.patientId === row.to_patient_id,
    };
  });
  const merge = merges.find((m) => m.mergedId === patientId && m.undoneAt === null);
  return {
    archivedAt: state.archivedAt,
    mergedInto: merge ? { id: merge.keptId, displayName: merge.keptName, mergeId: merge.id } : null,
    merges,
    moves,
  };
}

/** Takes a patient out of the list or puts them back. @throws AppError patient.not_found, patient.merged */
export function setArchived(scope: WriteScope, patientId: PatientId, isArchived: boolean): RecordHistory {
  transact(scope.db, () => {
    requireUnmerged(scope.db, patientId);
    const isNow = findPatientState(scope.db, patientId).archivedAt !== null;
    if (isNow === isArchived) return;
    putPatientState(scope.db, patientId, { archived_at: isArchived ? scope.clock().toISOString() : null });
    writeAudit(scope, isArchived ? 'patient.archived' : 'patient.unarchived', patientId);
  });
  scope.emit('patients.changed', { id: patientId });
  return recordHistory(scope.db, patientId);
}

/** Both records and what would move. @throws AppError patient.not_found */
export function previewMerge(db: ReadableDb, keptId: PatientId, mergedId: PatientId): MergePreview {
  const isMerged = [keptId, mergedId].some((id) => findPatientState(db, id).mergedInto !== null);
  const isBlinded = isPatientBlinded(db, keptId) || isPatientBlinded(db, mergedId);
  const isOpen = isJudgementOpen(db, keptId) || isJudgementOpen(db, mergedId);
  return {
    kept: patientToShow(db, keptId),
    merged: patientToShow(db, mergedId),
    sessionCount: countSessions(db, mergedId),
    episodeCount: isBlinded ? 0 : listEpisodes(db, mergedId).length,
    interventionCount: isBlinded ? 0 : interventionIdsOf(db, mergedId).length,
    keptSessionCount: countSessions(db, keptId),
    refusal: isOpen ? 'judgement-open' : isMerged ? 'merged' : null,
  };
}

/** Episodes are never rewritten: a new version says under whom they stand. */
function moveEpisodes(scope: WriteScope, ids: readonly string[], from: string, to: string): void {
  for (const episodeId of ids) {
    const episode = findEpisode(scope.db, episodeId);
    if (!episode || episode.patientId !== from) continue;
    insertEpisodeVersion(scope.db, {
      ...episode,
      episodeId,
      version: episode.version + 1,
      patientId: to,
      userId: scope.user.id,
      createdAt: scope.clock().toISOString(),
    });
  }
}

function moveAll(scope: WriteScope, moved: Moved, from: string, to: string): void {
  reassign(scope.db, 'session', moved.sessions, from, to);
  reassign(scope.db, 'intervention', moved.interventions, from, to);
  moveEpisodes(scope, moved.episodes, from, to);
}

/**
 * Merges one record into another. Who the person is stays as the kept record says; the merged record stays in the
 * store, out of the list.
 * @throws AppError patient.not_found, patient.merged; patient.judgement_open while a judgement of either is open.
 */
export function mergePatients(scope: WriteScope, keptId: PatientId, mergedId: PatientId) {
  const { db } = scope;
  if (keptId === mergedId) throw new AppError('input.invalid', { path: 'mergedId' });
  const mergeId = scope.newId();
  const moved = transact(db, () => {
    requireUnmerged(db, keptId);
    requireUnmerged(db, mergedId);
    assertNoneOpen(db, keptId, mergedId);
    const all: Moved = {
      sessions: sessionIdsOf(db, mergedId),
      episodes: episodeIdsOf(db, mergedId),
      interventions: interventionIdsOf(db, mergedId),
    };
    moveAll(scope, all, mergedId, keptId);
    putPatientState(db, mergedId, { merged_into: keptId });
    insertMerge(db, {
      id: mergeId,
      kept_id: keptId,
      merged_id: mergedId,
      moved: JSON.stringify(all),
      user_id: scope.user.id,
      created_at: scope.clock().toISOString(),
    });
    writeAudit(scope, 'patient.merged', mergeId, { keptId, mergedId, moved: all });
    return all;
  });
  for (const id of [keptId, mergedId]) scope.emit('patients.changed', { id });
  return { mergeId, sessionCount: moved.sessions.length, episodeCount: moved.episodes.length };
}

/**
 * Gives the merged record back what came from it and still stands under the kept one.
 * @throws AppError undo.not_possible when it was undone before, or the kept record was itself merged since;
 * patient.judgement_open while a judgement of either is open.
 */
export function undoMerge(scope: WriteScope, mergeId: string) {
  const { db } = scope;
  const merge = transact(db, () => {
    const row = findMerge(db, mergeId);
    if (!row || row.undone_at !== null) throw new AppError('undo.not_possible');
    const isKeptMerged = findPatientState(db, row.kept_id).mergedInto !== null;
    if (isKeptMerged || findPatientState(db, row.merged_id).mergedInto !== row.kept_id) {
      throw new AppError('undo.not_possible');
    }
    assertNoneOpen(db, row.kept_id, row.merged_id);
    moveAll(scope, movedOf(row.moved), row.kept_id, row.merged_id);
    putPatientState(db, row.merged_id, { merged_into: null });
    markUndone(db, 'patient_merge', mergeId, scope.clock().toISOString(), scope.user.id);
    writeAudit(scope, 'merge.undone', mergeId);
    return { keptId: row.kept_id as PatientId, mergedId: row.merged_id as PatientId };
  });
  for (const id of [merge.keptId, merge.mergedId]) scope.emit('patients.changed', { id });
  return merge;
}

/** Imported recordings: what may be shown of them, their marks, and setting aside. The samples themselves never change. */
import { AppError } from '../../../core/contract/errors.ts';
import type { Measure, PatientId, SessionId, Side } from '../../../core/contract/schemas/clinical.ts';
import type {
  Recording,
  RecordingHeader,
  RecordingView,
  TraceMark,
} from '../../../core/contract/schemas/recording.ts';
import { pinchDirections } from '../../../core/inference/pinch-trace-channels.ts';
import { TRACE_COMPONENTS } from '../../../core/signals/trace-shape.ts';
import type { ReadableDb } from '../db/open-store.ts';
import { transact } from '../db/open-store.ts';
import { findPatient } from '../db/repositories/patient-repository.ts';
import {
  findNewestView,
  findRecording,
  findSamples,
  insertView,
  listRecordings,
  listSessionRecordings,
  putRecordingState,
  type RecordingRow,
} from '../db/repositories/recording-repository.ts';
import { findSession, isPatientBlinded } from '../db/repositories/session-repository.ts';
import { writeAudit } from './audit.ts';
import type { WriteScope } from './scope.ts';
import { isWaitingReader, type ViewScope } from './waiting-reader.ts';

/** "channel 1", in the order of the file. */
export const channelName = (index: number): string => `channel ${index + 1}`;

/**
 * Channels without the words of the file, which may tell the operation: "channel 1", in the order of the file. The three
 * directions of a pinch are called by theirs, which tell nothing.
 */
export function blindHeader(header: RecordingHeader): RecordingHeader {
  const { channels } = header.mapping;
  const directions = pinchDirections(channels);
  const nameAt = (index: number) => TRACE_COMPONENTS[directions?.indexOf(index) ?? -1] ?? channelName(index);
  return {
    ...header,
    mapping: {
      ...header.mapping,
      channels: channels.map((channel, index) => ({ ...channel, name: nameAt(index) })),
    },
  };
}

/**
 * A recording as it may be shown now: names and dates that could tell the operation are left out while blinded, and for a
 * user who is still to read its session blinded.
 */
function toShow(scope: ViewScope, row: RecordingRow): Recording {
  const { db } = scope;
  const isBlinded = isPatientBlinded(db, row.patientId) || isWaitingReader(scope, row.sessionId);
  const newest = findNewestView(db, row.id);
  return {
    ...row,
    sessionId: row.sessionId as SessionId,
    patientId: row.patientId as PatientId,
    side: row.side as Side | null,
    measure: row.measure as Measure,
    sessionStartedAt: isBlinded ? null : row.sessionStartedAt,
    importedAt: isBlinded ? null : row.importedAt,
    name: isBlinded ? '' : row.name,
    fileName: isBlinded ? '' : row.fileName,
    header: isBlinded ? blindHeader(row.header) : row.header,
    view: newest?.view ?? row.header.firstView,
    viewVersion: newest?.version ?? 0,
    viewChangedBy: newest?.userName ?? null,
    isBlinded,
  };
}

/** @throws AppError recording.not_found */
export function recordingToShow(scope: ViewScope, id: string): Recording {
  const row = findRecording(scope.db, id);
  if (!row) throw new AppError('recording.not_found');
  return toShow(scope, row);
}

/** @throws AppError patient.not_found */
export function recordingsOfPatient(scope: ViewScope, patientId: string): Recording[] {
  if (!findPatient(scope.db, patientId)) throw new AppError('patient.not_found');
  return listRecordings(scope.db, patientId).map((row) => toShow(scope, row));
}

/** @throws AppError session.not_found */
export function recordingsOfSession(scope: ViewScope, sessionId: string): Recording[] {
  if (!findSession(scope.db, sessionId)) throw new AppError('session.not_found');
  return listSessionRecordings(scope.db, sessionId).map((row) => toShow(scope, row));
}

/** The stored bytes and how many columns they hold. @throws AppError recording.not_found */
export function samplesOf(db: ReadableDb, id: string): { bytes: Uint8Array; blockCount: number } {
  const row = findRecording(db, id);
  const content = row && findSamples(db, id);
  if (!row || !content) throw new AppError('recording.not_found');
  const { time, channels } = row.header.mapping;
  return {
    bytes: new Uint8Array(content),
    blockCount: channels.length + (time.kind === 'column' ? 1 : 0),
  };
}

/** A mark that stayed where it was keeps its author; one that moved is the user's; one of the app stays the app's. */
function withAuthors(
  marks: readonly TraceMark[],
  before: readonly TraceMark[],
  userName: string,
): TraceMark[] {
  return marks.map(({ kind, atS, placedBy }) => {
    const same = before.find((mark) => mark.kind === kind && mark.atS === atS);
    if (same) return same;
    return { kind, atS, placedBy: placedBy.kind === 'app' ? placedBy : { kind: 'person', userName } };
  });
}

/** @throws AppError recording.not_found */
export function saveView(scope: WriteScope, id: string, wanted: RecordingView): Recording {
  transact(scope.db, () => {
    const row = findRecording(scope.db, id);
    if (!row) throw new AppError('recording.not_found');
    if (wanted.tares.length !== row.header.mapping.channels.length) throw new AppError('input.invalid');
    const newest = findNewestView(scope.db, id);
    const before = (newest?.view ?? row.header.firstView).marks ?? [];
    const view: RecordingView = {
      ...wanted,
      marks: wanted.marks && withAuthors(wanted.marks, before, scope.user.name),
    };
    const version = (newest?.version ?? 0) + 1;
    writeAudit(scope, 'recording.view_changed', id, { version, view });
    insertView(scope.db, {
      recording_id: id,
      version,
      content: JSON.stringify(view),
      user_id: scope.user.id,
      created_at: scope.clock().toISOString(),
    });
  });
  return recordingToShow(scope, id);
}

/** @throws AppError recording.not_found */
export function setRecordingAside(scope: WriteScope, id: string, isSetAside: boolean): Recording {
  transact(scope.db, () => {
    if (!findRecording(scope.db, id)) throw new AppError('recording.not_found');
    writeAudit(scope, isSetAside ? 'recording.set_aside' : 'recording.taken_back', id);
    putRecordingState(scope.db, id, isSetAside ? scope.clock().toISOString() : null);
  });
  const recording = recordingToShow(scope, id);
  scope.emit('patients.changed', { id: recording.patientId });
  return recording;
}

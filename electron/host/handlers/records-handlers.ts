import { listOpenSessions } from '../db/repositories/record-repository.ts';
import {
  mergePatients,
  previewMerge,
  recordHistory,
  setArchived,
  undoMerge,
} from '../services/records-service.ts';
import { moveSession, undoMove } from '../services/session-moves.ts';
import type { HandlersOf } from './clinical-handlers.ts';

export const recordsHandlers: HandlersOf<'records'> = {
  'records.history': (input, context) => recordHistory(context.read().db, input.patientId),
  'records.setArchived': (input, context) => setArchived(context.write(), input.patientId, input.isArchived),
  'records.mergePreview': (input, context) => previewMerge(context.read().db, input.keptId, input.mergedId),
  'records.merge': (input, context) => mergePatients(context.write(), input.keptId, input.mergedId),
  'records.undoMerge': (input, context) => undoMerge(context.write(), input.mergeId),
  'records.moveSession': (input, context) =>
    moveSession(context.write(), input.sessionId, input.toPatientId, input.reason),
  'records.undoMove': (input, context) => undoMove(context.write(), input.moveId),
  'records.openSessions': ({ patientId }, context) => listOpenSessions(context.read().db, patientId),
};

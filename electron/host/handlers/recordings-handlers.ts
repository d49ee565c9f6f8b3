import { AppError } from '../../../core/contract/errors.ts';
import type { BulkPaths } from '../assets/bulk-paths.ts';
import { findImportMapping } from '../db/repositories/recording-repository.ts';
import { findSession } from '../db/repositories/session-repository.ts';
import { finishImport, type UploadAbout } from '../services/recordings-import.ts';
import {
  recordingsOfPatient,
  recordingsOfSession,
  recordingToShow,
  samplesOf,
  saveView,
  setRecordingAside,
} from '../services/recordings-service.ts';
import type { HandlersOf } from './clinical-handlers.ts';

/** Recordings; their bytes travel by one-time paths. */
export function createRecordingHandlers(bulk: BulkPaths): HandlersOf<'recordings'> {
  return {
    'recordings.list': ({ patientId }, context) => recordingsOfPatient(context.read(), patientId),
    'recordings.listForSession': ({ sessionId }, context) => recordingsOfSession(context.read(), sessionId),
    'recordings.get': ({ recordingId }, context) => recordingToShow(context.read(), recordingId),
    'recordings.samplePath': ({ recordingId }, context) => {
      const { bytes, blockCount } = samplesOf(context.read().db, recordingId);
      return { path: bulk.offerDownload(bytes).path, byteLength: bytes.length, blockCount };
    },
    'recordings.beginImport': ({ sessionId, fileName, sizeBytes }, context) => {
      if (!findSession(context.read().db, sessionId)) throw new AppError('session.not_found');
      const about: UploadAbout = { sessionId, fileName };
      const { id, path } = bulk.offerUpload(sizeBytes, about);
      return { uploadId: id, path };
    },
    'recordings.finishImport': (input, context) => {
      const scope = context.write();
      const upload = bulk.takeUpload(input.uploadId);
      if (upload === null) throw new AppError('recording.upload');
      return finishImport(scope, { bytes: upload.bytes, about: upload.about as UploadAbout }, input);
    },
    'recordings.cancelImport': ({ uploadId }) => {
      bulk.drop(uploadId);
      return {};
    },
    'recordings.saveView': ({ recordingId, view }, context) => saveView(context.write(), recordingId, view),
    'recordings.setAside': ({ recordingId, isSetAside }, context) =>
      setRecordingAside(context.write(), recordingId, isSetAside),
    'recordings.findMapping': ({ signature }, context) => {
      const found = findImportMapping(context.read().db, signature);
      return { mapping: found?.mapping ?? null, usedAt: found?.usedAt ?? null };
    },
  };
}

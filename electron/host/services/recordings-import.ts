/** The import of a recording: the host reads the uploaded bytes itself and stores what it read, whatever the page showed. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Input } from '../../../core/contract/contract.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { Recording, RecordingHeader } from '../../../core/contract/schemas/recording.ts';
import {
  type ImportedRecording,
  type ImportResult,
  importRecording,
} from '../../../core/formats/recording-import.ts';
import { layoutSignature } from '../../../core/formats/recording-layout.ts';
import { statedRecordingUnit, statedTimeUnit } from '../../../core/formats/recording-units.ts';
import { tareOffset } from '../../../core/formats/recording-view.ts';
import { encodeSamples } from '../../../core/formats/stored-samples.ts';
import { transact } from '../db/open-store.ts';
import { insertRecording, putImportMapping } from '../db/repositories/recording-repository.ts';
import { findSession } from '../db/repositories/session-repository.ts';
import { writeAudit } from './audit.ts';
import { recordingToShow } from './recordings-service.ts';
import type { WriteScope } from './scope.ts';

export type FinishImport = Input<'recordings.finishImport'>;
/** What an upload was announced as. */
export interface UploadAbout {
  sessionId: string;
  fileName: string;
}

/** Reads in slices, so that other calls are answered meanwhile. */
async function readInSlices(bytes: Uint8Array, mapping: FinishImport['mapping']): Promise<ImportResult> {
  const work = importRecording(bytes, mapping);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

function headerOf(recording: ImportedRecording, input: FinishImport): RecordingHeader {
  const { mapping } = input;
  const { columns } = recording.layout;
  const stated = (column: number) => columns[column]?.statedUnit ?? null;
  return {
    format: 'prehensa-recording-1',
    mapping,
    timeSource:
      mapping.time.kind === 'column' && statedTimeUnit(stated(mapping.time.column)) === mapping.time.unit
        ? 'file'
        : 'person',
    unitSources: mapping.channels.map(({ column, unit }) =>
      statedRecordingUnit(stated(column)) === unit ? 'file' : 'person',
    ),
    missingCounts: recording.channels.map(({ missingCount }) => missingCount),
    clock: recording.clock,
    emptyTailCount: recording.emptyTailCount,
    firstView: { tares: input.tares, crop: input.crop, marks: null },
  };
}

/**
 * Stores the recording of an upload.
 * @throws AppError file.not_understood with the first problem; session.not_found; input.invalid when tare or crop do not
 * fit the samples.
 */
export async function finishImport(
  scope: WriteScope,
  upload: { bytes: Uint8Array; about: UploadAbout },
  input: FinishImport,
): Promise<Recording> {
  const result = await readInSlices(upload.bytes, input.mapping);
  if (!result.ok) throw new AppError('file.not_understood', problemDetail(result.problem));
  const { recording } = result;
  const isTareFitting =
    input.tares.length === recording.channels.length &&
    recording.channels.every(
      ({ values }, index) => tareOffset(recording.timeS, values, input.tares[index] ?? null) !== null,
    );
  if (!isTareFitting) throw new AppError('input.invalid', { path: 'tares' });
  if (input.crop !== null && input.crop.fromS >= recording.clock.durationS) {
    throw new AppError('input.invalid', { path: 'crop' });
  }
  const blocks = recording.channels.map(({ values }) => values);
  if (recording.fileTimes !== null) blocks.unshift(recording.fileTimes);
  const id = scope.newId();
  const sha256 = createHash('sha256').update(upload.bytes).digest('hex');
  const patientId = transact(scope.db, () => {
    const session = findSession(scope.db, upload.about.sessionId);
    if (!session) throw new AppError('session.not_found');
    const createdAt = scope.clock().toISOString();
    const header = headerOf(recording, input);
    writeAudit(scope, 'recording.imported', id, { sessionId: session.id, sha256, header });
    insertRecording(scope.db, {
      id,
      session_id: session.id,
      side: input.side,
      measure: input.measure,
      name: input.name,
      file_name: upload.about.fileName,
      file_sha256: sha256,
      sample_count: recording.sampleCount,
      channel_count: recording.channels.length,
      header: JSON.stringify(header),
      content: Buffer.from(encodeSamples(blocks)),
      user_id: scope.user.id,
      created_at: createdAt,
    });
    putImportMapping(scope.db, {
      signature: layoutSignature(recording.layout),
      name: input.measure,
      content: JSON.stringify(input.mapping),
      user_id: scope.user.id,
      changed_at: createdAt,
    });
    return session.patientId;
  });
  scope.emit('patients.changed', { id: patientId });
  return recordingToShow(scope, id);
}

/** Kind and place of a problem; never what stands there, which may be a name. */
function problemDetail(problem: Extract<ImportResult, { ok: false }>['problem']) {
  const { kind, ...place } = problem;
  const numbers = Object.entries(place).filter(([, value]) => typeof value === 'number') as [
    string,
    number,
  ][];
  return { kind, ...Object.fromEntries(numbers) };
}

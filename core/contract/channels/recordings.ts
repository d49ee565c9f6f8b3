import * as z from 'zod';
import { MAX_RECORDING_BYTES } from '../../formats/recording-samples.ts';
import { call } from '../definition.ts';
import { Measure, NamingText, PatientId, SessionId, Side } from '../schemas/clinical.ts';
import { Crop, Recording, RecordingId, RecordingMapping, RecordingView, Tare } from '../schemas/recording.ts';

const UploadId = z.string().length(64);
const Signature = z.string().min(1).max(4000);
/** Of the page's own origin; good once, for the store that was open, and for two minutes. */
const OneTimePath = z.string().regex(/^\/bulk\/[0-9a-f]{64}$/);

export const recordingChannels = {
  'recordings.list': call({
    access: 'read',
    doc: 'Recordings of a patient, newest session first, without their samples.',
    input: z.strictObject({ patientId: PatientId }),
    output: z.array(Recording),
    errors: ['patient.not_found'],
  }),
  'recordings.listForSession': call({
    access: 'read',
    doc: 'Recordings of one session that are not set aside, without their samples.',
    input: z.strictObject({ sessionId: SessionId }),
    output: z.array(Recording),
    errors: ['session.not_found'],
  }),
  'recordings.get': call({
    access: 'read',
    doc: 'One recording without its samples.',
    input: z.strictObject({ recordingId: RecordingId }),
    output: Recording,
    errors: ['recording.not_found'],
  }),
  'recordings.samplePath': call({
    access: 'read',
    doc: 'A one-time path that answers the samples: 64-bit floats, little-endian, the times if the file had any, then each channel.',
    input: z.strictObject({ recordingId: RecordingId }),
    output: z.strictObject({ path: OneTimePath, byteLength: z.int(), blockCount: z.int() }),
    errors: ['recording.not_found'],
  }),
  'recordings.beginImport': call({
    access: 'read',
    doc: 'A one-time path to which the page posts the bytes of a file, in pieces, each with its offset as ?at=.',
    input: z.strictObject({
      sessionId: SessionId,
      fileName: NamingText.pipe(z.string().min(1).max(255)),
      sizeBytes: z.int().min(1).max(MAX_RECORDING_BYTES),
    }),
    output: z.strictObject({ uploadId: UploadId, path: OneTimePath }),
    errors: ['session.not_found'],
  }),
  'recordings.finishImport': call({
    access: 'write',
    doc: 'Reads the uploaded bytes again by the mapping, checks them, and stores the recording. Nothing is resampled or filled in.',
    input: z.strictObject({
      uploadId: UploadId,
      mapping: RecordingMapping,
      side: Side.nullable(),
      measure: Measure,
      name: NamingText.pipe(z.string().max(120)),
      tares: z.array(Tare.nullable()).min(1).max(16),
      crop: Crop.nullable(),
    }),
    output: Recording,
    errors: ['session.not_found', 'recording.upload', 'file.not_understood', 'store.full'],
  }),
  'recordings.cancelImport': call({
    access: 'read',
    doc: 'Drops the bytes of an upload.',
    input: z.strictObject({ uploadId: UploadId }),
    output: z.strictObject({}),
  }),
  'recordings.saveView': call({
    access: 'write',
    doc: 'A new version of marks, tare and crop; the earlier ones stay. A mark that moved carries the name of the user.',
    input: z.strictObject({ recordingId: RecordingId, view: RecordingView }),
    output: Recording,
    errors: ['recording.not_found', 'store.full'],
  }),
  'recordings.setAside': call({
    access: 'write',
    doc: 'Sets a recording aside, or takes it back; nothing is deleted.',
    input: z.strictObject({ recordingId: RecordingId, isSetAside: z.boolean() }),
    output: Recording,
    errors: ['recording.not_found', 'store.full'],
  }),
  'recordings.findMapping': call({
    access: 'read',
    doc: 'The mapping that was used for the last file with the same headings; null when there was none.',
    input: z.strictObject({ signature: Signature }),
    output: z.strictObject({ mapping: RecordingMapping.nullable(), usedAt: z.iso.datetime().nullable() }),
  }),
};

import * as z from 'zod';
import { call } from '../definition.ts';
import { PatientId, SessionId } from '../schemas/clinical.ts';
import { Episode, EpisodeFields } from '../schemas/episode.ts';

export const EpisodeRow = z.strictObject({ ...Episode.shape, sessionCount: z.int().min(0) });
export type EpisodeRow = z.output<typeof EpisodeRow>;

/** `isHidden` while a blinded judgement is open: then nothing of the episodes is told, not even how many there are. */
export const EpisodeList = z.strictObject({ isHidden: z.boolean(), episodes: z.array(EpisodeRow) });
export type EpisodeList = z.output<typeof EpisodeList>;

export const episodeChannels = {
  'episodes.list': call({
    access: 'read',
    doc: 'Episodes of care of a patient, the most recently started first.',
    input: z.strictObject({ patientId: PatientId }),
    output: EpisodeList,
    errors: ['patient.not_found'],
  }),
  'episodes.save': call({
    access: 'write',
    doc: 'A new episode (no id), or a new version of one; earlier versions stay.',
    input: z.strictObject({ patientId: PatientId, episodeId: z.uuid().nullable(), fields: EpisodeFields }),
    output: EpisodeList,
    errors: [
      'patient.not_found',
      'patient.merged',
      'patient.judgement_open',
      'episode.not_found',
      'store.full',
    ],
  }),
  'episodes.setRemoved': call({
    access: 'write',
    doc: 'Takes an episode away, or brings it back as it was.',
    input: z.strictObject({ episodeId: z.uuid(), isRemoved: z.boolean() }),
    output: EpisodeList,
    errors: ['episode.not_found', 'patient.judgement_open', 'store.full'],
  }),
  'episodes.assignSession': call({
    access: 'write',
    doc: 'Says to which episode of its patient a session belongs; null for none.',
    input: z.strictObject({ sessionId: SessionId, episodeId: z.uuid().nullable() }),
    output: z.strictObject({}),
    errors: ['session.not_found', 'episode.not_found', 'patient.judgement_open', 'store.full'],
  }),
};

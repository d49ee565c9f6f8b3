import { AppError } from '../../../core/contract/errors.ts';
import { findPatient } from '../db/repositories/patient-repository.ts';
import {
  assignSession,
  episodesToShow,
  saveEpisode,
  setEpisodeRemoved,
} from '../services/episodes-service.ts';
import type { HandlersOf } from './clinical-handlers.ts';

export const episodesHandlers: HandlersOf<'episodes'> = {
  'episodes.list': (input, context) => {
    const { db } = context.read();
    if (!findPatient(db, input.patientId)) throw new AppError('patient.not_found');
    return episodesToShow(db, input.patientId);
  },
  'episodes.save': (input, context) =>
    saveEpisode(context.write(), input.patientId, input.episodeId, input.fields),
  'episodes.setRemoved': (input, context) =>
    setEpisodeRemoved(context.write(), input.episodeId, input.isRemoved),
  'episodes.assignSession': (input, context) => {
    assignSession(context.write(), input.sessionId, input.episodeId);
    return {};
  },
};

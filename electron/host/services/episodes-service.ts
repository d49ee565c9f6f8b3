import type { EpisodeList } from '../../../core/contract/channels/episodes.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { PatientId } from '../../../core/contract/schemas/clinical.ts';
import type { EpisodeFields } from '../../../core/contract/schemas/episode.ts';
import type { ReadableDb } from '../db/open-store.ts';
import { transact } from '../db/open-store.ts';
import { findEpisode, insertEpisodeVersion, listEpisodes } from '../db/repositories/episode-repository.ts';
import { placeSession } from '../db/repositories/record-repository.ts';
import { findSession, isPatientBlinded } from '../db/repositories/session-repository.ts';
import { writeAudit } from './audit.ts';
import { assertNotBlinded, requireUnmerged } from './record-rules.ts';
import type { WriteScope } from './scope.ts';

/**
 * Episodes as they may be shown: while a blinded judgement is open nothing of them is told, since even their number
 * and dates say something about the operation.
 */
export function episodesToShow(db: ReadableDb, patientId: string): EpisodeList {
  return isPatientBlinded(db, patientId)
    ? { isHidden: true, episodes: [] }
    : { isHidden: false, episodes: listEpisodes(db, patientId) };
}

function requireEpisode(db: ReadableDb, episodeId: string) {
  const found = findEpisode(db, episodeId);
  if (!found) throw new AppError('episode.not_found');
  return found;
}

/**
 * A new episode, or a new version of one.
 * @throws AppError patient.not_found, patient.merged, patient.judgement_open; episode.not_found also for one of
 * another patient.
 */
export function saveEpisode(
  scope: WriteScope,
  patientId: PatientId,
  episodeId: string | null,
  fields: EpisodeFields,
): EpisodeList {
  const { db } = scope;
  transact(db, () => {
    requireUnmerged(db, patientId);
    assertNotBlinded(db, patientId);
    const known = episodeId === null ? null : requireEpisode(db, episodeId);
    if (known && (known.patientId !== patientId || known.isRemoved)) throw new AppError('episode.not_found');
    const id = episodeId ?? scope.newId();
    const version = (known?.version ?? 0) + 1;
    insertEpisodeVersion(db, {
      episodeId: id,
      version,
      patientId,
      isRemoved: false,
      userId: scope.user.id,
      createdAt: scope.clock().toISOString(),
      fields,
    });
    writeAudit(scope, 'episode.saved', id, { patientId, version, fields });
  });
  scope.emit('patients.changed', { id: patientId });
  return episodesToShow(db, patientId);
}

/** Sessions keep the name of a removed episode, so that bringing it back gives them back too. */
export function setEpisodeRemoved(scope: WriteScope, episodeId: string, isRemoved: boolean): EpisodeList {
  const { db } = scope;
  const patientId = transact(db, () => {
    const known = requireEpisode(db, episodeId);
    assertNotBlinded(db, known.patientId);
    if (known.isRemoved !== isRemoved) {
      insertEpisodeVersion(db, {
        ...known,
        episodeId,
        version: known.version + 1,
        isRemoved,
        userId: scope.user.id,
        createdAt: scope.clock().toISOString(),
      });
      writeAudit(scope, isRemoved ? 'episode.removed' : 'episode.restored', episodeId);
    }
    return known.patientId as PatientId;
  });
  scope.emit('patients.changed', { id: patientId });
  return episodesToShow(db, patientId);
}

/** @throws AppError session.not_found; episode.not_found for an episode of another patient. */
export function assignSession(scope: WriteScope, sessionId: string, episodeId: string | null): void {
  const { db } = scope;
  const patientId = transact(db, () => {
    const session = findSession(db, sessionId);
    if (!session) throw new AppError('session.not_found');
    assertNotBlinded(db, session.patientId);
    const episode = episodeId === null ? null : requireEpisode(db, episodeId);
    if (episode && (episode.patientId !== session.patientId || episode.isRemoved)) {
      throw new AppError('episode.not_found');
    }
    const lastSeq = writeAudit(scope, 'session.assigned', sessionId, { episodeId });
    placeSession(db, sessionId, { patientId: session.patientId, episodeId, lastSeq });
    return session.patientId;
  });
  scope.emit('patients.changed', { id: patientId });
}

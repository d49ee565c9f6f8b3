import type { AffectedSide, Patient } from '../contract/schemas/clinical.ts';
import type { EpisodeFields } from '../contract/schemas/episode.ts';

/**
 * The patient as a course is told of them: diagnosis and operation of the episode of care, where one is kept. A hand that the
 * record or the episode calls affected is affected: where they name different hands, both are, and neither is then the
 * measure of the other.
 * @param episode that a visit belongs to, or the one that goes on; undefined: the record's own fields stand.
 */
export function patientOfCourse(
  patient: Patient,
  episode: EpisodeFields | undefined = patient.episode,
): Patient {
  if (episode === undefined) return patient;
  const { diagnosis, operation, operationNote, operationDate } = episode;
  const affectedSide = bothNamed(patient.affectedSide, episode.side);
  return { ...patient, affectedSide, diagnosis, operation, operationNote, operationDate };
}

const bothNamed = (ofRecord: AffectedSide, ofEpisode: EpisodeFields['side']): AffectedSide =>
  ofRecord === 'none' || ofRecord === ofEpisode ? ofEpisode : 'both';

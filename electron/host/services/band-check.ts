import { AppError } from '../../../core/contract/errors.ts';
import type { Side } from '../../../core/contract/schemas/clinical.ts';
import type { TimeBand } from '../../../core/contract/schemas/judgement.ts';
import type { ReadableDb } from '../db/open-store.ts';
import { listSessionRecordings } from '../db/repositories/recording-repository.ts';

/** Bands are brushed to hundredths of a second; the end of a recording may round up. */
const ROUNDING_S = 0.01;

/**
 * Bands must lie on a recording of this session and of the judged hand, or they would speak of something nobody saw.
 * @throws AppError recording.not_found otherwise, and for bands without a recording.
 */
export function assertBands(
  db: ReadableDb,
  sessionId: string,
  judgedSide: Side,
  {
    bands = [],
    recordingId = null,
  }: { bands?: TimeBand[] | undefined; recordingId?: string | null | undefined },
): void {
  if (bands.length === 0 && recordingId === null) return;
  const recording = listSessionRecordings(db, sessionId).find(({ id }) => id === recordingId);
  const isOfHand = recording?.side === null || recording?.side === judgedSide;
  const endS = (recording?.header.clock.durationS ?? 0) + ROUNDING_S;
  if (!recording || !isOfHand || bands.some(({ fromS, toS }) => fromS < 0 || toS > endS)) {
    throw new AppError('recording.not_found');
  }
}

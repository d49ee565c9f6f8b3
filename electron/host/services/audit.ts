/**
 * The audit trail: each row carries a keyed hash over itself and the row before, so that a changed, removed or inserted
 * row is found. It is written in the transaction of the change that it records.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { ReadableDb } from '../db/open-store.ts';
import { all, first, run, sqlBuilder } from '../db/query.ts';
import type { Tables } from '../db/schema.ts';
import type { WriteScope } from './scope.ts';

export type AuditEvent =
  | 'store.opened'
  | 'user.created'
  | 'user.recovered'
  | 'device.created'
  | 'patient.created'
  | 'patient.updated'
  | 'patient.archived'
  | 'patient.unarchived'
  | 'patient.merged'
  | 'merge.undone'
  | 'session.moved'
  | 'move.undone'
  | 'episode.saved'
  | 'episode.removed'
  | 'episode.restored'
  | 'session.assigned'
  | 'user.switched'
  | 'pin.set'
  | 'pin.removed'
  | 'pin.tried'
  | 'session.started'
  | 'session.discarded'
  | 'session.blinded'
  | 'session.unblinded'
  | 'session.saved'
  | 'session.extended'
  | 'session.closed'
  | 'clock.confirmed'
  | 'trial.corrected'
  | 'judgement.locked'
  | 'judgement.repeated'
  | 'receipt.issued'
  | 'input.taken'
  | 'prediction.stored'
  | 'explanation.stored'
  | 'explanation.opened'
  | 'methods.compared'
  | 'patient.opened'
  | 'answers.listed'
  | 'reading.locked'
  | 'reading.looked_first'
  | 'truth.added'
  | 'recording.imported'
  | 'recording.view_changed'
  | 'recording.set_aside'
  | 'recording.taken_back'
  | 'comparison.stored'
  | 'intervention.added'
  | 'intervention.removed'
  | 'intervention.restored'
  | 'conclusion.saved'
  | 'export.saved'
  | 'forecast.locked'
  | 'forecast.asked'
  | 'forecast.stored'
  | 'training.answered'
  | 'analysis.locked'
  | 'analysis.repeated'
  | 'analysis.receipt'
  | 'analysis.input'
  | 'analysis.stored'
  | 'analysis.explained'
  | 'analysis.opened'
  | 'preference.changed'
  | 'backup.made'
  | 'backup.restored';

type AuditRow = Tables['audit'];
const FIRST = '0'.repeat(64);

const macOf = (key: Buffer, row: Omit<AuditRow, 'mac'>) =>
  createHmac('sha256', key)
    .update(
      JSON.stringify([
        row.seq,
        row.at,
        row.user_id,
        row.event,
        row.object_id,
        row.details_hash,
        row.previous,
      ]),
    )
    .digest('hex');

/** What the trail keeps of a change. */
export const hashDetails = (details: unknown): string =>
  createHash('sha256').update(JSON.stringify(details)).digest('hex');

/**
 * Adds a row. Must run inside the transaction of the change.
 * @param details - what changed; only its hash is kept, so that the trail itself holds no patient data.
 * @returns the row's sequence number.
 */
export function writeAudit(
  scope: Pick<WriteScope, 'db' | 'clock' | 'auditKey'> & { user: { id: string } | null },
  event: AuditEvent,
  objectId: string | null,
  details: unknown = null,
): number {
  if (!scope.db.raw.inTransaction) throw new Error('an audit row belongs into a transaction');
  const last = first(
    scope.db,
    sqlBuilder.selectFrom('audit').select(['seq', 'mac']).orderBy('seq', 'desc').limit(1),
  );
  const row = {
    seq: (last?.seq ?? 0) + 1,
    at: scope.clock().toISOString(),
    user_id: scope.user?.id ?? null,
    event,
    object_id: objectId,
    details_hash: hashDetails(details),
    previous: last?.mac ?? FIRST,
  };
  run(scope.db, sqlBuilder.insertInto('audit').values({ ...row, mac: macOf(scope.auditKey, row) }));
  return row.seq;
}

/** True when a blinded session was opened up once. */
export function wasUnblinded(db: ReadableDb, sessionId: string): boolean {
  return (
    first(
      db,
      sqlBuilder
        .selectFrom('audit')
        .select('seq')
        .where('event', '=', 'session.unblinded')
        .where('object_id', '=', sessionId)
        .limit(1),
    ) !== undefined
  );
}

/** Number and keyed hash of the last row: what the high-water mark remembers. */
export function auditHead(db: ReadableDb): { seq: number; mac: string } {
  return (
    first(db, sqlBuilder.selectFrom('audit').select(['seq', 'mac']).orderBy('seq', 'desc').limit(1)) ?? {
      seq: 0,
      mac: FIRST,
    }
  );
}

/**
 * Walks the whole chain.
 * @returns the number of rows and the first sequence number that does not fit; null when all fit.
 */
export function verifyAudit(db: ReadableDb, key: Buffer): { rows: number; firstBad: number | null } {
  const rows = all(db, sqlBuilder.selectFrom('audit').selectAll().orderBy('seq'));
  let previous = FIRST;
  for (const [index, row] of rows.entries()) {
    const expected = Buffer.from(macOf(key, row), 'hex');
    const given = Buffer.from(row.mac, 'hex');
    const fits =
      row.seq === index + 1 &&
      row.previous === previous &&
      given.length === expected.length &&
      timingSafeEqual(given, expected);
    if (!fits) return { rows: rows.length, firstBad: row.seq };
    previous = row.mac;
  }
  return { rows: rows.length, firstBad: null };
}

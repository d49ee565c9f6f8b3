import type { AuditEvent } from '../../services/audit.ts';
import type { ReadableDb } from '../open-store.ts';
import { first, sqlBuilder } from '../query.ts';

const CONFIRMED: AuditEvent = 'clock.confirmed';

/**
 * Latest time that any record carries; null in an empty store. After somebody confirmed that the clock is right, times
 * from before that are no yardstick any more: one wrong day in the future must not raise the question for ever.
 */
export function newestRecordAt(db: ReadableDb): string | null {
  const confirmed = first(
    db,
    sqlBuilder
      .selectFrom('audit')
      .select('seq')
      .where('event', '=', CONFIRMED)
      .orderBy('seq', 'desc')
      .limit(1),
  );
  const newest = first(
    db,
    sqlBuilder
      .selectFrom('audit')
      .select('at')
      .where('seq', '>=', confirmed?.seq ?? 0)
      .orderBy('at', 'desc')
      .limit(1),
  );
  return newest?.at ?? null;
}

/**
 * How far the audit trail had come, outside the store: a store or log that lost its end still looks whole by itself.
 * Together with the trail it finds rows that vanished; it cannot find that the whole folder was put back to an old state.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { AppError } from '../../../core/contract/errors.ts';
import { checkpoint, type ReadableDb, type WritableDb } from '../db/open-store.ts';
import { first, sqlBuilder } from '../db/query.ts';
import { atomicWrite } from '../files/atomic-write.ts';
import { auditHead, verifyAudit } from '../services/audit.ts';

const Mark = z.strictObject({ seq: z.int().min(0), head: z.string().length(64), mac: z.string().length(64) });

const macOf = (key: Buffer, seq: number, head: string) =>
  createHmac('sha256', key).update(`high water ${seq} ${head}`).digest('hex');

const isEqual = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

export class HighWater {
  readonly #file: string;
  #written = -1;
  constructor(file: string) {
    this.#file = file;
  }

  /**
   * Holds the store against the mark, and the trail against itself.
   * @throws AppError store.damaged when rows of the trail are missing, changed or not the ones that were marked.
   */
  check(db: ReadableDb, auditKey: Buffer): void {
    // The file may be another clinic's than the one written last.
    this.#written = -1;
    if (verifyAudit(db, auditKey).firstBad !== null) throw new AppError('store.damaged');
    if (!existsSync(this.#file)) return;
    let mark: z.output<typeof Mark>;
    try {
      mark = Mark.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch (cause) {
      throw new AppError('store.damaged', undefined, { cause });
    }
    if (!isEqual(mark.mac, macOf(auditKey, mark.seq, mark.head))) throw new AppError('store.damaged');
    const row = first(db, sqlBuilder.selectFrom('audit').select('mac').where('seq', '=', mark.seq));
    if (mark.seq > 0 && row?.mac !== mark.head) {
      const missing = Math.max(0, mark.seq - auditHead(db).seq);
      throw new AppError('store.damaged', { missing });
    }
  }

  /** After a commit: empties the log into the store and moves the mark, when the trail has grown. */
  advance(db: WritableDb, auditKey: Buffer): void {
    const { seq, mac: head } = auditHead(db);
    if (seq === this.#written) return;
    checkpoint(db);
    atomicWrite(this.#file, JSON.stringify({ seq, head, mac: macOf(auditKey, seq, head) }));
    this.#written = seq;
  }
}

/** The growing wait after wrong passphrases: it slows guessing, and never locks anybody out for good. */
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { atomicWrite } from '../files/atomic-write.ts';

const Attempts = z.record(z.string(), z.int().min(0));

/** Seconds to wait after the n-th wrong attempt in a row: the first three are free. */
export function waitAfterFailures(failures: number): number {
  const steps = [5, 15, 30, 60, 300];
  if (failures <= 3) return 0;
  return steps[Math.min(failures - 4, steps.length - 1)] as number;
}

/**
 * Counts wrong attempts per user, or per other key that is asked about, in a file that no restore exchanges. Only the count is stored: time runs on a monotonic clock from the last
 * attempt or from the start of the program, so neither a changed clock nor a restart shortens the wait.
 * @param monotonicMs - milliseconds that never run backwards.
 */
export function createAttemptLimit(file: string, monotonicMs: () => number) {
  const startedAt = monotonicMs();
  const lastAttemptAt = new Map<string, number>();
  let unwritten: Record<string, number> | null = null;
  const write = (counts: Record<string, number>): void => {
    try {
      atomicWrite(file, JSON.stringify(counts));
      unwritten = null;
    } catch {
      // A full disk must not lock the clinic out of its records: the count goes on in memory.
      unwritten = counts;
    }
  };
  const read = (): Record<string, number> => {
    if (unwritten !== null) return { ...unwritten };
    if (!existsSync(file)) return {};
    try {
      return Attempts.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      // A damaged counter must not keep the clinic out; the passphrase still guards the store.
      return {};
    }
  };
  const waitSeconds = (userId: string): number => {
    const since = (monotonicMs() - (lastAttemptAt.get(userId) ?? startedAt)) / 1000;
    return Math.max(0, waitAfterFailures(read()[userId] ?? 0) - since);
  };
  return {
    waitSeconds,
    /** Counted before the passphrase is tried, so that killing the program in between does not save an attempt. */
    recordAttempt(userId: string): void {
      const counts = read();
      counts[userId] = (counts[userId] ?? 0) + 1;
      lastAttemptAt.set(userId, monotonicMs());
      write(counts);
    },
    recordSuccess(userId: string): void {
      const counts = read();
      delete counts[userId];
      write(counts);
    },
    /** Wrong attempts in a row. */
    failures: (userId: string): number => read()[userId] ?? 0,
    /** Sets several counts at once, where they are lower. */
    raiseTo(userIds: readonly string[], failures: number): void {
      const counts = read();
      for (const userId of userIds) counts[userId] = Math.max(counts[userId] ?? 0, failures);
      write(counts);
    },
  };
}
export type AttemptLimit = ReturnType<typeof createAttemptLimit>;

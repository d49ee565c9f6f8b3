/**
 * The local log: one JSON object a line, for the clinic's IT. Messages of errors are left out on purpose, since they may
 * quote what was typed; the stack's places and the incident id are enough to find the cause.
 */
import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from '../../../core/contract/contract.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { ReportFailure } from '../../../core/contract/wire.ts';

const MAX_LOG_BYTES = 2_000_000;

/** Name, code and places of an error and its causes; never its message. */
export function redactCause(cause: unknown, depth = 0): object | null {
  if (!(cause instanceof Error)) return null;
  // The message comes first in the stack and may hold line breaks of its own: it is cut off by its length.
  const stack = cause.stack ?? '';
  const at = stack.indexOf(cause.message);
  const places = (at < 0 ? '' : stack.slice(at + cause.message.length))
    .split('\n')
    .filter((line) => /^ {4}at (?:[\w.$<>[\] #]+ )?\(?(?:file:|node:|\/|[A-Z]:\\|<anonymous>)/.test(line))
    .slice(0, 8)
    .map((line) => line.trim().replace(/\(?(?:file:\/\/)?[^\s()]*[\\/]([^\\/\s()]+)\)?$/, '($1)'));
  const code = (cause as { code?: unknown }).code;
  return {
    name: cause.name,
    ...(typeof code === 'string' && /^[A-Za-z_.]{1,60}$/.test(code) ? { code } : {}),
    ...(cause instanceof AppError && cause.cause ? {} : { places }),
    ...(depth < 3 && cause.cause ? { cause: redactCause(cause.cause, depth + 1) } : {}),
  };
}

/** @param folder - where the log goes; null keeps nothing (tests, head-less programs). */
export function createLog(folder: string | null, clock: () => Date): ReportFailure {
  if (folder === null) return () => {};
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'prehensa.log');
  return ({ incident, channel, code, level, cause }) => {
    const isKnownChannel = Object.hasOwn(contract, channel);
    const line = JSON.stringify({
      at: clock().toISOString(),
      level,
      incident,
      channel: isKnownChannel ? channel : '(unknown)',
      code,
      cause: redactCause(cause),
    });
    try {
      if (existsSync(file) && statSync(file).size > MAX_LOG_BYTES) renameSync(file, `${file}.1`);
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
    } catch {
      // A full disk must not turn a logged failure into a second one; the screen still has the incident id.
    }
  };
}

/**
 * The one table of error codes. A code says what happened; the sentence a clinician reads lives in
 * renderer/app/error-text.ts under the same code, so that no text crosses the wire.
 */
export const ERRORS = {
  'input.invalid': { retry: false, log: 'warn' },
  internal: { retry: false, log: 'error' },
  'store.locked': { retry: false, log: 'info' },
  'store.busy': { retry: true, log: 'warn' },
  'store.damaged': { retry: false, log: 'error' },
  'store.newer': { retry: false, log: 'error' },
  'store.full': { retry: true, log: 'error' },
  'vault.wrong_passphrase': { retry: true, log: 'info' },
  'vault.wait': { retry: true, log: 'info' },
  'vault.user_exists': { retry: false, log: 'info' },
  'vault.weak_passphrase': { retry: false, log: 'info' },
  'vault.not_authorised': { retry: false, log: 'warn' },
  'vault.damaged': { retry: false, log: 'error' },
  'sample.only': { retry: false, log: 'info' },
  'patient.not_found': { retry: false, log: 'info' },
  'patient.merged': { retry: false, log: 'info' },
  'patient.judgement_open': { retry: false, log: 'info' },
  'episode.not_found': { retry: false, log: 'info' },
  'undo.not_possible': { retry: false, log: 'info' },
  'pin.wrong': { retry: true, log: 'info' },
  'pin.off': { retry: false, log: 'info' },
  'pin.weak': { retry: false, log: 'info' },
  'session.not_found': { retry: false, log: 'info' },
  'session.wrong_state': { retry: false, log: 'info' },
  /** A correction that says what is stored already. */
  'trial.unchanged': { retry: false, log: 'info' },
  'session.incomplete': { retry: false, log: 'info' },
  'judgement.not_locked': { retry: false, log: 'warn' },
  'reading.not_asked': { retry: false, log: 'info' },
  'reading.own': { retry: false, log: 'info' },
  'reading.done': { retry: false, log: 'info' },
  'truth.replaced': { retry: false, log: 'info' },
  'prediction.receipt': { retry: false, log: 'warn' },
  'prediction.mismatch': { retry: false, log: 'error' },
  'model.not_found': { retry: false, log: 'error' },
  /** A backup file that is incomplete, changed, or does not open. */
  'backup.not_one': { retry: false, log: 'info' },
  'backup.damaged': { retry: false, log: 'warn' },
  /** The records or their user changed after the backup was checked. */
  'backup.check_again': { retry: false, log: 'info' },
  'intervention.not_found': { retry: false, log: 'info' },
  'pdf.not_made': { retry: true, log: 'warn' },
  'recording.not_found': { retry: false, log: 'info' },
  'recording.upload': { retry: true, log: 'warn' },
  'session.has_recordings': { retry: false, log: 'info' },
  /** A file could not be written where the user wanted it. */
  'file.not_saved': { retry: true, log: 'warn' },
  'training.missing': { retry: false, log: 'error' },
  'file.not_understood': { retry: false, log: 'info' },
} as const satisfies Record<string, { retry: boolean; log: 'debug' | 'info' | 'warn' | 'error' }>;

export type ErrorCode = keyof typeof ERRORS;

/** The codes any channel may answer with, declared or not. */
export type AlwaysPossible = 'input.invalid' | 'internal' | 'store.locked';
export const ALWAYS_POSSIBLE: readonly ErrorCode[] = ['input.invalid', 'internal', 'store.locked'];

export type ErrorDetail = Readonly<Record<string, string | number>>;

export type WireError<C extends ErrorCode = ErrorCode> = Readonly<{
  code: C;
  /** Printed on screen and in the local log, so that the two can be joined without patient data. */
  incident: string;
  detail?: ErrorDetail;
}>;

export type Result<T, C extends ErrorCode = ErrorCode> =
  | { ok: true; value: T }
  | { ok: false; error: WireError<C | AlwaysPossible> };

/** An expected failure: thrown by services, answered as a declared code. Details never hold patient data. */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly detail: ErrorDetail | undefined;
  constructor(code: C, detail?: ErrorDetail, options?: ErrorOptions) {
    super(code, options);
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
  }
}

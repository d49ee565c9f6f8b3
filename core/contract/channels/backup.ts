import * as z from 'zod';
import { call, push } from '../definition.ts';
import { Instant, UserId } from '../schemas/clinical.ts';
import { AppState } from './app.ts';

/** A piece of a backup on its way to the host, bytes; as base64 it stays below the largest frame. */
export const BACKUP_PIECE_BYTES = 480 * 1024;

/** What records hold, to be compared before one is put in the place of the other. */
export const RecordsSummary = z.strictObject({
  patients: z.int().min(0),
  sessions: z.int().min(0),
  /** Start of the newest session; null without any. */
  newestSessionAt: Instant.nullable(),
  /** Last entry of the audit trail, which nobody without the keys can write; null while it is empty. */
  lastEntryAt: Instant.nullable(),
  users: z.array(z.string()),
});
export type RecordsSummary = z.output<typeof RecordsSummary>;

/** Records that a restore put aside. */
export const KeptAside = z.strictObject({
  at: Instant,
  users: z.array(z.strictObject({ id: UserId, name: z.string() })),
});
export type KeptAside = z.output<typeof KeptAside>;

/** How far a backup is: a job that can be asked for at any time. */
export const BackupState = z.strictObject({
  step: z.enum([
    'none',
    'choosing',
    'copying',
    'checking',
    'writing',
    'verifying',
    'done',
    'cancelled',
    'failed',
  ]),
  /** Share of the present step, 0..1. */
  progress: z.number().min(0).max(1),
  /** Where the finished backup lies. */
  path: z.string().nullable(),
  sizeBytes: z.int().nullable(),
  failure: z.enum(['file.not_saved', 'store.damaged', 'store.full', 'internal']).nullable(),
  /** Newest backup that the audit trail knows of; null for none. */
  lastMadeAt: Instant.nullable(),
});
export type BackupState = z.output<typeof BackupState>;

/** Nothing here is proven before the backup is opened: not even its date, which is therefore left out. */
export const BackupLook = z.strictObject({
  sizeBytes: z.int(),
  /** Users of the backup, the present one first. */
  users: z.array(z.strictObject({ id: UserId, name: z.string() })),
});
export type BackupLook = z.output<typeof BackupLook>;

export const backupChannels = {
  'backup.make': call({
    access: 'write',
    doc: 'Starts a verified, encrypted backup of the clinic into one file; the shell says where. Refused in the sample clinic.',
    input: z.strictObject({}),
    output: BackupState,
    errors: ['sample.only'],
  }),
  'backup.state': call({
    access: 'read',
    doc: 'How far the backup is, or how the last one ended.',
    input: z.strictObject({}),
    output: BackupState,
  }),
  'backup.cancel': call({
    access: 'read',
    doc: 'Ends the backup at its next step; nothing of it is left.',
    input: z.strictObject({}),
    output: BackupState,
  }),
  'backup.receive': call({
    access: 'open',
    doc: 'Takes a piece of a backup file. Only where a backup may be put back: in an open clinic, at the first start, or when records are damaged.',
    input: z.strictObject({
      offsetBytes: z.int().min(0),
      base64: z.base64().max(Math.ceil(BACKUP_PIECE_BYTES / 3) * 4),
    }),
    output: z.strictObject({ receivedBytes: z.int() }),
    errors: ['sample.only', 'backup.damaged', 'store.full'],
  }),
  'backup.look': call({
    access: 'open',
    doc: 'Holds every byte of the received file against its hashes. Nothing of the clinic is touched.',
    input: z.strictObject({}),
    output: BackupLook,
    errors: ['sample.only', 'backup.damaged', 'backup.not_one', 'store.full'],
  }),
  'backup.check': call({
    access: 'open',
    doc: 'The restore drill: opens the backup beside the clinic with a passphrase of the backup, checks its store and its audit trail, and counts what both hold.',
    input: z.strictObject({ userId: UserId, passphrase: z.string().max(1024) }),
    output: z.strictObject({ backup: RecordsSummary, present: RecordsSummary.nullable() }),
    errors: ['sample.only', 'backup.damaged', 'vault.wrong_passphrase', 'vault.wait', 'store.newer'],
  }),
  'backup.restore': call({
    access: 'open',
    doc: 'Puts a checked backup in the place of the records and locks. An open clinic asks for the passphrase of its present user. The records before are kept aside, whole.',
    input: z.strictObject({ passphrase: z.string().max(1024).nullable() }),
    output: AppState,
    errors: [
      'sample.only',
      'backup.damaged',
      'backup.check_again',
      'vault.wrong_passphrase',
      'vault.wait',
      'store.busy',
      'store.full',
    ],
  }),
  'backup.discard': call({
    access: 'open',
    doc: 'Forgets a received file.',
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
  'backup.keptAside': call({
    access: 'open',
    doc: 'Records put aside by a restore that can be undone, newest first, with their users; of copies whose keys cannot be read, none.',
    input: z.strictObject({}),
    output: z.strictObject({ copies: z.array(KeptAside) }),
  }),
  'backup.undoRestore': call({
    access: 'open',
    doc: 'Exchanges the records with ones that a restore put aside, and locks. An open clinic asks for the passphrase of its present user, any other for one of the records put aside.',
    input: z.strictObject({ at: Instant, userId: UserId.nullable(), passphrase: z.string().max(1024) }),
    output: AppState,
    errors: ['sample.only', 'backup.damaged', 'vault.wrong_passphrase', 'vault.wait'],
  }),
  'backup.progressed': push({ doc: 'The backup went on.', payload: BackupState }),
};

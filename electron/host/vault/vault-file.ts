/** The file of wrapped keys, with a copy beside it: losing it would lose the store. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { AppError } from '../../../core/contract/errors.ts';
import { atomicWrite } from '../files/atomic-write.ts';
import { Sealed } from './envelope.ts';

export const VAULT_FORMAT = 1;

const PassphraseSlot = z.strictObject({
  kdf: z.literal('scrypt'),
  /** Above 2^20 the derivation would need more memory than is allowed: no slot of ours. */
  cost: z
    .int()
    .min(2)
    .max(2 ** 20),
  blockSize: z.literal(8),
  parallelization: z.literal(1),
  salt: z.base64(),
  userKey: Sealed,
});
export type PassphraseSlot = z.output<typeof PassphraseSlot>;

export const VaultUser = z.strictObject({
  id: z.uuid(),
  name: z.string().min(1).max(80),
  createdAt: z.iso.datetime(),
  passphraseSlot: PassphraseSlot,
  recoverySlot: z.strictObject({ salt: z.base64(), userKey: Sealed }),
  /** The clinic's vault key, sealed under this user's key. */
  vaultKey: Sealed,
});
export type VaultUser = z.output<typeof VaultUser>;

export const VaultContent = z.strictObject({
  format: z.literal(VAULT_FORMAT),
  vaultId: z.uuid(),
  users: z.array(VaultUser).min(1),
});
export type VaultContent = z.output<typeof VaultContent>;

const Stored = z.strictObject({ sha256: z.string().length(64), vault: VaultContent });

const digest = (vault: VaultContent) => createHash('sha256').update(JSON.stringify(vault)).digest('hex');

function readOne(file: string): VaultContent | null {
  if (!existsSync(file)) return null;
  try {
    const stored = Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
    return digest(stored.vault) === stored.sha256 ? stored.vault : null;
  } catch {
    return null;
  }
}

/**
 * @returns the vault, from its copy when the file itself is damaged; null when there has never been one.
 * @throws AppError vault.damaged when a file is there and neither it nor its copy can be read.
 */
export function readVaultFile(file: string): VaultContent | null {
  const copy = `${file}.bak`;
  if (!existsSync(file) && !existsSync(copy)) return null;
  const vault = readOne(file) ?? readOne(copy);
  if (!vault) throw new AppError('vault.damaged');
  return vault;
}

/** Writes the copy first, then the file: at every moment one of both is whole. */
export function writeVaultFile(file: string, vault: VaultContent): void {
  const text = JSON.stringify({ sha256: digest(vault), vault });
  atomicWrite(`${file}.bak`, text);
  atomicWrite(file, text);
}

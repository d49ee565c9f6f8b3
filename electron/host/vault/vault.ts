/**
 * Key hierarchy: passphrase -> (scrypt) -> user key -> vault key -> store key and audit key. A second slot opens the
 * user key with the recovery code. Every slot is bound to vault, user and key derivation, so slots cannot be swapped.
 */
import { hkdfSync, randomBytes, scrypt } from 'node:crypto';
import { AppError } from '../../../core/contract/errors.ts';
import { contextBytes, seal, unseal } from './envelope.ts';
import { newRecoveryCode, readRecoveryCode } from './recovery-code.ts';
import { type PassphraseSlot, VAULT_FORMAT, type VaultContent, type VaultUser } from './vault-file.ts';

/** Published floor for scrypt with r = 8, p = 1; a slot below it was tampered with and is refused. */
export const SCRYPT_COST = 2 ** 17;
export const MINIMUM_PASSPHRASE_CHARACTERS = 12;
const MEMORY_LIMIT_BYTES = 256 * 1024 * 1024;

export interface Unlocked {
  user: { id: string; name: string };
  /** 32 bytes; the caller wipes it at lock. */
  vaultKey: Buffer;
}

/** Unicode forms of one passphrase (composed or not) must open the same slot. */
const passphraseBytes = (passphrase: string) => Buffer.from(passphrase.normalize('NFKC'), 'utf8');

function deriveKey(passphrase: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(
      passphraseBytes(passphrase),
      salt,
      32,
      { N: cost, r: 8, p: 1, maxmem: MEMORY_LIMIT_BYTES },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}

const recoveryKey = (characters: string, salt: Buffer) =>
  Buffer.from(hkdfSync('sha256', Buffer.from(characters, 'utf8'), salt, 'prehensa recovery', 32));

const slotContext = (vaultId: string, userId: string, slot: string, ...parameters: (string | number)[]) =>
  contextBytes([VAULT_FORMAT, vaultId, userId, slot, ...parameters]);

const passphraseContext = (vaultId: string, userId: string, cost: number, salt: string) =>
  slotContext(vaultId, userId, 'passphrase', 'scrypt', cost, 8, 1, salt);

/**
 * @throws AppError vault.weak_passphrase with the smallest allowed length: shorter, one repeated character, or the name.
 */
export function assertPassphrase(passphrase: string, userName: string): void {
  const characters = [...passphrase.normalize('NFKC')];
  const isTooShort = characters.length < MINIMUM_PASSPHRASE_CHARACTERS;
  const isRepeated = new Set(characters).size < 4;
  const isName = passphrase.trim().toLowerCase() === userName.trim().toLowerCase();
  if (isTooShort || isRepeated || isName) {
    throw new AppError('vault.weak_passphrase', { minimumCharacters: MINIMUM_PASSPHRASE_CHARACTERS });
  }
}

async function sealPassphraseSlot(
  vaultId: string,
  userId: string,
  passphrase: string,
  userKey: Buffer,
  cost: number,
): Promise<PassphraseSlot> {
  const salt = randomBytes(16);
  const key = await deriveKey(passphrase, salt, cost);
  const saltText = salt.toString('base64');
  const slot = seal(key, userKey, passphraseContext(vaultId, userId, cost, saltText));
  key.fill(0);
  return { kdf: 'scrypt', cost, blockSize: 8, parallelization: 1, salt: saltText, userKey: slot };
}

/**
 * Makes a named user of a vault.
 * @param vaultKey - 32 bytes that all users of the clinic share.
 * @returns the user's slots and the recovery code, which exists nowhere else.
 * @throws AppError vault.weak_passphrase
 */
export async function createVaultUser(options: {
  vaultId: string;
  userId: string;
  name: string;
  passphrase: string;
  vaultKey: Buffer;
  createdAt: string;
  cost: number;
}): Promise<{ user: VaultUser; recoveryCode: string }> {
  const { vaultId, userId, name, passphrase, vaultKey, createdAt, cost } = options;
  assertPassphrase(passphrase, name);
  const userKey = randomBytes(32);
  const passphraseSlot = await sealPassphraseSlot(vaultId, userId, passphrase, userKey, cost);
  const recoveryCode = newRecoveryCode();
  const recoverySalt = randomBytes(16);
  const code = recoveryKey(readRecoveryCode(recoveryCode) as string, recoverySalt);
  const user: VaultUser = {
    id: userId,
    name,
    createdAt,
    passphraseSlot,
    recoverySlot: {
      salt: recoverySalt.toString('base64'),
      userKey: seal(code, userKey, slotContext(vaultId, userId, 'recovery', 'hkdf-sha256')),
    },
    vaultKey: seal(userKey, vaultKey, slotContext(vaultId, userId, 'vault-key')),
  };
  userKey.fill(0);
  code.fill(0);
  return { user, recoveryCode };
}

const findUser = (vault: VaultContent, userId: string) => vault.users.find((user) => user.id === userId);

function openVaultKey(vault: VaultContent, user: VaultUser, userKey: Buffer): Unlocked {
  const vaultKey = unseal(userKey, user.vaultKey, slotContext(vault.vaultId, user.id, 'vault-key'));
  // The user key was right: a failing second envelope is damage, not a wrong passphrase.
  if (!vaultKey) throw new AppError('vault.damaged');
  return { user: { id: user.id, name: user.name }, vaultKey };
}

/**
 * @param minimumCost - slots with a cheaper derivation are refused (a lowered cost is an attack).
 * @returns null for a wrong passphrase or an unknown user; both take the same time.
 */
export async function unlockVault(
  vault: VaultContent,
  userId: string,
  passphrase: string,
  minimumCost: number = SCRYPT_COST,
): Promise<Unlocked | null> {
  const user = findUser(vault, userId);
  const slot = (user ?? (vault.users[0] as VaultUser)).passphraseSlot;
  if (slot.cost < minimumCost) throw new AppError('vault.damaged');
  const key = await deriveKey(passphrase, Buffer.from(slot.salt, 'base64'), slot.cost);
  if (!user) return null;
  const userKey = unseal(key, slot.userKey, passphraseContext(vault.vaultId, user.id, slot.cost, slot.salt));
  key.fill(0);
  return userKey ? openVaultKey(vault, user, userKey) : null;
}

/**
 * Opens the vault with the recovery code and gives the user a new passphrase; the code stays valid.
 * @returns null when the code is not this user's.
 * @throws AppError vault.weak_passphrase before anything is tried.
 */
export async function recoverVault(
  vault: VaultContent,
  userId: string,
  typedCode: string,
  newPassphrase: string,
  cost: number,
): Promise<{ unlocked: Unlocked; vault: VaultContent } | null> {
  const user = findUser(vault, userId);
  const characters = readRecoveryCode(typedCode);
  if (!user) return null;
  assertPassphrase(newPassphrase, user.name);
  if (!characters) return null;
  const code = recoveryKey(characters, Buffer.from(user.recoverySlot.salt, 'base64'));
  const userKey = unseal(
    code,
    user.recoverySlot.userKey,
    slotContext(vault.vaultId, user.id, 'recovery', 'hkdf-sha256'),
  );
  if (!userKey) return null;
  const unlocked = openVaultKey(vault, user, userKey);
  const passphraseSlot = await sealPassphraseSlot(vault.vaultId, user.id, newPassphrase, userKey, cost);
  const users = vault.users.map((each) => (each.id === user.id ? { ...each, passphraseSlot } : each));
  return { unlocked, vault: { ...vault, users } };
}

/** Keys for separate uses from the one vault key, so that none of them stands for another. */
export function deriveUse(vaultKey: Buffer, use: 'store' | 'audit' | 'receipt'): Buffer {
  return Buffer.from(hkdfSync('sha256', vaultKey, Buffer.alloc(0), `prehensa ${use}`, 32));
}

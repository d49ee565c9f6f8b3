import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAttemptLimit, waitAfterFailures } from './attempt-limit.ts';
import { contextBytes, seal, unseal } from './envelope.ts';
import { newRecoveryCode, readRecoveryCode } from './recovery-code.ts';
import { createVaultUser, recoverVault, unlockVault } from './vault.ts';
import { readVaultFile, VAULT_FORMAT, type VaultContent, writeVaultFile } from './vault-file.ts';

const COST = 2 ** 10;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prehensa-vault-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function twoUsers() {
  const vaultKey = Buffer.alloc(32, 7);
  const vaultId = randomUUID();
  const make = (name: string, passphrase: string) =>
    createVaultUser({
      vaultId,
      userId: randomUUID(),
      name,
      passphrase,
      vaultKey,
      createdAt: '2026-01-02T03:04:05.000Z',
      cost: COST,
    });
  const anna = await make('Anna', 'orange tram in winter');
  const ben = await make('Ben', 'green boat in summer');
  const vault: VaultContent = { format: VAULT_FORMAT, vaultId, users: [anna.user, ben.user] };
  return { vault, vaultKey, anna, ben };
}

describe('vault', () => {
  it('gives both users the one key, each with their own passphrase only', async () => {
    const { vault, vaultKey, anna, ben } = await twoUsers();
    const a = await unlockVault(vault, anna.user.id, 'orange tram in winter', COST);
    const b = await unlockVault(vault, ben.user.id, 'green boat in summer', COST);
    expect(a?.vaultKey.equals(vaultKey)).toBe(true);
    expect(b?.vaultKey.equals(vaultKey)).toBe(true);
    expect(await unlockVault(vault, anna.user.id, 'green boat in summer', COST)).toBeNull();
    expect(await unlockVault(vault, randomUUID(), 'orange tram in winter', COST)).toBeNull();
  });

  it('takes a composed and a decomposed accent for the same passphrase', async () => {
    const vaultId = randomUUID();
    const { user } = await createVaultUser({
      vaultId,
      userId: randomUUID(),
      name: 'X',
      passphrase: 'caf\u00e9 am Markt',
      vaultKey: Buffer.alloc(32),
      createdAt: '2026-01-02T03:04:05.000Z',
      cost: COST,
    });
    const vault: VaultContent = { format: VAULT_FORMAT, vaultId, users: [user] };
    expect(await unlockVault(vault, user.id, 'cafe\u0301 am Markt', COST)).not.toBeNull();
  });

  it('refuses a slot moved between users and a lowered work factor', async () => {
    const { vault, anna, ben } = await twoUsers();
    const swapped = {
      ...vault,
      users: [{ ...anna.user, passphraseSlot: ben.user.passphraseSlot }, ben.user],
    };
    expect(await unlockVault(swapped, anna.user.id, 'green boat in summer', COST)).toBeNull();
    await expect(unlockVault(vault, anna.user.id, 'orange tram in winter', COST * 2)).rejects.toThrow(
      'vault.damaged',
    );
  });

  it('opens with the recovery code, which then sets a new passphrase', async () => {
    const { vault, vaultKey, anna, ben } = await twoUsers();
    const typed = anna.recoveryCode.toLowerCase().replaceAll('-', ' ');
    const result = await recoverVault(vault, anna.user.id, typed, 'a new long passphrase', COST);
    expect(result?.unlocked.vaultKey.equals(vaultKey)).toBe(true);
    const after = result?.vault as VaultContent;
    expect(await unlockVault(after, anna.user.id, 'a new long passphrase', COST)).not.toBeNull();
    expect(await unlockVault(after, anna.user.id, 'orange tram in winter', COST)).toBeNull();
    expect(
      await recoverVault(vault, anna.user.id, ben.recoveryCode, 'a new long passphrase', COST),
    ).toBeNull();
  });

  it.each([['short'], ['aaaaaaaaaaaaaaa'], ['Anna Kowalska']])(
    'refuses the weak passphrase %s',
    async (passphrase) => {
      const attempt = createVaultUser({
        vaultId: randomUUID(),
        userId: randomUUID(),
        name: 'Anna Kowalska',
        passphrase,
        vaultKey: Buffer.alloc(32),
        createdAt: '2026-01-02T03:04:05.000Z',
        cost: COST,
      });
      await expect(attempt).rejects.toThrow('vault.weak_passphrase');
    },
  );

  it('reads its copy when the file is cut off, and says so when both are damaged', async () => {
    const { vault } = await twoUsers();
    const file = join(folder, 'vault.json');
    expect(readVaultFile(file)).toBeNull();
    writeVaultFile(file, vault);
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.slice(0, whole.length / 2));
    expect(readVaultFile(file)).toEqual(vault);
    writeFileSync(`${file}.bak`, whole.replace('"name":"Anna"', '"name":"Anno"'));
    expect(() => readVaultFile(file)).toThrow('vault.damaged');
  });
});

describe('envelope', () => {
  const context = contextBytes([1, 'vault', 'user', 'slot']);
  it('law: one changed bit anywhere closes it', () => {
    const key = Buffer.alloc(32, 1);
    const sealed = seal(key, Buffer.from('the content'), context);
    expect(unseal(key, sealed, context)?.toString()).toBe('the content');
    fc.assert(
      fc.property(fc.constantFrom('nonce', 'content', 'tag'), fc.nat(10), fc.nat(7), (field, at, bit) => {
        const bytes = Buffer.from(sealed[field], 'base64');
        const index = at % bytes.length;
        bytes[index] = (bytes[index] as number) ^ (1 << bit);
        return unseal(key, { ...sealed, [field]: bytes.toString('base64') }, context) === null;
      }),
    );
    expect(unseal(key, sealed, contextBytes([1, 'vault', 'other', 'slot']))).toBeNull();
    expect(unseal(Buffer.alloc(32, 2), sealed, context)).toBeNull();
  });
  it('refuses a shortened tag, which a guess would fit sooner', () => {
    const key = Buffer.alloc(32, 1);
    const sealed = seal(key, Buffer.from('x'), context);
    const short = Buffer.from(sealed.tag, 'base64').subarray(0, 4).toString('base64');
    expect(unseal(key, { ...sealed, tag: short }, context)).toBeNull();
  });
});

describe('recovery code', () => {
  it('survives handwriting: case, blanks, O for zero, I and L for one', () => {
    const code = newRecoveryCode();
    const canonical = readRecoveryCode(code) as string;
    expect(canonical).toHaveLength(28);
    const written = code.toLowerCase().replaceAll('-', '  ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect(readRecoveryCode(written)).toBe(canonical);
    expect(readRecoveryCode(code.slice(1))).toBeNull();
    expect(newRecoveryCode()).not.toBe(code);
  });
});

describe('growing wait', () => {
  it('is free three times and then grows to five minutes', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 50].map(waitAfterFailures)).toEqual([0, 0, 0, 5, 15, 30, 60, 300, 300]);
  });
  it('runs on the monotonic clock and survives a restart', () => {
    let now = 0;
    const file = join(folder, 'attempts.json');
    const limit = createAttemptLimit(file, () => now);
    for (let i = 0; i < 4; i++) limit.recordAttempt('a');
    expect(limit.waitSeconds('a')).toBe(5);
    expect(limit.waitSeconds('b')).toBe(0);
    now = 2_000;
    expect(limit.waitSeconds('a')).toBe(3);
    // A restart does not shorten the wait: it starts again in full.
    const restarted = createAttemptLimit(file, () => now);
    expect(restarted.waitSeconds('a')).toBe(5);
    now = 7_000;
    expect(restarted.waitSeconds('a')).toBe(0);
    restarted.recordSuccess('a');
    for (let i = 0; i < 3; i++) restarted.recordAttempt('a');
    expect(restarted.waitSeconds('a')).toBe(0);
  });
  it('does not lock the clinic out when the counter file is damaged', () => {
    const file = join(folder, 'attempts.json');
    writeFileSync(file, '{');
    expect(createAttemptLimit(file, () => 0).waitSeconds('a')).toBe(0);
  });
});

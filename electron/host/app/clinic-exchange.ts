/**
 * Exchanges the files of the clinic with others, so that a crash at any point leaves one of both in place, whole: what is
 * to be done is written down first, and finished or taken back at the next start.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { atomicWrite, flushFolder } from '../files/atomic-write.ts';
import { readVaultFile, type VaultContent } from '../vault/vault-file.ts';

/** Files that together are a clinic; what else lies in its folder belongs to the computer, such as counted attempts. */
const CLINIC_FILES = [
  'store.db',
  'store.db-wal',
  'store.db-shm',
  'vault.json',
  'vault.json.bak',
  'high-water.json',
];

/** Copies put aside that are kept of each clinic; older ones are removed. */
export const KEPT_COPIES = 3;

const AsideName = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/);
const Journal = z.strictObject({
  /** `aside`: the present files move out; `in`: all of them are out, the others move in. */
  phase: z.enum(['aside', 'in']),
  /** Name of the folder in `before-restore/` for the present files. */
  aside: AsideName,
  /** Where the others come from: `incoming/`, or a folder in `before-restore/`. */
  from: z.union([z.literal('incoming'), AsideName]),
});
type Journal = z.output<typeof Journal>;

const nameOf = (instant: string) => instant.replaceAll(':', '-');
const instantOf = (name: string) => name.replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:');

export interface KeptCopy {
  /** UTC instant at which it was put aside. */
  at: string;
  /** Null when its keys cannot be read. */
  vault: VaultContent | null;
}

export class ClinicExchange {
  readonly incomingFolder: string;
  readonly #clinicFolder: string;
  readonly #asideFolder: string;
  readonly #journalFile: string;

  constructor(dataFolder: string) {
    this.incomingFolder = join(dataFolder, 'incoming');
    this.#clinicFolder = join(dataFolder, 'clinic');
    this.#asideFolder = join(dataFolder, 'before-restore');
    this.#journalFile = join(dataFolder, 'exchange.json');
  }

  #folderOf = (from: Journal['from']) =>
    from === 'incoming' ? this.incomingFolder : join(this.#asideFolder, from);

  /** Finishes or takes back an exchange that did not end; without one, removes a clinic that never came into place. */
  recover(): void {
    const journal = this.#readJournal();
    if (journal?.phase === 'aside') {
      const folder = join(this.#asideFolder, journal.aside);
      this.#move(folder, this.#clinicFolder);
      rmSync(folder, { recursive: true, force: true });
    }
    if (journal?.phase === 'in') this.#moveIn(journal);
    rmSync(this.#journalFile, { force: true });
    rmSync(this.incomingFolder, { recursive: true, force: true });
  }

  #readJournal(): Journal | null {
    if (!existsSync(this.#journalFile)) return null;
    try {
      return Journal.parse(JSON.parse(readFileSync(this.#journalFile, 'utf8')));
    } catch {
      // Not one of ours, which are written whole: what lies aside can be brought back by hand of a user.
      return null;
    }
  }

  /**
   * Puts the present files aside and others in their place.
   * @param from `incoming` after a clinic was prepared there, or the instant of a copy put aside.
   * @param now UTC instant, the name of the copy that comes to be.
   * @param atStep told before each step; a test throws there what a crash would be.
   */
  run(from: string, now: Date, atStep: (step: string) => void = () => {}): void {
    let at = now.getTime();
    const asideOf = () => nameOf(new Date(at).toISOString());
    while (existsSync(join(this.#asideFolder, asideOf()))) at += 1;
    const journal = Journal.parse({
      phase: 'aside',
      aside: asideOf(),
      from: from === 'incoming' ? from : nameOf(from),
    });
    mkdirSync(this.#asideFolder, { recursive: true, mode: 0o700 });
    atStep('journal');
    this.#write(journal);
    const folder = join(this.#asideFolder, journal.aside);
    mkdirSync(folder, { mode: 0o700 });
    this.#move(this.#clinicFolder, folder, (file) => atStep(`aside ${file}`));
    atStep('turn');
    const turned: Journal = { ...journal, phase: 'in' };
    this.#write(turned);
    this.#moveIn(turned, atStep);
    atStep('end');
    rmSync(this.#journalFile, { force: true });
    this.#removeOld();
  }

  #write = (journal: Journal) => atomicWrite(this.#journalFile, JSON.stringify(journal));

  #moveIn(journal: Journal, atStep: (step: string) => void = () => {}): void {
    const from = this.#folderOf(journal.from);
    this.#move(from, this.#clinicFolder, (file) => atStep(`in ${file}`));
    atStep('remove');
    rmSync(from, { recursive: true, force: true });
    const aside = join(this.#asideFolder, journal.aside);
    // At the first start there was nothing to put aside.
    if (existsSync(aside) && readdirSync(aside).length === 0) rmSync(aside, { recursive: true });
  }

  #move(from: string, to: string, before: (file: string) => void = () => {}): void {
    for (const file of CLINIC_FILES) {
      if (!existsSync(join(from, file))) continue;
      before(file);
      renameSync(join(from, file), join(to, file));
    }
    for (const folder of [from, to]) if (existsSync(folder)) flushFolder(folder);
  }

  /** Copies put aside, newest first. */
  kept(): KeptCopy[] {
    if (!existsSync(this.#asideFolder)) return [];
    return readdirSync(this.#asideFolder)
      .filter((name) => AsideName.safeParse(name).success && this.#holdsClinic(name))
      .sort()
      .reverse()
      .map((name) => ({ at: instantOf(name), vault: this.#vaultOf(name) }));
  }

  #holdsClinic = (name: string) =>
    CLINIC_FILES.some((file) => existsSync(join(this.#asideFolder, name, file)));

  #vaultOf(name: string): VaultContent | null {
    try {
      return readVaultFile(join(this.#asideFolder, name, 'vault.json'));
    } catch {
      return null;
    }
  }

  /** Of each clinic by itself: copies of another one cannot push out those of this one. */
  #removeOld(): void {
    const count = new Map<string, number>();
    for (const { at, vault } of this.kept()) {
      const id = vault?.vaultId ?? '';
      count.set(id, (count.get(id) ?? 0) + 1);
      if ((count.get(id) ?? 0) <= KEPT_COPIES) continue;
      rmSync(join(this.#asideFolder, nameOf(at)), { recursive: true, force: true });
    }
  }
}

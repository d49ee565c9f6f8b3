import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClinicExchange } from './clinic-exchange.ts';

const FILES = ['store.db', 'vault.json', 'vault.json.bak', 'high-water.json'];
const NOW = new Date('2026-11-24T10:00:00.000Z');
let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'prehensa-exchange-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

function put(folder: string, words: string): void {
  mkdirSync(join(data, folder), { recursive: true });
  for (const file of FILES) writeFileSync(join(data, folder, file), `${words} ${file}`);
}
/** Whose files a folder holds: one clinic's and all of them, or nobody's; a mixture throws. */
function holder(folder: string): string | null {
  const names = existsSync(join(data, folder)) ? readdirSync(join(data, folder)) : [];
  const clinic = names.filter((name) => FILES.includes(name));
  if (clinic.length === 0) return null;
  const words = new Set(clinic.map((name) => readFileSync(join(data, folder, name), 'utf8').split(' ')[0]));
  if (words.size !== 1 || clinic.length !== FILES.length) throw new Error(`a mixture in ${folder}: ${names}`);
  return [...words][0] as string;
}
const aside = () =>
  existsSync(join(data, 'before-restore')) ? readdirSync(join(data, 'before-restore')) : [];

/** Ends at the given step as a crash would, if there are so many. @returns whether it ended there. */
function runUntil(stepNumber: number, from: string): boolean {
  let step = 0;
  try {
    new ClinicExchange(data).run(from, NOW, () => {
      if (step === stepNumber) throw new Error('the power went');
      step += 1;
    });
    return false;
  } catch (cause) {
    if (!(cause instanceof Error) || cause.message !== 'the power went') throw cause;
    return true;
  }
}

describe('an exchange that ends in the middle', () => {
  it('leaves the records before or the new ones, whole, and the others beside them, from every step', () => {
    const ends = new Set<string | null>();
    let steps = 0;
    for (let step = 0; ; step++) {
      rmSync(data, { recursive: true, force: true });
      put('clinic', 'before');
      writeFileSync(join(data, 'clinic', 'attempts.json'), '{}');
      put('incoming', 'new');
      const isEnded = runUntil(step, 'incoming');
      new ClinicExchange(data).recover();
      const inPlace = holder('clinic');
      ends.add(inPlace);
      expect(inPlace, `step ${step}`).toMatch(/before|new/);
      expect(aside().map((name) => holder(join('before-restore', name)))).toEqual(
        inPlace === 'new' ? ['before'] : [],
      );
      expect(existsSync(join(data, 'exchange.json'))).toBe(false);
      expect(existsSync(join(data, 'incoming'))).toBe(false);
      expect(existsSync(join(data, 'clinic', 'attempts.json'))).toBe(true);
      if (!isEnded) break;
      steps += 1;
    }
    expect([...ends]).toEqual(['before', 'new']);
    expect(steps).toBe(2 * FILES.length + 4);
  });

  it('does the same when it is taken back, and loses no copy', () => {
    for (let step = 0; ; step++) {
      rmSync(data, { recursive: true, force: true });
      put('clinic', 'restored');
      put('before-restore/2026-11-23T10-00-00.000Z', 'before');
      const isEnded = runUntil(step, '2026-11-23T10:00:00.000Z');
      new ClinicExchange(data).recover();
      const copies = aside().map((name) => holder(join('before-restore', name)));
      expect([holder('clinic'), ...copies].sort(), `step ${step}`).toEqual(['before', 'restored']);
      if (!isEnded) break;
    }
  });

  it('would leave a mixture without its journal: that is what is tested here', () => {
    put('clinic', 'before');
    put('incoming', 'new');
    expect(runUntil(3, 'incoming')).toBe(true);
    expect(() => holder('clinic')).toThrow('mixture');
  });

  it('removes a clinic that was prepared and never came into place', () => {
    put('clinic', 'before');
    put('incoming', 'new');
    new ClinicExchange(data).recover();
    expect([holder('clinic'), holder('incoming')]).toEqual(['before', null]);
  });
});

it('takes no path from a journal that is not its own', () => {
  put('clinic', 'before');
  put('elsewhere', 'other');
  const forged = { phase: 'in', aside: '2026-11-24T10-00-00.000Z', from: '../elsewhere' };
  writeFileSync(join(data, 'exchange.json'), JSON.stringify(forged));
  new ClinicExchange(data).recover();
  expect([holder('clinic'), holder('elsewhere')]).toEqual(['before', 'other']);
});

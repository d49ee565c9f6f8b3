import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderPlatform, type Platform, safeFileName, saveFile, unusedPath } from './platform.ts';
import {
  codeOf,
  expectOk,
  INVENTED_PATIENT,
  startTestClinic,
  TEST_PASSPHRASE,
  type TestClinic,
} from './test-clinic.ts';

const CSV = { name: 'table (CSV)', extensions: ['csv'] };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prehensa-platform-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a file name', () => {
  it.each([
    ['course.csv', 'course.csv'],
    ['Course.CSV', 'Course.csv'],
    ['autorun.bat', 'autorun.bat.csv'],
    ['page.html', 'page.html.csv'],
    ['x.csv\u202egpj.exe', 'x.csvgpj.exe.csv'],
    ['inv\u200bis\u2028ible.csv', 'invisible.csv'],
    ['../../x.csv', '-..-x.csv'],
    ['..\\..\\x', '-..-x.csv'],
    ['name.csv:ads', 'name.csv-ads.csv'],
    ['CON.csv', 'CON_.csv'],
    ['nul', 'nul_.csv'],
    ['com1.svg', 'com1_.svg.csv'],
    ['console.csv', 'console.csv'],
    ['.bashrc', 'bashrc.csv'],
    [' .. ', 'file.csv'],
    ['a\u0085\u007fb', 'a--b.csv'],
  ])('%j is kept as %j', (suggested, kept) => {
    expect(safeFileName(suggested, CSV.extensions)).toBe(kept);
  });

  it('fits into what systems take, in bytes, and keeps its ending and whole characters', () => {
    for (const character of ['x', 'é', '患', '🖐']) {
      const name = safeFileName(`${character.repeat(300)}.csv`, CSV.extensions);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
      expect(Buffer.byteLength(name)).toBeGreaterThan(170);
      expect(name.endsWith(`${character}.csv`)).toBe(true);
    }
  });

  it.skipIf(process.platform === 'win32')('is not that of a link that leads nowhere', () => {
    symlinkSync(join(folder, 'nowhere'), join(folder, 'd.csv'));
    expect(unusedPath(folder, 'd.csv', CSV.extensions)).toBe(join(folder, 'd (2).csv'));
  });
});

describe('saving where a dialogue says', () => {
  const saying = (path: string): Platform => ({
    ...createFolderPlatform(folder),
    choosePathToSave: async () => path,
  });
  const bytes = Buffer.from('a,b');

  it('adds the ending of the kind, and writes over nothing that was not asked about', async () => {
    const save = (path: string) => saveFile(saying(path), 'x', CSV, bytes, () => {});
    expect(await save(join(folder, 'run.bat'))).toBe(join(folder, 'run.bat.csv'));
    writeFileSync(join(folder, 'mine.csv'), 'mine');
    await expect(save(join(folder, 'mine'))).rejects.toThrow('file.not_saved');
    expect(readFileSync(join(folder, 'mine.csv'), 'utf8')).toBe('mine');
  });
});

describe('a dialogue that stands open while the clinic locks', () => {
  let clinic: TestClinic;
  afterEach(() => clinic.remove());

  async function asked() {
    let choose: (path: string | null) => void = () => {};
    let isAsked: () => void = () => {};
    const wasAsked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const platform: Platform = {
      ...createFolderPlatform(folder),
      choosePathToSave: () =>
        new Promise((resolve) => {
          choose = resolve;
          isAsked();
        }),
    };
    clinic = await startTestClinic({ platform });
    const { api } = clinic;
    const made = await api['app.createUser']({ name: 'Dr Test', passphrase: TEST_PASSPHRASE });
    const patient = expectOk(await api['patients.create'](INVENTED_PATIENT));
    const saving = api['reports.saveFile']({
      patientId: patient.id,
      suggestedName: 'course.csv',
      kind: 'csv',
      content: 'a,b',
    });
    await wasAsked;
    return { userId: expectOk(made).state.user?.id as never, saving, choose: (path: string) => choose(path) };
  }
  const savedRows = () =>
    clinic.host.clinic.opened?.db.raw.prepare("SELECT 1 FROM audit WHERE event = 'export.saved'").all()
      .length;

  it('writes nothing, also when somebody has unlocked again', async () => {
    for (const isUnlockedAgain of [false, true]) {
      const { userId, saving, choose } = await asked();
      const { api } = clinic;
      expectOk(await api['app.lock']({}));
      const unlock = () => api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE });
      if (isUnlockedAgain) expectOk(await unlock());
      const path = join(folder, 'course.csv');
      choose(path);
      expect(codeOf(await saving)).toBe('store.locked');
      expect(existsSync(path)).toBe(false);
      if (!isUnlockedAgain) expectOk(await unlock());
      expect(savedRows()).toBe(0);
      if (!isUnlockedAgain) await clinic.remove();
    }
  });

  it('writes file and row when it stayed open', async () => {
    const { saving, choose } = await asked();
    choose(join(folder, 'course.csv'));
    expect(codeOf(await saving)).toBe('ok');
    expect(readFileSync(join(folder, 'course.csv'), 'utf8')).toBe('a,b');
    expect(savedRows()).toBe(1);
  });
});

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readJsonOr, replaceFolder, restoreFolder, withLock, writeFileAtomically } from './atomic-files.ts';
import { codeHash } from './code-hash.ts';
import { runInProcesses } from './process-pool.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'processes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('tasks in child processes', () => {
  it('all run, results and log lines come back, a failure and a death are named and stop nobody else', async () => {
    const results = new Map<string, unknown>();
    const lines: string[] = [];
    const run = runInProcesses(
      ['double', 'fail', 'die', 'last'].map((id, i) => ({ id, payload: { what: id, number: i + 1 } })),
      {
        worker: 'scripts/processes/worker.fixture.ts',
        processes: 2,
        log: (line) => lines.push(line),
        onResult: ({ id }, result) => results.set(id, result),
      },
    );
    await expect(run).rejects.toThrow(/fail: (.|\n)*told to fail(.|\n)*die: the process ended/);
    expect([...results]).toEqual(
      expect.arrayContaining([
        ['double', 2],
        ['last', 8],
      ]),
    );
    expect(lines).toContain('double: working');
  });
});

describe('a worker that cannot start', () => {
  it('fails every task by name instead of starting again for ever', async () => {
    const run = runInProcesses(
      ['one', 'two'].map((id) => ({ id, payload: null })),
      { worker: 'scripts/processes/dead-worker.fixture.ts', processes: 1, log: () => {}, onResult: () => {} },
    );
    await expect(run).rejects.toThrow(/one: the process ended \(7\)\ntwo: the process ended \(7\)/);
  });
  it('a result that cannot be kept fails its task and stops nobody else', async () => {
    const kept: string[] = [];
    const run = runInProcesses(
      ['first', 'second'].map((id, i) => ({ id, payload: { what: id, number: i } })),
      {
        worker: 'scripts/processes/worker.fixture.ts',
        processes: 1,
        log: () => {},
        onResult: ({ id }) => {
          if (id === 'first') throw new Error('disk full');
          kept.push(id);
        },
      },
    );
    await expect(run).rejects.toThrow(/first: its result could not be kept: disk full/);
    expect(kept).toEqual(['second']);
  });
});

describe('one run at a time', () => {
  it('a second run is refused while the first lives, and takes over when it has gone', async () => {
    const name = `lock-test-${process.pid}`;
    const path = join('out/locks', `${name}.pid`);
    mkdirSync('out/locks', { recursive: true });
    writeFileSync(path, `${process.ppid}\n`);
    await expect(withLock(name, async () => 1)).rejects.toThrow(/is running/);
    writeFileSync(path, '999999999\n');
    expect(await withLock(name, async () => 1)).toBe(1);
    expect(existsSync(path)).toBe(false);
  });
});

describe('files that are whole or not there', () => {
  it('replace a folder and leave nothing beside it', () => {
    const [made, place] = [join(folder, 'made'), join(folder, 'deep', 'place')];
    for (const [path, text] of [
      [place, 'old'],
      [made, 'new'],
    ] as const) {
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, 'file'), text);
    }
    replaceFolder(made, place);
    expect(readFileSync(join(place, 'file'), 'utf8')).toBe('new');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['place']);
    expect(existsSync(made)).toBe(false);
  });
  it('put the old folder back when the new one cannot come, or when a run was killed between the two moves', () => {
    const place = join(folder, 'place');
    mkdirSync(place);
    writeFileSync(join(place, 'file'), 'old');
    expect(() => replaceFolder(join(folder, 'nothing'), place)).toThrow();
    expect(readFileSync(join(place, 'file'), 'utf8')).toBe('old');
    // Killed after the first move: the place is empty until the next run looks.
    expect(restoreFolder(place)).toBe(false);
    const aside = join('out/replaced', place.replace(/[\\/]+/g, '__'));
    mkdirSync('out/replaced', { recursive: true });
    renameSync(place, aside);
    expect(restoreFolder(place)).toBe(true);
    expect(readFileSync(join(place, 'file'), 'utf8')).toBe('old');
  });
  it('leave no temporary file, and a file that was cut short reads as missing', () => {
    const path = join(folder, 'a', 'b.json');
    writeFileAtomically(path, '{"x":1}');
    expect(readJsonOr<{ x: number }>(path)).toEqual({ x: 1 });
    expect(readdirSync(join(folder, 'a'))).toEqual(['b.json']);
    writeFileSync(path, '{"x":');
    expect(readJsonOr(path)).toBeUndefined();
  });
});

describe('the hash of code', () => {
  const hashOf = (text: string) => {
    const path = join(folder, 'module.ts');
    writeFileSync(path, text);
    return codeHash(path);
  };
  it('sees a number that changed, and no comment, name or space', async () => {
    const first = await hashOf('export const half = (forceN: number) => forceN / 2;\n');
    expect(await hashOf('// half\nexport const half = (force: number) =>\n  force / 2;\n')).toBe(first);
    expect(await hashOf('export const half = (forceN: number) => forceN / 3;\n')).not.toBe(first);
  });
});

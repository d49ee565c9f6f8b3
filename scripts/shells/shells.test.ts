import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_SOURCES, ensureBrowser, hiddenSources } from './ensure-browser.ts';
import { fetchElectron } from './ensure-electron.ts';
import { findInstalled, usualPlaces } from './find-installed.ts';
import { describeProbe, hasDisplay, probeElectron } from './probe.ts';
import { firstErrorLine, type ProbeRun, runProbe } from './run-probe.ts';

let folder = '';
const program = async (name: string, text: string) => {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  await chmod(path, 0o755);
  return path;
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prehensa-shells-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the search for a browser', () => {
  it('takes the one that the environment names, and no other when that one is unusable', async () => {
    const path = await program('mine/chromium', '#!/bin/sh\n');
    const lines: string[] = [];
    const found = await ensureBrowser({
      environment: { PREHENSA_BROWSER: path },
      log: (line) => lines.push(line),
    });
    expect(found).toMatchObject({ executablePath: path, source: 'environment', canShowWindow: true });
    expect(lines).toEqual([`browser: environment: ${path}`]);
    await expect(
      ensureBrowser({ environment: { PREHENSA_BROWSER: join(folder, 'nothing') } }),
    ).rejects.toThrow('not a program that can be started');
  });

  it('refuses a snap, with the reason, and goes on to the next', async () => {
    const script = await program('ubuntu/chromium-browser', '#!/bin/sh\nexec snap run chromium "$@"\n');
    const snap = await program('snap/bin/chromium', '#!/bin/sh\n');
    const real = await program('opt/google-chrome', '#!/bin/sh\n');
    const { path, refused } = findInstalled([script, snap, join(folder, 'missing'), real]);
    expect(path).toBe(real);
    expect(refused).toHaveLength(2);
    expect(refused.join()).toMatch(/snap.*snap/);
    await expect(ensureBrowser({ environment: { PREHENSA_BROWSER: snap } })).rejects.toThrow('a snap');
  });

  it('knows the usual places of three systems', () => {
    expect(usualPlaces('linux', { PATH: ['/a', '/b'].join(delimiter) }).slice(0, 3)).toEqual([
      join('/a', 'chromium'),
      join('/b', 'chromium'),
      join('/a', 'chromium-browser'),
    ]);
    expect(usualPlaces('darwin', { HOME: '/Users/x' })[0]).toContain('/Applications/Google Chrome.app');
    expect(usualPlaces('win32', { PROGRAMFILES: 'C:\\Program Files' }).join()).toContain('msedge.exe');
  });

  it('says one line a step, and a sentence when there is none at all', async () => {
    const lines: string[] = [];
    await expect(ensureBrowser({ hidden: BROWSER_SOURCES, log: (line) => lines.push(line) })).rejects.toThrow(
      'No browser was found. Install Chrome, Edge or Chromium',
    );
    expect(lines).toHaveLength(BROWSER_SOURCES.length);
  });

  it('refuses to hide a source that does not exist: the test would prove nothing', () => {
    expect(hiddenSources({ PREHENSA_HIDE_BROWSERS: 'system,apt-get' })).toEqual(['system', 'apt-get']);
    expect(() => hiddenSources({ PREHENSA_HIDE_BROWSERS: 'sytem' })).toThrow('"sytem" is none of');
  });
});

describe('fetching the Electron runtime', () => {
  const say = (line: object) => `console.log(${JSON.stringify(JSON.stringify(line))});`;

  it('gives up when no byte comes', async () => {
    const silent = await program('silent.mjs', 'setTimeout(() => {}, 60000);');
    expect(await fetchElectron({ program: silent, firstByteMs: 300 })).toBe('no byte within 0.3 s');
  });

  it('gives up when it takes too long, though bytes come', async () => {
    const slow = await program(
      'slow.mjs',
      `${say({ transferred: 1, total: 100 })} setTimeout(() => {}, 60000);`,
    );
    expect(await fetchElectron({ program: slow, firstByteMs: 400, wholeFetchMs: 1200 })).toBe(
      'not finished within 1.2 s',
    );
  });

  it('shows progress by tenths and ends well', async () => {
    const steps = [5, 12, 15, 50, 100].map((transferred) =>
      say({ transferred: transferred * 1e6, total: 1e8 }),
    );
    const good = await program('good.mjs', `${steps.join('')}${say({ isDone: true })}`);
    const lines: string[] = [];
    expect(await fetchElectron({ program: good, log: (line) => lines.push(line) })).toBeNull();
    expect(lines.map((line) => line.replace(/ of.*/, ''))).toEqual([
      'electron: 0 %',
      'electron: 10 %',
      'electron: 50 %',
      'electron: 100 %',
    ]);
  });

  it('hands on the network’s own reason', async () => {
    const failing = await program(
      'failing.mjs',
      `${say({ error: 'getaddrinfo ENOTFOUND' })} process.exitCode = 1;`,
    );
    expect(await fetchElectron({ program: failing })).toBe('getaddrinfo ENOTFOUND');
  });
});

describe('running a probe', () => {
  it('takes the JSON that was printed', async () => {
    const path = await program(
      'answer.mjs',
      'console.log("noise"); console.log(JSON.stringify({ hello: 1 }));',
    );
    expect(await runProbe(process.execPath, [path], { limitMs: 10_000 })).toEqual({
      report: { hello: 1 },
      exitCode: 0,
      errorLine: '',
    });
  });

  it('ends the program and what it started when the time is up', async () => {
    const path = await program(
      'hang.mjs',
      `import { spawn } from 'node:child_process';
      spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit' });
      console.log(JSON.stringify({ hello: 1 })); setTimeout(() => {}, 60000);`,
    );
    // The grandchild holds the output open: were it left alive, this would not return.
    const run = await runProbe(process.execPath, [path], { limitMs: 1000 });
    expect(run.errorLine).toBe('no answer within 1 s');
    expect(run.report).toEqual({ hello: 1 });
  });

  it('names a program that is not there', async () => {
    expect((await runProbe(join(folder, 'none'), [], { limitMs: 1000 })).errorLine).toContain('ENOENT');
  });

  it('finds the first line that says what went wrong', () => {
    const output = `[12:ERROR:dbus/bus.cc(408)] Failed to connect to the bus
[13:0101/000000.1:FATAL:sandbox_host_linux.cc(41)] The SUID sandbox helper binary was found
Trace/breakpoint trap`;
    expect(firstErrorLine(output)).toContain('SUID sandbox helper');
  });
});

describe('the Electron probe', () => {
  const good: ProbeRun = { report: { ok: true }, exitCode: 0, errorLine: '' };
  const bad = (errorLine: string): ProbeRun => ({ report: null, exitCode: 1, errorLine });
  /** A machine on which each command ends as told; it notes what was run. */
  const machine = (decide: (command: string) => ProbeRun) => {
    const commands: string[] = [];
    const run = async (command: string[]) => {
      commands.push(command.join(' '));
      return decide(command.join(' '));
    };
    return { commands, options: { runtime: { path: '/e/electron' }, run, hasDisplay: true } };
  };

  it('passes when hello and self-check pass', async () => {
    const { options, commands } = machine(() => good);
    expect(await probeElectron(options)).toMatchObject({ isGood: true, notice: '' });
    expect(commands).toHaveLength(2);
    expect(commands[1]).toContain('--self-check');
  });

  it('tries once more without the sandbox, visibly', async () => {
    const { options, commands } = machine((command) =>
      command.includes('--no-sandbox') ? good : bad('SUID sandbox helper'),
    );
    const probe = await probeElectron(options);
    expect(probe).toMatchObject({ isGood: true, notice: 'sandbox off, development only' });
    expect(probe.command).toContain('--no-sandbox');
    expect(commands).toHaveLength(3);
  });

  it('is skipped with the first line when hello fails twice', async () => {
    const { options } = machine((command) =>
      bad(command.includes('--no-sandbox') ? 'second reason' : 'libgtk-3.so.0: cannot open'),
    );
    const probe = await probeElectron(options);
    expect(probe).toMatchObject({ isGood: false, isIncident: false });
    expect(describeProbe(probe)).toBe('skipped: libgtk-3.so.0: cannot open');
  });

  it('is an incident when Electron runs and the app in it does not', async () => {
    const { options } = machine((command) =>
      command.includes('--self-check') ? bad('the scratch store is not open') : good,
    );
    expect(await probeElectron(options)).toMatchObject({ isGood: false, isIncident: true });
  });

  it('uses xvfb-run without a display, and says so when there is none', async () => {
    const { options, commands } = machine(() => good);
    await probeElectron({ ...options, hasDisplay: false, xvfbRun: '/usr/bin/xvfb-run' });
    expect(commands[0]).toMatch(/^\/usr\/bin\/xvfb-run -a \/e\/electron /);
    const probe = await probeElectron({ ...options, hasDisplay: false, xvfbRun: null });
    expect(probe.line).toBe('no display, and xvfb-run is not installed');
  });

  it('is skipped with the reason when there is no runtime', async () => {
    const probe = await probeElectron({ runtime: { path: null, reason: 'cannot be fetched: ENOTFOUND' } });
    expect(describeProbe(probe)).toBe('skipped: cannot be fetched: ENOTFOUND');
  });

  it('knows a display when it sees one', () => {
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
    expect(hasDisplay('win32', {})).toBe(true);
  });
});

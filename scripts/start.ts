// npm start: builds, chooses a shell by probe, says which and why, and opens the app in it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildAll } from './build.ts';
import { hasDisplay, probeBrowser, probeElectron, type ShellProbe } from './shells/probe.ts';

const root = join(import.meta.dirname, '..');
const say = (line: string) => console.log(line);

/** Runs a program in this terminal until it ends. */
function runHere(command: string[], environment: Record<string, string> = {}): Promise<number> {
  const [program = '', ...values] = command;
  const child = spawn(program, values, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', (cause) => {
      console.error(cause.message);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function runDemo(why: string): Promise<number> {
  say(`${why}: running the head-less main job instead (npm run demo)`);
  return runHere([process.execPath, join(root, 'scripts/demo.ts')]);
}

/** Prints the choice and opens the app; resolves with its exit code. */
function openIn(probe: ShellProbe, why: string): Promise<number> {
  say(`shell: ${probe.shell} (${why})`);
  if (probe.notice !== '') say(`NOTICE: ${probe.notice}`);
  return runHere(
    probe.command,
    probe.browser ? { PREHENSA_SHELL_BROWSER: JSON.stringify(probe.browser) } : {},
  );
}

async function start(): Promise<number> {
  say(await buildAll());
  if (!hasDisplay()) return runDemo('There is no display here');
  const electron = await probeElectron({ log: say });
  if (electron.isGood) return openIn(electron, electron.line);
  const browser = await probeBrowser({ log: say });
  if (!browser.isGood) {
    console.error(`Prehensa cannot be opened here.`);
    console.error(`  Electron: ${electron.line}`);
    console.error(`  browser: ${browser.line}`);
    return 1;
  }
  if (browser.browser?.canShowWindow === false) {
    return runDemo(`The only browser here cannot show a window (${browser.line})`);
  }
  return openIn(browser, `not Electron: ${electron.line}`);
}

if (process.argv.includes('--help')) {
  say('npm start   builds and opens Prehensa: in Electron when its probe passes, else in a browser window');
} else {
  process.exit(await start());
}

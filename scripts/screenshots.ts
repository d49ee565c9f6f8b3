/**
 * npm run screenshots [-- --out DIR] [--only NAME]: every screen of the built app at 1366x768 and 1920x1080, light and
 * dark, at 3840x2160, and with 200 % text; checks layout, contrast and focus. DIR/index.html is the contact sheet, DIR/result.png the
 * picture of the README. Exit status 1 when a screen was not reached or has a problem.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from './build.ts';
import { newDataFolder, type OpenApp, openApp, removeDataFolder } from './driver/open-app.ts';
import { walkClinicDay } from './screenshots/clinic-day-walk.ts';
import { problemTable, writeContactSheet } from './screenshots/contact-sheet.ts';
import { walkOwnClinic } from './screenshots/own-clinic-walk.ts';
import { walkSampleClinic } from './screenshots/sample-clinic-walk.ts';
import { createShooter, type OpenAgain, type Shooter } from './screenshots/shoot.ts';
import { ensureBrowser } from './shells/ensure-browser.ts';

const { values } = parseArgs({
  options: { out: { type: 'string' }, only: { type: 'string' }, help: { type: 'boolean' } },
});
if (values.help) {
  console.log(
    'npm run screenshots [-- --out DIR] [--only NAME]   pictures of every screen (out/screenshots)',
  );
  process.exit(0);
}
const outFolder = values.out ?? 'out/screenshots';
if (values.only === undefined) rmSync(outFolder, { recursive: true, force: true });
mkdirSync(outFolder, { recursive: true });

console.log(await buildAll());
const browser = await ensureBrowser({ log: console.log });
const viewport = { width: 1366, height: 768 };
/** Cheap on purpose: nothing here is a secret. */
const SCRYPT_COST = 1024;
const shooter = createShooter(outFolder, values.only ?? null, console.log);
let failure: string | null = null;

/** A walk that breaks off costs its own screens, not those of the other. */
async function attempt(
  name: string,
  walk: (shooter: Shooter, open: OpenAgain) => Promise<void>,
): Promise<void> {
  if (shooter.isDone()) return;
  const dataFolder = newDataFolder();
  let app: OpenApp | null = null;
  try {
    await walk(shooter, async (whileStopped) => {
      await app?.stop();
      whileStopped?.(dataFolder);
      app = await openApp({ dataFolder, browser, viewport, scryptCost: SCRYPT_COST });
      return app;
    });
  } catch (cause) {
    const open = app as OpenApp | null;
    const picture = join(outFolder, `not-reached-${name}.png`);
    await open?.page.screenshot({ path: picture }).catch(() => undefined);
    failure = cause instanceof Error ? cause.message : String(cause);
    console.error(`NOT REACHED, see ${picture}: ${failure}`);
  } finally {
    await (app as OpenApp | null)?.stop();
    removeDataFolder(dataFolder);
  }
}

await attempt('own-clinic', walkOwnClinic);
await attempt('sample-clinic', walkSampleClinic);
await attempt('clinic-day', walkClinicDay);

if (values.only === undefined) writeContactSheet(outFolder, shooter.pictures, shooter.problems);
console.log(`\n${problemTable(shooter.pictures, shooter.problems)}`);
console.log(
  `\n${shooter.pictures.length} screens, ${shooter.problems.length} problems; ${join(outFolder, 'index.html')}`,
);
if (values.only !== undefined && !shooter.isDone()) failure ??= `there is no screen "${values.only}"`;
if (failure !== null) console.error(`not every screen was reached: ${failure.split('\n')[0]}`);
process.exitCode = failure !== null || shooter.problems.length > 0 ? 1 : 0;

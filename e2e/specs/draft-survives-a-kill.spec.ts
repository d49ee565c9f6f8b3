import { fork } from 'node:child_process';
import { join } from 'node:path';
import { type AppUnderTest, expect, test } from '../fixtures/app.ts';
import { Keys } from '../fixtures/keys.ts';
import { chosenShell } from '../fixtures/shells.ts';
import type { TypedKey } from '../fixtures/typing-program.ts';
import { SIX_TRIALS, startSession, typedTrials } from '../pages/bedside.ts';
import { openPatient } from '../pages/patients.ts';
import { openSampleClinic } from '../pages/welcome.ts';

/** The promise: a keystroke older than this is on disk. */
const PROMISED_MS = 1000;

/** What the form holds after the first `count` characters of the six trials, in the order of the walk. */
function formAfter(count: number): string[] {
  let left = count;
  return SIX_TRIALS.map((trial) => {
    const shown = trial.slice(0, Math.max(0, left));
    left -= trial.length;
    return shown;
  });
}

const ALL = SIX_TRIALS.join('').length;

/** Opens the sample clinic again and reads how many characters the draft kept. */
async function charactersKept(app: AppUnderTest): Promise<number> {
  await app.open();
  await openSampleClinic(app.page);
  await expect(app.page.getByRole('row').filter({ hasText: 'Lindqvist' })).toContainText(
    'unfinished session',
  );
  await openPatient(app.page, 'Lindqvist');
  await app.page.getByRole('button', { name: /^Resume draft/ }).click();
  await expect(app.page.getByRole('heading', { name: 'Lateral pinch', level: 1 })).toBeVisible();
  const form = await typedTrials(app.page);
  const kept = form.join('').length;
  expect(form, 'the draft is what was typed, cut off somewhere').toEqual(formAfter(kept));
  return kept;
}

test('the window is killed while the last trial is typed: nothing older than a second is lost', async ({
  makeApp,
}) => {
  const app = makeApp();
  await app.open();
  await openSampleClinic(app.page);
  await openPatient(app.page, 'Lindqvist');
  await startSession(app.page);
  const keys = new Keys(app.page);
  const typedAtMs: number[] = [];
  for (const trial of SIX_TRIALS) {
    for (const character of trial) {
      await keys.press(character);
      typedAtMs.push(performance.now());
    }
    await keys.press('Enter');
  }
  // The clinician goes on writing; the kill comes when the first value is just older than promised.
  while (performance.now() - (typedAtMs[2] ?? 0) < PROMISED_MS) {
    await app.page.getByLabel('Note').press('x');
  }
  const killedAtMs = performance.now();
  await app.kill();
  const promised = typedAtMs.filter((ms) => killedAtMs - ms >= PROMISED_MS).length;
  expect(promised).toBeGreaterThanOrEqual(3);
  expect(await charactersKept(app)).toBeGreaterThanOrEqual(promised);
});

// The host lives in Electron's own process, so that the test above kills it there.
for (const afterCharacters of [4, 9, 14]) {
  test(`the host is killed ${afterCharacters} characters into typing: nothing older than a second is lost`, {
    tag: afterCharacters === 9 ? [] : ['@full'],
  }, async ({ makeApp, foundBrowser }) => {
    test.skip(chosenShell() === 'electron', 'in Electron the window and the host are one program');
    const app = makeApp();
    const program = fork(join(import.meta.dirname, '../fixtures/typing-program.ts'), {
      execArgv: [],
      env: {
        ...process.env,
        NODE_NO_WARNINGS: '1',
        PREHENSA_TYPING: JSON.stringify({ ownFolder: app.ownFolder, browser: foundBrowser }),
      },
    });
    const typed: TypedKey[] = [];
    const killedAtMs = await new Promise<number>((resolve, reject) => {
      program.on('message', (key: TypedKey) => {
        typed.push(key);
        if (typed.length < afterCharacters || program.killed) return;
        program.kill('SIGKILL');
        resolve(Date.now());
      });
      program.once('exit', (code) => reject(new Error(`the typing program ended by itself with ${code}`)));
    });
    const promised = typed.filter(({ atMs }) => killedAtMs - atMs >= PROMISED_MS).length;
    // Slow typing: at the later kills several characters are older than a second.
    if (afterCharacters >= 9) expect(promised).toBeGreaterThan(0);
    const kept = await charactersKept(app);
    expect(kept).toBeGreaterThanOrEqual(promised);
    expect(kept).toBeLessThanOrEqual(Math.min(ALL, typed.length + 1));
  });
}

/**
 * node scripts/run.mjs result-states [-- --out DIR]: a picture of each state of a result at 1366x768, for readers who are
 * asked within ten seconds for the answer, its doubt and the strongest highlight. Exit status 1 when one was not reached.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { emptySessionDraft } from '../core/clinical/session-entries.ts';
import type { CallName, InputWire, Output } from '../core/contract/contract.ts';
import type { Result } from '../core/contract/errors.ts';
import { buildAll } from './build.ts';
import { createFirstUser } from './driver/main-job.ts';
import { newDataFolder, openApp, removeDataFolder } from './driver/open-app.ts';
import { openLocalInference } from './headless/local-inference.ts';
import { findStates, PERSON, STATES, trialsOf } from './result-states/find-states.ts';
import { applyLook, LOOKS } from './screenshots/looks.ts';

const { values } = parseArgs({ options: { out: { type: 'string' }, help: { type: 'boolean' } } });
if (values.help) {
  console.log(
    'node scripts/run.mjs result-states [--out DIR]   pictures of five states of a result (out/result-states)',
  );
  process.exit(0);
}
const outFolder = values.out ?? 'out/result-states';
mkdirSync(outFolder, { recursive: true });
const visits = findStates(await openLocalInference('float64', () => 0));
console.log(await buildAll());
const dataFolder = newDataFolder();
const app = await openApp({ dataFolder, viewport: { width: 1366, height: 768 }, scryptCost: 1024 });
const { page } = app;

async function ask<N extends CallName>(name: N, input: InputWire<N>): Promise<Output<N>> {
  const result = JSON.parse(await app.host.answer(JSON.stringify({ name, input }))) as Result<Output<N>>;
  if (!result.ok) throw new Error(`${name} failed: ${result.error.code}`);
  return result.value;
}

async function openResult(whom: Page, name: string): Promise<void> {
  await whom.keyboard.press('Alt+1');
  await whom.getByRole('searchbox', { name: 'Search patients' }).fill(name);
  await whom.getByRole('row').filter({ hasText: name }).click();
  await whom.getByRole('button', { name: /^Show result/ }).click();
  await whom
    .getByText(/wrist-state \d/)
    .first()
    .waitFor();
}

try {
  await createFirstUser(page, 'Dr A. Lindgren');
  await page.getByRole('button', { name: 'Close guide' }).click();
  const devtools = await page.context().newCDPSession(page);
  for (const [index, state] of STATES.entries()) {
    const visit = visits.get(state)!;
    // Nothing in a picture but the result itself may give its state away.
    const displayName = `Example ${index + 1}`;
    const patient = await ask('patients.create', {
      ...PERSON,
      displayName,
      clinicNumber: '',
      dominantHand: 'right',
      affectedSide: 'left',
      diagnosis: 'SLAC wrist',
      operation: 'other',
      operationNote: '',
      operationDate: null,
    });
    const draft = emptySessionDraft();
    const { session } = await ask('sessions.start', { patientId: patient.id, draft });
    await ask('sessions.saveMeasurements', { sessionId: session.id, trials: trialsOf(visit), draft });
    await ask('sessions.lockJudgement', {
      sessionId: session.id,
      judgedSide: 'left',
      judgement: {
        answer: 'four-corner-fusion',
        confidencePercent: 60,
        drivers: [
          { feature: 'pinch-percent-expected', direction: 'for' },
          ...(visit.torquesNm === null
            ? []
            : [{ feature: 'wrist-extension-percent-expected' as const, direction: 'for' as const }]),
        ],
        isBlinded: false,
        durationMs: 12_000,
      },
    });
    await openResult(page, displayName);
    const opener = page.getByRole('button', { name: /^What drove/ });
    if (state !== 'abstain') {
      await opener.click();
      await page
        .getByText(/^Compared with nonimpaired people|^No reliable explanation/)
        .first()
        .waitFor();
    }
    for (const look of LOOKS.filter(({ width }) => width === 1366)) {
      await applyLook(page, devtools, look);
      await page.evaluate(() => {
        (document.activeElement as HTMLElement | null)?.blur();
        window.scrollTo(0, 0);
      });
      const file = join(outFolder, `${state}--${look.name}`);
      await page.screenshot({ path: `${file}.png`, animations: 'disabled' });
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await applyLook(page, devtools, { ...look, height });
      await page.screenshot({ path: `${file}--whole.png`, animations: 'disabled' });
    }
    await applyLook(page, devtools, LOOKS[0]!);
    console.log(`${state}: ${JSON.stringify(visit)}`);
  }
} finally {
  await app.stop();
  removeDataFolder(dataFolder);
}

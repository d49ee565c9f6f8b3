/**
 * npm run demo [-- --out DIR]: the main job head-less, through the real page and the real store, with screenshots, a
 * storyboard and one JSON line a step at the end. Exit status 1 when a step fails.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPrediction, listJudgements } from '../electron/host/db/repositories/judgement-repository.ts';
import { listTrials } from '../electron/host/db/repositories/trial-repository.ts';
import { buildModelInput } from '../electron/host/services/model-input.ts';
import { buildAll } from './build.ts';
import { importRecording } from './demo/import-recording.ts';
import { type StoryStep, writeStoryboard } from './demo/storyboard.ts';
import * as job from './driver/main-job.ts';
import { newDataFolder, type OpenApp, openApp, removeDataFolder } from './driver/open-app.ts';
import { openLocalInference } from './headless/local-inference.ts';
import { ensureBrowser } from './shells/ensure-browser.ts';

const { values } = parseArgs({ options: { out: { type: 'string' }, help: { type: 'boolean' } } });
if (values.help) {
  console.log(
    'npm run demo [-- --out DIR]   the main job head-less; storyboard in DIR/index.html (out/demo)',
  );
  process.exit(0);
}
const outFolder = values.out ?? 'out/demo';
rmSync(outFolder, { recursive: true, force: true });
mkdirSync(outFolder, { recursive: true });

const PATIENT: job.DemoPatient = {
  name: 'Invented, Ines',
  birthDate: '1971-02-03',
  sex: 'Female',
  heightCm: '168',
  weightKg: '70',
  dominantHand: 'Right',
  affectedSide: 'Left',
  diagnosis: 'SLAC wrist, stage II',
  operation: 'Four-corner fusion',
  operationDate: '2026-06-01',
};
const PINCH_KG = ['7.2', '5.9', '7.6', '6.1', '7.4', '6.0'];
const WRIST_NM = ['2.7', '5.1', '5.6', '4.0'];

const steps: StoryStep[] = [];
let app: OpenApp | null = null;

/** Runs one step; after a failure the rest is not tried, since each stands on the one before. */
async function step(
  name: string,
  run: () => Promise<{ sentence: string; numbers: Record<string, string>; hasPicture?: boolean }>,
): Promise<void> {
  if (steps.some(({ ok }) => !ok)) return;
  const started = performance.now();
  const picture = `${String(steps.length + 1).padStart(2, '0')}-${name}.png`;
  try {
    const { sentence, numbers, hasPicture = true } = await run();
    const ms = performance.now() - started;
    if (hasPicture) await app?.page.screenshot({ path: join(outFolder, picture) });
    steps.push({ step: name, ok: true, ms, sentence, numbers, picture: hasPicture ? picture : null });
    console.log(`${name}: ${sentence}`);
  } catch (cause) {
    const message = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    const hasPicture = await app?.page
      .screenshot({ path: join(outFolder, picture) })
      .then(() => true)
      .catch(() => false);
    steps.push({
      step: name,
      ok: false,
      ms: performance.now() - started,
      sentence: message,
      numbers: {},
      picture: hasPicture ? picture : null,
    });
    console.log(`${name} FAILED: ${message}`);
  }
}

console.log(await buildAll());
const browser = await ensureBrowser({ log: console.log });
if (browser.notice) console.log(`NOTICE: ${browser.notice}`);
const dataFolder = newDataFolder();
const viewport = { width: 1366, height: 768 };
const openStore = () => {
  const open = app?.host.clinic.opened;
  if (!open) throw new Error('no store is open');
  return open.db;
};
const sessionId = () => {
  const row = openStore().raw.prepare('SELECT id FROM session ORDER BY started_at DESC LIMIT 1').get();
  return (row as { id: string }).id;
};
const percent = (value: number) => `${(100 * value).toFixed(0)} %`;

await step('create-patient', async () => {
  app = await openApp({ dataFolder, browser, viewport });
  const code = await job.createFirstUser(app.page, 'Dr Demo');
  await job.createPatient(app.page, PATIENT);
  return {
    sentence:
      'A user with a passphrase and a recovery code, and one invented patient, in a new encrypted store.',
    numbers: {
      'recovery code': `${code.replace(/[^-\s]/g, '•')} (shown once)`,
      'start of the window': `${app.startMs.toFixed(0)} ms`,
    },
  };
});
await step('enter-session', async () => {
  const { page } = app as OpenApp;
  await job.startSession(page);
  await job.typeValues(page, [...PINCH_KG, ...WRIST_NM]);
  await page.screenshot({ path: join(outFolder, '02-bedside.png') });
  await job.saveAndJudge(page);
  const trials = listTrials(openStore(), sessionId()).newest;
  return {
    sentence:
      'Six key pinches and four wrist strengths by keyboard, right and left in turn; saved as evidence.',
    numbers: {
      'trials stored': String(trials.length),
      'as typed': trials.map((trial) => `${trial.typedText} ${trial.typedUnit}`).join(', '),
    },
  };
});
await step('lock-judgement', async () => {
  const { page } = app as OpenApp;
  const before = openStore().raw.prepare('SELECT count(*) AS n FROM prediction').get() as { n: number };
  await job.judge(page, '2', 'wrist extension strength');
  await page.screenshot({ path: join(outFolder, '03-judgement.png') });
  await job.lock(page);
  await page.getByText('locked').first().waitFor();
  const judgement = listJudgements(openStore(), sessionId())[0];
  if (!judgement) throw new Error('no judgement is stored');
  return {
    sentence: 'The judgement is locked with time and user; before this moment no prediction existed.',
    numbers: {
      'predictions in the store before the lock': String(before.n),
      judgement: `${judgement.answer}, ${judgement.confidencePercent} %`,
      drivers: judgement.drivers.map((d) => `${d.feature} ${d.direction}`).join(', '),
    },
  };
});
await step('predict', async () => {
  const { page } = app as OpenApp;
  await page.getByText('Resembles nonimpaired').first().waitFor();
  const stored = findPrediction(openStore(), sessionId());
  const { probabilities, predictionSet, bundleHash, modelVersion, inRangeP } = stored?.prediction ?? {};
  if (!probabilities) throw new Error('the model refused these measurements');
  return {
    sentence: 'What the networks make of the same numbers: resemblance to nonimpaired first, then the set.',
    numbers: {
      nonimpaired: percent(probabilities[0]),
      'four-corner fusion': percent(probabilities[1]),
      'proximal row carpectomy': percent(probabilities[2]),
      set: (predictionSet ?? []).join(', '),
      'conformal p, in range': String(inRangeP?.toFixed(3)),
      bundle: `wrist-state ${modelVersion}, ${bundleHash?.slice(0, 12)}, trained on simulated people`,
    },
  };
});
await step('explain', async () => {
  const { page } = app as OpenApp;
  await page.getByRole('button', { name: "What drove the model's answer" }).click();
  const sentence = page.getByText(/Compared with nonimpaired people|no reliable explanation/i).first();
  await sentence.waitFor();
  return {
    sentence: 'Signed drivers beside the clinician’s own, with the reference named; opening is logged.',
    numbers: { sentence: await sentence.innerText() },
  };
});
await step('compare', async () => {
  const { page } = app as OpenApp;
  await page.getByRole('group', { name: 'You and the model' }).getByText('agree', { exact: true }).click();
  await page.getByLabel('Note').fill('Both see a fusion that is getting stronger.');
  await page.getByRole('button', { name: 'Save and close the session' }).click();
  await page.getByRole('button', { name: 'New session' }).first().waitFor();
  return {
    sentence: 'Agree, disagree or cannot tell, with a note; the session is closed.',
    numbers: { verdict: 'agree' },
  };
});
await step('store', async () => {
  const db = openStore();
  const count = (table: string) =>
    (db.raw.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
  const numbers = Object.fromEntries(
    ['trial', 'judgement', 'prediction', 'explanation', 'comparison', 'audit'].map((t) => [
      t,
      String(count(t)),
    ]),
  );
  if (numbers.comparison !== '1') throw new Error('the comparison is not in the store');
  await app?.page
    .getByRole('tab', { name: 'Trends' })
    .or(app.page.getByText('Trends', { exact: true }))
    .first()
    .click();
  await app?.page.getByText('kg').first().waitFor();
  return {
    sentence: 'Everything is in the encrypted store, each with its audit row; the trend shows both hands.',
    numbers,
  };
});
await step('reopen', async () => {
  await (app as OpenApp).stop();
  app = await openApp({ dataFolder, browser, viewport });
  await job.unlock(app.page);
  await app.page.getByText(PATIENT.name).first().click();
  await app.page.getByText('four-corner fusion, 55 %').first().waitFor();
  return {
    sentence: 'After a restart the passphrase opens the store, and the session reads back as it was.',
    numbers: { 'start of the window': `${app.startMs.toFixed(0)} ms` },
  };
});
await step('import-recording', async () => {
  const person = buildModelInput(openStore(), sessionId(), 'left');
  const imported = importRecording(await openLocalInference('tfjs'), person);
  const { refusals, inRangeP } = imported.prediction;
  if (refusals.length === 0) throw new Error('the model answered on a recording that it must refuse');
  return {
    sentence: `${imported.isReal ? 'A real recording' : 'A specimen recording'} is read (unit ${imported.unitSource}); the model abstains: ${refusals.join(', ')}.`,
    numbers: {
      file: imported.file,
      samples: String(imported.samples),
      'peaks (N)': imported.peaksN.map((peak) => peak.toFixed(1)).join(', '),
      abstains: `${refusals.join(', ')}${inRangeP === null ? '' : ` (conformal p ${inRangeP.toFixed(3)})`}`,
    },
    hasPicture: false,
  };
});
await (app as OpenApp | null)?.stop();
removeDataFolder(dataFolder);
writeStoryboard(outFolder, steps, `browser (${browser.source})`);
console.log(`storyboard: ${join(outFolder, 'index.html')}`);
for (const { step: name, ok, ms } of steps) {
  console.log(JSON.stringify({ step: name, ok, ms: Math.round(ms) }));
}
process.exit(steps.length === 9 && steps.every(({ ok }) => ok) ? 0 : 1);

/** A ten-minute recording at 1,000 Hz in the real page: how soon it is drawn, and how long a frame of a pan takes. */
import type { Page } from 'playwright-core';
import { createClient } from '../../core/contract/wire.ts';
import { EMPTY_DRAFT, expectOk, INVENTED_PATIENT, sixTrials } from '../../electron/host/app/test-clinic.ts';
import type { OpenApp } from '../driver/open-app.ts';
import { tenMinuteFile } from '../driver/ten-minute-file.ts';

const PAINTS = 20;
const PAN_FRAMES = 120;

export interface TraceTimes {
  /** From the samples in the page to the frame in which they stand on screen, milliseconds, one an opening. */
  firstPaintMs: number[];
  /** From one frame to the next while the trace is dragged, milliseconds. */
  panFrameMs: number[];
  /** From the press on "Open" to the painted trace, with reading and transfer, milliseconds. */
  openMs: number[];
  /** The file to the host, read and stored, milliseconds. */
  importMs: number;
}

/** Puts a recording into a new patient's session through the page's own path. @returns milliseconds. */
async function importThroughPage(app: OpenApp, name: string): Promise<number> {
  const api = createClient({ request: (frame) => app.host.answer(frame), onPush: () => () => {} });
  const patient = expectOk(await api['patients.create']({ ...INVENTED_PATIENT, displayName: name }));
  const { session } = expectOk(await api['sessions.start']({ patientId: patient.id, draft: EMPTY_DRAFT }));
  expectOk(
    await api['sessions.saveMeasurements']({
      sessionId: session.id,
      trials: sixTrials(),
      draft: EMPTY_DRAFT,
    }),
  );
  const mapping = {
    delimiter: ';',
    decimalSign: ',',
    time: { kind: 'column', column: 0, unit: 's' },
    channels: [{ column: 1, role: 'force', name: 'Kraft', unit: 'N' }],
  };
  return app.page.evaluate(
    async ([text, sessionId, plan]) => {
      const { appTransport } = globalThis as unknown as {
        appTransport: { request(frame: string): Promise<string> };
      };
      const call = async (channel: string, input: unknown) => {
        const answer = JSON.parse(await appTransport.request(JSON.stringify({ name: channel, input })));
        if (!answer.ok) throw new Error(JSON.stringify(answer));
        return answer.value;
      };
      const bytes = new TextEncoder().encode(text as string);
      const startedMs = performance.now();
      const { uploadId, path } = await call('recordings.beginImport', {
        sessionId,
        fileName: 'bench.csv',
        sizeBytes: bytes.length,
      });
      const piece = 2 * 1024 * 1024;
      for (let at = 0; at < bytes.length; at += piece) {
        const sent = await fetch(`${path}?at=${at}`, { method: 'POST', body: bytes.slice(at, at + piece) });
        if (!sent.ok) throw new Error(`piece at ${at}: ${sent.status}`);
      }
      await call('recordings.finishImport', {
        uploadId,
        mapping: plan,
        side: 'left',
        measure: 'lateral-pinch',
        name: '',
        tares: [null],
        crop: null,
      });
      return performance.now() - startedMs;
    },
    [tenMinuteFile(), session.id, mapping] as const,
  );
}

const lastMark = (page: Page, name: string) =>
  page.evaluate((mark) => performance.getEntriesByName(mark).at(-1)?.startTime ?? 0, name);

/** Opens the recording from the list; both marks are the page's own. */
async function openRecording(page: Page): Promise<{ firstPaintMs: number; openMs: number }> {
  await page.evaluate(() => performance.clearMarks());
  const pressedMs = await page.evaluate(() => {
    const button = [...document.querySelectorAll('button')].find((b) =>
      b.getAttribute('aria-label')?.startsWith('Open: '),
    );
    const nowMs = performance.now();
    button?.click();
    return nowMs;
  });
  await page.waitForFunction(() => performance.getEntriesByName('trace-painted').length > 0);
  const paintedMs = await lastMark(page, 'trace-painted');
  const readyMs = await lastMark(page, 'trace-samples-ready');
  return { firstPaintMs: paintedMs - readyMs, openMs: paintedMs - pressedMs };
}

/** Drags the trace, zoomed in to half, to and fro, one step a frame. @returns time from frame to frame. */
async function panFrames(page: Page): Promise<number[]> {
  const surface = page.getByRole('slider', { name: /over time/ });
  await surface.focus();
  for (const key of ['+', '+']) await page.keyboard.press(key);
  return page.evaluate(async (frames) => {
    const target = document.querySelector('[aria-roledescription="trace"]') as HTMLElement;
    const box = target.getBoundingClientRect();
    target.setPointerCapture = () => {};
    const send = (type: string, clientX: number) =>
      target.dispatchEvent(
        new PointerEvent(type, { bubbles: true, button: 0, pointerId: 1, clientX, clientY: box.top + 50 }),
      );
    const nextFrame = () => new Promise<number>((done) => requestAnimationFrame(done));
    const middle = box.left + box.width / 2;
    send('pointerdown', middle);
    const times: number[] = [];
    await nextFrame();
    let beforeMs = performance.now();
    for (let i = 0; i < frames; i++) {
      send('pointermove', middle + Math.sin(i / 12) * box.width * 0.4);
      await nextFrame();
      // The frame is over when what was drawn in it is done.
      await new Promise((done) => setTimeout(done));
      const nowMs = performance.now();
      times.push(nowMs - beforeMs);
      beforeMs = nowMs;
    }
    send('pointerup', middle);
    return times;
  }, PAN_FRAMES);
}

/** Times a recording of 600,000 samples. The app must stand open with a user. */
export async function traceTimes(app: OpenApp, paints = PAINTS): Promise<TraceTimes> {
  const { page } = app;
  const name = 'Bench, Recording';
  const importMs = await importThroughPage(app, name);
  const times: TraceTimes = { firstPaintMs: [], panFrameMs: [], openMs: [], importMs };
  await page.reload();
  await page.getByRole('heading', { name: 'Patients', level: 1 }).waitFor();
  await page.getByText(name).first().click();
  await page.getByRole('tab', { name: 'Recordings' }).click();
  for (let i = 0; i < paints; i++) {
    await page.getByRole('button', { name: /^Open: / }).waitFor();
    const { firstPaintMs, openMs } = await openRecording(page);
    times.firstPaintMs.push(firstPaintMs);
    times.openMs.push(openMs);
    await page.getByLabel('Time of peak, s').waitFor();
    if (i === paints - 1) times.panFrameMs = await panFrames(page);
    await page.getByRole('button', { name: 'All recordings' }).click();
  }
  return times;
}

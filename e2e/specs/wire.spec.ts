import { CONFORMANCE_CHECKS } from '../../core/contract/conformance.ts';
import type { PageTransport } from '../../core/contract/wire.ts';
import { expect, test } from '../fixtures/app.ts';
import { askHost, sendFrame } from '../fixtures/host-calls.ts';

test('the transport of this shell passes the conformance suite', async ({ app }) => {
  const transport: PageTransport = {
    request: (frame) => sendFrame(app.page, frame),
    onPush: () => () => undefined,
  };
  for (const check of CONFORMANCE_CHECKS) await test.step(check.name, () => check.run(transport));
  expect(CONFORMANCE_CHECKS.length).toBeGreaterThan(10);
});

test('an unknown channel is refused with an incident and does nothing', async ({ app }) => {
  const answer: unknown = JSON.parse(
    await sendFrame(app.page, JSON.stringify({ name: 'store.readEverything', input: {} })),
  );
  expect(answer).toEqual({
    ok: false,
    error: { code: 'input.invalid', incident: expect.stringMatching(/^[0-9a-f]{8}$/) },
  });
});

test('before a store is open no patient can be asked for', async ({ app }) => {
  for (const name of ['patients.list', 'devices.list'] as const) {
    const input = name === 'patients.list' ? { search: '', limit: 10, offset: 0 } : {};
    expect(await askHost(app.page, name, input as never)).toMatchObject({ error: { code: 'store.locked' } });
  }
});

test('a frame from an iframe is refused', async ({ app }) => {
  const outcome = await app.page.evaluate(async () => {
    const iframe = document.createElement('iframe');
    document.body.append(iframe);
    const inner = iframe.contentWindow as unknown as Record<string, unknown>;
    const frame = JSON.stringify({ name: 'app.state', input: {} });
    const answers: string[] = [];
    // The shell's own door, and what stands behind it in the browser shell.
    const doors = [
      (inner.appTransport as { request(text: string): Promise<string> } | undefined)?.request,
      inner.__appWire as ((text: string) => Promise<string>) | undefined,
    ].filter((door) => door !== undefined);
    for (const door of doors) {
      answers.push(await door(frame).catch((cause: Error) => `refused: ${cause.message}`));
    }
    iframe.remove();
    return { hasTransport: inner.appTransport !== undefined, answers };
  });
  expect(outcome.hasTransport).toBe(false);
  for (const answer of outcome.answers) expect(answer).toContain('refused');
  const counted = app.refusedFrames();
  if (counted !== null) expect(counted).toBe(outcome.answers.length);
  // The page itself is still answered.
  expect(await askHost(app.page, 'app.state', {})).toMatchObject({ ok: true });
});

test.describe('the way out', () => {
  test.use({ provokes: ['policy reports', 'refused requests', 'console errors'] });
  test('the page reaches nothing outside the app', async ({ app }) => {
    const reached = await app.page.evaluate(async () => {
      const ways = {
        fetch: () => fetch('https://example.com/').then(() => 'reached'),
        image: () =>
          new Promise<string>((resolve, reject) => {
            const image = new Image();
            image.onload = () => resolve('reached');
            image.onerror = () => reject(new Error('blocked'));
            image.src = 'https://example.com/x.png';
          }),
        code: async () => String(new Function('return "reached"')()),
      };
      const results: Record<string, string> = {};
      for (const [name, way] of Object.entries(ways)) results[name] = await way().catch(() => 'blocked');
      return results;
    });
    expect(reached).toEqual({ fetch: 'blocked', image: 'blocked', code: 'blocked' });
  });
});

import type { BrowserContext, Frame, Page } from 'playwright-core';
import type { HostTransport } from '../../../core/contract/wire.ts';

/** What the page's script sees of the bridge before the app's own code runs. */
interface BridgeGlobals {
  __appWire(frame: string): Promise<string>;
  __appPush(frame: string): void;
  appTransport: unknown;
}

/**
 * True for the app's own page alone: its main frame (an embedded frame could be anything) and exactly its origin.
 */
export function isTrustedSender(
  source: { page: Page; frame: Frame },
  appPage: Page | undefined,
  origin: string,
): boolean {
  if (source.page !== appPage || source.frame !== appPage.mainFrame()) return false;
  // By text, not by URL.origin: a blob: page of our origin has that origin too.
  return source.frame.url().startsWith(`${origin}/`);
}

/** Runs in the page before its first script; must not refer to anything outside itself. */
function installTransport(origin: string): void {
  // No peer connections anywhere, also not in a frame: they send packets that no content policy stops.
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel']) {
    delete (globalThis as unknown as Record<string, unknown>)[name];
  }
  if (window !== window.top || location.origin !== origin) return;
  const globals = globalThis as unknown as BridgeGlobals;
  const send = globals.__appWire;
  const listeners = new Set<(frame: string) => void>();
  Object.defineProperty(globals, '__appPush', {
    value: (frame: string) => {
      for (const listener of listeners) listener(frame);
    },
  });
  Object.defineProperty(globals, 'appTransport', {
    value: Object.freeze({
      shell: 'browser',
      request: (frame: string) => send(frame),
      onPush: (listener: (frame: string) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    }),
  });
}

/**
 * The wire between the page and the host: one string each way. Call it before the page is opened.
 * Requests that come before `serve` wait for it; a frame from any other sender is refused and counted.
 */
export async function installPageBridge(
  context: BrowserContext,
  appPage: () => Page | undefined,
  origin: string,
): Promise<{ transport: HostTransport; refusedFrames: () => number }> {
  let refused = 0;
  let setAnswer: (answer: (frame: string) => Promise<string>) => void = () => undefined;
  const answerReady = new Promise<(frame: string) => Promise<string>>((resolve) => {
    setAnswer = resolve;
  });
  await context.exposeBinding('__appWire', async (source, frame: unknown) => {
    if (!isTrustedSender(source, appPage(), origin) || typeof frame !== 'string') {
      refused++;
      throw new Error('refused');
    }
    return (await answerReady)(frame);
  });
  await context.addInitScript(installTransport, origin);
  return {
    transport: {
      serve: (answer) => setAnswer(answer),
      push: (frame) => {
        // A page that is loading or closing hears nothing: every pushed state can also be read.
        appPage()
          ?.evaluate((pushed) => (globalThis as unknown as BridgeGlobals).__appPush?.(pushed), frame)
          .catch(() => undefined);
      },
    },
    refusedFrames: () => refused,
  };
}

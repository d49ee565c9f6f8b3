import type { BrowserContext, Page } from 'playwright-core';
import type { HostTransport } from '../../../core/contract/wire.ts';
import { PAGE_ORIGINS } from '../../host/assets/page-origins.ts';
import type { AssetServer } from '../../host/assets/serve-app-request.ts';
import { type ChromiumOptions, openChromium } from './open-chromium.ts';
import { installPageBridge } from './page-bridge.ts';

const ORIGIN = PAGE_ORIGINS.browser;

export interface BrowserShellOptions extends Omit<ChromiumOptions, 'appUrl'> {
  assets: AssetServer;
  /** Answers the page's frames; may instead be given later with `transport.serve`, requests wait until then. */
  serve?: (frame: string) => Promise<string>;
  /** Called once, after the window is gone and its profile deleted. */
  onClose?: (reason: 'closed' | 'page crashed') => void;
}

export interface BrowserShell {
  page: Page;
  context: BrowserContext;
  transport: HostTransport;
  /** Closes the window and deletes the profile. */
  close(): Promise<void>;
  /** Addresses that something in the window asked for and did not get. */
  refusedRequests: readonly string[];
  /** Reports of the content security policy; an app without defects has none. */
  policyReports: readonly string[];
  refusedFrames(): number;
  profileFolder: string;
}

/**
 * The app in a window of a system browser: page and files from `assets`, the wire over the DevTools pipe, nothing else.
 * @returns once the first page is loaded.
 */
export async function launchBrowserShell(options: BrowserShellOptions): Promise<BrowserShell> {
  const refusedRequests: string[] = [];
  const policyReports: string[] = [];
  const opened = await openChromium({ ...options, appUrl: `${ORIGIN}/` });
  const { context, page } = opened;
  let reason: 'closed' | 'page crashed' = 'closed';
  const finished = opened.closed.then(() => options.onClose?.(reason));
  const close = async () => {
    await context.close().catch(() => undefined);
    await finished;
  };
  try {
    await context.route('**/*', async (route, request) => {
      const url = request.url();
      if (url !== ORIGIN && !url.startsWith(`${ORIGIN}/`)) {
        refusedRequests.push(url);
        return route.abort('blockedbyclient');
      }
      const body = request.method() === 'POST' ? request.postDataBuffer() : null;
      const answer = await options.assets({
        method: request.method(),
        url,
        ...(body ? { body: new Uint8Array(body) } : {}),
      });
      // The browser decides the length itself for a fulfilled request.
      const { 'content-length': _length, ...headers } = answer.headers;
      return route.fulfill({ status: answer.status, headers, body: Buffer.from(answer.body) });
    });
    const bridge = await installPageBridge(context, () => page, ORIGIN);
    if (options.serve) bridge.transport.serve(options.serve);
    // One window: a second one, opened by keyboard or by a script, closes at once.
    context.on('page', (other) => {
      if (other !== page) other.close().catch(() => undefined);
    });
    page.on('websocket', (socket) => refusedRequests.push(socket.url()));
    page.on('console', (message) => {
      if (/Content.Security.Policy/i.test(message.text())) policyReports.push(message.text());
    });
    page.on('crash', () => {
      reason = 'page crashed';
      context.close().catch(() => undefined);
    });
    page.on('close', () => {
      context.close().catch(() => undefined);
    });
    await page.goto(`${ORIGIN}/`, { waitUntil: 'load' });
    return {
      page,
      context,
      transport: bridge.transport,
      close,
      refusedRequests,
      policyReports,
      refusedFrames: bridge.refusedFrames,
      profileFolder: opened.profileFolder,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

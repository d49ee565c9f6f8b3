import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents } from 'electron/main';
import { openChromium } from '../../browser/open-chromium.ts';
import { note, requireReady } from './call-order.ts';
import { invoke } from './ipc-double.ts';
import { preloadScript } from './preload-runtime.ts';
import { isStandard, originOf, STAND_IN, toApp, toStandIn } from './schemes.ts';
import { doubleOf, type SessionDouble } from './session-double.ts';

type Chromium = Awaited<ReturnType<typeof openChromium>>;
type Route = Parameters<Parameters<Chromium['context']['route']>[1]>[0];
type Frame = ReturnType<Chromium['page']['mainFrame']>;

const emitterOf = (contents: EventEmitter) => ({
  on: contents.on.bind(contents) as unknown as WebContents['on'],
});

/** A window with a real Chromium page behind it. */
export class WindowDouble extends EventEmitter {
  static readonly all = new Set<WindowDouble>();
  static onContents: (contents: WebContents) => void = () => undefined;
  readonly #contents = new EventEmitter();
  readonly #session: SessionDouble;
  readonly #preloadFile: string | undefined;
  #opening: Promise<Chromium> | undefined;
  #openHandler: (() => { action: string }) | undefined;
  /** The address that loadURL was given: a navigation to any other one comes from the page. */
  #loading = '';
  readonly webContents: WebContents;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    requireReady('BrowserWindow');
    const preferences = options.webPreferences ?? {};
    for (const [name, safe] of [
      ['sandbox', true],
      ['contextIsolation', true],
      ['nodeIntegration', false],
      ['webSecurity', true],
    ] as const) {
      if ((preferences[name] ?? safe) !== safe) note(`a window with ${name} ${String(preferences[name])}`);
    }
    this.#session = doubleOf(preferences.session);
    this.#preloadFile = preferences.preload;
    const api = {
      ...emitterOf(this.#contents),
      send: (channel, ...values) => {
        this.#opening
          ?.then(({ page }) =>
            page.evaluate(
              ([name, sent]) =>
                (globalThis as unknown as { __doubleDeliver(c: string, v: unknown[]): void }).__doubleDeliver(
                  name as string,
                  sent as unknown[],
                ),
              [channel, values],
            ),
          )
          .catch(() => undefined);
      },
      isDestroyed: () => !WindowDouble.all.has(this),
      executeJavaScript: async (code) => (await this.#chromium()).page.evaluate(code),
      reload: () => {
        this.#chromium()
          .then(({ page }) => page.reload())
          .catch(() => undefined);
      },
      closeDevTools: () => undefined,
      setWebRTCIPHandlingPolicy: () => undefined,
      setWindowOpenHandler: (handler) => {
        this.#openHandler = handler as () => { action: string };
      },
    } satisfies Pick<
      WebContents,
      | 'closeDevTools'
      | 'executeJavaScript'
      | 'isDestroyed'
      | 'on'
      | 'reload'
      | 'send'
      | 'setWebRTCIPHandlingPolicy'
      | 'setWindowOpenHandler'
    >;
    this.webContents = api as unknown as WebContents;
    WindowDouble.all.add(this);
    WindowDouble.onContents(this.webContents);
  }

  show(): void {}
  focus(): void {}
  restore(): void {}
  isMinimized(): boolean {
    return false;
  }

  /** Rejects as Electron does when no handler knows the scheme. */
  async loadURL(url: string): Promise<void> {
    const scheme = url.slice(0, url.indexOf(':'));
    if (!this.#session.handlers.has(scheme))
      throw new Error(`ERR_UNKNOWN_URL_SCHEME (-302) loading '${url}'`);
    if (!this.#session.hasRequestHandler) {
      note('no permission request handler: Electron grants every permission');
    }
    if (!this.#session.hasCheckHandler) note('no permission check handler');
    const { page } = await this.#chromium();
    this.#loading = toStandIn(url);
    await page.goto(this.#loading, { waitUntil: 'load' });
    this.emit('ready-to-show');
  }

  async destroy(): Promise<void> {
    const opened = await this.#opening?.catch(() => undefined);
    WindowDouble.all.delete(this);
    await opened?.context.close().catch(() => undefined);
    await opened?.closed;
  }

  #chromium(): Promise<Chromium> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async #open(): Promise<Chromium> {
    const opened = await openChromium({
      executablePath: process.env.PREHENSA_DOUBLE_BROWSER ?? '/usr/bin/chromium',
      sandbox: process.getuid?.() !== 0,
      headless: true,
      ...(process.env.PREHENSA_DOUBLE_PROFILES
        ? { profilesFolder: process.env.PREHENSA_DOUBLE_PROFILES }
        : {}),
    });
    const { context, page } = opened;
    await context.route('**/*', (route) => this.#answer(route));
    await context.exposeBinding('__doubleInvoke', (source, channel: string, json: string) =>
      invoke(channel, JSON.parse(json) as unknown[], {
        sender: this.webContents,
        senderFrame: this.#frame(source.frame),
      }),
    );
    await context.exposeBinding('__doublePreloadError', (_source, message: string) => {
      this.#preloadFailed(new Error(message));
    });
    context.on('page', (other) => {
      if (other === page) return;
      if ((this.#openHandler?.() ?? { action: 'allow' }).action !== 'deny')
        note('a second window was allowed');
      other.close().catch(() => undefined);
    });
    page.on('close', () => {
      WindowDouble.all.delete(this);
      this.emit('closed');
    });
    try {
      if (this.#preloadFile !== undefined) {
        await context.addInitScript({ content: preloadScript(readFileSync(this.#preloadFile, 'utf8')) });
      }
    } catch (cause) {
      this.#preloadFailed(cause as Error);
    }
    return opened;
  }

  #preloadFailed(cause: Error): void {
    this.#contents.emit('preload-error', {}, this.#preloadFile, cause);
  }

  /** What the app sees of a frame; an empty child frame has its parent's origin, as in Chromium. */
  #frame(frame: Frame): object {
    const parent = frame.parentFrame();
    const url = toApp(frame.url());
    const owner = url === 'about:blank' && parent ? toApp(parent.url()) : url;
    return {
      url,
      origin: originOf(owner),
      detached: frame.isDetached(),
      parent: parent ? this.#frame(parent) : null,
    };
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const url = toApp(request.url());
    const isOurs = request.url().startsWith(`${STAND_IN}/`);
    if (request.isNavigationRequest() && request.url() !== this.#loading && !this.#isPrevented(url)) {
      note(`the page may navigate to ${url}`);
    }
    if (await this.#isCancelled(url)) return route.abort('blockedbyclient');
    if (!isOurs) {
      note(`a request to ${url} was let through`);
      return route.abort('blockedbyclient');
    }
    // In a scheme that is not standard a relative address has nothing to be relative to.
    if (!isStandard('app') && !request.isNavigationRequest()) return route.abort('addressunreachable');
    const handler = this.#session.handlers.get('app');
    if (!handler) return route.abort('addressunreachable');
    const body = request.postDataBuffer();
    const response = await handler(
      new Request(url, { method: request.method(), ...(body ? { body: new Uint8Array(body) } : {}) }),
    );
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  #isPrevented(url: string): boolean {
    let isPrevented = false;
    const event = {
      url,
      preventDefault: () => {
        isPrevented = true;
      },
    };
    this.#contents.emit('will-navigate', event, url);
    return isPrevented;
  }

  #isCancelled(url: string): Promise<boolean> {
    const listener = this.#session.beforeRequest;
    if (listener === null) return Promise.resolve(false);
    return new Promise((resolve) => {
      listener({ url } as Parameters<typeof listener>[0], (answer) => resolve(answer.cancel === true));
    });
  }
}

/** The instance side that the app uses, held to Electron's own types. */
type Used = Pick<BrowserWindow, 'focus' | 'isMinimized' | 'loadURL' | 'restore' | 'show' | 'webContents'>;
WindowDouble satisfies new (
  options?: BrowserWindowConstructorOptions,
) => Used;

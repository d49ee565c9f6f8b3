import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { createPrivateProfile, defaultProfilesFolder } from './private-profile.ts';

export interface ChromiumOptions {
  executablePath: string;
  /** False only where Chromium cannot start with it (root on Linux); say so to the user. */
  sandbox: boolean;
  headless: boolean;
  /** The address of the app window; omitted head-less. */
  appUrl?: string;
  profilesFolder?: string;
  /** Added to the environment, such as the library path of a browser that brings its own. */
  environment?: Readonly<Record<string, string>>;
  /** Further switches that a particular browser needs. */
  extraArguments?: readonly string[];
}

/** Switches that keep the browser silent, off the network and forgetful. */
const ARGUMENTS = [
  '--test-type',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-sync',
  '--no-pings',
  '--disk-cache-size=1',
  '--media-cache-size=1',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  // Whatever is asked for, no name and no address resolves: only the routed origin answers.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-proxy-server',
];

/**
 * Opens Chromium, Chrome or Edge over its DevTools pipe (no TCP port) with a fresh private profile.
 * The caller routes and navigates. `closed` resolves, with the profile deleted, once the browser is gone for any reason.
 */
export async function openChromium(options: ChromiumOptions): Promise<{
  context: BrowserContext;
  page: Page;
  profileFolder: string;
  closed: Promise<void>;
}> {
  const profile = await createPrivateProfile(options.profilesFolder ?? defaultProfilesFolder());
  let context: BrowserContext;
  try {
    context = await chromium.launchPersistentContext(profile.folder, {
      executablePath: options.executablePath,
      headless: options.headless,
      viewport: options.headless ? { width: 1366, height: 768 } : null,
      chromiumSandbox: options.sandbox,
      serviceWorkers: 'block',
      acceptDownloads: true,
      // The window of an app, not of a remote-controlled browser.
      ignoreDefaultArgs: ['--enable-automation'],
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      env: {
        ...(process.env as Record<string, string>),
        // A crash report holds memory: it must lie in the profile, and be deleted with it.
        BREAKPAD_DUMP_LOCATION: join(profile.folder, 'crashes'),
        ...options.environment,
      },
      args: [
        ...ARGUMENTS,
        ...(options.headless || options.appUrl === undefined
          ? []
          : [`--app=${options.appUrl}`, '--window-size=1366,860', '--class=Prehensa']),
        ...(options.extraArguments ?? []),
      ],
    });
  } catch (cause) {
    await profile.remove();
    throw cause;
  }
  const closed = new Promise<void>((resolve) => {
    context.once('close', () => {
      profile.remove().then(resolve, () => resolve());
    });
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return { context, page, profileFolder: profile.folder, closed };
}

import type { App } from 'electron/main';

/** What a user may add to the command line of the installed app: screen readers, old graphics, X11. */
const ALLOWED_ARGUMENTS = new Set([
  '--force-renderer-accessibility',
  '--disable-gpu',
  '--ozone-platform=x11',
  '--self-check',
]);

/** Switches that would let another program look into the app or weaken it. */
const REFUSED_SWITCHES = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'js-flags',
  'enable-logging',
  'log-file',
  'log-net-log',
  'proxy-server',
  'proxy-pac-url',
  'disable-web-security',
  'no-sandbox',
  'host-rules',
  'user-data-dir',
  'renderer-cmd-prefix',
  'gpu-launcher',
  'utility-cmd-prefix',
  'unsafely-expose-electron-internals-for-testing',
];

/**
 * Closes what can only be closed before the app is ready. The installed app also refuses to start with foreign
 * switches; from the sources they are allowed, for tests and debuggers.
 */
export function hardenProcess(app: App): void {
  if (app.isPackaged) {
    for (const name of REFUSED_SWITCHES) app.commandLine.removeSwitch(name);
    const isForeign = (argument: string) => argument.startsWith('-') && !ALLOWED_ARGUMENTS.has(argument);
    const { ELECTRON_DISABLE_SANDBOX, ELECTRON_ENABLE_LOGGING } = process.env;
    if (process.argv.slice(1).some(isForeign) || ELECTRON_DISABLE_SANDBOX || ELECTRON_ENABLE_LOGGING) {
      app.exit(64);
    }
    app.enableSandbox();
  }
  process.umask(0o077);
  // No network, even if everything after this were wrong.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('no-proxy-server');
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp');
}

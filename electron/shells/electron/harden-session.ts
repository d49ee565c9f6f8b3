import type { App, Session, WebContents } from 'electron/main';

/** Denies a session every permission, device, download and foreign address. */
export function hardenSession(session: Session, origin: string, isPackaged: boolean): void {
  // Both handlers: without a request handler Electron grants everything.
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(
    (_contents, permission, requester) =>
      requester.replace(/\/$/, '') === origin && permission === 'clipboard-sanitized-write',
  );
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.on('select-serial-port', (event, _ports, _contents, answer) => {
    event.preventDefault();
    answer('');
  });
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
  const allowed = [`${origin}/`, `blob:${origin}/`, 'data:', ...(isPackaged ? [] : ['devtools:'])];
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !allowed.some((start) => details.url.startsWith(start)) });
  });
  session.enableNetworkEmulation({ offline: true });
}

/** No page may go anywhere, open anything or pick a device; also none that is made by mistake. */
export function hardenContents(app: App): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    // Without preventDefault the first device in reach would be chosen.
    contents.on('select-bluetooth-device', (event, _devices, answer) => {
      event.preventDefault();
      answer('');
    });
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    if (app.isPackaged) contents.on('devtools-opened', () => contents.closeDevTools());
  });
}

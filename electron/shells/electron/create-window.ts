import { join } from 'node:path';
import { app, BrowserWindow, session } from 'electron/main';
import { PAGE_ORIGINS } from '../../host/assets/page-origins.ts';
import type { AssetServer } from '../../host/assets/serve-app-request.ts';
import { hardenSession } from './harden-session.ts';

/** The one window, still empty, on a session that keeps nothing on disk. */
export function createWindow(assets: AssetServer): BrowserWindow {
  const origin = PAGE_ORIGINS.electron;
  // A partition without "persist:" lives in memory.
  const pageSession = session.fromPartition('app');
  pageSession.protocol.handle('app', async (request) => {
    const body = request.method === 'POST' ? new Uint8Array(await request.arrayBuffer()) : undefined;
    const answer = await assets({ method: request.method, url: request.url, body });
    return new Response(answer.body as Uint8Array<ArrayBuffer>, {
      status: answer.status,
      headers: answer.headers,
    });
  });
  hardenSession(pageSession, origin, app.isPackaged);
  hardenSession(session.defaultSession, origin, app.isPackaged);
  return new BrowserWindow({
    show: false,
    width: 1366,
    height: 860,
    minWidth: 800,
    minHeight: 600,
    title: 'Prehensa',
    webPreferences: {
      session: pageSession,
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
      v8CacheOptions: 'none',
    },
  });
}

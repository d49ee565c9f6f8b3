import type { IpcMain } from 'electron/main';

type Handler = (event: unknown, ...values: unknown[]) => unknown;
const handlers = new Map<string, Handler>();

export const ipcMain = {
  handle: (channel, handler) => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler as Handler);
  },
} satisfies Pick<IpcMain, 'handle'>;

/** Only text crosses: what a handler throws arrives as its string, as in Electron. */
export async function invoke(channel: string, values: unknown[], event: object): Promise<string> {
  try {
    const handler = handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return JSON.stringify({ value: (await handler(event, ...values)) ?? null });
  } catch (cause) {
    return JSON.stringify({ error: String(cause) });
  }
}

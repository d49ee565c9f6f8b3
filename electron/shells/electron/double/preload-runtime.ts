import { Script } from 'node:vm';

/**
 * Runs in the page in place of Electron's sandboxed preload environment: `require` knows four modules, values
 * cross the bridge as frozen copies, functions as functions. Must not refer to anything outside itself.
 */
function runtime(preload: (load: (name: string) => unknown, module: object, exports: object) => void): void {
  if (window !== window.top) return;
  const page = globalThis as unknown as {
    __doubleInvoke(channel: string, json: string): Promise<string>;
    __doubleDeliver: unknown;
    __doublePreloadError(message: string): void;
  };
  const invokeHost = page.__doubleInvoke;
  const listeners = new Map<string, Set<(...values: unknown[]) => void>>();
  const of = (channel: string) => {
    const known = listeners.get(channel) ?? new Set();
    listeners.set(channel, known);
    return known;
  };
  Object.defineProperty(page, '__doubleDeliver', {
    value: (channel: string, values: unknown[]) => {
      for (const listener of of(channel)) listener({ senderId: 0 }, ...values);
    },
  });
  const copy = (value: unknown): unknown => {
    if (typeof value === 'function') return (...values: unknown[]) => copy(value(...values));
    if (value instanceof Promise) return value.then(copy);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return Object.freeze(value.map(copy));
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)])));
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld: (key: string, api: unknown) => {
        if (Object.hasOwn(page, key)) throw new Error(`Cannot bind an API on top of an existing property`);
        Object.defineProperty(page, key, { value: copy(api) });
      },
    },
    ipcRenderer: {
      invoke: async (channel: string, ...values: unknown[]) => {
        const answer = JSON.parse(await invokeHost(channel, JSON.stringify(structuredClone(values))));
        if (answer.error !== undefined) {
          throw new Error(`Error invoking remote method '${channel}': ${answer.error}`);
        }
        return answer.value;
      },
      on: (channel: string, listener: (...values: unknown[]) => void) => of(channel).add(listener),
      off: (channel: string, listener: (...values: unknown[]) => void) => of(channel).delete(listener),
    },
  };
  const load = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer' || name === 'electron/common') return electron;
    throw new Error(`module not found: ${name}`);
  };
  try {
    preload(load, { exports: {} }, {});
  } catch (cause) {
    page.__doublePreloadError(cause instanceof Error ? cause.message : String(cause));
  }
}

/**
 * The script that the page runs first.
 * @throws SyntaxError for a preload that is not a CommonJS script, as a sandboxed preload must be.
 */
export function preloadScript(source: string): string {
  const wrapped = `(function (require, module, exports) {\n${source}\n})`;
  new Script(wrapped);
  return `(${runtime.toString()})(${wrapped});`;
}

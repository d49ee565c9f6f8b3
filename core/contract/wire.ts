/**
 * The protocol above a transport: one JSON string in, one JSON string out, and pushes.
 * Both shells and the tests carry the same strings; nothing is ever thrown across.
 */
import {
  type CallName,
  type Client,
  contract,
  type Handlers,
  type Payload,
  type PushName,
} from './contract.ts';
import { ALWAYS_POSSIBLE, AppError, ERRORS, type ErrorCode, type ErrorDetail } from './errors.ts';

/** What a shell supplies on the page side. */
export interface PageTransport {
  request(frame: string): Promise<string>;
  onPush(listener: (frame: string) => void): () => void;
}

/** What a shell supplies on the host side. */
export interface HostTransport {
  serve(answer: (frame: string) => Promise<string>): void;
  push(frame: string): void;
}

/** Where failures go. `cause` never reaches the page; the sink must not write patient data. */
export type ReportFailure = (report: {
  incident: string;
  channel: string;
  code: ErrorCode;
  level: 'debug' | 'info' | 'warn' | 'error';
  cause: unknown;
}) => void;

/** Nothing in the contract is larger; bulk data goes by same-origin HTTP. */
export const MAX_FRAME_CHARACTERS = 1_000_000;

export const callNames = Object.entries(contract)
  .filter(([, definition]) => definition.kind === 'call')
  .map(([name]) => name) as CallName[];

export interface ServerOptions<Context> {
  handlers: Handlers<Context>;
  /** Called once a request; throws AppError('store.locked') when the access level is not met. */
  context: (access: 'read' | 'write' | 'open', channel: CallName) => Context;
  report: ReportFailure;
  newIncident: () => string;
}

/**
 * Answers frames on `transport`.
 * @returns `answer`, the same function for in-process use, and `emit` for pushes.
 * @throws TypeError when a call of the contract has no handler.
 */
export function createServer<Context>(transport: HostTransport, options: ServerOptions<Context>) {
  const { handlers, context, report, newIncident } = options;
  for (const name of callNames) {
    if (!Object.hasOwn(handlers, name) || typeof handlers[name] !== 'function') {
      throw new TypeError(`no handler for ${name}`);
    }
  }
  const fail = (channel: string, code: ErrorCode, cause: unknown, detail?: ErrorDetail): string => {
    const incident = newIncident();
    report({ incident, channel, code, level: ERRORS[code].log, cause });
    return JSON.stringify({ ok: false, error: { code, incident, ...(detail ? { detail } : {}) } });
  };
  const answer = async (frame: string): Promise<string> => {
    let name: unknown;
    let raw: unknown;
    if (typeof frame !== 'string' || frame.length > MAX_FRAME_CHARACTERS) {
      return fail('?', 'input.invalid', new RangeError('frame too large or not a string'));
    }
    try {
      const parsed: unknown = JSON.parse(frame);
      if (parsed === null || typeof parsed !== 'object') throw new TypeError('frame is not an object');
      name = Object.hasOwn(parsed, 'name') ? (parsed as { name: unknown }).name : undefined;
      raw = Object.hasOwn(parsed, 'input') ? (parsed as { input: unknown }).input : undefined;
    } catch (cause) {
      return fail('?', 'input.invalid', cause);
    }
    if (typeof name !== 'string' || !Object.hasOwn(contract, name)) {
      return fail('?', 'input.invalid', new RangeError('unknown channel'));
    }
    const definition = contract[name as CallName];
    if (definition.kind !== 'call')
      return fail(name, 'input.invalid', new RangeError('a push is not callable'));
    let input: ReturnType<typeof definition.input.safeParse>;
    try {
      input = definition.input.safeParse(raw);
    } catch (cause) {
      // A frame built to overflow the parser is bad input like any other.
      return fail(name, 'input.invalid', cause);
    }
    if (!input.success) {
      const path = input.error.issues[0]?.path.join('.') ?? '';
      return fail(name, 'input.invalid', new RangeError(`bad field: ${path}`), { path });
    }
    try {
      const scope = context(definition.access, name as CallName);
      const handler = handlers[name as CallName] as (i: unknown, c: Context) => unknown;
      const value = await handler(input.data, scope);
      return JSON.stringify({ ok: true, value: definition.output.parse(value) });
    } catch (cause) {
      if (cause instanceof AppError) {
        const declared = (definition.errors as readonly ErrorCode[]).includes(cause.code);
        if (declared || ALWAYS_POSSIBLE.includes(cause.code)) {
          return fail(name, cause.code, cause, cause.detail);
        }
      }
      return fail(name, 'internal', cause);
    }
  };
  transport.serve(answer);
  return {
    answer,
    emit<N extends PushName>(name: N, payload: Payload<N>) {
      transport.push(JSON.stringify({ name, payload: contract[name].payload.parse(payload) }));
    },
  };
}

export type Api = Client & {
  on<N extends PushName>(name: N, listener: (payload: Payload<N>) => void): () => void;
};

/** The page's client: one method a call; never rejects for an expected failure. */
export function createClient(transport: PageTransport): Api {
  const calls = Object.fromEntries(
    callNames.map((name) => [
      name,
      async (input: unknown) => {
        try {
          return JSON.parse(await transport.request(JSON.stringify({ name, input })));
        } catch {
          // The shell refused the frame or went away: still a value, never a rejection.
          return { ok: false, error: { code: 'internal', incident: 'transport' } };
        }
      },
    ]),
  );
  const on = <N extends PushName>(name: N, listener: (payload: Payload<N>) => void) =>
    transport.onPush((frame) => {
      const message = JSON.parse(frame) as { name: string; payload: unknown };
      if (message.name === name) listener(contract[name].payload.parse(message.payload) as Payload<N>);
    });
  return { ...calls, on } as unknown as Api;
}

/** A page and a host joined in memory: the third transport, used by tests and head-less programs. */
export function createMemoryPair(): { page: PageTransport; host: HostTransport } {
  let answer: (frame: string) => Promise<string> = () => Promise.reject(new Error('no server'));
  const listeners = new Set<(frame: string) => void>();
  return {
    page: {
      request: (frame) => answer(frame),
      onPush: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    host: {
      serve: (a) => {
        answer = a;
      },
      push: (frame) => {
        for (const listener of listeners) listener(frame);
      },
    },
  };
}

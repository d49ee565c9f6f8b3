import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Handlers } from './contract.ts';
import { contract } from './contract.ts';
import { call, mergeNamespaces } from './definition.ts';
import { AppError, type ErrorCode } from './errors.ts';
import { callNames, createClient, createMemoryPair, createServer, MAX_FRAME_CHARACTERS } from './wire.ts';

type Reported = { incident: string; channel: string; code: ErrorCode; cause: unknown };

function makePair(overrides: Partial<Record<string, (input: never) => unknown>> = {}) {
  const reports: Reported[] = [];
  let count = 0;
  const handlers = Object.fromEntries(
    callNames.map((name) => [
      name,
      overrides[name] ??
        (() => {
          throw new Error('not under test');
        }),
    ]),
  ) as unknown as Handlers<null>;
  const { page, host } = createMemoryPair();
  const server = createServer(host, {
    handlers,
    context: () => null,
    report: (r) => reports.push(r),
    newIncident: () => `I${++count}`,
  });
  return { api: createClient(page), page, server, reports };
}

const NO_PATIENT = '00000000-0000-4000-8000-000000000000';

describe('the wire', () => {
  it('answers a declared error with its code and hides the cause', async () => {
    const { page, reports } = makePair({
      'patients.get': () => {
        throw new AppError('patient.not_found', undefined, { cause: new Error('Kowalska, Anna') });
      },
    });
    const answer = await page.request(JSON.stringify({ name: 'patients.get', input: { id: NO_PATIENT } }));
    expect(JSON.parse(answer)).toEqual({ ok: false, error: { code: 'patient.not_found', incident: 'I1' } });
    expect(answer).not.toContain('Kowalska');
    expect(reports).toHaveLength(1);
  });

  it('turns an undeclared code, an exception and a bad output into internal', async () => {
    const undeclared = makePair({
      'patients.get': () => {
        throw new AppError('model.not_found');
      },
    });
    const thrown = makePair({
      'patients.get': () => {
        throw new Error('patient Kowalska broke');
      },
    });
    const badOutput = makePair({ 'patients.get': () => ({ id: 'nonsense' }) });
    for (const { api } of [undeclared, thrown, badOutput]) {
      const result = await api['patients.get']({ id: NO_PATIENT });
      expect(result).toEqual({ ok: false, error: { code: 'internal', incident: 'I1' } });
    }
  });

  it.each([
    ['not json', '{'],
    ['null', 'null'],
    ['a number', '7'],
    ['an unknown channel', JSON.stringify({ name: 'patients.destroyAll', input: {} })],
    ['a name of the prototype', JSON.stringify({ name: 'constructor', input: {} })],
    ['__proto__', '{"name":"__proto__","input":{}}'],
    ['a push', JSON.stringify({ name: 'patients.changed', input: { id: NO_PATIENT } })],
    ['an unknown key', JSON.stringify({ name: 'patients.get', input: { id: NO_PATIENT, extra: 1 } })],
    ['no input', JSON.stringify({ name: 'patients.get' })],
    ['a huge frame', `"${'x'.repeat(MAX_FRAME_CHARACTERS)}"`],
  ])('refuses %s as input.invalid', async (_what, frame) => {
    const { page } = makePair({ 'patients.get': () => expect.fail('must not run') });
    expect(JSON.parse(await page.request(frame))).toMatchObject({
      ok: false,
      error: { code: 'input.invalid' },
    });
  });

  it('refuses numbers that JSON cannot carry honestly', async () => {
    const { page } = makePair({ 'patients.create': () => expect.fail('must not run') });
    // 1e999 parses to Infinity.
    const frame = '{"name":"patients.create","input":{"heightM":1e999}}';
    expect(JSON.parse(await page.request(frame))).toMatchObject({ error: { code: 'input.invalid' } });
  });

  it('never rejects when the transport breaks', async () => {
    const api = createClient({ request: () => Promise.reject(new Error('pipe')), onPush: () => () => {} });
    expect(await api['app.lock']({})).toEqual({
      ok: false,
      error: { code: 'internal', incident: 'transport' },
    });
  });

  it('delivers a push to listeners of its name only and stops after unsubscribing', () => {
    const { api, server } = makePair();
    const seen: string[] = [];
    const stop = api.on('patients.changed', ({ id }) => seen.push(id));
    api.on('app.stateChanged', () => expect.fail('other push'));
    const id = NO_PATIENT as never;
    server.emit('patients.changed', { id });
    stop();
    server.emit('patients.changed', { id });
    expect(seen).toEqual([NO_PATIENT]);
  });

  it('does not start with a missing handler', () => {
    const { host } = createMemoryPair();
    expect(() =>
      createServer(host, {
        handlers: {} as Handlers<null>,
        context: () => null,
        report: () => {},
        newIncident: () => '',
      }),
    ).toThrow(/no handler/);
  });
});

describe('the table', () => {
  it('refuses a channel declared twice, which a spread would hide', () => {
    const one = {
      'a.b': call({ access: 'read', doc: 'x', input: z.strictObject({}), output: z.null() }),
    };
    expect(() => mergeNamespaces(one, one)).toThrow(/twice/);
    // The broken twin: a plain spread lets the last one win without a word.
    expect(() => ({ ...one, ...one })).not.toThrow();
  });

  it('documents every channel in a sentence and takes strict objects only', () => {
    for (const [name, definition] of Object.entries(contract)) {
      expect(definition.doc, name).toMatch(/^[A-Z].{8,}[.]$/);
      const schema = definition.kind === 'call' ? definition.input : definition.payload;
      const unknownKey = schema.safeParse({ 'surely not a key': 1 });
      expect(unknownKey.success, name).toBe(false);
    }
  });
});

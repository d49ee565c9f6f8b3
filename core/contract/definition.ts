import * as z from 'zod';

// Probing for eval raises a content-security-policy report in the page.
z.config({ jitless: true });

import type { ErrorCode } from './errors.ts';

/** A request with one answer. `access: 'read'` gets a database handle that cannot write. */
export type Call<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  E extends ErrorCode = ErrorCode,
> = {
  kind: 'call';
  access: 'read' | 'write' | 'open';
  doc: string;
  input: I;
  output: O;
  errors: readonly E[];
};

/** A hint from the host that something changed. State is always re-readable by a call. */
export type Push<P extends z.ZodType = z.ZodType> = { kind: 'push'; doc: string; payload: P };

/**
 * Declares one call of the contract.
 *
 * `access`: `read` and `write` need an unlocked store and an authenticated user; `open` needs neither
 * (first screen, unlock, model list).
 */
export function call<I extends z.ZodType, O extends z.ZodType, const E extends ErrorCode = never>(
  definition: Omit<Call<I, O, E>, 'kind' | 'errors'> & { errors?: readonly E[] },
): Call<I, O, E> {
  return { kind: 'call', errors: [], ...definition };
}

export function push<P extends z.ZodType>(definition: Omit<Push<P>, 'kind'>): Push<P> {
  return { kind: 'push', ...definition };
}

/**
 * Merges namespaces into one contract; a name declared twice is a mistake that a spread would hide.
 * @throws TypeError when two namespaces declare the same channel.
 */
export function mergeNamespaces<const T extends readonly Record<string, Call | Push>[]>(
  ...namespaces: T
): UnionToIntersection<T[number]> {
  const merged: Record<string, Call | Push> = Object.create(null);
  for (const namespace of namespaces) {
    for (const [name, definition] of Object.entries(namespace)) {
      if (Object.hasOwn(merged, name)) throw new TypeError(`channel declared twice: ${name}`);
      merged[name] = definition;
    }
  }
  return merged as UnionToIntersection<T[number]>;
}

type UnionToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void
  ? I
  : never;

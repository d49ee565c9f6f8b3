import type { Payload, PushName } from '../../../core/contract/contract.ts';
import type { ReadableDb, WritableDb } from '../db/open-store.ts';

import type { KnownBundle } from './known-bundles.ts';

/** What a service works with during one call. `writable` exists in calls declared `write` only. */
export interface ReadScope {
  readonly db: ReadableDb;
  readonly user: { readonly id: string; readonly name: string };
  readonly clock: () => Date;
  readonly storeKind: 'clinic' | 'sample';
  /** Model bundles the app ships: bundle hash to id and version. */
  readonly knownBundles: ReadonlyMap<string, KnownBundle>;
}

export interface WriteScope extends ReadScope {
  readonly db: WritableDb;
  readonly newId: () => string;
  readonly newToken: () => string;
  readonly auditKey: Buffer;
  /** False once the clinic was locked or another user took over: asked by what waited for a person meanwhile. */
  readonly isStillOpen: () => boolean;
  readonly emit: <N extends PushName>(name: N, payload: Payload<N>) => void;
}

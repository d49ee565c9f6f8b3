import { randomBytes } from 'node:crypto';

/** A request of the page as a shell hands it over. */
export interface AppRequest {
  method: string;
  url: string;
  /** What a POST carries. */
  body?: Uint8Array | undefined;
}

export interface BulkAnswer {
  status: number;
  type: string;
  body: Uint8Array;
}

/** A path is good for this long, milliseconds; each piece of an upload starts it anew. */
export const BULK_PATH_MS = 120_000;
/** A piece of an upload, bytes: small enough for a shell that carries bodies as text. */
export const MAX_PIECE_BYTES = 4 * 1024 * 1024;
const SWEEP_MS = 10_000;
/** Of one page, at once. The oldest goes first. */
const MAX_OPEN_PATHS = 8;

interface Entry {
  kind: 'upload' | 'uploaded' | 'download';
  /** The store it belongs to; another one never sees it. */
  store: object;
  untilMs: number;
  bytes: Uint8Array;
  /** Bytes that have arrived. */
  filled: number;
  /** What the caller wants to find again when it takes an upload. */
  about: unknown;
}

/**
 * One-time paths for what is too large for a frame. A path is drawn at random, belongs to the store that was open when it
 * was given out, and is gone after its use, after two minutes, or when that store closes; then it answers like a path
 * that never was.
 */
export class BulkPaths {
  readonly #entries = new Map<string, Entry>();
  readonly #nowMs: () => number;
  #openStore: () => object | null = () => null;
  #sweeping: NodeJS.Timeout | undefined;

  /** @param nowMs - a clock that never goes back. */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Says which store is open now; called by the host that uses these paths. */
  bindTo(openStore: () => object | null): void {
    this.#openStore = openStore;
  }

  /**
   * A path that takes exactly `sizeBytes` bytes by POST.
   * @throws TypeError when no store is open.
   */
  offerUpload(sizeBytes: number, about: unknown): { id: string; path: string } {
    return this.#add({ kind: 'upload', bytes: new Uint8Array(sizeBytes), filled: 0, about });
  }

  /** A path that answers `bytes` to one GET. @throws TypeError when no store is open. */
  offerDownload(bytes: Uint8Array): { id: string; path: string } {
    return this.#add({ kind: 'download', bytes, filled: bytes.length, about: null });
  }

  /** The whole of an upload, once; null when it never came, is incomplete, or belongs to another store. */
  takeUpload(id: string): { bytes: Uint8Array; about: unknown } | null {
    const entry = this.#find(id);
    if (entry?.kind !== 'uploaded') return null;
    this.#entries.delete(id);
    return { bytes: entry.bytes, about: entry.about };
  }

  /** Drops what a path holds. */
  drop(id: string): void {
    this.#entries.delete(id);
  }

  /** Drops what has expired or belongs to a store that is no longer open. */
  sweep(): void {
    const store = this.#openStore();
    for (const [id, entry] of this.#entries) {
      if (entry.store !== store || entry.untilMs < this.#nowMs()) this.#entries.delete(id);
    }
  }

  /** Paths that can still be used; for tests and for the sweep. */
  get openCount(): number {
    return this.#entries.size;
  }

  /** Answers a request below /bulk/; null when the path is not open to this method. @param path - without its query. */
  answer(path: string, { method, url, body }: AppRequest): BulkAnswer | null {
    const id = /^\/bulk\/([0-9a-f]{64})$/.exec(path)?.[1];
    const entry = id === undefined ? undefined : this.#find(id);
    if (id === undefined || entry === undefined) return null;
    if (method === 'GET' && entry.kind === 'download') {
      this.#entries.delete(id);
      return { status: 200, type: 'application/octet-stream', body: entry.bytes };
    }
    if (method === 'POST' && entry.kind === 'upload') return this.#receive(entry, url, body);
    return null;
  }

  /** One piece: it must begin where the last one ended. */
  #receive(entry: Entry, url: string, body: Uint8Array = new Uint8Array(0)): BulkAnswer {
    const at = /\?at=(\d{1,10})$/.exec(url)?.[1];
    const text = (status: number, words: string): BulkAnswer => ({
      status,
      type: 'text/plain; charset=utf-8',
      body: new TextEncoder().encode(words),
    });
    if (at === undefined || Number(at) !== entry.filled) return text(409, `expected ${entry.filled}`);
    if (body.length === 0 || body.length > MAX_PIECE_BYTES) return text(413, 'piece of a wrong size');
    if (entry.filled + body.length > entry.bytes.length) return text(413, 'more than was announced');
    entry.bytes.set(body, entry.filled);
    entry.filled += body.length;
    entry.untilMs = this.#nowMs() + BULK_PATH_MS;
    if (entry.filled === entry.bytes.length) entry.kind = 'uploaded';
    return text(200, String(entry.filled));
  }

  #find(id: string): Entry | undefined {
    this.sweep();
    return this.#entries.get(id);
  }

  #add(entry: Pick<Entry, 'kind' | 'bytes' | 'filled' | 'about'>): { id: string; path: string } {
    const store = this.#openStore();
    if (store === null) throw new TypeError('a bulk path needs an open store');
    this.sweep();
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= MAX_OPEN_PATHS && oldest !== undefined) this.#entries.delete(oldest);
    const id = randomBytes(32).toString('hex');
    this.#entries.set(id, { ...entry, store, untilMs: this.#nowMs() + BULK_PATH_MS });
    this.#sweepLater();
    return { id, path: `/bulk/${id}` };
  }

  /** What nobody fetches must not stay in memory, least of all after a lock. */
  #sweepLater(): void {
    if (this.#sweeping !== undefined) return;
    this.#sweeping = setTimeout(() => {
      this.#sweeping = undefined;
      this.sweep();
      if (this.#entries.size > 0) this.#sweepLater();
    }, SWEEP_MS);
    this.#sweeping.unref();
  }
}

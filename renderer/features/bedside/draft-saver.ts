import type { Result, WireError } from '../../../core/contract/errors.ts';
import type { SessionDraft } from '../../../core/contract/schemas/clinical.ts';

/** A keystroke is on its way to the store after this time; the promise to the clinician is 500 ms. */
export const DRAFT_DELAY_MS = 300;
/** Wait before an attempt after a failed one. */
export const DRAFT_RETRY_MS = 2000;

export type DraftStatus =
  | { kind: 'unchanged' }
  | { kind: 'pending' }
  | { kind: 'saved'; savedAt: string }
  | { kind: 'failed'; error: WireError };

export interface DraftSaver {
  change(draft: SessionDraft): void;
  /** Saves at once what is waiting; resolves when nothing is on its way. */
  flush(): Promise<void>;
  /** Nothing is sent any more; what is on its way may still arrive. */
  stop(): void;
}

/**
 * Sends the newest draft at most `DRAFT_DELAY_MS` after its first change, one request at a time, so that an older
 * form never overwrites a newer one. A failed draft is kept and tried again.
 */
export function createDraftSaver(
  save: (draft: SessionDraft) => Promise<Result<{ savedAt: string }>>,
  onStatus: (status: DraftStatus) => void,
): DraftSaver {
  let waiting: SessionDraft | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running: Promise<void> | null = null;
  let hasFailed = false;
  let isStopped = false;

  const schedule = (delayMs: number) => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void start(), delayMs);
  };
  const start = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };
  const run = async () => {
    while (waiting !== null && !isStopped) {
      const draft: SessionDraft = waiting;
      waiting = null;
      const result = await save(draft);
      hasFailed = !result.ok;
      if (!result.ok) {
        waiting ??= draft;
        onStatus({ kind: 'failed', error: result.error });
        if (!isStopped) schedule(DRAFT_RETRY_MS);
        return;
      }
      onStatus(waiting === null ? { kind: 'saved', savedAt: result.value.savedAt } : { kind: 'pending' });
    }
  };
  return {
    change(draft) {
      if (isStopped) return;
      waiting = draft;
      // A message about a failure stays until a save succeeds.
      if (!hasFailed) onStatus({ kind: 'pending' });
      if (running === null && (timer === null || hasFailed)) schedule(DRAFT_DELAY_MS);
    },
    flush: async () => {
      while (running !== null) await running;
      if (waiting !== null) await start();
    },
    stop() {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}

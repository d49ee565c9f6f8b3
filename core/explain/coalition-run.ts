/** How far a long computation is. */
export interface RunProgress {
  /** Steps done, 0 to total. */
  done: number;
  total: number;
}

/**
 * A computation in small steps, e.g. one coalition each: whoever drives it decides when the next one runs and may stop.
 * Driven to its end it gives the same numbers whatever happens between the steps.
 */
export type ResumableRun<Result> = Generator<RunProgress, Result, void>;

/** What a run looks at between two steps. */
export interface RunControls {
  onProgress?: (progress: RunProgress) => void;
  /** The part of an AbortSignal that is needed. */
  signal?: { readonly aborted: boolean };
  /** Called after every step; the run goes on when its promise is kept, or at once when it gives none. */
  pause?: (progress: RunProgress) => Promise<void> | undefined;
}

/** A run was stopped before it had a result. */
export class RunCancelled extends Error {
  constructor() {
    super('the run was cancelled');
    this.name = 'RunCancelled';
  }
}

/** Runs to the end without a break. @throws what the run throws. */
export function finishRun<Result>(run: ResumableRun<Result>): Result {
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}

/**
 * Runs step by step, so that a worker can answer messages in between. It has no clock of its own: `pause` decides how
 * often to yield.
 * @throws RunCancelled when the signal was aborted before the result was there.
 */
export async function controlledRun<Result>(
  run: ResumableRun<Result>,
  { onProgress, signal, pause }: RunControls,
): Promise<Result> {
  for (;;) {
    if (signal?.aborted) {
      run.return(undefined as Result);
      throw new RunCancelled();
    }
    const step = run.next();
    if (step.done) return step.value;
    onProgress?.(step.value);
    const rest = pause?.(step.value);
    if (rest) await rest;
  }
}

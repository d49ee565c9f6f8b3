import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** One piece of work for a child process. */
export interface PoolTask {
  id: string;
  /** Plain JSON. */
  payload: unknown;
}

/** What a child says. */
export type ChildMessage =
  | { kind: 'ready' }
  | { kind: 'log'; line: string }
  | { kind: 'done'; result: unknown }
  | { kind: 'failed'; message: string };

export interface PoolOptions {
  /** Module that calls serveTasks. */
  worker: string;
  /** Children at once; the cores of the machine, at most two, unless told otherwise. */
  processes?: number;
  log(line: string): void;
  /** Called for each finished task before the next one starts: keep the result here. */
  onResult(task: PoolTask, result: unknown, seconds: number): void;
}

/** Two at once: members and cells are independent, and the networks are too small for more to pay on a small machine. */
export const defaultProcesses = (): number => Math.min(2, availableParallelism());

/**
 * Runs tasks in child processes, each child one task at a time, in the order given. A failed task does not stop the
 * others; what was finished is kept.
 * @throws Error naming every failed task, after all have run. A child that dies fails its task.
 */
export async function runInProcesses(tasks: readonly PoolTask[], options: PoolOptions): Promise<void> {
  const waiting = [...tasks];
  const failures: string[] = [];
  const children = new Set<ChildProcess>();
  const stop = () => {
    for (const child of children) child.kill('SIGKILL');
  };
  process.once('exit', stop);
  const runOne = async (): Promise<void> => {
    while (waiting.length > 0) {
      const child = fork(options.worker, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      children.add(child);
      try {
        await serveChild(child, waiting, failures, options);
      } finally {
        children.delete(child);
        child.kill('SIGKILL');
      }
    }
  };
  const count = Math.min(options.processes ?? defaultProcesses(), tasks.length);
  await Promise.all(Array.from({ length: count }, runOne));
  process.off('exit', stop);
  if (failures.length > 0) throw new Error(failures.join('\n'));
}

/** Feeds one child until nothing waits or it has failed; a failed child is replaced, since its state is unknown. */
function serveChild(
  child: ChildProcess,
  waiting: PoolTask[],
  failures: string[],
  options: PoolOptions,
): Promise<void> {
  return new Promise((resolve) => {
    let current: PoolTask | undefined;
    let started = 0;
    const next = () => {
      current = waiting.shift();
      if (!current) return resolve();
      started = performance.now();
      child.send(current);
    };
    let isReady = false;
    const fail = (message: string) => {
      // A child that ends before it could take anything would end again and again: the next task fails in its place.
      const failed = current ?? (isReady ? undefined : waiting.shift());
      if (failed) failures.push(`${failed.id}: ${message}`);
      if (failed) options.log(`FAILED ${failed.id}: ${message}`);
      isReady = true;
      current = undefined;
      resolve();
    };
    child.on('message', (message: ChildMessage) => {
      if (message.kind === 'log') options.log(`${current ? `${current.id}: ` : ''}${message.line}`);
      else if (message.kind === 'failed') fail(message.message);
      else {
        isReady = true;
        try {
          if (message.kind === 'done' && current) {
            options.onResult(current, message.result, (performance.now() - started) / 1000);
          }
          next();
        } catch (cause) {
          fail(`its result could not be kept: ${cause instanceof Error ? cause.message : String(cause)}`);
        }
      }
    });
    child.on('error', (cause) => fail(cause.message));
    child.on('exit', (code, signal) => fail(`the process ended (${signal ?? code})`));
  });
}

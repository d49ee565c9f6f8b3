import type { ChildMessage, PoolTask } from './process-pool.ts';

/** Answers the tasks of the parent process, one at a time, until the parent goes. */
export function serveTasks(
  handle: (payload: unknown, log: (line: string) => void) => Promise<unknown> | unknown,
): void {
  const send = (message: ChildMessage) => {
    process.send?.(message);
  };
  process.on('message', async (task: PoolTask) => {
    try {
      const result = await handle(task.payload, (line) => send({ kind: 'log', line }));
      send({ kind: 'done', result });
    } catch (cause) {
      send({
        kind: 'failed',
        message: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      });
    }
  });
  process.on('disconnect', () => process.exit(0));
  send({ kind: 'ready' });
}

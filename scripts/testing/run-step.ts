import { spawn } from 'node:child_process';

export interface StepResult {
  status: number;
  output: string;
  seconds: number;
}

/** A sign of life at least this often, so that nobody takes a long suite for a hanging one. */
const HEARTBEAT_MS = 10_000;

/**
 * Runs a program of the project, shows its output as it comes, and prints a line when it has been silent.
 * @param isQuiet - collect the output without showing it.
 * @param timeoutMs - the program is ended after this long; its status is then 124.
 */
export function runStep(
  name: string,
  command: string,
  args: readonly string[],
  options: { isQuiet?: boolean; timeoutMs?: number; env?: Record<string, string> } = {},
): Promise<StepResult> {
  const startedMs = performance.now();
  const seconds = () => (performance.now() - startedMs) / 1000;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', ...options.env },
    });
    let output = '';
    let lastMs = performance.now();
    let isOver = false;
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      if (options.isQuiet) return;
      lastMs = performance.now();
      process.stdout.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const heartbeat = setInterval(() => {
      if (performance.now() - lastMs < HEARTBEAT_MS - 500) return;
      lastMs = performance.now();
      console.log(`... ${name}, ${seconds().toFixed(0)} s`);
    }, HEARTBEAT_MS / 2);
    const limit = options.timeoutMs
      ? setTimeout(() => {
          isOver = true;
          child.kill('SIGKILL');
        }, options.timeoutMs)
      : undefined;
    const finish = (status: number) => {
      clearInterval(heartbeat);
      if (limit) clearTimeout(limit);
      resolve({ status: isOver ? 124 : status, output, seconds: seconds() });
    };
    child.on('error', (cause) => {
      output += String(cause);
      finish(127);
    });
    child.on('close', (status) => finish(status ?? 1));
  });
}

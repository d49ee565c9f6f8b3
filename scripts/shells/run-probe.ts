import { spawn } from 'node:child_process';

export interface ProbeRun {
  /** The last JSON object that the program printed, or null. */
  report: Record<string, unknown> | null;
  exitCode: number | null;
  /** The first line that looks like an error, or the best substitute; empty after success. */
  errorLine: string;
}

/** Lines that Chromium prints on every healthy start. */
const NOISE = /dbus|Gtk|vaapi|gpu|GLES|libva|xkb|fontconfig|^\s*at |^\[\d+:.*(WARNING|INFO)/i;

/** The first line of an output that says what went wrong. */
export function firstErrorLine(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('{'));
  const useful = lines.filter((line) => !NOISE.test(line));
  return (
    useful.find((line) => /error|fatal|cannot|could not|failed|refused/i.test(line)) ??
    useful[0] ??
    lines[0] ??
    ''
  );
}

/**
 * Runs a program that prints JSON, for at most `limitMs`; then it and everything it started is ended.
 * Never rejects.
 */
export function runProbe(
  command: string,
  values: readonly string[],
  options: { limitMs: number; environment?: Record<string, string> },
): Promise<ProbeRun> {
  return new Promise((resolve) => {
    const isGroup = process.platform !== 'win32';
    const child = spawn(command, values, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: under xvfb-run the app is a grandchild.
      detached: isGroup,
      env: { ...process.env, ...options.environment },
    });
    let printed = '';
    let complaints = '';
    let isLate = false;
    let startError = '';
    child.stdout.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
    });
    child.stderr.on('data', (bytes: Buffer) => {
      complaints += bytes.toString();
    });
    const endAll = () => {
      try {
        if (isGroup && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // It ended by itself in this moment.
      }
    };
    const timer = setTimeout(() => {
      isLate = true;
      endAll();
    }, options.limitMs);
    child.once('error', (cause) => {
      startError = cause.message;
    });
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      endAll();
      let report: Record<string, unknown> | null = null;
      for (const line of printed.split('\n')) {
        if (!line.startsWith('{')) continue;
        try {
          report = JSON.parse(line) as Record<string, unknown>;
        } catch {
          // Not ours: some library printed a brace.
        }
      }
      const isGood = exitCode === 0 && report !== null && !isLate;
      const incident = typeof report?.incident === 'string' ? report.incident : '';
      const errorLine = isGood
        ? ''
        : incident ||
          startError ||
          (isLate ? `no answer within ${options.limitMs / 1000} s` : '') ||
          firstErrorLine(`${complaints}\n${printed}`) ||
          `ended with code ${exitCode} and said nothing`;
      resolve({ report, exitCode, errorLine });
    });
  });
}

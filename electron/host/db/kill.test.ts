import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { expectOk, startTestClinic, TEST_PASSPHRASE } from '../app/test-clinic.ts';

/** Acknowledged drafts after which the program is killed; different moments hit different places of a commit. */
const KILL_AFTER = [1, 7, 40, 133];

it.each(KILL_AFTER)(
  'a draft acknowledged before SIGKILL is there afterwards (kill after %i)',
  async (killAfter) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'prehensa-kill-'));
    const child = spawn(process.execPath, ['electron/host/db/kill-target.ts', dataFolder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });
    let acknowledged = 0;
    let pending = '';
    child.stdout.on('data', (chunk: Buffer) => {
      pending += chunk.toString();
      const lines = pending.split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) acknowledged = Number(line);
      if (acknowledged >= killAfter) child.kill('SIGKILL');
    });
    const signal = await new Promise((resolve) => child.on('exit', (_code, by) => resolve(by)));
    expect(signal).toBe('SIGKILL');
    expect(acknowledged).toBeGreaterThanOrEqual(killAfter);

    const clinic = await startTestClinic({ dataFolder });
    const userId = expectOk(await clinic.api['app.state']({})).users[0]?.id as never;
    expectOk(await clinic.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }));
    const { rows } = expectOk(await clinic.api['patients.list']({ search: '', limit: 1, offset: 0 }));
    const patientId = rows[0]?.id as never;
    const timeline = expectOk(
      await clinic.api['sessions.listForPatient']({ patientId, limit: 1, offset: 0 }),
    );
    const kept = Number(timeline.rows[0]?.draft?.cells['lateral-pinch/right/1']);
    // One more may have reached the disk between its commit and its line on the pipe; never one fewer.
    expect(kept).toBeGreaterThanOrEqual(acknowledged);
    await clinic.remove();
    rmSync(dataFolder, { recursive: true, force: true });
  },
);

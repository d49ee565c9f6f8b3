import { describe, expect, it } from 'vitest';
import { controlledRun, finishRun, type ResumableRun, RunCancelled } from './coalition-run.ts';

function* countTo(total: number): ResumableRun<string> {
  for (let done = 1; done <= total; done += 1) yield { done, total };
  return `counted to ${total}`;
}

describe('resumable runs', () => {
  it('ends with the same result at once and in pieces, and tells how far it is', async () => {
    const seen: number[] = [];
    let pauses = 0;
    const result = await controlledRun(countTo(4), {
      onProgress: ({ done, total }) => seen.push(done / total),
      pause: ({ done }) => {
        pauses += 1;
        return done % 2 === 0 ? Promise.resolve() : undefined;
      },
    });
    expect(result).toBe(finishRun(countTo(4)));
    expect(seen).toEqual([0.25, 0.5, 0.75, 1]);
    expect(pauses).toBe(4);
  });
  it('lets others answer while it pauses, and stops when they say so', async () => {
    const signal = { aborted: false };
    const seen: number[] = [];
    const run = controlledRun(countTo(100), {
      signal,
      onProgress: ({ done }) => {
        seen.push(done);
        if (done === 3) queueMicrotask(() => (signal.aborted = true));
      },
      pause: () => Promise.resolve(),
    });
    await expect(run).rejects.toThrow(RunCancelled);
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect(seen.length).toBeLessThan(6);
  });
  it('does not begin when it was cancelled before', async () => {
    let hasBegun = false;
    function* run(): ResumableRun<void> {
      hasBegun = true;
      yield { done: 1, total: 1 };
    }
    await expect(controlledRun(run(), { signal: { aborted: true } })).rejects.toThrow('cancelled');
    expect(hasBegun).toBe(false);
  });
  it('passes on what the run throws', async () => {
    function* broken(): ResumableRun<void> {
      yield { done: 1, total: 2 };
      throw new RangeError('no');
    }
    await expect(controlledRun(broken(), {})).rejects.toThrow(RangeError);
    expect(() => finishRun(broken())).toThrow(RangeError);
  });
});

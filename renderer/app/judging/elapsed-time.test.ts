import { describe, expect, it } from 'vitest';
import { createStopwatch } from './elapsed-time.tsx';

describe('stopwatch', () => {
  it('counts hands-on time only: a hidden window stops it', () => {
    let now = 1000;
    const watch = createStopwatch(() => now);
    now = 3000;
    watch.pause();
    watch.pause();
    now = 60_000;
    expect(watch.elapsedMs()).toBe(2000);
    watch.resume();
    watch.resume();
    now = 61_500;
    expect(watch.elapsedMs()).toBe(3500);
    // The broken twin, wall-clock time, would say a minute.
    expect(now - 1000).toBeGreaterThan(60_000);
  });
});

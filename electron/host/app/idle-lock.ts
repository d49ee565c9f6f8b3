/** Locks an unattended clinic: whoever leaves the room forgets. What is typed is in the draft already. */

const LOOK_EVERY_MS = 15_000;

/**
 * @param clocks - `monotonicMs` does not follow changes of the system's clock, and on some systems stands still while the
 *   computer sleeps; `wallMs` goes on then. Whichever says that the time is up locks.
 * @param limitMs - without a frame from the page for this long the store closes; asked each time, as a clinic may change it.
 * @param lock - closes the store; called at most once until something happens again.
 */
export function createIdleLock(
  { monotonicMs, wallMs }: { monotonicMs: () => number; wallMs: () => number },
  limitMs: () => number,
  lock: () => void,
) {
  let lastFrameMs = monotonicMs();
  let lastWallMs = wallMs();
  const reset = () => {
    lastFrameMs = monotonicMs();
    lastWallMs = wallMs();
  };
  const hasSlept = () => wallMs() - lastWallMs >= limitMs();
  const look = () => {
    if (monotonicMs() - lastFrameMs < limitMs() && !hasSlept()) return;
    reset();
    lock();
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  // The timer alone must not keep a head-less program alive.
  timer.unref();
  return {
    noteFrame: () => {
      // The first touch after a long sleep must not keep the clinic open: the next look locks it.
      if (!hasSlept()) reset();
    },
    look,
    stop: () => clearInterval(timer),
  };
}

/** Locks an unattended clinic: whoever leaves the room forgets. What is typed is in the draft already. */

/** Without a frame from the page for this long the store closes. */
export const IDLE_LOCK_MS = 10 * 60_000;
const LOOK_EVERY_MS = 15_000;

/**
 * @param monotonicMs - a clock that does not follow changes of the system's.
 * @param lock - closes the store; called at most once until something happens again.
 */
export function createIdleLock(monotonicMs: () => number, lock: () => void) {
  let lastFrameMs = monotonicMs();
  const look = () => {
    if (monotonicMs() - lastFrameMs < IDLE_LOCK_MS) return;
    lastFrameMs = monotonicMs();
    lock();
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  // The timer alone must not keep a head-less program alive.
  timer.unref();
  return {
    noteFrame: () => {
      lastFrameMs = monotonicMs();
    },
    look,
    stop: () => clearInterval(timer),
  };
}

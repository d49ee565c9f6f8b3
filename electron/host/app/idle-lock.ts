/** Locks an unattended clinic: whoever leaves the room forgets. What is typed is in the draft already. */

const LOOK_EVERY_MS = 15_000;

/**
 * @param monotonicMs - a clock that does not follow changes of the system's.
 * @param limitMs - without a frame from the page for this long the store closes; asked each time, as a clinic may change it.
 * @param lock - closes the store; called at most once until something happens again.
 */
export function createIdleLock(monotonicMs: () => number, limitMs: () => number, lock: () => void) {
  let lastFrameMs = monotonicMs();
  const look = () => {
    if (monotonicMs() - lastFrameMs < limitMs()) return;
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

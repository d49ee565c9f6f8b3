const STEPS = [1, 2, 4, 8, 13, 26, 52, 104, 260];

/** Round week numbers that cover a range with at most `maxTicks` marks; both ends are included. */
export function weekTicks(from: number, to: number, maxTicks = 9): number[] {
  const step = STEPS.find((weeks) => Math.ceil((to - from) / weeks) + 1 <= maxTicks) ?? STEPS.at(-1) ?? 260;
  const first = Math.floor(from / step) * step;
  const ticks = [first];
  while ((ticks.at(-1) ?? first) < to) ticks.push((ticks.at(-1) ?? first) + step);
  return ticks;
}

/** Median and 95th percentile by nearest rank. @throws RangeError without samples. */
export function quantiles(samples: readonly number[]): { p50: number; p95: number } {
  if (samples.length === 0) throw new RangeError('no samples were taken');
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
  return { p50: at(0.5), p95: at(0.95) };
}

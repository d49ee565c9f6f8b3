export interface TrendChartPoint {
  /** Position on the x axis, e.g. weeks. */
  x: number;
  value: number;
  /** Half the height of the band; null when there is none. */
  spread: number | null;
  /** Low and high end of the band where it is not symmetrical; instead of a spread. */
  band?: readonly [number, number];
}

/** A run of points of one hand with one device: only within it are points joined. */
export interface TrendSegment {
  id: string;
  side: 'right' | 'left';
  points: TrendChartPoint[];
}

/**
 * Cuts one hand's points into segments where the device changes. A device that returns starts a new segment:
 * what lies between was measured with another one.
 * @param points in order of time.
 */
export function trendSegments(
  side: 'right' | 'left',
  points: readonly (TrendChartPoint & { device: string })[],
): TrendSegment[] {
  const segments: TrendSegment[] = [];
  let device: string | null = null;
  for (const { device: current, ...point } of points) {
    if (segments.length === 0 || current !== device) {
      segments.push({ id: `${side}${segments.length}`, side, points: [] });
      device = current;
    }
    segments.at(-1)?.points.push(point);
  }
  return segments;
}

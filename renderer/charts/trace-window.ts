/** The stretch of time that is on screen: zoom, pan and fit as pure steps. */
export interface TimeWindow {
  fromS: number;
  toS: number;
}

/** Below this many samples a closer look shows nothing new. */
const MIN_SAMPLES_SHOWN = 10;

/** The whole of a trace. A single sample gets a second of room. */
export function wholeWindow(timeS: Float64Array): TimeWindow {
  const fromS = timeS[0] ?? 0;
  const toS = timeS.at(-1) ?? 0;
  return toS > fromS ? { fromS, toS } : { fromS: fromS - 0.5, toS: fromS + 0.5 };
}

/** The shortest stretch that can be shown, seconds. */
export function shortestWindowS(timeS: Float64Array): number {
  const whole = wholeWindow(timeS);
  return ((whole.toS - whole.fromS) / Math.max(1, timeS.length)) * MIN_SAMPLES_SHOWN;
}

/** A window moved and cut so that it lies inside the whole and is not too short; its length is kept where it can be. */
export function insideOf(whole: TimeWindow, wanted: TimeWindow, shortestS: number): TimeWindow {
  const wholeS = whole.toS - whole.fromS;
  const lengthS = Math.min(wholeS, Math.max(Math.min(shortestS, wholeS), wanted.toS - wanted.fromS));
  const middleS = (wanted.fromS + wanted.toS) / 2;
  const fromS = Math.min(Math.max(whole.fromS, middleS - lengthS / 2), whole.toS - lengthS);
  return { fromS, toS: fromS + lengthS };
}

/** A window zoomed by a factor (below 1: closer) so that the time `aroundS` keeps its place. */
export function zoomed(window: TimeWindow, factor: number, aroundS: number): TimeWindow {
  return {
    fromS: aroundS - (aroundS - window.fromS) * factor,
    toS: aroundS + (window.toS - aroundS) * factor,
  };
}

/** A window moved by a share of its length; positive: later. */
export function panned(window: TimeWindow, share: number): TimeWindow {
  const byS = (window.toS - window.fromS) * share;
  return { fromS: window.fromS + byS, toS: window.toS + byS };
}

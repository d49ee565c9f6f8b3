/** A distribution function at one place, with both tails so that neither loses its digits. */
export interface Tails {
  /** Probability of this value or a smaller one, 0..1. */
  lower: number;
  /** Probability of a larger value, 0..1. */
  upper: number;
}

/** Both tails at a place u, and their slope there. */
export interface TailsWithDensity extends Tails {
  density: number;
}

const MOST_STEPS = 200;

/**
 * Place where a continuous distribution function reaches a probability: Newton's method on the logarithm of the nearer
 * tail, which is concave when the density is log-concave, kept inside a bracket by halving it.
 * @param probability - 0..1. @param at - the distribution; its density must be log-concave for speed, not for safety.
 * @param range - places outside count as the ends. @param start - inside the range, near the middle.
 * @returns place within the range; error about 1e-15 of the larger of 1 and |place|, more where the density is flat.
 * @throws RangeError for a probability outside 0..1.
 */
export function distributionQuantile(
  probability: number,
  at: (place: number) => TailsWithDensity,
  range: readonly [number, number],
  start: number,
): number {
  checkProbability(probability);
  const isLower = probability <= 0.5;
  const target = Math.log(isLower ? probability : 1 - probability);
  let [low, high] = range;
  if (target === Number.NEGATIVE_INFINITY) return isLower ? low : high;
  let place = start;
  let lastStep = Number.POSITIVE_INFINITY;
  for (let count = 0; count < MOST_STEPS; count += 1) {
    const { lower, upper, density } = at(place);
    const tail = isLower ? lower : upper;
    const excess = Math.log(tail) - target;
    if (excess === 0) return place;
    // Too much in the lower tail, or too little in the upper one: the place lies further down.
    if (excess > 0 === isLower) high = place;
    else low = place;
    const newton = place - ((isLower ? 1 : -1) * excess * tail) / density;
    const next = newton >= low && newton <= high ? newton : (low + high) / 2;
    const step = Math.abs(next - place);
    if (step <= 2 * Number.EPSILON * Math.max(1, Math.abs(place))) return next;
    // Rounding in the tails bounds what Newton's method can reach.
    if (step < 1e-11 && step > 0.75 * lastStep) return next;
    lastStep = step;
    place = next;
  }
  return place;
}

/** @throws RangeError unless the number is a probability. */
export function checkProbability(probability: number): void {
  if (!(probability >= 0 && probability <= 1)) throw new RangeError('a probability lies between 0 and 1');
}

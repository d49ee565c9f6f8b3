import { distributionQuantile, type TailsWithDensity } from './distribution-quantile.ts';
import { gammaLogDensity } from './incomplete-gamma.ts';
import { normalTails } from './normal-distribution.ts';

/** Terms below this share of the largest are left out of the sum. */
const NEGLIGIBLE = 1e-22;

/**
 * The non-central t distribution at t: of (Z + delta) / S, Z standard normal, S the root of a chi-squared variable over
 * its degrees of freedom. By the trapezoidal rule over ln S, which converges exponentially since the integrand is
 * analytic and dies off on both sides: no series that underflows for a large delta.
 * @param t - a finite number. @param degreesOfFreedom - from 1 to 1e6. @param delta - non-centrality, at most 1e4 in size.
 * @returns both tails and the density, relative error about 1e-13. @throws RangeError outside these ranges.
 */
export function nonCentralTTails(t: number, degreesOfFreedom: number, delta: number): TailsWithDensity {
  if (!Number.isFinite(t)) throw new RangeError('a t value is a finite number');
  return tailsOver(spreadGrid(degreesOfFreedom, delta), t, delta);
}

/**
 * Quantile of the non-central t distribution.
 * @param probability - above 0 and below 1. @param degreesOfFreedom - from 1 to 1e6.
 * @param delta - non-centrality, at most 1e4 in size. @throws RangeError outside these ranges.
 */
export function nonCentralTQuantile(probability: number, degreesOfFreedom: number, delta: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError('a probability lies between 0 and 1');
  const grid = spreadGrid(degreesOfFreedom, delta);
  const at = (t: number) => tailsOver(grid, t, delta);
  let low = delta - 1;
  for (let width = 2; at(low).lower > probability; width *= 2) low = delta - width;
  let high = delta + 1;
  for (let width = 2; at(high).lower < probability; width *= 2) high = delta + width;
  return distributionQuantile(probability, at, [low, high], (low + high) / 2);
}

/** Values of S and what each counts in the sum. */
interface SpreadGrid {
  spreads: readonly number[];
  weights: readonly number[];
}

function spreadGrid(degreesOfFreedom: number, delta: number): SpreadGrid {
  if (!(degreesOfFreedom >= 1 && degreesOfFreedom <= 1e6)) {
    throw new RangeError('degrees of freedom lie between 1 and 1e6');
  }
  if (!(Math.abs(delta) <= 1e4)) throw new RangeError('a non-centrality is at most 1e4 in size');
  const shape = degreesOfFreedom / 2;
  // Errors of the rule fall as exp(-2 pi^2 / (step^2 (delta^2 + 2 degrees))), and as exp(-pi^2 / (2 step)) to the left.
  const step = Math.min(0.1, 0.5 / Math.hypot(delta, Math.sqrt(2 * degreesOfFreedom)));
  const least = gammaLogDensity(shape, shape) * NEGLIGIBLE;
  const spreads: number[] = [];
  const weights: number[] = [];
  const add = (index: number): boolean => {
    const spread = Math.exp(index * step);
    const density = gammaLogDensity(shape * spread * spread, shape);
    spreads.push(spread);
    // The density is over the logarithm of the square: twice the logarithm that is summed over.
    weights.push(2 * step * density);
    return density > least;
  };
  add(0);
  for (let index = 1; add(index); index += 1);
  for (let index = -1; add(index); index -= 1);
  return { spreads, weights };
}

function tailsOver({ spreads, weights }: SpreadGrid, t: number, delta: number): TailsWithDensity {
  let [lower, upper, density] = [0, 0, 0];
  for (let i = 0; i < spreads.length; i += 1) {
    const z = t * spreads[i]! - delta;
    const tails = normalTails(z);
    lower += weights[i]! * tails.lower;
    upper += weights[i]! * tails.upper;
    density += weights[i]! * spreads[i]! * Math.exp(-0.5 * z * z);
  }
  return {
    lower: Math.min(1, lower),
    upper: Math.min(1, upper),
    density: density / Math.sqrt(2 * Math.PI),
  };
}

import { binomialTails } from '../numerics/binomial-tail.ts';
import { hypergeometricUpperTail } from '../numerics/hypergeometric.ts';
import { proportionInterval } from './proportion-interval.ts';

/**
 * What signs would agree by chance: those of one list in any order (`margins`), or tossed (`coin`, one half). Where
 * one sign prevails in both lists a coin flatters them.
 */
export type SignChance = 'margins' | 'coin';

export interface SignAgreement {
  /** Pairs in which both have a sign. */
  count: number;
  agreeing: number;
  /** Agreeing among them; null without a pair. */
  share: number | null;
  /** Clopper-Pearson interval of the share; null without a pair. */
  interval: [number, number] | null;
  /** Share by chance; null without a pair. */
  chance: number | null;
  /** Chance that at least as many agree; exact. Null where it says nothing. */
  p: number | null;
  cannotSay: 'no-signed-pair' | 'one-sign-only' | null;
}

/**
 * Agreement of the signs of two lists, pair by pair; a pair with a zero has no sign to compare and is left out.
 * @param first - finite. @param second - as many. @param chance - of the chance level.
 * @param alpha - of the interval, above 0 and below 1.
 * @throws RangeError when lengths differ, a number is not finite or alpha is out of range.
 */
export function signAgreement(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  chance: SignChance = 'margins',
  alpha = 0.05,
): SignAgreement {
  if (first.length !== second.length) {
    throw new RangeError(`signs are compared pair by pair: ${first.length} and ${second.length} are given`);
  }
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  const pairs = Array.from(first, (value, index) => [Math.sign(value), Math.sign(second[index]!)] as const);
  if (pairs.flat().some(Number.isNaN)) throw new RangeError('a sign is of a number');
  const signed = pairs.filter(([a, b]) => a !== 0 && b !== 0);
  const count = signed.length;
  const agreeing = signed.filter(([a, b]) => a === b).length;
  if (count === 0) {
    return {
      count,
      agreeing,
      share: null,
      interval: null,
      chance: null,
      p: null,
      cannotSay: 'no-signed-pair',
    };
  }
  const positiveFirst = signed.filter(([a]) => a > 0).length;
  const positiveSecond = signed.filter(([, b]) => b > 0).length;
  const parts = {
    count,
    agreeing,
    share: agreeing / count,
    interval: proportionInterval(agreeing, count, 'clopper-pearson', alpha),
  };
  if (chance === 'coin') {
    return { ...parts, chance: 0.5, p: coinTail(agreeing, count), cannotSay: null };
  }
  const shareFirst = positiveFirst / count;
  const shareSecond = positiveSecond / count;
  const isOneSign = [0, count].includes(positiveFirst) || [0, count].includes(positiveSecond);
  // Agreeing pairs are the positive ones of both, twice, plus a number that the margins fix.
  const bothPositive = signed.filter(([a, b]) => a > 0 && b > 0).length;
  return {
    ...parts,
    chance: shareFirst * shareSecond + (1 - shareFirst) * (1 - shareSecond),
    p: isOneSign ? null : hypergeometricUpperTail(count, positiveFirst, positiveSecond, bothPositive),
    cannotSay: isOneSign ? 'one-sign-only' : null,
  };
}

/** Chance of at least `heads` heads in `tosses`. */
function coinTail(heads: number, tosses: number): number {
  return heads === 0 ? 1 : binomialTails(heads - 1, tosses, 0.5).more;
}

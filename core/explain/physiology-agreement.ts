import { proportionInterval } from '../agreement/proportion-interval.ts';
import { binomialTails } from '../numerics/binomial-tail.ts';
import { inverseNormal } from '../numerics/random-stream.ts';
import { spearmanCorrelation } from '../numerics/rank-correlation.ts';

/** What an explanation says of one input of one person. */
export interface PersonEffect {
  /** Value of the input minus its reference, summed over the columns of the input; in the input's unit. */
  deviation: number;
  /** What the input adds to the output compared with the reference; in the output's unit. */
  contribution: number;
}

/** x of y with its interval and its p-value against chance. */
export interface ShareHeld {
  agreeing: number;
  compared: number;
  /** Null when nothing could be compared. */
  share: number | null;
  /** Clopper-Pearson. Null when nothing could be compared. */
  interval: [number, number] | null;
  /** Chance that a coin agrees at least as often; exact. Null when nothing could be compared. */
  p: number | null;
}

/** Share that agrees by chance when each answer is one of two. */
export const COIN_CHANCE = 0.5;

/** How an expected sign was found in a model. */
export interface SignHeld {
  /** Everybody, those left out of `local` included. */
  people: number;
  /** Left out: so near the reference that the sign of the deviation is none. */
  negligible: number;
  /** Deviations smaller than this are negligible; in the input's unit. */
  negligibleBelow: number;
  /** Left out: a contribution of exactly 0. */
  silent: number;
  /** People whose contribution has the expected sign for their side of the reference. */
  local: ShareHeld;
  /** Spearman's, of contribution and deviation over people; null when one of them is the same for all. */
  rankCorrelation: number | null;
  /** Whether so strong a correlation is rarer than alpha between unrelated lists. */
  isClear: boolean;
  /** Whether contribution rises with deviation as expected, clear or not; null without a correlation, or when it is 0. */
  holds: boolean | null;
}

/** Deviations below this share of their root mean square are negligible unless said otherwise. */
export const NEGLIGIBLE_SHARE = 0.05;
/** Sums of a few hundred ranks leave rounding below this. */
const NO_CORRELATION = 1e-12;
/** The variance of a rank correlation is used as if normal from here on. */
const ENOUGH_PEOPLE = 10;

/**
 * x of y, against a coin.
 * @param agreeing - whole, 0 to compared. @param compared - whole, 0 or more.
 * @param alpha - of the interval, above 0 and below 1.
 * @throws RangeError outside these ranges.
 */
export function shareHeld(agreeing: number, compared: number, alpha = 0.05): ShareHeld {
  checkAlpha(alpha);
  if (!(Number.isInteger(agreeing) && Number.isInteger(compared) && agreeing >= 0 && agreeing <= compared))
    throw new RangeError(`${agreeing} of ${compared} is no share`);
  if (compared === 0) return { agreeing, compared, share: null, interval: null, p: null };
  return {
    agreeing,
    compared,
    share: agreeing / compared,
    interval: proportionInterval(agreeing, compared, 'clopper-pearson', alpha),
    p: agreeing === 0 ? 1 : binomialTails(agreeing - 1, compared, COIN_CHANCE).more,
  };
}

/**
 * Whether a model follows an expected sign: in each person (contribution and deviation have the expected sign to each
 * other) and over people (rank correlation of contribution and deviation). People of one model are no sample of models:
 * the interval says how people differ, not how other models of the kind would. A correlation is clear when
 * |rho| sqrt(n - 1) passes the normal quantile: 1 / (n - 1) is the exact variance of rho between unrelated lists.
 * @param effects - one person each; at least one. @param expected - 1: a higher value raises the output; -1: lowers it.
 * @param options - negligibleShare: of the root mean square of the deviations, 0 to below 1; alpha above 0 and below 1.
 * @throws RangeError without people, for a number that is not finite, an expected sign other than 1 and -1, or options
 *   out of range.
 */
export function signHeld(
  effects: readonly PersonEffect[],
  expected: 1 | -1,
  { negligibleShare = NEGLIGIBLE_SHARE, alpha = 0.05 }: { negligibleShare?: number; alpha?: number } = {},
): SignHeld {
  checkAlpha(alpha);
  if (expected !== 1 && expected !== -1) throw new RangeError(`an expected sign is 1 or -1, not ${expected}`);
  if (!(negligibleShare >= 0 && negligibleShare < 1))
    throw new RangeError('the negligible share of a deviation lies between 0 and 1');
  if (effects.length === 0) throw new RangeError('a sign is looked for in at least one person');
  if (
    !effects.every(
      ({ deviation, contribution }) => Number.isFinite(deviation) && Number.isFinite(contribution),
    )
  )
    throw new RangeError('a deviation or a contribution is not finite');
  const limit =
    negligibleShare *
    Math.sqrt(effects.reduce((sum, { deviation }) => sum + deviation ** 2 / effects.length, 0));
  const away = effects.filter(({ deviation }) => deviation !== 0 && Math.abs(deviation) >= limit);
  const spoken = away.filter(({ contribution }) => contribution !== 0);
  const agreeing = spoken.filter(
    ({ deviation, contribution }) => Math.sign(contribution) === expected * Math.sign(deviation),
  ).length;
  const rankCorrelation = spearmanCorrelation(
    effects.map(({ deviation }) => deviation),
    effects.map(({ contribution }) => contribution),
  );
  return {
    people: effects.length,
    negligible: effects.length - away.length,
    negligibleBelow: limit,
    silent: away.length - spoken.length,
    local: shareHeld(agreeing, spoken.length, alpha),
    rankCorrelation,
    isClear:
      rankCorrelation !== null &&
      effects.length >= ENOUGH_PEOPLE &&
      Math.abs(rankCorrelation) * Math.sqrt(effects.length - 1) > inverseNormal(1 - alpha / 2),
    holds:
      rankCorrelation === null || Math.abs(rankCorrelation) < NO_CORRELATION
        ? null
        : Math.sign(rankCorrelation) === expected,
  };
}

/** How an expected ranking of two inputs was found in a model. */
export interface RankingHeld {
  people: number;
  /** Left out of `local`: both contributions are equally large. */
  tied: number;
  /** People in whom the one contributes more than the other, whatever the signs. */
  local: ShareHeld;
  /** Mean |contribution| over people, in the output's unit. */
  meanMore: number;
  meanLess: number;
  /** Whether the means stand as expected; null when they are equal. */
  holds: boolean | null;
}

/**
 * Whether a model ranks two inputs as expected, by |contribution|: person by person, and by its mean over people.
 * @param pairs - contributions of both inputs in one person each; at least one.
 * @throws RangeError without people, for a number that is not finite, or alpha out of range.
 */
export function rankingHeld(pairs: readonly { more: number; less: number }[], alpha = 0.05): RankingHeld {
  checkAlpha(alpha);
  if (pairs.length === 0) throw new RangeError('a ranking is looked for in at least one person');
  if (!pairs.every(({ more, less }) => Number.isFinite(more) && Number.isFinite(less)))
    throw new RangeError('a contribution is not finite');
  const gaps = pairs.map(({ more, less }) => Math.abs(more) - Math.abs(less));
  const untied = gaps.filter((gap) => gap !== 0);
  const meanMore = pairs.reduce((sum, { more }) => sum + Math.abs(more), 0) / pairs.length;
  const meanLess = pairs.reduce((sum, { less }) => sum + Math.abs(less), 0) / pairs.length;
  return {
    people: pairs.length,
    tied: gaps.length - untied.length,
    local: shareHeld(untied.filter((gap) => gap > 0).length, untied.length, alpha),
    meanMore,
    meanLess,
    holds: meanMore === meanLess ? null : meanMore > meanLess,
  };
}

/** Answers to one expectation: of people, or a single one over people. */
export interface ExpectationAnswers {
  /** Null for a ranking. */
  expected: 1 | -1 | null;
  /** Whole, 0 to compared. */
  agreeing: number;
  /** Whole, 0 or more. */
  compared: number;
}

/**
 * Share that would agree if the same expected signs were dealt anew over the expectations, on average over all deals. Above
 * one half where one sign prevails among the expected as among the found ones: a coin flatters such a list. A ranking
 * agrees by chance in one half.
 * @returns null when nothing was compared. @throws RangeError for counts or signs out of range.
 */
export function dealtAnewChance(answers: readonly ExpectationAnswers[]): number | null {
  let compared = 0;
  let byChance = 0;
  const signs = answers.filter((answer) => answer.compared > 0 && answer.expected !== null);
  const positive = signs.filter(({ expected }) => expected === 1).length / signs.length;
  for (const answer of answers) {
    shareHeld(answer.agreeing, answer.compared);
    const { expected } = answer;
    if (expected !== null && expected !== 1 && expected !== -1)
      throw new RangeError(`an expected sign is 1 or -1, not ${expected}`);
    compared += answer.compared;
    if (answer.compared === 0) continue;
    if (expected === null) byChance += COIN_CHANCE * answer.compared;
    else {
      const foundPositive = expected === 1 ? answer.agreeing : answer.compared - answer.agreeing;
      byChance += positive * foundPositive + (1 - positive) * (answer.compared - foundPositive);
    }
  }
  return compared === 0 ? null : byChance / compared;
}

function checkAlpha(alpha: number): void {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
}

import { mean, sampleCorrelation, sampleStandardDeviation } from 'simple-statistics';
import { logGripOf } from '../../core/signals/expected-strength.ts';
import { NEWTON_PER_UNIT } from '../../core/units/quantities.ts';
import { GRIP_PINCH_CORRELATION } from '../population/grip.ts';
import { regress } from '../population/least-squares.ts';
import { STEIBER_GRIP_BY_HEIGHT } from '../population/norm-tables.ts';
import { COMMON_STRENGTH_SHARE } from '../population/strength-factors.ts';
import { TOP_CODED_YEARS } from '../population/survey-table-schema.ts';
import { DEFAULT_SPREAD, type MuscleSpread, variedHand } from '../population/varied-hand.ts';
import { genericHand, type PinchHand } from '../simulation/pinch/pinch-muscles.ts';
import type { Check, Finding } from './figures.ts';
import { correlationEstimate, type Estimate, farthest } from './population-comparison.ts';
import { drawNormPeople, type NormPerson } from './population-people.ts';

const SEXES = ['female', 'male'] as const;
const WORDS = { female: 'women', male: 'men' } as const;
const ANGST =
  'Angst 2010 (n = 978): sex, age, height, weight and occupational demand explain 67.7 % of key pinch; a second cohort (n = 750) 57.1 %.';

/** Residuals given sex, age and size: exact, as the simulation's expected values are known. */
const pinchResidual = (p: NormPerson): number => Math.log(p.capacityN / p.expectedN);
const gripResidual = (p: NormPerson): number =>
  Math.log(p.grip.rightBestKg) - logGripOf({ ...p, ageYears: Math.min(p.ageYears, TOP_CODED_YEARS) });

/** Squares of a correlation that is above zero at both ends. */
const squared = ({ value, low, high }: Estimate): Estimate => ({
  value: value ** 2,
  low: Math.max(0, low) ** 2,
  high: high ** 2,
});

/** How strengths hang together: what was assumed and what came out. */
export function structureFindings(people: readonly NormPerson[]): Finding[] {
  const pinch = people.map(pinchResidual);
  const tied = correlationEstimate(sampleCorrelation(pinch, people.map(gripResidual)), people.length);
  const common = correlationEstimate(
    sampleCorrelation(
      pinch,
      people.map((p) => p.commonScore),
    ),
    people.length,
  );
  return [
    {
      name: 'correlation of log grip and true log key pinch given sex, age and size',
      ...tied,
      literature: null,
      n: people.length,
      sentence: `Assumed: ${GRIP_PINCH_CORRELATION}. Between 0.5 and 0.9 in the robustness table.`,
    },
    {
      name: 'share of true log key pinch (given sex, age and size) that the common factor explains',
      ...squared(common),
      literature: `No such share was found. Nearest: ${ANGST}`,
      n: people.length,
      sentence: `Assumed: ${COMMON_STRENGTH_SHARE}. The published shares are of another quantity: what demographics explain of the whole.`,
    },
    explainedByDemographics(people),
    ratioToGrip(people),
    ...SEXES.map((sex) => heightElasticity(people, sex)),
  ];
}

/** The quantity that Angst reports, without occupation, which virtual people do not have. */
function explainedByDemographics(people: readonly NormPerson[]): Finding {
  const score = (p: NormPerson): number => mean([...p.pinchTrialsN]);
  const { residualSd } = regress(
    people,
    (p) => [
      1,
      p.sex === 'male' ? 1 : 0,
      p.ageYears / 10,
      (p.ageYears / 10) ** 2,
      p.heightM,
      p.weightKg / 100,
    ],
    score,
  );
  const share = 1 - (residualSd / sampleStandardDeviation(people.map(score))) ** 2;
  return {
    name: 'share of measured key pinch that sex, age, height and weight explain',
    ...squared(correlationEstimate(Math.sqrt(share), people.length)),
    literature: ANGST,
    n: people.length,
    sentence:
      'Mean of three trials; the published shares include occupational demand, which is not simulated.',
  };
}

function ratioToGrip(people: readonly NormPerson[]): Finding {
  const ratios = people.map((p) => {
    const kilograms = p.side === 'right' ? p.grip.rightBestKg : p.grip.leftBestKg;
    return (100 * Math.max(...p.pinchTrialsN)) / (kilograms * NEWTON_PER_UNIT.kg);
  });
  const value = mean(ratios);
  const error = sampleStandardDeviation(ratios) / Math.sqrt(ratios.length);
  return {
    name: 'key pinch in percent of grip of the same hand',
    value,
    low: value - 1.96 * error,
    high: value + 1.96 * error,
    literature: 'About 22 % of maximal grip (n = 214, read second-hand).',
    n: people.length,
    sentence: 'Best of three of both. Key pinch and grip come from different norms, so this was not fitted.',
  };
}

/** Percent more grip for one percent more height, age held, weight free. */
function heightElasticity(people: readonly NormPerson[], sex: 'female' | 'male'): Finding {
  const own = people.filter((p) => p.sex === sex && p.ageYears >= 20 && p.ageYears < 80);
  const best = (p: NormPerson): number => Math.log(Math.max(p.grip.rightBestKg, p.grip.leftBestKg));
  const terms = (p: NormPerson): number[] => {
    const x = (p.ageYears - 45) / 10;
    return [1, x, x * x];
  };
  // Height with age taken out, on which grip's slope is the slope of the joint regression.
  const heights = regress(own, terms, (p) => Math.log(p.heightM)).residuals;
  const { coefficients, residualSd } = regress(own, (p) => [...terms(p), Math.log(p.heightM)], best);
  const squares = heights.reduce((sum, h) => sum + h * h, 0);
  const value = coefficients[3]!;
  const error = residualSd / Math.sqrt(squares);
  return {
    name: `grip, ${WORDS[sex]}: percent more for one percent more height at an age`,
    value,
    low: value - 1.96 * error,
    high: value + 1.96 * error,
    literature: `${steiberElasticity(sex).toFixed(2)} from the table by height of ${STEIBER_GRIP_BY_HEIGHT.source}`,
    n: own.length,
    sentence:
      'Best of both hands, 20-79 years. The table by height was read and not fitted; its open height bands are left out.',
  };
}

/** Slope of log mean grip on log height (band middles), common to all ages of 20-79. */
export function steiberElasticity(sex: 'female' | 'male'): number {
  const cells = STEIBER_GRIP_BY_HEIGHT.cells.filter(
    (cell) =>
      cell.sex === sex &&
      cell.ageBand.low >= 20 &&
      cell.ageBand.high < 80 &&
      cell.heightBandCm !== undefined &&
      Number.isFinite(cell.heightBandCm.high),
  );
  const ages = [...new Set(cells.map((cell) => cell.ageBand.text))];
  const { coefficients } = regress(
    cells,
    (cell) => [
      Math.log((cell.heightBandCm!.low + 2.5) / 170),
      ...ages.map((age) => (cell.ageBand.text === age ? 1 : 0)),
    ],
    (cell) => Math.log(cell.mean!),
  );
  return coefficients[0]!;
}

/** Correlations achieved at the ends of the robustness range; fewer people, each drawn again. */
export function correlationRangeFindings(seed: string, count: number): Finding[] {
  return [0.5, 0.9].map((gripPinchCorrelation) => {
    const people = drawNormPeople(count, seed, 0, { gripPinchCorrelation });
    return {
      name: `correlation of log grip and true log key pinch when ${gripPinchCorrelation} is assumed`,
      ...correlationEstimate(sampleCorrelation(people.map(pinchResidual), people.map(gripResidual)), count),
      literature: null,
      n: count,
      sentence: 'One end of the range in the robustness table.',
    };
  });
}

const SPREAD_HANDS = 6_000;
const SPREAD_BAR = 2;
const PARTS = {
  maxForce: (hand: PinchHand) => hand.maxForceN,
  optimalLength: (hand: PinchHand) => hand.optimalFibreLengthMm,
  slackLength: (hand: PinchHand) => hand.tendonSlackLengthMm,
  pennation: (hand: PinchHand) => hand.pennationRad,
  momentArm: (hand: PinchHand) => hand.momentArmFactor,
} as const satisfies Record<keyof MuscleSpread, (hand: PinchHand) => Float64Array>;

/**
 * Spread of the muscles' own factors against the assumption (decision 3), in percent; muscles whose table value is
 * zero cannot be spread and are left out. @param drawn - spread that the hands are drawn with.
 */
export function muscleSpreadCheck(seed: string, drawn: MuscleSpread = DEFAULT_SPREAD): Check {
  const generic = genericHand();
  const hands = Array.from({ length: SPREAD_HANDS }, (_, subject) => variedHand(seed, subject, 1, drawn));
  const parts = (Object.keys(PARTS) as (keyof MuscleSpread)[]).map((key) => {
    const table = PARTS[key](generic);
    const logs = hands.flatMap((hand) =>
      [...PARTS[key](hand)].flatMap((value, muscle) =>
        table[muscle]! > 0 ? [Math.log(value / table[muscle]!)] : [],
      ),
    );
    const ratio = sampleStandardDeviation(logs) / DEFAULT_SPREAD[key];
    const error = (196 * ratio) / Math.sqrt(2 * logs.length);
    const value = 100 * (ratio - 1);
    return { name: key, estimate: { value, low: value - error, high: value + error } };
  });
  const worst = farthest(parts);
  return {
    name: `muscles: largest difference of the spread drawn from the one assumed (${worst.name}), %`,
    ...worst.estimate,
    bar: `each of ${parts.length} within ${SPREAD_BAR} %: F0 15, optimal length 5, slack length 1.5, pennation 10, moment arm 3 %`,
    ok: Math.abs(worst.estimate.value) <= SPREAD_BAR,
    n: SPREAD_HANDS,
  };
}

import { GATE_LIMITS } from '../../../core/explain/gate.ts';
import { shuffled } from '../../../core/explain/sampled-shapley.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { spearmanCorrelation } from '../../../core/numerics/rank-correlation.ts';
import type { Check } from '../figures.ts';
import { deletionTest } from './deletion-test.ts';
import type { ExplainedPerson, PersonQuality } from './explanation-quality.ts';
import { meanOfFew } from './mean-of-few.ts';

/** Three times chance is no more than everything for fewer units, and so few orders are alike by chance. */
const JUDGED_UNITS = 6;
const PLANTED_FACTOR = 3;
const RANDOMISED_LIMIT = 0.5;
const P_LIMIT = 0.05;
const CHANCE_DRAWS = 2_000;

/** Values that exist. */
export const present = (values: readonly (number | null)[]): number[] =>
  values.filter((value) => value !== null);

/** Mean |Spearman| of two maps of so many units that have nothing to do with each other. */
export function chanceCorrelation(unitCount: number): number {
  const stream = randomStream('chance-correlation', 'orders', unitCount);
  const places = Array.from({ length: unitCount }, (_, i) => i);
  let sum = 0;
  for (let draw = 0; draw < CHANCE_DRAWS; draw += 1) {
    sum += Math.abs(spearmanCorrelation(places, shuffled(unitCount, stream)) ?? 0);
  }
  return sum / CHANCE_DRAWS;
}

/**
 * Bars that the shown method must meet. Those on units are judged on people with six units or more, by the end of the
 * interval and not by the mean; a check that nobody can be judged on is left out.
 */
export function qualityChecks(people: readonly ExplainedPerson[], shown: readonly PersonQuality[]): Check[] {
  const checks: Check[] = [];
  const gap = Math.max(...present(shown.map(({ completenessGap }) => completenessGap)));
  checks.push({
    name: 'explanations: largest share left over of what is explained',
    value: gap,
    low: gap,
    high: gap,
    bar: `at most ${GATE_LIMITS.completenessGap}, which is rounding; fails by a defect only: exact Shapley values add up`,
    ok: gap <= GATE_LIMITS.completenessGap,
    n: people.length,
  });
  const ordered = people
    .map((person, i) => ({ person, own: shown[i]! }))
    .filter(({ person }) => person.units.length > 1);
  if (ordered.length > 0) {
    const { p } = deletionTest(
      ordered.map(({ person }) => person),
      ordered.map(({ own }) => own),
    );
    checks.push({
      name: 'explanations: chance that random orders delete as well',
      value: p,
      low: p,
      high: p,
      bar: `below ${P_LIMIT}: permutation test over people`,
      ok: p < P_LIMIT,
      n: ordered.length,
    });
  }
  const judged = ordered.filter(({ person }) => person.units.length >= JUDGED_UNITS);
  const chance = meanOfFew(judged.map(({ person }) => chanceCorrelation(person.units.length)))?.value ?? 0;
  const randomised = meanOfFew(present(judged.map(({ own }) => own.allLayersSpearman)));
  if (randomised) {
    checks.push({
      name: 'explanations: mean |rank correlation| to networks with every layer drawn anew',
      ...randomised,
      bar: `interval below ${RANDOMISED_LIMIT}; unrelated maps have ${chance.toFixed(2)}`,
      ok: randomised.high < RANDOMISED_LIMIT,
    });
  }
  const planted = judged.filter(({ own }) => own.plantedMass !== null);
  const mass = meanOfFew(present(planted.map(({ own }) => own.plantedMass)));
  const bar = meanOfFew(planted.map(({ person }) => PLANTED_FACTOR / person.units.length));
  if (mass && bar) {
    checks.push({
      name: 'explanations: relevance in the one unit that says anything',
      ...mass,
      bar: `interval above ${bar.value.toFixed(2)}, three times chance; maps that see the input but not the network pass it too, and fail the one above`,
      ok: mass.low > bar.value,
    });
  }
  return checks;
}

import { ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import type { InputGroup } from '../../../core/explain/attribution.ts';
import { faithfulnessCorrelation, seededSubsets } from '../../../core/explain/faithfulness-correlation.ts';
import { localInfidelity } from '../../../core/explain/infidelity.ts';
import { randomOrderTest } from '../../../core/explain/random-order-test.ts';
import type { RemovalQuestion } from '../../../core/explain/removal-question.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { defineLaw, type Law } from '../law.ts';
import {
  BANDS,
  bandSums,
  gradientsFrom,
  LEARNT,
  MEAN_TRACE,
  marginOf,
  unseenDips,
} from '../planted-signal/planted-model.ts';

interface Measures {
  correlation: typeof faithfulnessCorrelation;
  infidelity: typeof localInfidelity;
}

/** The law's own: rounding of sums of at most six products of small whole numbers. */
const TOLERANCE = 1e-10;

function near(found: number | null, expected: number, what: string): void {
  ok(found !== null && Math.abs(found - expected) <= TOLERANCE, `${what}: ${found}, not ${expected}`);
}

const whole = fc.integer({ min: -8, max: 8 });
const linearModels = fc.integer({ min: 3, max: 6 }).chain((size) => {
  const numbers = fc.array(whole, { minLength: size, maxLength: size });
  return fc.record({ weights: numbers, offset: whole, row: numbers, baseline: numbers });
});

function checkLinear({ correlation, infidelity }: Measures): void {
  fc.assert(
    fc.property(linearModels, ({ weights, offset, row, baseline }) => {
      const input = Float64Array.from(row);
      const distance = input.map((x, i) => x - baseline[i]!);
      const question: RemovalQuestion = {
        explained: {
          inputCount: row.length,
          valueOf: (each) => each.reduce((sum, x, i) => sum + weights[i]! * x, offset),
        },
        row: input,
        reference: { name: 'baseline', row: Float64Array.from(baseline) },
        groups: row.map((_, i): InputGroup => ({ name: `input ${i}`, columns: [i] })),
      };
      const values = distance.map((each, i) => weights[i]! * each);
      const subsets = [...seededSubsets(row.length, 1, 6, 'law'), ...seededSubsets(row.length, 2, 6, 'law')];
      const { pearson } = correlation(question, values, subsets);
      const sums = subsets.map((subset) => subset.reduce((sum, i) => sum + values[i]!, 0));
      // Without any spread among the sums there is nothing to correlate.
      if (sums.every((sum) => sum === sums[0])) strictEqual(pearson, null);
      else {
        near(pearson, 1, 'correlation');
        // A correlation of 1 whatever is asked would pass the above.
        const opposite = correlation(
          question,
          values.map((value) => -value),
          subsets,
        );
        near(opposite.pearson, -1, 'correlation of the values with their signs turned');
      }
      const slopes = Float64Array.from(weights);
      const perturbations = subsets.map((subset) =>
        distance.map((each, i) => (subset.includes(i) ? each + 1 : 0)),
      );
      near(infidelity(question.explained, input, slopes, perturbations).infidelity, 0, 'infidelity');
      // Slopes that are all one too large miss the sum of each perturbation.
      const missed = perturbations.map((each) => each.reduce((sum, change) => sum + change, 0) ** 2);
      const steep = slopes.map((slope) => slope + 1);
      near(
        infidelity(question.explained, input, steep, perturbations).infidelity,
        missed.reduce((sum, square) => sum + square, 0) / missed.length,
        'infidelity of slopes that are one too large',
      );
    }),
    { seed: 31, numRuns: 200 },
  );
}

type BandValues = (row: Float64Array, subject: number) => ArrayLike<number>;

const DIPS = unseenDips(LEARNT, 6);
const DRAWS = 200;
const gradients = gradientsFrom(MEAN_TRACE);
const bandValues: BandValues = (row) => bandSums(gradients(LEARNT, row));

/** The twins ask for many of the same coalitions. */
const known = new Map<string, number>();
const margin = marginOf(LEARNT);
const rememberedMargin: RemovalQuestion['explained'] = {
  inputCount: margin.inputCount,
  valueOf: (row) => {
    const key = row.join();
    const value = known.get(key) ?? margin.valueOf(row);
    known.set(key, value);
    return value;
  },
};

/** Area summed over traces that the networks see, so that one lucky trace decides nothing. */
function checkRandomControl(valuesOf: BandValues): void {
  const tests = DIPS.map(({ row }, subject) =>
    randomOrderTest(
      { explained: rememberedMargin, row, reference: MEAN_TRACE, groups: BANDS },
      valuesOf(row, subject),
      { seed: 'law', draws: DRAWS, subject },
    ),
  );
  const own = tests.reduce((sum, { area }) => sum + area, 0);
  let asGood = 0;
  for (let draw = 0; draw < DRAWS; draw += 1) {
    if (tests.reduce((sum, { randomAreas }) => sum + randomAreas[draw]!, 0) <= own) asGood += 1;
  }
  const p = (asGood + 1) / (DRAWS + 1);
  ok(p < 0.05, `p = ${p}`);
}

export const LAWS: Law[] = [
  defineLaw<Measures>({
    id: 'faith.linear_perfect',
    subject: { correlation: faithfulnessCorrelation, infidelity: localInfidelity },
    check: checkLinear,
    twins: {
      'always perfect': {
        correlation: (...question) => {
          const found = faithfulnessCorrelation(...question);
          return { ...found, pearson: found.pearson === null ? null : 1 };
        },
        infidelity: localInfidelity,
      },
      'never told': {
        correlation: (...question) => ({ ...faithfulnessCorrelation(...question), pearson: null }),
        infidelity: localInfidelity,
      },
      'never unfaithful': {
        correlation: faithfulnessCorrelation,
        infidelity: (...question) => ({ ...localInfidelity(...question), infidelity: 0 }),
      },
      'zero in place of the reference': {
        correlation: (question, values, subsets) =>
          faithfulnessCorrelation(
            { ...question, reference: { name: 'zero', row: new Float64Array(question.row.length) } },
            values,
            subsets,
          ),
        infidelity: localInfidelity,
      },
      'values without their sign': {
        correlation: (question, values, subsets) =>
          faithfulnessCorrelation(question, Array.from(values, Math.abs), subsets),
        infidelity: localInfidelity,
      },
      'perturbations added, not subtracted': {
        correlation: faithfulnessCorrelation,
        infidelity: (explained, row, slopes, perturbations) =>
          localInfidelity(
            explained,
            row,
            slopes.map((slope) => -slope),
            perturbations,
          ),
      },
    },
  }),
  defineLaw<BandValues>({
    id: 'faith.random_control',
    subject: bandValues,
    check: checkRandomControl,
    twins: {
      'a random map': (_row, subject) => {
        const stream = randomStream('law', 'random-map', subject);
        return BANDS.map(() => stream.normal());
      },
      'no value at all': () => BANDS.map(() => 0),
      'the sign turned': (row) => Array.from(bandValues(row, 0), (value) => -value),
    },
  }),
];

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { averageLogits, softmax } from '../../../core/networks/ensemble-forward.ts';
import { binnedCalibrationErrors } from '../../../core/uncertainty/binned-calibration-errors.ts';
import { brierDecomposition } from '../../../core/uncertainty/brier-score.ts';
import { ensembleSpread } from '../../../core/uncertainty/ensemble-spread.ts';
import { mostProbableClass } from '../../../core/uncertainty/probability-rows.ts';
import { equalCountEdges, equalWidthEdges } from '../../../core/uncertainty/reliability-bins.ts';
import { reliabilityTable } from '../../../core/uncertainty/reliability-table.ts';
import { fitTemperature, type TemperatureFit } from '../../../core/uncertainty/temperature.ts';
import { defineLaw } from '../law.ts';

const SEED = 4;
const EXACT = 1e-12;
const unit = () => fc.double({ min: 0, max: 1, noNaN: true });

type Fit = (logits: readonly number[][], labels: readonly number[]) => TemperatureFit;

/** Logits of several classes with labels; some sets separate perfectly, which the fit must say. */
const labelledLogits = fc
  .record({ rows: fc.integer({ min: 6, max: 30 }), classes: fc.integer({ min: 2, max: 4 }) })
  .chain(({ rows, classes }) =>
    fc.record({
      logits: fc.array(
        // In thousandths: logits that differ by less than rounding have no ranking to keep.
        fc.array(
          fc.integer({ min: -3000, max: 3000 }).map((value) => value / 1000),
          { minLength: classes, maxLength: classes },
        ),
        { minLength: rows, maxLength: rows },
      ),
      drawn: fc.array(fc.nat(classes - 1), { minLength: rows, maxLength: rows }),
      trusted: fc.array(fc.boolean(), { minLength: rows, maxLength: rows }),
    }),
  )
  // Half the labels follow the logits, so that the best temperature is often a finite one.
  .map(({ logits, drawn, trusted }) => ({
    logits,
    labels: drawn.map((label, i) => (trusted[i] ? mostProbableClass(logits[i]!) : label)),
  }));

/** Derivative by the temperature of the mean negative log likelihood, straight from its definition. */
function lossSlope(logits: readonly number[][], labels: readonly number[], temperature: number): number {
  const sum = logits.reduce((total, row, i) => {
    const expected = softmax(row, temperature).reduce((mean, p, k) => mean + p * row[k]!, 0);
    return total + (row[labels[i]!]! - expected) / temperature ** 2;
  }, 0);
  return sum / logits.length;
}

const temperatureArgmax = defineLaw<{
  fitOf: Fit;
  scale: (row: number[], temperature: number) => Float64Array;
}>({
  id: 'temperature.argmax',
  subject: { fitOf: fitTemperature, scale: softmax },
  check: ({ fitOf, scale }) => {
    let compared = 0;
    fc.assert(
      fc.property(labelledLogits, ({ logits, labels }) => {
        const { temperature, isAtBound } = fitOf(logits, labels);
        for (const row of logits) {
          const scaled = scale(row, temperature);
          const order = (values: ArrayLike<number>) =>
            Array.from(values, (_, k) => k).sort((a, b) => row[a]! - row[b]!);
          assert.equal(row[mostProbableClass(scaled)], Math.max(...row));
          order(row).reduce((low, high) => {
            assert.ok(scaled[low]! <= scaled[high]!);
            return high;
          });
        }
        // Three times the temperature must lie inside the range of the fit.
        if (isAtBound || temperature > 6) return;
        const tripled = fitOf(
          logits.map((row) => row.map((value) => 3 * value)),
          labels,
        );
        assert.ok(Math.abs(tripled.temperature - 3 * temperature) <= 1e-6 * temperature);
        compared += 1;
      }),
      { seed: SEED, numRuns: 150 },
    );
    assert.ok(compared >= 30, 'too few sets with a temperature inside the range');
  },
  twins: {
    'fit on a grid of tenths': {
      fitOf: (logits, labels) => {
        const { temperature, isAtBound } = fitTemperature(logits, labels);
        return { temperature: Math.max(0.1, Math.round(10 * temperature) / 10), isAtBound };
      },
      scale: softmax,
    },
    'logits multiplied instead of divided, with a sign lost': {
      fitOf: fitTemperature,
      scale: (row, temperature) =>
        softmax(
          row.map((value) => Math.abs(value)),
          1 / temperature,
        ),
    },
  },
});

const temperatureStationary = defineLaw<Fit>({
  id: 'temperature.stationary',
  subject: fitTemperature,
  check: (fitOf) => {
    let inside = 0;
    fc.assert(
      fc.property(labelledLogits, ({ logits, labels }) => {
        const { temperature, isAtBound } = fitOf(logits, labels);
        const slope = lossSlope(logits, labels, temperature);
        if (isAtBound) {
          // Outside the range the loss still falls towards it.
          assert.ok(temperature < 1 ? slope >= 0 : slope <= 0);
          return;
        }
        assert.ok(Math.abs(slope) <= 1e-8);
        inside += 1;
      }),
      { seed: SEED, numRuns: 150 },
    );
    assert.ok(inside >= 30, 'too few sets with a temperature inside the range');
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.5, max: 5, noNaN: true }), { minLength: 2 }), (gaps) => {
        const labels = gaps.map((_, i) => i % 2);
        const separable = gaps.map((gap, i) => (labels[i] === 0 ? [gap, 0] : [0, gap]));
        assert.equal(fitOf(separable, labels).isAtBound, true);
      }),
      { seed: SEED, numRuns: 50 },
    );
  },
  twins: {
    'a separable set not flagged': (logits, labels) => ({
      ...fitTemperature(logits, labels),
      isAtBound: false,
    }),
    'the temperature of one row more': (logits, labels) =>
      fitTemperature([...logits, logits[0]!.map((value) => -value)], [...labels, labels[0]!]),
  },
});

interface Errors {
  expected: number;
  maximum: number;
}
type ErrorsOf = (p: readonly number[], cameTrue: readonly boolean[], edges: Float64Array) => Errors;
const errorsOf: ErrorsOf = (p, cameTrue, edges) =>
  binnedCalibrationErrors(reliabilityTable(p, cameTrue, { edges }));
const forecasts = fc.array(
  fc.tuple(
    fc.oneof(
      unit(),
      fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
    ),
    fc.boolean(),
  ),
  { minLength: 1, maxLength: 60 },
);

const calibrationErrorRange = defineLaw<ErrorsOf>({
  id: 'ece.range',
  subject: errorsOf,
  check: (errors) => {
    const property = fc.property(forecasts, fc.integer({ min: 1, max: 20 }), (rows, bins) => {
      const p = rows.map(([said]) => said);
      const cameTrue = rows.map(([, came]) => came);
      for (const edges of [equalWidthEdges(bins), equalCountEdges(p, bins)]) {
        const { expected, maximum } = errors(p, cameTrue, edges);
        assert.ok(expected >= 0 && expected <= maximum + EXACT && maximum <= 1 + EXACT);
      }
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / rows.length;
      const gap = Math.abs(mean(p) - mean(cameTrue.map(Number)));
      assert.ok(Math.abs(errors(p, cameTrue, equalWidthEdges(1)).expected - gap) <= EXACT);
    });
    fc.assert(property, { seed: SEED, numRuns: 200 });
    // A probability of 1 shares the last bin with 0.95: one gap of |0.975 - 0.5|, not a bin of its own, and not lost.
    const { expected, maximum } = errors([0.95, 1], [true, false], equalWidthEdges(10));
    assert.ok(Math.abs(expected - 0.475) <= EXACT && Math.abs(maximum - 0.475) <= EXACT);
  },
  twins: {
    'p = 1 in a bin of its own': (p, cameTrue, edges) =>
      errorsOf(
        p.map((value) => (value < 1 && edges.length > 2 ? value * (1 - 1 / edges.length) : value)),
        cameTrue,
        // One bin stays one.
        equalWidthEdges(edges.length === 2 ? 1 : edges.length),
      ),
    'p = 1 lost': (p, cameTrue, edges) => {
      const kept = p.map((value) => value < 1);
      const below = p.filter((_, i) => kept[i]);
      if (below.length === 0) return { expected: 0, maximum: 0 };
      return errorsOf(
        below,
        cameTrue.filter((_, i) => kept[i]),
        edges,
      );
    },
    'gaps added up instead of averaged': (p, cameTrue, edges) => {
      const { expected, maximum } = errorsOf(p, cameTrue, edges);
      return { expected: expected * p.length, maximum };
    },
  },
});

type Parts = Pick<
  ReturnType<typeof brierDecomposition>,
  'score' | 'reliability' | 'resolution' | 'uncertainty'
>;

const brier = defineLaw<(p: readonly number[], cameTrue: readonly boolean[]) => Parts>({
  id: 'brier.decomposition',
  subject: brierDecomposition,
  check: (partsOf) => {
    const property = fc.property(forecasts, (rows) => {
      const p = rows.map(([said]) => said);
      const cameTrue = rows.map(([, came]) => came);
      const { score, reliability, resolution, uncertainty } = partsOf(p, cameTrue);
      const plain = rows.reduce((sum, [said, came]) => sum + (said - Number(came)) ** 2, 0) / rows.length;
      assert.ok(Math.abs(score - plain) <= EXACT);
      assert.ok(Math.abs(score - (reliability - resolution + uncertainty)) <= EXACT);
      assert.ok(reliability >= 0 && resolution >= 0);
      // By hand: else all of the score could stand in one of the three.
      const shareCame = (among: typeof rows) => among.filter(([, came]) => came).length / among.length;
      const gaps = rows.map(([said]) => (said - shareCame(rows.filter(([other]) => other === said))) ** 2);
      const byHand = gaps.reduce((sum, gap) => sum + gap, 0) / rows.length;
      assert.ok(Math.abs(reliability - byHand) <= EXACT, `reliability ${reliability}, not ${byHand}`);
      const variance = shareCame(rows) * (1 - shareCame(rows));
      assert.ok(Math.abs(uncertainty - variance) <= EXACT, `uncertainty ${uncertainty}, not ${variance}`);
    });
    fc.assert(property, { seed: SEED, numRuns: 200 });
  },
  twins: {
    // Forecasts that differ within a bin leave a part of the score in none of the three.
    'decomposed over ten bins': (p, cameTrue) => ({
      ...brierDecomposition(
        p.map((value) => Math.round(10 * value) / 10),
        cameTrue,
      ),
      score: brierDecomposition(p, cameTrue).score,
    }),
    'all of it unreliable': (p, cameTrue) => {
      const { score } = brierDecomposition(p, cameTrue);
      return { score, reliability: score, resolution: 0, uncertainty: 0 };
    },
    'uncertainty of the sample, divided by n - 1': (p, cameTrue) => {
      const parts = brierDecomposition(p, cameTrue);
      return { ...parts, uncertainty: (parts.uncertainty * p.length) / Math.max(1, p.length - 1) };
    },
  },
});

type Doubt = Pick<ReturnType<typeof ensembleSpread>, 'mutualInformation' | 'predictiveEntropy'>;

const mutualInformation = defineLaw<(members: readonly Float64Array[]) => Doubt>({
  id: 'ensemble.mi',
  subject: ensembleSpread,
  check: (spreadOf) => {
    const members = fc
      .record({ classes: fc.integer({ min: 2, max: 6 }), count: fc.integer({ min: 2, max: 7 }) })
      .chain(({ classes, count }) => {
        // Large logits make probabilities of exactly 0, whose logarithm must not be taken.
        const row = fc.array(fc.double({ min: -800, max: 800, noNaN: true }), {
          minLength: classes,
          maxLength: classes,
        });
        return fc.tuple(
          fc.array(row, { minLength: count, maxLength: count }),
          fc.constantFrom(0, 0.001, 0.01, 1),
        );
      })
      .map(([rows, scale]) => rows.map((row) => softmax(row.map((value) => scale * value))));
    const property = fc.property(members, (rows) => {
      const { mutualInformation: information, predictiveEntropy } = spreadOf(rows);
      assert.ok(information >= -EXACT && information <= predictiveEntropy + EXACT);
      assert.ok(predictiveEntropy <= Math.log(rows[0]!.length) + EXACT);
      const same = spreadOf(rows.map(() => rows[0]!));
      assert.ok(Math.abs(same.mutualInformation) <= EXACT);
      // By hand: zeros would keep to the bounds.
      const entropy = (row: ArrayLike<number>) =>
        Array.from(row).reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0);
      const pooled = rows[0]!.map((_, k) => rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length);
      const each = rows.reduce((sum, row) => sum + entropy(row), 0) / rows.length;
      const gaps = [predictiveEntropy - entropy(pooled), information - (entropy(pooled) - each)];
      assert.ok(
        gaps.every((gap) => Math.abs(gap) <= EXACT),
        `off by ${gaps.join(' and ')}`,
      );
    });
    fc.assert(property, { seed: SEED, numRuns: 200 });
  },
  twins: {
    'no doubt at all': () => ({ mutualInformation: 0, predictiveEntropy: 0 }),
    '0 log 0 is not a number': (rows) => {
      const { mutualInformation: information, predictiveEntropy } = ensembleSpread(rows);
      const hasZero = rows.some((row) => row.includes(0));
      return { mutualInformation: hasZero ? Number.NaN : information, predictiveEntropy };
    },
    'entropy of averaged logits in the place of that of averaged probabilities': (rows) => {
      const logits = rows.map((row) => row.map((p) => Math.log(Math.max(p, 1e-300))));
      const pooled = softmax(averageLogits(logits));
      const own = ensembleSpread([pooled, pooled]).predictiveEntropy;
      const { predictiveEntropy, mutualInformation: information } = ensembleSpread(rows);
      return {
        mutualInformation: own - (predictiveEntropy - information),
        predictiveEntropy: own,
      };
    },
    'entropies in bits': (rows) => {
      const { mutualInformation: information, predictiveEntropy } = ensembleSpread(rows);
      return {
        mutualInformation: information / Math.LN2,
        predictiveEntropy: predictiveEntropy / Math.LN2,
      };
    },
  },
});

export const LAWS = [
  temperatureArgmax,
  temperatureStationary,
  calibrationErrorRange,
  brier,
  mutualInformation,
];

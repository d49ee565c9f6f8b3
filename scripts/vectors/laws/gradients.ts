import { deepStrictEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { InputGroup } from '../../../core/explain/attribution.ts';
import { type ExplainedOutput, ensembleOutput } from '../../../core/explain/explained-output.ts';
import { integratedGradients } from '../../../core/explain/integrated-gradients.ts';
import { occlusion, windowOcclusion } from '../../../core/explain/occlusion.ts';
import { QUADRATURES, quadratureRule } from '../../../core/explain/quadrature.ts';
import { saliency } from '../../../core/explain/saliency.ts';
import { smoothGradient } from '../../../core/explain/smooth-gradient.ts';
import { SUPPRESSOR_ROLE, type Suppressor, suppressors } from '../../../core/explain/suppressor.ts';
import { stepColumns, timeBands } from '../../../core/explain/time-bands.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { defineLaw, type Law } from '../law.ts';
import { randomDenseNetwork, randomRow } from '../random-dense-network.ts';

const seeds = fc.integer({ min: 0, max: 1e6 });

function checkQuadratures(ruleOf: typeof quadratureRule): void {
  for (const quadrature of QUADRATURES) {
    for (let count = 2; count <= 200; count += 1) {
      const { nodes, weights } = ruleOf(quadrature, count);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      ok(Math.abs(sum - 1) <= 1e-12, `${quadrature} ${count}: weights sum to ${sum}`);
      ok(weights.every((weight) => weight > 0) && weights.length === nodes.length);
      ok(nodes.every((node, k) => node >= 0 && node <= 1 && (k === 0 || node > nodes[k - 1]!)));
    }
  }
}

const quadratureWeights = defineLaw<typeof quadratureRule>({
  id: 'quadrature.weights',
  subject: quadratureRule,
  check: checkQuadratures,
  twins: {
    'a trapezoid of n nodes with steps of 1 / n': (quadrature, count) => {
      if (quadrature !== 'trapezoid') return quadratureRule(quadrature, count);
      return {
        nodes: Float64Array.from({ length: count }, (_, k) => k / (count - 1)),
        weights: Float64Array.from(
          { length: count },
          (_, k) => (k === 0 || k === count - 1 ? 0.5 : 1) / count,
        ),
      };
    },
    'Gauss-Legendre on -1 to 1': (quadrature, count) => {
      const { nodes, weights } = quadratureRule(quadrature, count);
      if (quadrature !== 'gauss-legendre') return { nodes, weights };
      return { nodes: nodes.map((node) => 2 * node - 1), weights: weights.map((weight) => 2 * weight) };
    },
  },
});

interface Occlusions {
  groups: typeof occlusion;
  windows: typeof windowOcclusion;
}
const BLOCK = { steps: 9, channels: 2, offset: 3 };

function linearOutput(weights: Float64Array): ExplainedOutput {
  return {
    inputCount: weights.length,
    unit: 'value',
    valueOf: (row) => row.reduce((sum, value, i) => sum + weights[i]! * value, 0.7),
    gradientOf: () => weights.slice(),
  };
}

function checkOcclusion({ groups, windows }: Occlusions): void {
  const sizes = fc
    .integer({ min: 1, max: 9 })
    .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 1, max: size })));
  fc.assert(
    fc.property(seeds, sizes, (seed, [size, stride]) => {
      const [weights, row, reference] = ['weights', 'row', 'reference'].map((name) =>
        randomRow(seed, name, 21),
      );
      const explained = linearOutput(weights!);
      const against = { name: 'baseline', row: reference! };
      const drop = (columns: readonly number[]) =>
        columns.reduce((sum, i) => sum + weights![i]! * (row![i]! - reference![i]!), 0);
      const near = (actual: number, expected: number, what: string) =>
        ok(Math.abs(actual - expected) <= 1e-10, `${what}: ${actual}, not ${expected}`);

      const bands: InputGroup[] = [...timeBands(BLOCK, 4), { name: 'features', columns: [0, 1, 2] }];
      const byGroup = groups(explained, row!, against, bands);
      for (const [g, { name, columns }] of bands.entries()) near(byGroup.values[g]!, drop(columns), name);
      near(byGroup.residual, 0, 'residual of all groups');

      const byWindow = windows(explained, row!, against, BLOCK, { size, stride });
      const held = Array.from({ length: BLOCK.steps }, (): number[] => []);
      for (const [w, start] of byWindow.starts.entries()) {
        const end = Math.min(BLOCK.steps, start + size);
        const expected = drop(stepColumns(BLOCK, start, end));
        near(byWindow.drops[w]!, expected, `window at ${start}`);
        for (let step = start; step < end; step += 1) held[step]!.push(expected);
      }
      for (const [step, drops] of held.entries()) {
        ok(drops.length > 0, `no window holds step ${step}`);
        const mean = drops.reduce((sum, value) => sum + value, 0) / drops.length;
        near(byWindow.values[step]!, mean, `step ${step}`);
      }
    }),
    { seed: 76, numRuns: 40, endOnFailure: true },
  );
}

const occlusionLinear = defineLaw<Occlusions>({
  id: 'occlusion.linear',
  subject: { groups: occlusion, windows: windowOcclusion },
  check: checkOcclusion,
  twins: {
    'groups become zero, not the reference': {
      groups: (explained, row, reference, groups) =>
        occlusion(explained, row, { ...reference, row: reference.row.map(() => 0) }, groups),
      windows: windowOcclusion,
    },
    'overlapping windows are added up': {
      groups: occlusion,
      windows: (...parts) => {
        const found = windowOcclusion(...parts);
        return { ...found, values: found.values.map((value, step) => value * found.windowCounts[step]!) };
      },
    },
    'the offset of the trace is forgotten': {
      groups: occlusion,
      windows: (explained, row, reference, block, window) =>
        windowOcclusion(explained, row, reference, { ...block, offset: 0 }, window),
    },
  },
});

function checkZeroNoise(smooth: typeof smoothGradient): void {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 25 }), (seed, drawCount) => {
      const network = randomDenseNetwork(seed, {
        inputCount: 4,
        hidden: [6, 5],
        outputCount: 1,
        activation: 'tanh',
      });
      const explained = ensembleOutput([network], Float64Array.of(1), 'value');
      const row = randomRow(seed, 'row', 4);
      const reference = { name: 'zeros', row: new Float64Array(4) };
      const noise = { seed: 'law', drawCount, standardDeviation: 0 };
      const { values } = smooth(explained, row, reference, { noise });
      deepStrictEqual([...values], [...saliency(explained, row, reference).values]);
      const spread = smooth(explained, row, reference, { noise, statistic: 'variance' }).values;
      deepStrictEqual([...spread], [0, 0, 0, 0]);
    }),
    { seed: 77, numRuns: 40, endOnFailure: true },
  );
}

const zeroNoise = defineLaw<typeof smoothGradient>({
  id: 'smoothgrad.zero_noise',
  subject: smoothGradient,
  check: checkZeroNoise,
  twins: {
    'a floor under the noise': (explained, row, reference, options) =>
      smoothGradient(explained, row, reference, {
        ...options,
        noise: { seed: 'law', drawCount: 8, standardDeviation: 1e-9 },
      }),
    'a sum divided at its end': (explained, row, reference, options) => {
      const found = smoothGradient(explained, row, reference, options);
      const count = Number(found.parameters.drawCount);
      const values = found.values.map((value) => {
        let sum = 0;
        for (let k = 0; k < count; k += 1) sum += value;
        return sum / count;
      });
      return { ...found, values };
    },
  },
});

/**
 * Kindermans 2018: input 0 is signal plus disturbance, input 1 the disturbance alone; only their difference is the
 * signal. Input 2 is unread; input 3 carries a signal of its own with a negative weight.
 */
function distractorRows(seed: number, count: number): Float64Array[] {
  const stream = randomStream(seed, 'distractor', 0);
  return Array.from({ length: count }, () => {
    const [signal, disturbance, unread, own] = [
      stream.normal(),
      stream.normal(),
      stream.normal(),
      stream.normal(),
    ];
    return Float64Array.of(signal + disturbance, disturbance, unread, own);
  });
}

function checkDistractor(find: typeof suppressors): void {
  const explained = linearOutput(Float64Array.of(1, -1, 0, -0.8));
  fc.assert(
    fc.property(seeds, (seed) => {
      const rows = distractorRows(seed, 600);
      const zeros = { name: 'zeros', row: new Float64Array(4) };
      const row = Float64Array.of(1.6, 1.1, 0.9, 0.7);
      const attribution = integratedGradients(explained, row, zeros);
      const [found, ...others] = find(explained, attribution, rows) ?? [];
      deepStrictEqual(others, [], 'more than the disturbance is said to cancel noise');
      deepStrictEqual([found?.column, found?.partner, found?.role], [1, 0, SUPPRESSOR_ROLE]);
      ok(found!.value < 0 && Math.abs(found!.value + 1.1) <= 1e-9, 'its contribution has lost its sign');
      // Without a disturbance in input 0 nothing is cancelled: the second input is just another signal.
      const clean = rows.map((each) => Float64Array.of(each[0]! - each[1]!, each[1]!, each[2]!, each[3]!));
      deepStrictEqual(find(explained, attribution, clean), [], 'a signal is said to cancel noise');
    }),
    { seed: 78, numRuns: 15, endOnFailure: true },
  );
}

const everyContributor: typeof suppressors = (_explained, { values }) =>
  Array.from(values.entries())
    .filter(([, value]) => value < 0)
    .map(([column, value]): Suppressor => {
      return {
        column,
        role: SUPPRESSOR_ROLE,
        value,
        outputCorrelation: 0,
        partner: 0,
        partnerCorrelation: 1,
      };
    });

const distractor = defineLaw<typeof suppressors>({
  id: 'sanity.distractor',
  subject: suppressors,
  check: checkDistractor,
  twins: {
    'nothing is ever named': () => [],
    'every negative contribution is named': everyContributor,
    'the sign is dropped': (...parts) =>
      suppressors(...parts)?.map((each) => ({ ...each, value: Math.abs(each.value) })) ?? null,
    'one row for all': (explained, attribution, rows) =>
      suppressors(
        explained,
        attribution,
        rows.map(() => rows[0]!),
      ),
    'the rows are not looked at': (explained, attribution, rows) =>
      suppressors(explained, attribution, distractorRows(1, rows.length)),
  },
});

export const LAWS: Law[] = [quadratureWeights, occlusionLinear, zeroNoise, distractor];

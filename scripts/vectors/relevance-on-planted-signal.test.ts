import { describe, expect, it } from 'vitest';
import type { Reference } from '../../core/explain/attribution.ts';
import { permitLayerWiseRelevance } from '../../core/explain/relevance/availability.ts';
import { layerWiseRelevance } from '../../core/explain/relevance/layer-wise-relevance.ts';
import type { WeightedSumRule } from '../../core/explain/relevance/relevance-rule.ts';
import { LEARNT, MEAN_TRACE, unseenDips } from './planted-signal/planted-model.ts';
import { PLANTED_BLOCK } from './planted-signal/planted-traces.ts';

const { steps, channels } = PLANTED_BLOCK;
const DIPS = unseenDips(LEARNT, 30);
const ZEROS: Reference = { name: 'zeros', row: new Float64Array(steps * channels) };
const permission = permitLayerWiseRelevance('on');

const EPSILON: WeightedSumRule = { rule: 'epsilon', epsilon: 1e-6 };
const GAMMA: WeightedSumRule = { rule: 'gamma', gamma: 0.25 };
const Z_PLUS: WeightedSumRule = { rule: 'z-plus' };
const ALPHA_BETA: WeightedSumRule = { rule: 'alpha-beta', alpha: 2, beta: 1 };
const bound = (of: (...values: number[]) => number) =>
  ZEROS.row.map((_, at) => of(...DIPS.map(({ row }) => row[at]!)));
const [low, high] = [bound(Math.min), bound(Math.max)];
const RANGE: WeightedSumRule = { rule: 'z-box', low: Math.min(...low), high: Math.max(...high) };
const STEP_RANGE: WeightedSumRule = { rule: 'z-box', low, high };

interface Found {
  /** Mean share of |relevance| inside the dip. */
  mass: number;
  /** Share of traces whose largest step lies in the dip. */
  hits: number;
  /** Mean share of steps inside the dip. */
  chance: number;
}

function measure(rules: readonly WeightedSumRule[], reference: Reference): Found {
  const found: Found = { mass: 0, hits: 0, chance: 0 };
  for (const { row, band } of DIPS) {
    const readout = Float64Array.of(-1, 1);
    const { attribution } = layerWiseRelevance(
      { members: LEARNT, readout, row, reference, composite: { rules }, unit: 'logit' },
      permission,
    );
    const sizes = Array.from({ length: steps }, (_, t) =>
      attribution.values
        .subarray(t * channels, (t + 1) * channels)
        .reduce((sum, value) => sum + Math.abs(value), 0),
    );
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const inside = sizes.slice(...band).reduce((sum, size) => sum + size, 0);
    const top = sizes.indexOf(Math.max(...sizes));
    found.mass += inside / total / DIPS.length;
    found.hits += Number(top >= band[0] && top < band[1]) / DIPS.length;
    found.chance += (band[1] - band[0]) / steps / DIPS.length;
  }
  return found;
}

describe('layer-wise relevance of a planted dip, as docs/layer-wise-relevance.md prints it', () => {
  it.each([
    ['epsilon', [EPSILON, EPSILON, EPSILON], [0.28, 0.43], [0.47, 1]],
    ['gamma 0.25', [GAMMA, GAMMA, EPSILON], [0.35, 0.3], [0.59, 0.97]],
    ['z+', [Z_PLUS, Z_PLUS, EPSILON], [0.24, 0.6], [0.56, 0.97]],
    ['alpha 2 beta 1', [ALPHA_BETA, ALPHA_BETA, EPSILON], [0.31, 0.43], [0.51, 1]],
    ['box over all steps', [RANGE, GAMMA, EPSILON], [0.3, 0.67], [0.3, 0.67]],
    ['box step by step', [STEP_RANGE, GAMMA, EPSILON], [0.39, 0.97], [0.39, 0.97]],
  ] as const)('%s', (_name, rules, fromZeros, fromMean) => {
    for (const [reference, printed] of [
      [ZEROS, fromZeros],
      [MEAN_TRACE, fromMean],
    ] as const) {
      const { mass, hits, chance } = measure(rules, reference);
      expect(chance).toBeCloseTo(0.13, 2);
      // Printed to two decimals.
      expect(Math.abs(mass - printed[0])).toBeLessThan(0.011);
      expect(Math.abs(hits - printed[1])).toBeLessThan(0.02);
    }
  });
});

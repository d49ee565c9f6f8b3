import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MuscleInput } from '../contract/schemas/analysis.ts';
import { MusclePrediction } from '../contract/schemas/analysis.ts';
import { float64EnsembleForward } from '../networks/ensemble-forward.ts';
import { BundleError, GOLDEN_TOLERANCE, goldenGap, type ReadFile } from './bundle.ts';
import { explainMuscleParameters } from './explain-analysis.ts';
import { muscleInputRow, predictMuscleParameters, tierOf, verdictOf } from './muscle-parameters.ts';
import { loadMuscleParametersBundle, type MuscleParametersBundle } from './muscle-parameters-bundle.ts';
import { isSameAnswer } from './same-answer.ts';

const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const readOf = (modelId: string): ReadFile => {
  const current = JSON.parse(readFileSync('models/current.json', 'utf8')) as Record<string, string>;
  const folder = join('models', modelId, current[modelId] ?? '');
  return async (path) => new Uint8Array(readFileSync(join(folder, path)));
};
const nowMs = () => 0;

/** The person of a golden row, as the store would hand her out. */
function inputOf(bundle: MuscleParametersBundle, person: number): MuscleInput {
  const row = bundle.golden.inputs[person]!;
  const at = (column: number) => row[column] ?? null;
  return {
    analysis: 'muscle-parameters',
    sessionId: '00000000-0000-4000-8000-000000000001' as MuscleInput['sessionId'],
    sex: row[0] === 1 ? 'male' : 'female',
    ageYears: row[1]!,
    heightM: row[2]!,
    weightKg: row[3]!,
    side: 'right',
    pinchTrialsN: [0.95 * row[4]!, row[4]!, 0.98 * row[4]!],
    pinchPeakN: row[4]!,
    gripN: at(5),
    pinchFlexion20N: at(6),
    pinchExtension20N: at(7),
    directions: row.length > 8 ? row.slice(8) : null,
    typedUnits: ['kg'],
  };
}

let bundles: MuscleParametersBundle[];
beforeAll(async () => {
  bundles = await Promise.all(
    ([1, 2, 3] as const).map((tier) =>
      loadMuscleParametersBundle(readOf(`muscle-parameters-${tier}`), sha256, tier),
    ),
  );
});

describe('the shipped bundles of muscle-parameters', () => {
  it('answer their golden case', () => {
    for (const bundle of bundles) {
      expect(goldenGap(bundle.golden, float64EnsembleForward(bundle.members))).toBeLessThan(GOLDEN_TOLERANCE);
    }
  });

  it('are refused as another tier', async () => {
    await expect(loadMuscleParametersBundle(readOf('muscle-parameters-1'), sha256, 2)).rejects.toThrow(
      BundleError,
    );
  });

  it('give the numbers of the golden networks, in the unit that is shown', () => {
    for (const bundle of bundles) {
      const input = inputOf(bundle, 0);
      expect(tierOf(input)).toBe(bundle.tier);
      expect([...muscleInputRow(input, bundle.tier)]).toEqual(bundle.golden.inputs[0]);
      const answer = predictMuscleParameters(bundle, input, nowMs);
      expect(MusclePrediction.safeParse(answer).success).toBe(true);
      bundle.calibration.outputs.forEach((output, j) => {
        const members = bundle.golden.outputs.map((rows) => rows[0]![j]!);
        const mean = members.reduce((sum, value) => sum + value, 0) / members.length;
        const own = mean * output.sd + output.mean;
        const { middle } = answer.outputs[j]!;
        if (middle === null) return;
        const shown = output.unit === '%' ? own : Math.exp(own);
        expect(Math.abs(middle / shown - 1)).toBeLessThan(1e-6);
      });
    }
  });

  it('give numbers for the list of the bedside only, and an interval around each', () => {
    const shown = bundles.map((bundle) => {
      const { outputs } = predictMuscleParameters(bundle, inputOf(bundle, 1), nowMs);
      for (const { middle, interval, verdict } of outputs) {
        expect(middle === null, verdict).toBe(verdict !== 'identifiable');
        expect(interval === null).toBe(middle === null);
        if (Array.isArray(interval)) {
          expect(interval[0]).toBeLessThan(middle!);
          expect(interval[1]).toBeGreaterThan(middle!);
        }
      }
      return outputs.filter(({ middle }) => middle !== null).map(({ name }) => name);
    });
    expect(shown).toEqual(bundles.map(({ calibration }) => calibration.bedside));
    // Tier 1 has what a strength prior has: it can tell no muscle.
    expect(shown[0]).toEqual([]);
  });

  it('call an output that needs an assumption on sub-maximal force not identifiable', () => {
    const tier3 = bundles[2]!.calibration;
    const output = tier3.outputs.find(({ name }) => name === 'log-max-force-ECRB')!;
    expect(output.verdict).toBe('identifiable');
    expect(verdictOf(output, tier3.bedside)).toBe('not-identifiable');
  });
});

describe('refusals', () => {
  const refusalsOf = (change: Partial<MuscleInput>) => {
    const bundle = bundles[1]!;
    const answer = predictMuscleParameters(bundle, { ...inputOf(bundle, 2), ...change }, nowMs);
    if (answer.refusals.length > 0) expect(answer.outputs).toEqual([]);
    return answer.refusals;
  };

  it('name what is wrong', () => {
    const peak = inputOf(bundles[1]!, 2).pinchPeakN!;
    expect(refusalsOf({})).toEqual([]);
    expect(refusalsOf({ pinchTrialsN: [peak] })).toEqual(['too-few-trials']);
    expect(refusalsOf({ pinchTrialsN: [peak, peak / 2.2046] })).toEqual(['mixed-units']);
    expect(refusalsOf({ typedUnits: ['kg', 'lb'] })).toEqual(['mixed-units']);
    expect(refusalsOf({ pinchPeakN: 2 * peak })).toEqual(['mixed-units']);
    expect(refusalsOf({ ageYears: 12 })).toEqual(['out-of-range']);
    expect(refusalsOf({ gripN: Number.NaN })).toEqual(['missing-required-input']);
  });

  it('newtons taken for kilograms are out of range, in all forces or in one', () => {
    const { gripN, pinchFlexion20N, pinchExtension20N, pinchTrialsN, pinchPeakN } = inputOf(bundles[1]!, 2);
    const wrong = 9.80665;
    expect(refusalsOf({ gripN: gripN! * wrong })).toEqual(['out-of-range']);
    expect(
      refusalsOf({
        gripN: gripN! / wrong,
        pinchFlexion20N: pinchFlexion20N! / wrong,
        pinchExtension20N: pinchExtension20N! / wrong,
        pinchTrialsN: pinchTrialsN.map((value) => value / wrong),
        pinchPeakN: pinchPeakN! / wrong,
      }),
    ).toEqual(['out-of-range']);
  });

  it('a bundle of another tier is not asked', () => {
    expect(() => predictMuscleParameters(bundles[0]!, inputOf(bundles[1]!, 0), nowMs)).toThrow(RangeError);
    expect(tierOf({ ...inputOf(bundles[1]!, 0), gripN: null })).toBe(1);
    expect(tierOf({ ...inputOf(bundles[1]!, 0), pinchPeakN: null })).toBe(null);
  });
});

describe('the explanation of a muscle group', () => {
  it('adds up to the number that is shown, from what the same person would show on average', () => {
    const bundle = bundles[1]!;
    const input = inputOf(bundle, 0);
    const prediction = predictMuscleParameters(bundle, input, nowMs);
    const { numbers } = explainMuscleParameters(bundle, input, prediction, nowMs);
    expect(numbers.map(({ asked }) => asked)).toEqual(['percent-expected-thumb-flexor']);
    const [number] = numbers;
    const shown = prediction.outputs.find(({ name }) => name === number!.asked)!;
    expect(number!.output).toBeCloseTo(shown.middle!, 8);
    const sum = number!.contributions.reduce((total, { value }) => total + value, 0);
    expect(number!.referenceOutput + sum).toBeCloseTo(shown.middle!, 8);
    expect(number!.contributions.map(({ name }) => name).sort()).toEqual([
      'grip',
      'pinch-extension-20',
      'pinch-flexion-20',
      'pinch-neutral',
    ]);
    // The average simulated person of this sex, age and size is near what is expected of such a person.
    expect(Math.abs(number!.referenceOutput - 100)).toBeLessThan(10);
  });

  it('has nothing to explain in tier 1, and refuses another bundle', () => {
    const [one, two] = bundles;
    const input = inputOf(one!, 0);
    const prediction = predictMuscleParameters(one!, input, nowMs);
    expect(explainMuscleParameters(one!, input, prediction, nowMs).numbers).toEqual([]);
    expect(() => explainMuscleParameters(two!, input, prediction, nowMs)).toThrow(RangeError);
  });
});

describe('comparing two engines', () => {
  it('ignores the last bits and the clock, and nothing else', () => {
    const bundle = bundles[1]!;
    const own = predictMuscleParameters(bundle, inputOf(bundle, 0), nowMs);
    expect(isSameAnswer(own, { ...own, durationMs: 5, inRangeP: own.inRangeP! + 1e-9 })).toBe(true);
    expect(isSameAnswer(own, { ...own, tier: 3 })).toBe(false);
    expect(isSameAnswer(own, { ...own, refusals: ['out-of-range'] })).toBe(false);
    expect(isSameAnswer(own, { ...own, strength: null })).toBe(false);
    const changed = own.outputs.map((o) => (o.middle === null ? o : { ...o, middle: o.middle + 1 }));
    expect(isSameAnswer(own, { ...own, outputs: changed })).toBe(false);
    expect(isSameAnswer(Number.NaN, Number.NaN)).toBe(false);
  });
});

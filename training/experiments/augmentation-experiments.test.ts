import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { Figures } from '../evaluate/figures.ts';
import { AUGMENTATION, nearWords } from './augmentation.ts';
import { COVARIANCE_PENALTY } from './covariance-penalty.ts';
import { COVARIANCE_SHRINKAGE } from './covariance-shrinkage.ts';
import { COVARIANCE_SIZES, MISTAKE_NAMES } from './covariance-shrinkage-cells.ts';
import type { Experiment } from './experiment.ts';
import { IMBALANCE } from './imbalance.ts';
import { REGULARISATION } from './regularisation.ts';
import { STRENGTHS } from './regularisation-cells.ts';
import { TRACE_COMPONENTS_EXPERIMENT } from './trace-components.ts';
import { COMPONENT_COUNTS, TRACE_SIZES } from './trace-components-cells.ts';

/** Made-up results of one cell in which the remedy is better than its plain twin by `gain`, on every measure. */
type MadeUp = (id: string, gain: number) => unknown;

const noiseOf = (id: string, name: string): number =>
  0.002 * randomStream('made-up', `${id}/${name}`, 0).normal();
const score = (id: string, gain: number) => ({
  accuracy: 0.7 + gain + noiseOf(id, `accuracy ${gain}`),
  logLoss: 0.6 - gain + noiseOf(id, `loss ${gain}`),
});
const scores = (id: string, gain: number) => ({ same: score(id, gain), surrogate: score(id, gain) });

const augmentationCell: MadeUp = (id, gain) => {
  const maker = {
    added: scores(id, gain),
    alone: scores(id, gain),
    area: 0.7,
    nearShare: 0.3,
    medianRatio: 0.8,
  };
  return {
    real: scores(id, 0),
    makers: { copies: maker, migration: maker, gaussian: maker, gan: maker },
    realArea: 0.5,
    gan: { bestStep: 100, stoppingArea: 0.7, generatorWeights: 10, discriminatorWeights: 10 },
  };
};
const imbalanceCell: MadeUp = (id, gain) => {
  const recalls = (name: string, of: number) => {
    const values = [0.9, 0.4, 0.4].map((value, label) => value + of + noiseOf(id, `${name}${label}`));
    return { same: values, surrogate: values };
  };
  return {
    none: recalls('none', 0),
    prior: recalls('prior', gain),
    weighting: recalls('weighting', gain),
    copies: recalls('copies', gain),
    migration: recalls('migration', gain),
    gan: recalls('gan', gain),
  };
};
const covarianceCell: MadeUp = (id, gain) => {
  const estimate = (of: number) => ({
    logLikelihood: -12 + of + noiseOf(id, `likelihood ${of}`),
    refusedByTheory: 0.1 + noiseOf(id, `theory ${of}`),
    refusedByCalibration: 0.05 + noiseOf(id, `calibration ${of}`),
    caught: MISTAKE_NAMES.map((name) => 0.5 + of + noiseOf(id, `${name} ${of}`)),
    shrinkage: 0.2,
  });
  return { sizes: COVARIANCE_SIZES.map(() => ({ sample: estimate(0), shrunk: estimate(gain) })) };
};
const penaltyCell: MadeUp = (id, gain) => ({
  none: { strength: 0, ...scores(id, 0) },
  ridge: { strength: 0.01, ...scores(id, 0) },
  covariance: { strength: 0.01, ...scores(id, gain) },
});
const regularisationCell: MadeUp = (id, gain) => {
  // Validation people choose the fourth strength; there the held-out error differs from none by the gain.
  const curve = (chosen: number, name: string) =>
    STRENGTHS.map((_, i) => 0.6 - (i === 3 ? chosen : 0) + noiseOf(id, `${name}${i}`));
  const kind = {
    train: curve(0, 'train'),
    validation: curve(0.3, 'validation'),
    heldOut: curve(gain, 'test'),
    kept: curve(0, 'kept'),
  };
  const sizes = id.startsWith('large') ? ['40000'] : ['20', '100', '1000'];
  return Object.fromEntries(sizes.map((size) => [size, { groups: kind, muscles: kind }]));
};
const traceCell: MadeUp = (id, gain) => {
  const arm = (of: number) => ({ ...score(id, of), heldOutShare: 0.9, trainShare: 0.95 });
  return {
    sizes: TRACE_SIZES.map(() => ({ raw: arm(0), components: COMPONENT_COUNTS.map(() => arm(gain)) })),
  };
};

const CASES: readonly (readonly [Experiment, MadeUp, string])[] = [
  [AUGMENTATION, augmentationCell, 'augmentation by'],
  [IMBALANCE, imbalanceCell, 'mean recall gained'],
  [COVARIANCE_SHRINKAGE, covarianceCell, 'log likelihood'],
  [COVARIANCE_PENALTY, penaltyCell, 'log loss'],
  [REGULARISATION, regularisationCell, 'against no penalty'],
  [TRACE_COMPONENTS_EXPERIMENT, traceCell, 'log loss'],
];

describe('memorisation', () => {
  it('is read in three ways: an interval around 5 % tells neither (broken twin: not shown is not there)', () => {
    expect(nearWords({ low: 0.06, high: 0.2 })).toMatch(/^They are nearer/);
    expect(nearWords({ low: 0.01, high: 0.04 })).toMatch(/^They are not nearer/);
    expect(nearWords({ low: 0.04, high: 0.3 })).toMatch(/cannot be told/);
  });
});

describe.each(CASES)('$name', (experiment, madeUp, comparison) => {
  const ids = experiment.cells().map((cell) => cell.id);
  it('calls nobody real, since everybody in it is simulated (broken twin: a caption that does)', () => {
    const callsReal = (text: string) => /\breal\b/i.test(text);
    const figures = experiment.summarise(new Map(ids.map((id) => [id, madeUp(id, 0.1)])));
    const words = JSON.stringify([experiment.title, experiment.about, figures]);
    expect(callsReal(words)).toBe(false);
    expect(callsReal(words.replace('people', 'real people'))).toBe(true);
  });
  const summary = (gain: number) => experiment.summarise(new Map(ids.map((id) => [id, madeUp(id, gain)])));
  const sentences = (gain: number) =>
    summary(gain)
      .findings.filter((finding) => finding.name.includes(comparison))
      // The planted gain is against doing nothing; two remedies with the same gain may differ by chance.
      .map((finding) => finding.sentence.split('Against class weights')[0] ?? '');

  it('has cells whose names are unique and fit a file', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[a-z0-9.-]+$/.test(id))).toBe(true);
  });
  it('calls a planted gain a help and its reverse, the broken twin, a harm', () => {
    expect(sentences(0.1).length).toBeGreaterThan(0);
    expect(
      sentences(0.1).every((sentence) => sentence.includes('helped') && !sentence.includes('harm')),
    ).toBe(true);
    expect(sentences(-0.1).every((sentence) => sentence.includes('did harm'))).toBe(true);
  });
  it('gives figures of the report, every finding inside its interval', () => {
    const figures = Figures.parse(summary(0.1));
    for (const { value, low, high, n } of figures.findings) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
      expect(n).toBeGreaterThanOrEqual(8);
    }
    for (const { columns, rows } of figures.tables) {
      for (const row of rows) expect(row).toHaveLength(columns.length);
    }
  });
  it('refuses a missing or misshapen result by the name of its cell', () => {
    const results = new Map(ids.map((id) => [id, madeUp(id, 0.1)]));
    results.set(ids[0]!, { some: 'thing' });
    expect(() => experiment.summarise(results)).toThrow(`cell ${ids[0]} is missing or of another form`);
    results.delete(ids[0]!);
    expect(() => experiment.summarise(results)).toThrow(ids[0]!);
  });
});

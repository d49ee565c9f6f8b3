import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../core/learning/backend.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { GAN_OPTIONS, trainConditionalGan } from './conditional-gan.ts';
import type { LabelledRows } from './labelled-rows.ts';

/** Two classes two standard deviations apart in the first of two features. */
function people(count: number, name: string): LabelledRows {
  const rows = Array.from({ length: count }, (_, i) => {
    const stream = randomStream('gan-test', name, i);
    return Float64Array.of(0.7 * stream.normal() + (i % 2 === 0 ? -1 : 1), 0.7 * stream.normal());
  });
  return { rows, labels: rows.map((_, i) => i % 2) };
}
const train = people(60, 'train');
const heldOut = people(60, 'held out');
const quick = {
  ...GAN_OPTIONS,
  latentCount: 2,
  hiddenUnits: [16],
  batchSize: 24,
  maxSteps: 120,
  checkEverySteps: 20,
  learningRate: 1e-2,
};
const trained = (maxSteps: number) =>
  trainConditionalGan(train, heldOut, 2, 'gan-test', { ...quick, maxSteps });
const drawn = (gan: ReturnType<typeof trained>) =>
  gan.sample([100, 100], randomStream('gan-test', 'sample', 0));

beforeAll(async () => {
  await startBackend(null);
});

describe('conditional adversarial network', () => {
  it('makes people of the class that is asked for, the same ones from the same seed', () => {
    const gan = trained(120);
    const made = drawn(gan);
    const meanOf = (label: number) =>
      made.rows.reduce((sum, row, i) => sum + (made.labels[i] === label ? row[0]! / 100 : 0), 0);
    // True means are -1 and 1: half of the difference shows that the condition is heard.
    expect(meanOf(1) - meanOf(0)).toBeGreaterThan(1);
    const bestDistance = Math.min(...gan.areas.map(({ area }) => Math.abs(area - 0.5)));
    const best = gan.areas.find(({ step }) => step === gan.bestStep)!;
    expect(Math.abs(best.area - 0.5)).toBe(bestDistance);
    gan.dispose();
    const [first, second] = [trained(20), trained(20)];
    expect(drawn(second)).toEqual(drawn(first));
    expect(second.areas).toEqual(first.areas);
  });
  it('stays within 20,000 weights a side and refuses more', () => {
    expect(() => trainConditionalGan(train, heldOut, 2, 's', { ...quick, hiddenUnits: [150, 150] })).toThrow(
      /20000 weights/,
    );
  });
  it('refuses a class without people and NaN', () => {
    expect(() => trainConditionalGan(train, heldOut, 3, 's', quick)).toThrow(/class 2 has nobody/);
    const broken = { ...train, rows: [Float64Array.of(Number.NaN, 0), ...train.rows.slice(1)] };
    expect(() => trainConditionalGan(broken, heldOut, 2, 's', quick)).toThrow(RangeError);
  });
});

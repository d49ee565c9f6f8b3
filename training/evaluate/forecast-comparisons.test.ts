import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { coverageRange } from '../../core/uncertainty/coverage-range.ts';
import { type IntervalRow, intervalComparison } from './interval-comparison.ts';
import { agreementTable } from './muscle-parameters-agreement.ts';
import type { MuscleParametersBundle } from './muscle-parameters-bundle.ts';
import type { AnsweredPerson } from './muscle-parameters-coverage.ts';
import { type SetRow, setComparison } from './set-comparison.ts';
import { shareDifference } from './share-difference.ts';
import { unusualInputs } from './unusual-inputs.ts';
import { agreementFinding } from './value-agreement.ts';

const PEOPLE = 4_000;
const ALPHA = 0.1;
/** Half width that holds nine of ten standard normal errors. */
const NINE_OF_TEN = 1.6449;

/** Forecasts whose error grows with a difficulty that the shipped interval and the spread know. */
function forecasts(shippedHalf: (sd: number) => number): IntervalRow[] {
  return Array.from({ length: PEOPLE }, (_, i): IntervalRow => {
    const stream = randomStream('interval-comparison', 'person', i);
    const sd = stream.uniform() < 0.5 ? 1 : 4;
    const prediction = 20 * stream.uniform();
    return {
      prediction,
      truth: prediction + sd * stream.normal(),
      shipped: [prediction - shippedHalf(sd), prediction + shippedHalf(sd)],
      group: sd === 1 ? 'easy' : 'hard',
      spread: sd,
      band: [prediction - sd, prediction + sd],
    };
  });
}

const rowOf = (table: { rows: (string | number)[][] }, name: string) =>
  table.rows.find(([first]) => String(first).startsWith(name))!;
const shareOf = (row: (string | number)[]) => Number.parseFloat(String(row[1]));

describe('intervals beside other rules', () => {
  const table = intervalComparison(
    'title',
    'N',
    forecasts((sd) => NINE_OF_TEN * sd),
    ALPHA,
  );

  it('all keep the promise on people who calibrated nothing, and adapting ones score better', () => {
    expect(table.rows).toHaveLength(5);
    // Two standard errors of calibration and of test with 2,000 people each: 1.9 %.
    for (const row of table.rows) expect(Math.abs(shareOf(row) - 90)).toBeLessThan(1.9);
    const winkler = (name: string) => Number(rowOf(table, name)[3]);
    expect(winkler('as shipped')).toBeLessThan(0.9 * winkler('one width for all'));
    expect(winkler('one width a group')).toBeLessThan(0.9 * winkler('one width for all'));
    expect(winkler('width by the spread')).toBeLessThan(winkler('one width for all'));
    expect(winkler('quantiles')).toBeLessThan(winkler('one width for all'));
    expect(rowOf(table, 'as shipped')[5]).toBe(PEOPLE / 2);
    // Beta(1801, 200): mean 0.9, standard deviation 0.0067.
    expect(table.caption).toContain('true coverage of 88.7 to 91.3 %');
  });

  it('show a shipped interval that is too narrow where it is narrow (broken twin)', () => {
    const broken = intervalComparison(
      'title',
      'N',
      forecasts((sd) => (sd === 1 ? 0.8 : 8)),
      ALPHA,
    );
    expect(Number(rowOf(broken, 'as shipped')[4])).toBeLessThan(70);
    expect(Number(rowOf(table, 'as shipped')[4])).toBeGreaterThan(86);
  });

  it('leave out rules that the model has nothing for, and say unbounded where too few calibrate', () => {
    const plain = forecasts(() => 1)
      .slice(0, 12)
      .map(({ spread: _, band: __, ...row }): IntervalRow => ({ ...row, shipped: 'unbounded' }));
    const few = intervalComparison('title', 'N', plain, ALPHA);
    expect(few.rows.map(([name]) => name)).toEqual(['as shipped', 'one width for all', 'one width a group']);
    expect(rowOf(few, 'one width for all').slice(2, 4)).toEqual(['unbounded', 'unbounded']);
    expect(few.caption).toContain('6 calibration cases are too few for this promise; it needs 9.');
    expect(() => intervalComparison('title', 'N', plain.slice(0, 1), ALPHA)).toThrow(RangeError);
  });
});

describe('sets beside other rules', () => {
  /** The rare class is harder: one threshold for all lets it down. */
  const rows = Array.from({ length: PEOPLE }, (_, i): SetRow => {
    const stream = randomStream('set-comparison', 'person', i);
    const label = stream.uniform() < 0.15 ? 1 : 0;
    const own = label === 0 ? 0.6 + 0.4 * stream.uniform() : 0.2 + 0.6 * stream.uniform();
    const probabilities = label === 0 ? [own, 1 - own] : [1 - own, own];
    return { probabilities, label, shipped: [0, 1] };
  });
  const table = setComparison('title', rows, ALPHA, [400, 5]);

  it('keep the promise in the class covered least only with a threshold of its own', () => {
    const least = (name: string) => Number.parseFloat(String(rowOf(table, name)[2]));
    // Three standard errors of calibration and test with 300 people of the rare class each: 7 %.
    expect(least('LAC, a threshold a class')).toBeGreaterThan(83);
    expect(least('LAC, one threshold')).toBeLessThan(75);
    expect(shareOf(rowOf(table, 'LAC, one threshold'))).toBeGreaterThan(87);
  });

  it('measure the shipped sets as they are: full ones hold everybody and tell nothing', () => {
    const [, all, least, ofSize, ...rest] = rowOf(table, 'as shipped');
    expect(all).toBe(100);
    expect(rest).toEqual([2, 0, 0, PEOPLE / 2]);
    expect(ofSize).toBe(`100 (99.8 to 100), sets of 2, n ${PEOPLE / 2}`);
    expect(least).toMatch(/^100 \((kept promise: \d|too few to promise)/);
    const few = setComparison('title', rows, ALPHA, [5, 5]);
    expect(rowOf(few, 'as shipped')[2]).toBe('100 (too few to promise)');
    expect(() => setComparison('title', rows.slice(0, 1), ALPHA, [5, 5])).toThrow(RangeError);
  });

  it('show the luck of calibration and test beside the promise, where a rule makes it', () => {
    const band = (cell: unknown) => /\(kept promise: ([\d.]+) to ([\d.]+)\)$/.exec(String(cell));
    const half = PEOPLE / 2;
    const { low, high } = coverageRange({
      testCount: half,
      calibrationCount: half,
      alpha: ALPHA,
      simultaneousLevel: 0.95,
      statementCount: 1,
    });
    const single = rowOf(table, 'LAC, one threshold');
    const [, from, to] = band(single[1])!;
    expect(Number(from)).toBeCloseTo((100 * low) / half, 1);
    expect(Number(to)).toBeCloseTo((100 * high) / half, 1);
    // Wider than the binomial, whose 95 % at 2,000 people are 90 +- 1.3.
    expect(Number(to) - Number(from)).toBeGreaterThan(2 * 1.3);
    expect(shareOf(single)).toBeGreaterThanOrEqual(Number(from));
    expect(shareOf(single)).toBeLessThanOrEqual(Number(to));
    expect(band(single[2])).toBeNull();
    const byClass = rowOf(table, 'LAC, a threshold a class');
    expect(band(byClass[1])).toBeNull();
    const [, least, most] = band(byClass[2])!;
    expect(Number.parseFloat(String(byClass[2]))).toBeGreaterThanOrEqual(Number(least));
    expect(Number.parseFloat(String(byClass[2]))).toBeLessThanOrEqual(Number(most));
    // Without a threshold of its own the rare class falls out of the band of the rule that has one.
    expect(Number(single[2])).toBeLessThan(Number(least));
  });

  it('leave empty sets out of the size covered least', () => {
    const shipped = rows.map((row, i) => ({ ...row, shipped: i % 5 === 0 ? [] : [0, 1] }));
    const row = rowOf(setComparison('title', shipped, ALPHA, [5, 5]), 'as shipped');
    expect(row[3]).toBe(`100 (99.8 to 100), sets of 2, n ${(0.8 * PEOPLE) / 2}`);
    expect(row[6]).toBe(20);
  });
});

describe('agreement of forecast and truth', () => {
  const truth = Array.from(
    { length: 500 },
    (_, i) => 40 + 10 * randomStream('agreement', 'truth', i).normal(),
  );
  const noise = truth.map((_, i) => randomStream('agreement', 'noise', i).normal());

  it('is high for small errors and falls with a constant shift, which a correlation would not see', () => {
    const near = agreementFinding(
      'x',
      'N',
      truth.map((value, i) => value + noise[i]!),
      truth,
    )[0]!;
    const shifted = agreementFinding(
      'x',
      'N',
      truth.map((value, i) => value + noise[i]! + 10),
      truth,
    )[0]!;
    expect(near.value).toBeGreaterThan(0.98);
    // 2 s^2 / (2 s^2 + shift^2) with s = shift = 10: two thirds.
    expect(shifted.value).toBeGreaterThan(0.6);
    expect(shifted.value).toBeLessThan(0.73);
    expect(shifted.low).toBeLessThan(shifted.value);
    expect(shifted.high).toBeGreaterThan(shifted.value);
    expect(shifted).toMatchObject({ n: 500 });
    expect(shifted.sentence).toMatch(/mean (9\.9|10\.0)/);
  });

  it('says that shrunken forecasts vary less, and nothing where nothing varies', () => {
    const shrunk = agreementFinding(
      'x',
      'N',
      truth.map((value) => 40 + 0.5 * (value - 40)),
      truth,
    )[0]!;
    expect(shrunk.sentence).toContain('vary less than the truth');
    const stretched = agreementFinding(
      'x',
      'N',
      truth.map((value, i) => 2 * value + noise[i]!),
      truth,
    )[0]!;
    expect(stretched.sentence).not.toContain('vary less than the truth');
    expect(agreementFinding('x', 'N', [1, 1, 1], [1, 1, 1])).toEqual([]);
  });
});

describe('difference of shares', () => {
  it('is told with its sign, or not told', () => {
    const of = (successes: number, count = 100) => ({ successes, count });
    const [more, fewer, same] = [of(90), of(50), of(72)].map(
      (first) => shareDifference('name', 'Refused', first, of(70))[0]!,
    );
    expect(more?.value).toBeCloseTo(0.2, 12);
    expect([more, fewer, same].map((finding) => finding?.sentence.split('. ')[1]?.split(';')[0])).toEqual([
      'More',
      'Fewer',
      'No difference shown',
    ]);
    expect(more?.n).toBe(200);
    expect(shareDifference('name', 'Refused', of(0, 0), of(1))).toEqual([]);
  });
});

describe('unusual inputs', () => {
  /** Two inputs that go together in usual people; `flip` parts them though each alone is usual. */
  const inputs = (name: string, count: number, flip: 1 | -1) =>
    Array.from({ length: count }, (_, i) => {
      const stream = randomStream('unusual-inputs', name, i);
      const first = stream.normal();
      return [first, flip * first + 0.2 * stream.normal()];
    });
  const usual = inputs('usual', 1_000, 1);

  it('are as rare as promised among usual people and common among people whose inputs do not fit together', () => {
    const same = unusualInputs('usual people', usual, inputs('new', 1_000, 1))[0]!;
    // Three standard errors of 1,000 people asked and 500 that make the p values: 3.6 %.
    expect(Math.abs(same.value - 0.05)).toBeLessThan(0.036);
    const strange = unusualInputs('others', usual, inputs('others', 1_000, -1))[0]!;
    expect(strange.value).toBeGreaterThan(0.6);
    expect(strange.low < strange.value && strange.value < strange.high).toBe(true);
    expect(unusualInputs('nobody', usual, [])).toEqual([]);
    expect(() => unusualInputs('others', usual.slice(0, 5), usual)).toThrow(RangeError);
  });
});

describe('agreement of muscle parameters', () => {
  const bundle = {
    calibration: {
      tier: 1,
      outputs: [
        { name: 'known', interval: { alpha: ALPHA } },
        { name: 'unknown', interval: { alpha: ALPHA } },
      ],
    },
  } as unknown as MuscleParametersBundle;
  const answered = Array.from({ length: 800 }, (_, i) => {
    const stream = randomStream('muscle-agreement', 'person', i);
    const targets = [stream.normal(), stream.normal()];
    const mean = [targets[0]! + 0.1 * stream.normal(), 0.01 * stream.normal()];
    const intervals = [0.1, 1].map((sd, j) => [mean[j]! - NINE_OF_TEN * sd, mean[j]! + NINE_OF_TEN * sd]);
    return { person: { targets }, answer: { mean, intervals } } as unknown as AnsweredPerson;
  });

  it('tells an output that is known from one that is guessed, width beside it', () => {
    const { rows } = agreementTable(bundle, answered);
    const concordance = rows.map((row) => Number.parseFloat(String(row[1])));
    expect(concordance[0]).toBeGreaterThan(0.98);
    expect(Math.abs(concordance[1]!)).toBeLessThan(0.05);
    expect(Number(rows[0]![3])).toBeCloseTo(2 * NINE_OF_TEN * 0.1, 3);
    expect(rows.map((row) => row.at(-1))).toEqual([400, 400]);
    // Every error alike: one width for all scores as well, to the chance of 400 calibration people.
    expect(Number(rows[1]![5]) / Number(rows[1]![4])).toBeCloseTo(1, 1);
    expect(() => agreementTable(bundle, answered.slice(0, 3))).toThrow(RangeError);
  });
});

import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
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
  const table = setComparison('title', rows, ALPHA);

  it('keep the promise in the class covered least only with a threshold of its own', () => {
    const least = (name: string) => Number(rowOf(table, name)[2]);
    // Three standard errors of calibration and test with 300 people of the rare class each: 7 %.
    expect(least('LAC, a threshold a class')).toBeGreaterThan(83);
    expect(least('LAC, one threshold')).toBeLessThan(75);
    expect(shareOf(rowOf(table, 'LAC, one threshold'))).toBeGreaterThan(87);
  });

  it('measure the shipped sets as they are: full ones hold everybody and tell nothing', () => {
    expect(rowOf(table, 'as shipped').slice(1)).toEqual(['100 (99.8 to 100)', 100, 100, 2, 0, 0, PEOPLE / 2]);
    expect(() => setComparison('title', rows.slice(0, 1), ALPHA)).toThrow(RangeError);
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

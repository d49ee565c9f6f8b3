import { describe, expect, it } from 'vitest';
import type { PersonEffect } from '../../../core/explain/physiology-agreement.ts';
import { type Expectation, readExpectations } from '../../../core/explain/physiology-expectations.ts';
import { readoutOf } from '../../../core/inference/explained-prediction.ts';
import { buildNetwork } from '../../../core/networks/network.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import current from '../../../models/current.json' with { type: 'json' };
import file from '../../../resources/physiology/expectations.json' with { type: 'json' };
import { EVALUATORS } from '../evaluators.ts';
import { Figures } from '../figures.ts';
import { type EffectsOfPeople, findExpectation } from './found-expectation.ts';
import { figuresOfFound, physiologyFigures } from './physiology-figures.ts';
import { contrastOf, effectsOf, PHYSIOLOGY_PEOPLE } from './physiology-people.ts';

const FOLDER = new URL(`../../../models/next-visit/${current['next-visit']}/`, import.meta.url).pathname;

const shared = {
  modelId: 'a-model',
  output: 'an output',
  scope: 'both',
  why: 'One sentence that says why it should be so.',
  citation: 'Somebody 2020, a journal',
  read: 'abstract',
  status: 'established',
} as const;
const RISES: Expectation = { ...shared, id: 'a-rises', kind: 'sign', input: 'a', expected: 1 };
const FALLS: Expectation = { ...shared, id: 'b-falls', kind: 'sign', input: 'b', expected: -1 };
const RANKED: Expectation = { ...shared, id: 'a-before-b', kind: 'ranking', more: 'a', less: 'b' };
const LIST = [RISES, FALLS, RANKED];

/** Explanations of a linear model: slopes by input, people drawn around their reference. */
function peopleOf(slopes: Readonly<Record<string, number>>): EffectsOfPeople {
  const stream = randomStream('physiology-figures-test', 'people', 0);
  return Array.from(
    { length: 30 },
    () =>
      new Map<string, PersonEffect>(
        Object.entries(slopes).map(([name, slope]) => {
          const deviation = stream.normal();
          return [name, { deviation, contribution: slope * deviation }];
        }),
      ),
  );
}

const figuresOf = (slopes: Readonly<Record<string, number>>, list = LIST) =>
  Figures.parse(figuresOfFound(list.map((each) => findExpectation(each, peopleOf(slopes)))));
const findingOf = ({ findings }: Figures, name: string) =>
  findings.find((finding) => finding.name.includes(name));

describe('figures of agreement with physiology', () => {
  it('count a model that follows the list as three of three, with nothing against it', () => {
    const figures = figuresOf({ a: 2, b: -0.1 });
    expect(findingOf(figures, 'follow over people')).toMatchObject({ value: 1, n: 3 });
    expect(findingOf(figures, 'single contributions')!.value).toBeGreaterThan(0.9);
    expect(findingOf(figures, 'against')).toBeUndefined();
    expect(figures.tables[0]!.rows).toHaveLength(3);
  });

  it('name what a model with one slope turned round violates, and nothing else (broken twin)', () => {
    const figures = figuresOf({ a: -2, b: -0.1 });
    expect(findingOf(figures, 'follow over people')).toMatchObject({ n: 3 });
    expect(findingOf(figures, 'follow over people')!.value).toBeCloseTo(2 / 3, 12);
    expect(findingOf(figures, 'follow over people')!.sentence).toContain('most people: 1 (a-rises).');
    const against = figures.findings.filter(({ name }) => name.includes('against'));
    expect(against.map(({ name }) => name)).toEqual(['physiology, against the expectation: a-rises']);
    expect(against[0]).toMatchObject({ value: 0, literature: RISES.citation });
  });

  it('keep what is built into the simulator apart', () => {
    const builtIn: Expectation = { ...RISES, status: 'assumed-by-the-simulator' };
    const figures = figuresOf({ a: 2, b: 0.1 }, [builtIn, FALLS]);
    expect(findingOf(figures, 'all: share of expected signs')).toMatchObject({ value: 0.5, n: 2 });
    expect(findingOf(figures, 'not built into the simulator: share of expected')).toMatchObject({
      value: 0,
      n: 1,
    });
  });

  it('count over people only what is expected over people', () => {
    const figures = figuresOf({ a: 2, b: 3 }, [RISES, { ...FALLS, scope: 'global' }]);
    expect(findingOf(figures, 'single contributions')).toMatchObject({ value: 1 });
    expect(findingOf(figures, 'follow over people')).toMatchObject({ value: 0.5 });
  });

  it('say where the model does not use an input, without counting it', () => {
    const figures = figuresOf({ a: 0, b: -1 }, [RISES, FALLS]);
    expect(findingOf(figures, 'follow over people')).toMatchObject({ value: 1, n: 1 });
    expect(findingOf(figures, 'follow over people')!.sentence).toContain('a-rises');
    expect(figures.tables[0]!.rows[0]).toContain('not used by the model');
  });

  it('say how often dealing the signs anew does as well, not a coin alone', () => {
    const sentence = findingOf(figuresOf({ a: 2, b: -0.1 }, [RISES, FALLS]), 'follow over people')!.sentence;
    expect(sentence).toContain('as many or more with p 0.50 (exact)');
    expect(sentence).toContain('None goes against');
    // All expected signs alike: a coin is beaten by any model whose slopes are all positive (broken twin).
    const alike = ['a', 'b', 'c', 'd', 'e'].map((input): Expectation => ({ ...RISES, id: input, input }));
    const all = findingOf(figuresOf({ a: 1, b: 1, c: 1, d: 1, e: 1 }, alike), 'follow over people')!;
    expect(all.sentence).toContain('as many or more with p 1.0 (exact)');
    expect(all.sentence).toContain('A coin agrees in 50 %, as many or more with p 0.031');
  });

  it('speak of inputs and outputs in the words of the app, and open the page without single violations', () => {
    const listed = readExpectations(file).find(({ id }) => id === 'radial-strength-for-fusion')!;
    const figures = figuresOf({ 'wrist-radial-percent-expected': 1 }, [listed]);
    expect(figures.tables[0]!.rows[0]!.slice(0, 2)).toEqual([
      'nonimpaired rather than four-corner fusion',
      'lower with higher radial deviation strength',
    ]);
    const opening = figures.findings.filter(({ name }) => EVALUATORS['wrist-state']!.headlines.test(name));
    expect(opening.map(({ name }) => name)).toEqual([
      'physiology, all: share of expected signs and rankings that the explanations follow over people',
    ]);
    for (const { headlines } of Object.values(EVALUATORS))
      expect(headlines.test(opening[0]!.name)).toBe(true);
  });

  it('count the same people one by one as all together', () => {
    for (const expectation of LIST) {
      const { found, agrees } = findExpectation(expectation, peopleOf({ a: 1, b: -1 }));
      const said = agrees.filter((each) => each !== null);
      expect([said.filter(Boolean).length, said.length]).toEqual([
        found.local.agreeing,
        found.local.compared,
      ]);
    }
  });

  it('refuse an input that nobody has, an output or a model that is not there', async () => {
    expect(() => findExpectation({ ...RISES, input: 'c' }, peopleOf({ a: 1 }))).toThrow('nobody has c');
    await expect(physiologyFigures('another-model', FOLDER)).rejects.toThrow('another-model');
    const questionsOf = await PHYSIOLOGY_PEOPLE['next-visit']!(FOLDER, 2);
    expect(() => questionsOf('the weather')).toThrow(RangeError);
    for (const output of ['nonimpaired', 'nonimpaired rather than other', 'a rather than b rather than c'])
      expect(() => contrastOf(output)).toThrow('names no two classes');
    expect(contrastOf('nonimpaired rather than proximal-row-carpectomy')).toEqual([0, 2]);
  });

  it('answer every expectation of a shipped model', async () => {
    const asked = readExpectations(file).filter(({ modelId }) => modelId === 'next-visit');
    const figures = Figures.parse(await physiologyFigures('next-visit', FOLDER, 20));
    expect(figures.tables[0]!.rows).toHaveLength(asked.length);
    expect(new Set(Object.keys(current))).toEqual(new Set(Object.keys(PHYSIOLOGY_PEOPLE)));
  });
});

/** y = sum of slope x input over 14 inputs: more than exact Shapley values take. */
const WIDE = 14;
const slopes = Float64Array.from({ length: WIDE }, (_, i) => i - 6);

describe('effects of one person', () => {
  it('are differences from the reference, summed over the columns of an input, above and below 12 inputs', () => {
    const network = buildNetwork(
      [{ name: 'row', shape: [WIDE] }],
      [
        {
          kind: 'dense',
          name: 'head',
          activation: 'linear',
          sources: [0],
          outputShape: [1],
          inputCount: WIDE,
          outputCount: 1,
          kernel: slopes,
          bias: Float64Array.of(1),
        },
      ],
    );
    const row = Float64Array.from({ length: WIDE }, (_, i) => (i % 3) - 0.5);
    const reference = { name: 'a test reference', row: new Float64Array(WIDE).fill(0.25) };
    const single = Array.from({ length: WIDE }, (_, i) => ({ name: `x${i}`, columns: [i] }));
    const paired = [
      { name: 'pair', columns: [0, 1] },
      { name: 'x5', columns: [5] },
    ];
    for (const groups of [single, paired]) {
      const effects = effectsOf({
        members: [network],
        readout: readoutOf(1, 0),
        unit: 'N',
        row,
        reference,
        groups,
      });
      for (const { name, columns } of groups) {
        const gap = (of: (column: number) => number) => columns.reduce((sum, column) => sum + of(column), 0);
        const { deviation, contribution } = effects.get(name)!;
        expect(deviation).toBeCloseTo(
          gap((column) => row[column]! - 0.25),
          12,
        );
        expect(contribution).toBeCloseTo(
          gap((column) => slopes[column]! * (row[column]! - 0.25)),
          12,
        );
      }
    }
  });
});

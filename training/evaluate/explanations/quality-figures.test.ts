import { describe, expect, it } from 'vitest';
import { attributionOf } from '../../../core/explain/attribution.ts';
import { ensembleOutput } from '../../../core/explain/explained-output.ts';
import { EXPLAINERS, type Explainer, type ExplainerQuestion } from '../../../core/explain/explainers.ts';
import type { ExplainedPrediction } from '../../../core/inference/explained-prediction.ts';
import { denseNetwork } from '../../../core/networks/dense-network.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { deletionTest } from './deletion-test.ts';
import { explainedPerson, personQuality } from './explanation-quality.ts';
import { meanOfFew } from './mean-of-few.ts';
import { leftOverText, type MethodQuality, qualityFigures } from './quality-figures.ts';

const INPUTS = 8;
const PEOPLE = 12;

const normals = (name: string, length: number, subject = 0) => {
  const stream = randomStream('quality', name, subject);
  return Float64Array.from({ length }, () => stream.normal());
};

const members = [0, 1].map((seed) =>
  denseNetwork([
    {
      name: 'hidden',
      activation: 'tanh',
      inputCount: INPUTS,
      outputCount: 10,
      kernel: normals('kernel', INPUTS * 10, seed).map((weight) => 0.3 * weight),
      bias: new Float64Array(10),
    },
    {
      name: 'head',
      activation: 'linear',
      inputCount: 10,
      outputCount: 2,
      kernel: normals('head', 20, seed),
      bias: new Float64Array(2),
    },
  ]),
);

function prediction(subject: number): ExplainedPrediction {
  const row = normals('row', INPUTS, subject);
  return {
    modelId: 'test',
    asked: 'first rather than second',
    members,
    readout: Float64Array.of(1, -1),
    unit: 'logit',
    row,
    reference: { name: 'the average', row: new Float64Array(INPUTS) },
    groups: Array.from({ length: INPUTS }, (_, i) => ({ name: `input ${i}`, columns: [i] })),
    bands: null,
    limits: null,
    repeated: (draw) => row.map((value, i) => value + 0.02 * normals(`again-${draw}`, INPUTS, subject)[i]!),
  };
}

const people = Array.from({ length: PEOPLE }, (_, subject) => {
  const made = prediction(subject);
  return explainedPerson(made, made.groups, subject);
});
const measured = (explainer: Explainer): MethodQuality => ({
  explainer,
  people: people.map((person) => personQuality(explainer, person)),
});
const exact = EXPLAINERS.find(({ method }) => method === 'exact-shapley')!;

/** Explainers with a defect: values from something else than the explained networks. */
const twin = (valuesOf: (question: ExplainerQuestion) => Float64Array): Explainer => ({
  ...exact,
  // biome-ignore lint/correctness/useYield: nothing to wait for
  *run(question) {
    const { members: own, readout, unit, row, reference } = question;
    return attributionOf(ensembleOutput(own, readout, unit), row, reference, {
      method: 'exact-shapley',
      parameters: {},
      values: valuesOf(question),
      shape: [INPUTS],
    });
  },
});
const noise = twin(() => normals('blind', INPUTS));
const alwaysTheSame = twin(() => Float64Array.from({ length: INPUTS }, (_, i) => (i === 3 ? 1 : 0.1)));
const inputAlone = twin(({ row, reference }) => row.map((value, i) => Math.abs(value - reference.row[i]!)));
const judgements = (explainer: Explainer) =>
  Object.fromEntries(
    qualityFigures(people, [measured(explainer)]).checks.map(({ name, ok }) => [name.split(' ').at(-1)!, ok]),
  );

describe('quality of explanations', () => {
  it('holds for exact Shapley values', () => {
    const { checks, findings } = qualityFigures(people, [measured(exact)]);
    expect(checks.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    expect(findings[0]?.low).toBeGreaterThan(0);
  });
  it('fails for maps that are no explanation (broken twins)', () => {
    // By the last word of the checks: explained, well, anew, anything.
    expect(judgements(noise)).toEqual({ explained: false, well: false, anew: false, anything: false });
    expect(judgements(alwaysTheSame)).toMatchObject({ explained: false, anew: false, anything: false });
    // Where the input departs from the reference is where the signal was planted: only networks drawn anew tell.
    expect(judgements(inputAlone)).toMatchObject({ explained: false, anew: false, anything: true });
  });
  it('the permutation test is exact about ties and about its own count', () => {
    const own = people.map((person) => personQuality(exact, person));
    const { gains, p } = deletionTest(people, own);
    expect(gains).toHaveLength(PEOPLE);
    expect(p).toBe(1 / 201);
    // Nothing is better than the best: an order equal to every random one has all of them against it.
    const flat = people.map((person) => ({ ...person, randomAreas: person.randomAreas.map(() => 1) }));
    expect(
      deletionTest(
        flat,
        own.map((each) => ({ ...each, deletionArea: 1 })),
      ).p,
    ).toBe(1);
  });
  it('says why a method cannot explain a network, and judges nothing for a single unit', () => {
    const refused: MethodQuality = {
      explainer: EXPLAINERS.find(({ method }) => method === 'deep-lift')!,
      refusedBecause: 'layer "lstm" is not known',
    };
    const { tables } = qualityFigures(people, [measured(exact), refused]);
    expect(tables[0]?.rows[2]).toContain('layer "lstm" is not known');
    const one = people.map(({ prediction: whole }, subject) =>
      explainedPerson(
        whole,
        [{ name: 'all', columns: whole.groups.flatMap(({ columns }) => columns) }],
        subject,
      ),
    );
    const single: MethodQuality = {
      explainer: exact,
      people: one.map((person) => personQuality(exact, person)),
    };
    expect(qualityFigures(one, [single]).checks.map(({ ok }) => ok)).toEqual([true]);
  });
  it('says which way each column is good, and what is left over in words', () => {
    const [table] = qualityFigures(people, [measured(exact), measured(noise)]).tables;
    expect(table!.rows[0]).toHaveLength(table!.columns.length);
    expect(table!.rows.map((row) => row.slice(0, 2))).toMatchObject([
      ['good is', 'none'],
      ['Exact Shapley values', 'none'],
      ['Exact Shapley values', expect.stringMatching(/^largest [\d.]+ %, in \d+ people above 1 %$/)],
    ]);
    expect(leftOverText([6.6e-13, 0])).toBe('none');
    expect(leftOverText([2e-9])).toBe('largest below 0.01 %');
    expect(leftOverText([0.004])).toBe('largest 0.4 %, in nobody above 1 %');
    expect(leftOverText([0.014, 0.013, 0.011, 0])).toBe('largest 1.4 %, in 3 people above 1 %');
    expect(leftOverText([3.14, 0])).toBe('largest 310 %, in 1 person above 1 %');
  });
  it('the mean of few people has the interval of Student, and none for one person', () => {
    // 1, 2, 3: mean 2, standard error 1 / sqrt 3; with two degrees of freedom t = (2p - 1) sqrt(2 / (4 p (1 - p))).
    const t = 0.95 * Math.sqrt(2 / (4 * 0.975 * 0.025));
    const mean = meanOfFew([1, 2, 3])!;
    expect(mean.high - mean.value).toBeCloseTo(t / Math.sqrt(3), 12);
    expect(meanOfFew([])).toBeNull();
    expect(meanOfFew([5])?.high).toBe(Number.POSITIVE_INFINITY);
    expect(() => meanOfFew([Number.NaN])).toThrow(RangeError);
  });
});

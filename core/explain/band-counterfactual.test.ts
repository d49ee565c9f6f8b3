import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../networks/network.ts';
import { bandCounterfactual } from './band-counterfactual.ts';
import { callOf, ensembleScores, marginOver } from './class-scores.ts';

/** Four inputs; logits x0 + x1, x2 + bias, x3. */
const member = (bias: number) =>
  buildNetwork(
    [{ name: 'trace', shape: [4] }],
    [
      {
        kind: 'dense',
        name: 'head',
        sources: [0],
        outputShape: [3],
        activation: 'linear',
        inputCount: 4,
        outputCount: 3,
        kernel: Float64Array.of(1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1),
        bias: Float64Array.of(0, bias, 0),
      },
    ],
  );
const classes = ensembleScores([member(-1), member(2)]);
const row = Float64Array.of(2, 3, 1, -1);
const reference = { name: 'nothing', row: new Float64Array(4) };
const bands = [
  { name: 'early', columns: [0, 1] },
  { name: 'middle', columns: [1, 2] },
  { name: 'late', columns: [3] },
];

describe('replacing a band by the reference', () => {
  it('says which bands flip the call and what the others cost it', () => {
    const found = bandCounterfactual(classes, row, reference, bands);
    // Mean bias 0.5: logits 5, 1.5 and -1.
    expect(Array.from(found.scores)).toEqual([5, 1.5, -1]);
    expect(found.predictedClass).toBe(0);
    expect(found.referenceName).toBe('nothing');
    expect(
      found.replacements.map(({ band, predicted, marginChange, isFlipped }) => [
        band,
        predicted,
        marginChange,
        isFlipped,
      ]),
    ).toEqual([
      // 0 against 1.5; 2 against 0.5; 5 against 1.5 as before.
      ['early', 1, -5, true],
      ['middle', 0, -2, false],
      ['late', 0, 0, false],
    ]);
    expect(found.flipping).toEqual(['early']);
    expect(Array.from(row)).toEqual([2, 3, 1, -1]);
  });
  it('says so when no single band flips it', () => {
    expect(bandCounterfactual(classes, row, reference, bands.slice(1)).flipping).toEqual([]);
  });
  it('keeps the scores of each band although a model may reuse its array', () => {
    const shared = new Float64Array(3);
    const reusing = {
      inputCount: 4,
      scoresOf: (each: Float64Array) => {
        shared.set(classes.scoresOf(each));
        return shared;
      },
    };
    expect(bandCounterfactual(reusing, row, reference, bands)).toEqual(
      bandCounterfactual(classes, row, reference, bands),
    );
  });
  it.each<[string, () => unknown]>([
    ['a short row', () => bandCounterfactual(classes, row.slice(1), reference, bands)],
    [
      'a reference that is not finite',
      () => bandCounterfactual(classes, row, { name: 'x', row: row.map(() => Number.NaN) }, bands),
    ],
    ['a reference without a name', () => bandCounterfactual(classes, row, { name: '', row }, bands)],
    ['no band', () => bandCounterfactual(classes, row, reference, [])],
    [
      'a band without columns',
      () => bandCounterfactual(classes, row, reference, [{ name: 'x', columns: [] }]),
    ],
    ['a band outside', () => bandCounterfactual(classes, row, reference, [{ name: 'x', columns: [4] }])],
    ['an ensemble of nobody', () => ensembleScores([])],
    [
      'members that do not fit',
      () =>
        ensembleScores([
          member(0),
          buildNetwork([{ name: 'x', shape: [3] }], [{ ...member(0).layers[0]!, sources: [0] }]),
        ]),
    ],
    ['one class', () => ensembleScores([{ ...member(0), outputCount: 1 }])],
    ['a call without scores', () => callOf([])],
    ['a score that is not finite', () => callOf([1, Number.NaN])],
    ['a margin of one class', () => marginOver([1], 0)],
    ['a margin of a class that is none', () => marginOver([1, 2], 2)],
  ])('refuses %s', (_name, misuse) => {
    expect(misuse).toThrow(RangeError);
  });
  it('calls the first of equal scores and counts its margin from the best other one', () => {
    expect(callOf([1, 3, 3])).toBe(1);
    expect(marginOver([1, 3, 3], 1)).toBe(0);
    expect(marginOver([1, 3, 2], 0)).toBe(-2);
  });
});

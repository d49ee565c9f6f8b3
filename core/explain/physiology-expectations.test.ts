import { describe, expect, it } from 'vitest';
import file from '../../resources/physiology/expectations.json' with { type: 'json' };
import { type Expectation, readExpectations } from './physiology-expectations.ts';

const shared = {
  modelId: 'a-model',
  output: 'an output',
  scope: 'both',
  why: 'One sentence that says why it should be so.',
  citation: 'Somebody 2020, a journal',
  read: 'abstract',
  status: 'established',
} as const;
const SIGN = { ...shared, id: 'a-sign', kind: 'sign', input: 'an-input', expected: 1 } as const;
const RANKING = { ...shared, id: 'a-ranking', kind: 'ranking', more: 'one', less: 'other' } as const;
const listOf = (...expectations: object[]) => ({ about: 'a list', expectations });

describe('the list of expectations', () => {
  const list = readExpectations(file);

  it('holds 18 to 26 of them, fifteen or more that the simulator does not build in, for every kind of model', () => {
    expect(list.length).toBeGreaterThanOrEqual(18);
    expect(list.length).toBeLessThanOrEqual(26);
    expect(list.filter(({ status }) => status !== 'assumed-by-the-simulator').length).toBeGreaterThanOrEqual(
      15,
    );
    expect(new Set(list.map(({ modelId }) => modelId)).size).toBe(6);
  });

  it('has both signs and rankings: a list of one sign alone would flatter a model', () => {
    const signs = list.flatMap((each) => (each.kind === 'sign' ? [each.expected] : []));
    expect(new Set(signs)).toEqual(new Set([1, -1]));
    expect(signs.length).toBeLessThan(list.length);
  });
});

describe('reading', () => {
  it('keeps the order and every field', () => {
    const expected: Expectation[] = [SIGN, RANKING];
    expect(readExpectations(listOf(SIGN, RANKING))).toEqual(expected);
  });

  it.each([
    ['nothing', null, 'not a list'],
    ['an empty list', listOf(), 'not a list'],
    ['a sign of 0', listOf({ ...SIGN, expected: 0 }), 'not a list'],
    ['an unknown kind', listOf({ ...SIGN, kind: 'guess' }), 'not a list'],
    ['an unknown status', listOf({ ...SIGN, status: 'certain' }), 'not a list'],
    ['an unknown field', listOf({ ...SIGN, note: '' }), 'not a list'],
    ['no citation', listOf({ ...SIGN, citation: '' }), 'not a list'],
    ['an id twice', listOf(SIGN, { ...RANKING, id: 'a-sign' }), 'appears twice'],
    ['a ranking of one input', listOf({ ...RANKING, less: 'one' }), 'against itself'],
    [
      'both signs of one input',
      listOf(SIGN, { ...SIGN, id: 'b', expected: -1 }),
      'asks what another one asks',
    ],
    [
      'a ranking both ways',
      listOf(RANKING, { ...RANKING, id: 'b', more: 'other', less: 'one' }),
      'asks what another one asks',
    ],
  ])('refuses %s', (_, list, message) => {
    expect(() => readExpectations(list)).toThrow(RangeError);
    expect(() => readExpectations(list)).toThrow(message);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import examples from '../../renderer/features/try-to-fool/example-people.json' with { type: 'json' };
import { type LocalInference, openLocalInference } from '../../scripts/headless/local-inference.ts';
import { ModelInput } from '../contract/schemas/judgement.ts';
import { changedInput, DROPPABLE, type InputChange, NO_CHANGE, UNIT_MISTAKES } from './changed-input.ts';

const PEOPLE = examples.examples.map(({ input }) => ModelInput.parse(input));
const with_ = (change: Partial<InputChange>): InputChange => ({ ...NO_CHANGE, ...change });

/** Largest relative difference of any number of two inputs. */
function farthest(a: ModelInput, b: ModelInput): number {
  const numbersOf = (value: unknown): number[] =>
    typeof value === 'number'
      ? [value]
      : value !== null && typeof value === 'object'
        ? Object.values(value).flatMap(numbersOf)
        : [];
  const [left, right] = [numbersOf(a), numbersOf(b)];
  if (left.length !== right.length) return Number.POSITIVE_INFINITY;
  return Math.max(...left.map((value, i) => Math.abs(value - right[i]!) / Math.max(1, Math.abs(value))));
}

type Change = typeof changedInput;
/** Twice the same exchange, or a factor and its inverse, leave everything as it was. */
const comesBack = (change: Change): boolean =>
  PEOPLE.every((person) => {
    const there = [
      with_({ isHandSwapped: true }),
      with_({ isRadialUlnarSwapped: true }),
      with_({ gain: 0.5 }),
    ];
    const back = [there[0]!, there[1]!, with_({ gain: 2 })];
    return there.every((each, i) => farthest(change(change(person, each), back[i]!), person) < 1e-9);
  });
/** The best trial is always one of the trials: otherwise the model would refuse for that reason alone. */
const keepsPeak = (change: Change): boolean =>
  PEOPLE.every((person) =>
    [with_({ noise: 0.2 }), with_({ isHandSwapped: true }), with_({ gain: 1.7 })].every((each) => {
      const { pinchTrialsN, pinchPeakN } = change(person, each);
      return Math.abs(Math.max(...pinchTrialsN) - (pinchPeakN ?? 0)) < 1e-9;
    }),
  );

describe('mistakes put into an input', () => {
  it('leaves an input as it is without a mistake, and never changes the given one', () => {
    for (const person of PEOPLE) {
      const before = structuredClone(person);
      expect(changedInput(person, NO_CHANGE)).toEqual(before);
      changedInput(person, with_({ noise: 0.1, gain: 2, trace: 'shuffled', dropped: [...DROPPABLE] }));
      expect(person).toEqual(before);
    }
  });

  it('keeps its laws; the broken twins do not', () => {
    expect(comesBack(changedInput)).toBe(true);
    expect(
      comesBack((input, change) => changedInput(input, { ...change, isHandSwapped: false, gain: 0.5 })),
    ).toBe(false);
    expect(keepsPeak(changedInput)).toBe(true);
    expect(
      keepsPeak((input, change) => ({ ...changedInput(input, change), pinchPeakN: input.pinchPeakN })),
    ).toBe(false);
  });

  it('draws the same noise for the same draw and other noise for another', () => {
    const noisy = (draw: number) => changedInput(PEOPLE[0]!, with_({ noise: 0.1, draw }));
    expect(noisy(3)).toEqual(noisy(3));
    expect(farthest(noisy(3), noisy(4))).toBeGreaterThan(0.001);
  });
});

describe('the shipped model under these mistakes', () => {
  let local: LocalInference;
  beforeAll(async () => {
    local = await openLocalInference('float64', () => 0);
  });
  const isRefused = (person: ModelInput, change: Partial<InputChange>) =>
    local.predict(changedInput(person, with_(change))).probabilities === null;

  it('answers the example people as measured', () => {
    expect(PEOPLE.filter((person) => isRefused(person, {})).length).toBeLessThanOrEqual(1);
  });

  it.each([
    ['newtons for kg', { unit: { mistake: 'newtons typed as kg', scope: 'all-values' } }],
    ['kg for newtons', { unit: { mistake: 'kg typed as newtons', scope: 'all-values' } }],
    ['one trial in lb', { unit: { mistake: 'lb typed as kg', scope: 'one-trial' } }],
    ['a shuffled trace', { trace: 'shuffled' }],
    ['a trace three times too large', { trace: 'three-times' }],
    ['time as force', { trace: 'time-as-force' }],
    ['one trial', { dropped: ['all-trials-but-one'] }],
  ] as [string, Partial<InputChange>][])('refuses %s for everybody', (_name, change) => {
    expect(PEOPLE.filter((person) => !isRefused(person, change))).toEqual([]);
  });

  it('does not see lb typed as kg in a hand that is as weak as lb are light', () => {
    // The hand has 1/2.2 of its strength: read in lb it has the number of the whole hand in kg.
    const weak = (person: ModelInput) =>
      changedInput(person, with_({ gain: 1 / UNIT_MISTAKES['lb typed as kg'] }));
    const typed: Partial<InputChange> = { unit: { mistake: 'lb typed as kg', scope: 'all-values' } };
    const answered = PEOPLE.filter((person) => !isRefused(weak(person), typed));
    expect(answered.length).toBe(PEOPLE.filter((person) => !isRefused(person, {})).length);
  });
});

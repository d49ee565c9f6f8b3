import {
  type PersonEffect,
  type RankingHeld,
  rankingHeld,
  type SignHeld,
  signHeld,
} from '../../../core/explain/physiology-agreement.ts';
import type { Expectation } from '../../../core/explain/physiology-expectations.ts';

/** Effects of every input of each person, for one output. */
export type EffectsOfPeople = readonly ReadonlyMap<string, PersonEffect>[];

/** An expectation as it was found in one model. */
export type FoundExpectation =
  | { expectation: Expectation & { kind: 'sign' }; found: SignHeld; agrees: readonly (boolean | null)[] }
  | {
      expectation: Expectation & { kind: 'ranking' };
      found: RankingHeld;
      agrees: readonly (boolean | null)[];
    };

/**
 * Looks for one expectation in the explanations of people. People without the input (not measured) are left out.
 * @throws Error when nobody has the input: then the list names what the model does not have.
 */
export function findExpectation(expectation: Expectation, people: EffectsOfPeople): FoundExpectation {
  const names = expectation.kind === 'sign' ? [expectation.input] : [expectation.more, expectation.less];
  const isAsked = (effects: EffectsOfPeople[number]) => names.every((name) => effects.has(name));
  const asked = people.filter(isAsked);
  if (asked.length === 0)
    throw new Error(`nobody has ${names.join(' and ')}, which ${expectation.id} asks for`);
  /** One person alone says yes, no, or nothing. */
  const eachOf = (judge: (effects: EffectsOfPeople[number]) => boolean | null) =>
    people.map((effects) => (isAsked(effects) ? judge(effects) : null));
  if (expectation.kind === 'ranking') {
    const sizes = (effects: EffectsOfPeople[number]) => ({
      more: effects.get(expectation.more)!.contribution,
      less: effects.get(expectation.less)!.contribution,
    });
    return {
      expectation,
      found: rankingHeld(asked.map(sizes)),
      agrees: eachOf((effects) => {
        const { more, less } = sizes(effects);
        return Math.abs(more) === Math.abs(less) ? null : Math.abs(more) > Math.abs(less);
      }),
    };
  }
  const found = signHeld(
    asked.map((effects) => effects.get(expectation.input)!),
    expectation.expected,
  );
  return {
    expectation,
    found,
    agrees: eachOf((effects) => {
      const { deviation, contribution } = effects.get(expectation.input)!;
      if (Math.abs(deviation) < found.negligibleBelow || deviation === 0 || contribution === 0) return null;
      return Math.sign(contribution) === expectation.expected * Math.sign(deviation);
    }),
  };
}

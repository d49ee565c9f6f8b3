import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANSWER_NAMES } from '../clinical/answer-names.ts';
import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import { NO_RELIABLE_EXPLANATION } from '../explain/gate.ts';
import { FEATURE_IDS } from '../signals/feature-ids.ts';
import { explanationSentence } from './explanation-sentence.ts';

/** A two-class set and two remarks. */
const ANSWERED = {
  features: [],
  predictionSet: ['nonimpaired', 'four-corner-fusion'],
  coverage: 0.9,
  widthReasons: ['few-trials', 'members-disagree'],
} satisfies Parameters<typeof explanationSentence>[0]['prediction'];

const shares = fc
  .uniqueArray(fc.constantFrom(...FEATURE_IDS, 'trace' as const), { minLength: 1, maxLength: 6 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.record({ name: fc.constant(name), value: fc.double({ min: -3, max: 3, noNaN: true }) }),
      ),
    ),
  )
  .map((list) => list.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value)))
  .filter(([strongest]) => Math.abs(strongest!.value) > 0);

describe('the sentence of an explanation', () => {
  it('names the reference and both answers or the strongest driver, and never a cause', () => {
    fc.assert(
      fc.property(
        shares,
        fc.constantFrom('female' as const, 'male' as const),
        fc.shuffledSubarray([...WRIST_CLASSES], { minLength: 2, maxLength: 2 }),
        (contributions, sex, [predictedClass, againstClass]) => {
          const sentence = explanationSentence({
            input: { sex },
            prediction: ANSWERED,
            contributions,
            predictedClass: predictedClass!,
            againstClass: againstClass!,
            isShown: true,
          });
          expect(sentence).toContain(
            sex === 'female' ? 'of her sex, age and size' : 'of his sex, age and size',
          );
          expect(sentence).toMatch(/^Compared with nonimpaired people .*\(simulated\), .+\.$/);
          expect(sentence).not.toMatch(/because|due to|caused/i);
          expect(sentence).toContain(
            'for 9 of 10 simulated people is nonimpaired or four-corner fusion; noted: few trials, networks disagree.',
          );
          if (contributions[0]!.value > 0) {
            expect(sentence).toContain(
              `for ${ANSWER_NAMES[predictedClass!]} rather than ${ANSWER_NAMES[againstClass!]}`,
            );
          } else expect(sentence).toContain('the other way');
        },
      ),
      { seed: 2, numRuns: 100 },
    );
  });
  it('says when nothing is noted, and when no class fits', () => {
    const sentence = explanationSentence({
      input: { sex: 'female' },
      prediction: { ...ANSWERED, predictionSet: [], widthReasons: [] },
      contributions: [{ name: 'trace', value: 1 }],
      predictedClass: WRIST_CLASSES[0],
      againstClass: WRIST_CLASSES[1],
      isShown: true,
    });
    expect(sentence).toMatch(/; no class fits at 9 of 10 simulated people; nothing noted\.$/);
  });
  it('says only that there is none when the gate is closed', () => {
    const sentence = explanationSentence({
      input: { sex: 'male' },
      prediction: ANSWERED,
      contributions: [{ name: 'trace', value: 1 }],
      predictedClass: WRIST_CLASSES[0],
      againstClass: WRIST_CLASSES[1],
      isShown: false,
    });
    expect(sentence).toBe(NO_RELIABLE_EXPLANATION);
  });
});

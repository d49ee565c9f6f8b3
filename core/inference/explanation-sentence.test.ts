import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANSWER_NAMES } from '../clinical/answer-names.ts';
import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import { NO_RELIABLE_EXPLANATION } from '../explain/gate.ts';
import { FEATURE_IDS } from '../signals/feature-ids.ts';
import { explanationSentence } from './explanation-sentence.ts';

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
            prediction: { features: [] },
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
  it('says only that there is none when the gate is closed', () => {
    const sentence = explanationSentence({
      input: { sex: 'male' },
      prediction: { features: [] },
      contributions: [{ name: 'trace', value: 1 }],
      predictedClass: WRIST_CLASSES[0],
      againstClass: WRIST_CLASSES[1],
      isShown: false,
    });
    expect(sentence).toBe(NO_RELIABLE_EXPLANATION);
  });
});

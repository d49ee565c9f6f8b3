import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DOUBT_WORDS, SHORT_CLASS_NAMES } from '../clinical/answer-names.ts';
import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import { NO_RELIABLE_EXPLANATION } from '../explain/gate.ts';
import { FEATURE_IDS } from '../signals/feature-ids.ts';
import { explanationSentence } from './explanation-sentence.ts';

type Options = Parameters<typeof explanationSentence>[0];

/** A two-class set and two remarks. */
const ANSWERED = {
  features: [],
  predictionSet: ['nonimpaired', 'four-corner-fusion'],
  widthReasons: ['few-trials', 'members-disagree'],
} satisfies Options['prediction'];

const feature = (id: (typeof FEATURE_IDS)[number], value: number, unit = '%', referenceValue = 100) => ({
  id,
  value,
  unit,
  referenceValue,
  measured: null,
  measuredReference: null,
  measuredUnit: '',
});
const CARPECTOMY: Options = {
  input: { sex: 'male' },
  prediction: {
    features: [
      feature('wrist-extension-percent-expected', 52.1),
      feature('wrist-radial-percent-expected', 63.4),
      feature('wrist-flexion-percent-expected', 65.2),
    ],
    predictionSet: ['proximal-row-carpectomy'],
    widthReasons: ['few-trials'],
  },
  contributions: [
    { name: 'wrist-extension-percent-expected', value: 2 },
    { name: 'wrist-flexion-percent-expected', value: -1.5 },
    { name: 'wrist-radial-percent-expected', value: 1 },
  ],
  predictedClass: 'proximal-row-carpectomy',
  againstClass: 'four-corner-fusion',
  isShown: true,
};

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
  it('says in short clauses what speaks for, what against, reference, answers and doubt', () => {
    expect(explanationSentence(CARPECTOMY)).toBe(
      'For PRC rather than four-corner fusion: weak wrist extension (52 % of expected), weak radial deviation (63 %). Against: weak wrist flexion (65 %). Compared with nonimpaired people of his sex, age and size (simulated). Answers still possible: PRC. Doubt: few trials of this hand.',
    );
  });
  it('names both classes when everything named is against, and is silent without a doubt', () => {
    const sentence = explanationSentence({
      ...CARPECTOMY,
      prediction: {
        ...CARPECTOMY.prediction,
        predictionSet: [...WRIST_CLASSES],
        widthReasons: [],
      },
      contributions: [{ name: 'wrist-extension-percent-expected', value: -1 }],
    });
    expect(sentence).toMatch(
      /^Against PRC \(for four-corner fusion\): weak wrist extension \(52 % of expected\)\. Compared/,
    );
    expect(sentence).toMatch(/Answers still possible: nonimpaired, four-corner fusion or PRC\.$/);
  });
  it('law: weak below the reference, strong above it, neither where both read alike', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 150 }),
        fc.integer({ min: 80, max: 120 }),
        (value, reference) => {
          const sentence = explanationSentence({
            ...CARPECTOMY,
            prediction: {
              ...CARPECTOMY.prediction,
              features: [
                feature('wrist-extension-percent-expected', value, '%', reference),
                feature('pinch-ratio-other-hand', value / 100, 'ratio', reference / 100),
              ],
            },
            contributions: [
              { name: 'wrist-extension-percent-expected', value: 2 },
              { name: 'pinch-ratio-other-hand', value: 1 },
            ],
          });
          const adjective = value < reference ? 'weak ' : value > reference ? 'strong ' : '';
          const strength = value === reference ? ' strength' : '';
          expect(sentence).toContain(
            `: ${adjective}wrist extension${strength} (${value} % of expected), ${adjective}key pinch against the other hand (${value} %).`,
          );
        },
      ),
      { seed: 4, numRuns: 100 },
    );
  });
  it('names the reference, both answers, the set and the doubt, and never a cause', () => {
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
          const whose = sex === 'female' ? 'her' : 'his';
          expect(sentence).toContain(
            `. Compared with nonimpaired people of ${whose} sex, age and size (simulated). `,
          );
          expect(sentence).not.toMatch(/because|due to|caused|the other way/i);
          expect(sentence).toContain(
            `Answers still possible: nonimpaired or four-corner fusion. Doubt: ${DOUBT_WORDS['few-trials']}; ${DOUBT_WORDS['members-disagree']}.`,
          );
          const [predicted, against] = [SHORT_CLASS_NAMES[predictedClass!], SHORT_CLASS_NAMES[againstClass!]];
          expect(
            sentence.startsWith(`For ${predicted} rather than ${against}: `) ||
              sentence.startsWith(`Against ${predicted} (for ${against}): `),
          ).toBe(true);
        },
      ),
      { seed: 2, numRuns: 100 },
    );
  });
  it('says when no class fits', () => {
    const sentence = explanationSentence({
      ...CARPECTOMY,
      prediction: { ...ANSWERED, predictionSet: [], widthReasons: [] },
      contributions: [{ name: 'trace', value: 1 }],
    });
    expect(sentence).toMatch(/: the force trace\. .*\(simulated\)\. No answer fits\.$/);
  });
  it('says only that there is none when the gate is closed', () => {
    expect(explanationSentence({ ...CARPECTOMY, isShown: false })).toBe(NO_RELIABLE_EXPLANATION);
  });
});

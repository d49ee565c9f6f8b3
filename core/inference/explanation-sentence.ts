import { ANSWER_NAMES, FEATURE_NAMES, FLAG_NAMES } from '../clinical/answer-names.ts';
import type { WristClass } from '../contract/schemas/clinical.ts';
import type { ModelInput, WristStatePrediction } from '../contract/schemas/judgement.ts';
import { NO_RELIABLE_EXPLANATION } from '../explain/gate.ts';
import type { PlayerName } from './margin-shapley.ts';

/** Contributions below this share of the largest are left out of the sentence; the bars still show them. */
const NAMED_SHARE = 0.25;
const MAX_NAMED = 3;

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/**
 * One sentence for the clinician: reference, what speaks for the class, what against it, the set of classes and what is
 * noted about the answer. It names no cause: an explanation shows what the model weighed, not why the hand is as it is.
 */
export function explanationSentence(options: {
  input: Pick<ModelInput, 'sex'>;
  prediction: Pick<WristStatePrediction, 'features' | 'predictionSet' | 'coverage' | 'widthReasons'>;
  /** Strongest first; the trace counts as one measurement. */
  contributions: readonly { name: PlayerName; value: number }[];
  predictedClass: WristClass;
  againstClass: WristClass;
  isShown: boolean;
}): string {
  const { input, prediction, contributions, predictedClass, againstClass } = options;
  if (!options.isShown) return NO_RELIABLE_EXPLANATION;
  const largest = Math.abs(contributions[0]?.value ?? 0);
  const named = contributions
    .filter((c) => Math.abs(c.value) >= NAMED_SHARE * largest)
    .slice(0, MAX_NAMED)
    .map((c) => {
      if (c.name === 'trace') return { text: 'the force trace', isFor: c.value > 0 };
      const row = prediction.features.find((feature) => feature.id === c.name);
      const value =
        row?.value === null || row?.value === undefined
          ? ''
          : row.unit === '%'
            ? ` (${row.value.toFixed(0)} % of expected)`
            : ` (${(100 * row.value).toFixed(0)} %)`;
      return { text: `${FEATURE_NAMES[c.name]}${value}`, isFor: c.value > 0 };
    });
  const speaksFor = named.filter((each) => each.isFor).map((each) => each.text);
  const speaksAgainst = named.filter((each) => !each.isFor).map((each) => each.text);
  const whose = input.sex === 'female' ? 'her' : 'his';
  const parts = [
    speaksFor.length > 0
      ? `${listed(speaksFor)} ${speaksFor.length > 1 ? 'speak' : 'speaks'} for ${ANSWER_NAMES[predictedClass]} rather than ${ANSWER_NAMES[againstClass]}`
      : '',
    speaksAgainst.length > 0
      ? `${listed(speaksAgainst)} ${speaksAgainst.length > 1 ? 'speak' : 'speaks'} the other way`
      : '',
    setText(prediction),
    prediction.widthReasons.length > 0
      ? `noted: ${prediction.widthReasons.map((reason) => FLAG_NAMES[reason]).join(', ')}`
      : 'nothing noted',
  ].filter(Boolean);
  return `Compared with nonimpaired people of ${whose} sex, age and size (simulated), ${parts.join('; ')}.`;
}

/** The set with what it promises: over people, not for this one. */
function setText({
  predictionSet,
  coverage,
}: Pick<WristStatePrediction, 'predictionSet' | 'coverage'>): string {
  const inTen = `${Number((10 * coverage).toFixed(1))} of 10 simulated people`;
  // An empty set is no answer, and then nothing is explained; it is said all the same.
  if (predictionSet.length === 0) return `no class fits at ${inTen}`;
  return `the set made to hold the right answer for ${inTen} is ${predictionSet.map((each) => ANSWER_NAMES[each]).join(' or ')}`;
}

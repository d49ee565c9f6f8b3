import { DOUBT_WORDS, FEATURE_NAMES, SHORT_CLASS_NAMES } from '../clinical/answer-names.ts';
import type { WristClass } from '../contract/schemas/clinical.ts';
import type { FeatureId, ModelInput, WristStatePrediction } from '../contract/schemas/judgement.ts';
import { NO_RELIABLE_EXPLANATION } from '../explain/gate.ts';
import type { PlayerName } from './margin-shapley.ts';

/** Contributions below this share of the largest are left out of the sentence; the bars still show them. */
const NAMED_SHARE = 0.25;
const MAX_NAMED = 3;

type Feature = WristStatePrediction['features'][number];

/**
 * A few short clauses for the clinician: what speaks for the class, what against it, the reference, the answers still
 * possible and what is in doubt. It names no cause: an explanation shows what the model weighed, not why the hand is as
 * it is.
 */
export function explanationSentence(options: {
  input: Pick<ModelInput, 'sex'>;
  prediction: Pick<WristStatePrediction, 'features' | 'predictionSet' | 'widthReasons'>;
  /** Strongest first; the trace counts as one measurement. */
  contributions: readonly { name: PlayerName; value: number }[];
  predictedClass: WristClass;
  againstClass: WristClass;
  isShown: boolean;
}): string {
  const { input, prediction, contributions } = options;
  if (!options.isShown) return NO_RELIABLE_EXPLANATION;
  const largest = Math.abs(contributions[0]?.value ?? 0);
  const named = contributions.filter((c) => Math.abs(c.value) >= NAMED_SHARE * largest).slice(0, MAX_NAMED);
  const predicted = SHORT_CLASS_NAMES[options.predictedClass];
  const other = SHORT_CLASS_NAMES[options.againstClass];
  const ordered = [...named.filter(({ value }) => value > 0), ...named.filter(({ value }) => value <= 0)];
  const percentOfExpected = ordered.find(({ name }) => featureOf(prediction, name)?.unit === '%')?.name;
  const listed = (isFor: boolean) =>
    ordered
      .filter(({ value }) => value > 0 === isFor)
      .map(({ name }) => driverWords(name, featureOf(prediction, name), name === percentOfExpected))
      .join(', ');
  const speaksFor = listed(true);
  const speaksAgainst = listed(false);
  const whose = input.sex === 'female' ? 'her' : 'his';
  return [
    speaksFor !== '' && `For ${predicted} rather than ${other}: ${speaksFor}`,
    speaksAgainst !== '' &&
      (speaksFor === '' ? `Against ${predicted} (for ${other}): ` : 'Against: ') + speaksAgainst,
    `Compared with nonimpaired people of ${whose} sex, age and size (simulated)`,
    possibleAnswers(prediction.predictionSet),
    prediction.widthReasons.length > 0 &&
      `Doubt: ${prediction.widthReasons.map((reason) => DOUBT_WORDS[reason]).join('; ')}`,
  ]
    .filter((clause) => clause !== false)
    .map((clause) => `${clause}.`)
    .join(' ');
}

const featureOf = ({ features }: Pick<WristStatePrediction, 'features'>, name: PlayerName) =>
  features.find(({ id }) => id === name);

/** "weak wrist extension (52 % of expected)"; the first percentage of expected says so, the later ones follow it. */
function driverWords(name: PlayerName, feature: Feature | undefined, saysExpected: boolean): string {
  if (name === 'trace') return 'the force trace';
  const fullName = FEATURE_NAMES[name];
  if (feature === undefined || feature.value === null) return fullName;
  const ofWhat = feature.unit === '%' ? (saysExpected ? ' of expected' : '') : (RATIO_OF[name] ?? '');
  const scale = feature.unit === '%' ? 1 : 100;
  const percent = Math.round(scale * feature.value);
  const reference = feature.referenceValue === null ? percent : Math.round(scale * feature.referenceValue);
  // Two numbers that read alike are neither weak nor strong.
  const named =
    percent === reference
      ? fullName
      : `${percent < reference ? 'weak' : 'strong'} ${fullName.replace(/ strength$/, '')}`;
  return `${named} (${percent} %${ofWhat})`;
}

/** What a ratio of the posture trials is a ratio to; the ratio of the hands says it in its name. */
const RATIO_OF: Partial<Record<FeatureId, string>> = {
  'pinch-flexion-20-ratio': ' of the straight wrist',
  'pinch-extension-20-ratio': ' of the straight wrist',
  'pinch-ulnar-10-ratio': ' of the straight wrist',
};

/** The set in the words of the card. An empty set is no answer, and then nothing is explained; it is said all the same. */
function possibleAnswers(predictionSet: WristStatePrediction['predictionSet']): string {
  if (predictionSet.length === 0) return 'No answer fits';
  const names = predictionSet.map((each) => SHORT_CLASS_NAMES[each]);
  const last = names.length > 1 ? ` or ${names.at(-1)}` : names[0];
  return `Answers still possible: ${names.slice(0, -1).join(', ')}${last}`;
}

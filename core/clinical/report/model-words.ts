import type { WristStatePrediction } from '../../contract/schemas/judgement.ts';
import { ANSWER_NAMES } from '../answer-names.ts';
import { networksText, percentText } from '../percent-text.ts';
import { WRIST_CLASSES } from '../wrist-classes.ts';

/** What a report says of a model's result: never a class without its probabilities, never a result without its facts. */
export interface ModelWords {
  /** Resemblance with its range, or that the model cannot tell. */
  answer: string;
  /** All three probabilities; null where the model gave none. */
  probabilities: string | null;
  /** Model, version, hash, origin and use. */
  facts: string;
}

export const RESEARCH_WORDS = 'trained on simulated people; research use, not a medical device';

/** "wrist-state 0.2.0, 1a2b3c4d; trained on simulated people; research use, not a medical device". */
export const modelFacts = (
  prediction: Pick<WristStatePrediction, 'modelId' | 'modelVersion' | 'bundleHash'>,
): string =>
  `${prediction.modelId} ${prediction.modelVersion}, ${prediction.bundleHash.slice(0, 8)}; ${RESEARCH_WORDS}`;

/** @returns null without a result. */
export function modelWords(prediction: WristStatePrediction | null): ModelWords | null {
  if (prediction === null) return null;
  const facts = modelFacts(prediction);
  const { probabilities, nonimpairedBand, predictionSet, refusals } = prediction;
  if (probabilities === null) {
    const isOutOfRange = refusals.includes('out-of-range');
    const why = isOutOfRange
      ? 'Out of the range of the training people: cannot tell.'
      : 'The model cannot tell.';
    return { answer: why, probabilities: null, facts };
  }
  const range = nonimpairedBand === null ? 'its range is not known' : networksText(nonimpairedBand, 'its');
  const shares = WRIST_CLASSES.map(
    (name, index) => `${ANSWER_NAMES[name]} ${percentText(probabilities[index] ?? 0)}`,
  );
  const set = setWords(predictionSet);
  return {
    answer: `Resembles nonimpaired ${percentText(probabilities[0])} (${range})${refusals.length > 0 ? '; the model cannot tell' : ''}`,
    probabilities: `${shares.join(', ')}; ${set}`,
    facts,
  };
}

/** An empty set and a full one both cannot tell, for opposite reasons. */
function setWords(predictionSet: WristStatePrediction['predictionSet']): string {
  if (predictionSet.length === 0) return 'no class fits';
  if (predictionSet.length === WRIST_CLASSES.length) return 'no class can be ruled out';
  return `not ruled out: ${predictionSet.map((name) => ANSWER_NAMES[name]).join(', ')}`;
}

import type { WristStatePrediction } from '../../core/contract/schemas/judgement.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import type { PatternKey } from '../../core/inference/calibration-file.ts';
import type { WristStatePerson } from '../dataset/wrist-state.ts';
import { labelOf } from '../fit/wrist-state-data.ts';
import { isRefused, modelInputOf, predictor, topOf } from './wrist-state-inputs.ts';

export interface AnsweredPerson {
  person: WristStatePerson;
  label: number;
  prediction: WristStatePrediction;
  /** Most probable class and its probability. */
  top: { label: number; confidence: number };
}

/** What a bundle says of test people, as if one pattern had been measured of each. */
export interface PatternAnswers {
  key: PatternKey;
  /** People asked about, refused ones included. */
  asked: number;
  /** People who got an answer. */
  answered: AnsweredPerson[];
}

export function answersOf(
  bundle: WristStateBundle,
  people: readonly WristStatePerson[],
  key: PatternKey,
): PatternAnswers {
  const predict = predictor(bundle);
  const answered = people.flatMap((person): AnsweredPerson[] => {
    const prediction = predict(modelInputOf(person, key));
    if (isRefused(prediction)) return [];
    return [{ person, label: labelOf(person), prediction, top: topOf(prediction) }];
  });
  return { key, asked: people.length, answered };
}

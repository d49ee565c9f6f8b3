import type { ModelInput } from '../../core/contract/schemas/judgement.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import type { PatternKey } from '../../core/inference/calibration-file.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import {
  generateWristStatePeople,
  type WristStateOptions,
  type WristStatePerson,
} from '../dataset/wrist-state.ts';
import { labelOf, SUBJECTS } from '../fit/wrist-state-data.ts';
import { DEFAULT_SPREAD, type MuscleSpread } from '../population/varied-hand.ts';
import type { Finding } from './evaluation-file.ts';
import { isRefused, modelInputOf, predictor } from './wrist-state-inputs.ts';

/** Pinch and wrist strength of the judged hand times a factor; the other hand stays. */
const weaker = (input: ModelInput, factor: number): ModelInput => {
  const times = (value: number | null) => (value === null ? null : value * factor);
  return {
    ...input,
    pinchTrialsN: input.pinchTrialsN.map((value) => value * factor),
    pinchPeakN: times(input.pinchPeakN),
    wristExtensionNm: times(input.wristExtensionNm),
    wristFlexionNm: times(input.wristFlexionNm),
    wristRadialNm: times(input.wristRadialNm),
    wristUlnarNm: times(input.wristUlnarNm),
  };
};

/** Three findings of one change: how many are refused, and how right the answers and sets of the rest are. */
function changedFindings(
  bundle: WristStateBundle,
  people: readonly WristStatePerson[],
  key: PatternKey,
  name: string,
  change: (input: ModelInput) => ModelInput = (input) => input,
): Finding[] {
  const predict = predictor(bundle);
  const rows = people.map((person) => ({ person, prediction: predict(change(modelInputOf(person, key))) }));
  const answered = rows.filter(({ prediction }) => !isRefused(prediction));
  const right = answered.filter(({ person, prediction }) => {
    const probabilities = prediction.probabilities ?? [0, 0, 0];
    return probabilities.indexOf(Math.max(...probabilities)) === labelOf(person);
  }).length;
  const covered = answered.filter(({ person, prediction }) =>
    prediction.predictionSet.includes(person.className),
  ).length;
  const finding = (what: string, hits: number, n: number, sentence: string): Finding => {
    const [low, high] = n === 0 ? [0, 1] : wilsonInterval(hits, n);
    return {
      name: `${key}, ${name}: ${what}`,
      value: n === 0 ? 0 : hits / n,
      low,
      high,
      literature: null,
      n,
      sentence,
    };
  };
  return [
    finding('refused', rows.length - answered.length, rows.length, 'Share of people who get no answer.'),
    finding('accuracy of the answers', right, answered.length, 'Chance is 33 %.'),
    finding(
      'sets that hold the right class',
      covered,
      answered.length,
      'Promised for the people as simulated: 90 %.',
    ),
  ];
}

/** A weak hand, as early after surgery: the model abstains on some and is wrong on many of the rest. */
export const weakHandFindings = (bundle: WristStateBundle, people: readonly WristStatePerson[]): Finding[] =>
  (['A', 'B'] as const).flatMap((key) =>
    [0.9, 0.8, 0.7, 0.6].flatMap((factor) =>
      changedFindings(bundle, people, key, `hand at ${100 * factor} % of its simulated strength`, (input) =>
        weaker(input, factor),
      ),
    ),
  );

const ROBUSTNESS_PEOPLE = 2_100;
const spreadTimes = (factor: number): MuscleSpread => ({
  maxForce: DEFAULT_SPREAD.maxForce * factor,
  optimalLength: DEFAULT_SPREAD.optimalLength * factor,
  slackLength: DEFAULT_SPREAD.slackLength * factor,
  pennation: DEFAULT_SPREAD.pennation * factor,
  momentArm: DEFAULT_SPREAD.momentArm * factor,
});

/** The same bundle on people simulated under other assumptions: what calibration on one's own simulator cannot show. */
export function robustnessFindings(bundle: WristStateBundle): Finding[] {
  const worlds: [string, WristStateOptions][] = [
    ['as simulated', {}],
    ['other contact model', { contact: 'B' }],
    ['half the severity of surgery', { severity: 0.5 }],
    ['twice the measurement noise', { noiseScale: 2 }],
    ['half the spread between people', { spread: spreadTimes(0.5) }],
    ['twice the spread between people', { spread: spreadTimes(2) }],
    ['recruited 19.4 % stronger', { strengthFactor: 1.194 }],
  ];
  return worlds.flatMap(([name, options]) => {
    const people = generateWristStatePeople(
      ROBUSTNESS_PEOPLE,
      bundle.manifest.seed,
      SUBJECTS.robustness,
      options,
    ).filter((person) => person.pinchTrialsN.length >= 2);
    return (['A', 'B'] as const).flatMap((key) => changedFindings(bundle, people, key, name));
  });
}

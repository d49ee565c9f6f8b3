import type { ModelInput } from '../../core/contract/schemas/judgement.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import type { PatternKey } from '../../core/inference/calibration-file.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import type { WristStateOptions, WristStatePerson } from '../dataset/wrist-state.ts';
import { WRIST_STATE_WORLD } from '../dataset/wrist-state-parts.ts';
import { wristStatePeople } from '../fit/wrist-state-data.ts';
import { DEFAULT_SPREAD, type MuscleSpread } from '../population/varied-hand.ts';
import type { Figures, FigureTable, Finding } from './figures.ts';
import { confusionTable } from './wrist-state-accuracy.ts';
import type { PatternAnswers } from './wrist-state-answers.ts';
import { isRefused, modelInputOf, predictor, scaled, topOf, weaker } from './wrist-state-inputs.ts';

/** Subjects a world; about 4 % have one trial only. */
const PEOPLE = 1_200;
const KEYS: readonly PatternKey[] = ['A', 'B', 'C'];

const spreadTimes = (factor: number): MuscleSpread => ({
  maxForce: DEFAULT_SPREAD.maxForce * factor,
  optimalLength: DEFAULT_SPREAD.optimalLength * factor,
  slackLength: DEFAULT_SPREAD.slackLength * factor,
  pennation: DEFAULT_SPREAD.pennation * factor,
  momentArm: DEFAULT_SPREAD.momentArm * factor,
});
/** Muscles and patients after one operation alike. */
const allSpread = (factor: number): WristStateOptions => ({
  spread: spreadTimes(factor),
  patientSpread: factor,
});

interface World {
  name: string;
  options?: WristStateOptions;
  change?: (input: ModelInput) => ModelInput;
}
const AS_SIMULATED = 'as simulated';
const HALF_SPREAD = 'half the spread between people';
const DOUBLE_SPREAD = 'twice the spread between people';

/** The same bundle on people simulated or measured otherwise: what calibration on one's own simulator cannot show. */
const WORLDS: readonly World[] = [
  { name: AS_SIMULATED },
  { name: 'other contact model', options: { contact: 'B' } },
  { name: 'gauge reads 10 % too high', change: (input) => scaled(input, 1.1) },
  { name: 'gauge reads 10 % too low', change: (input) => scaled(input, 0.9) },
  { name: 'recruited 6.2 % stronger', options: { strengthFactor: 1.062 } },
  { name: 'recruited 19.4 % stronger', options: { strengthFactor: 1.194 } },
  { name: 'judged hand at 80 % of its strength', change: (input) => weaker(input, 0.8) },
  { name: 'judged hand at 60 % of its strength', change: (input) => weaker(input, 0.6) },
  { name: 'half the measurement noise', options: { noiseScale: 0.5 } },
  { name: 'twice the measurement noise', options: { noiseScale: 2 } },
  { name: 'half the severity of surgery', options: { severity: 0.5 } },
  { name: 'one and a half times the severity', options: { severity: 1.5 } },
  { name: HALF_SPREAD, options: allSpread(0.5) },
  { name: DOUBLE_SPREAD, options: allSpread(2) },
  { name: 'other hand operated too, not written down', options: { isOtherHandOperated: true } },
];

const unchanged = (input: ModelInput): ModelInput => input;

interface Tally {
  asked: number;
  answered: PatternAnswers['answered'];
  right: number;
  covered: number;
}

function tally(
  bundle: WristStateBundle,
  people: readonly WristStatePerson[],
  key: PatternKey,
  change: (input: ModelInput) => ModelInput,
): Tally {
  const predict = predictor(bundle);
  const answered = people.flatMap((person) => {
    const prediction = predict(change(modelInputOf(person, key)));
    if (isRefused(prediction)) return [];
    return [{ person, label: person.subject % 3, prediction, top: topOf(prediction) }];
  });
  return {
    asked: people.length,
    answered,
    right: answered.filter(({ top, label }) => top.label === label).length,
    covered: answered.filter(({ person, prediction }) => prediction.predictionSet.includes(person.className))
      .length,
  };
}

const cell = (hits: number, n: number): string => {
  if (n === 0) return '-';
  const [low, high] = wilsonInterval(hits, n);
  const percent = (value: number) => (100 * value).toFixed(1);
  return `${percent(hits / n)} (${percent(low)}-${percent(high)})`;
};

function finding(name: string, hits: number, n: number, sentence: string): Finding {
  const [low, high] = n === 0 ? [0, 1] : wilsonInterval(hits, n);
  return { name, value: n === 0 ? 0 : hits / n, low, high, literature: null, n, sentence };
}

/** Where the Wilson interval of a share lies against a reference, in words. */
export function against(reference: number, name: string, hits: number, n: number): string {
  if (n === 0) return 'Nobody got an answer.';
  const [low, high] = wilsonInterval(hits, n);
  const place = low > reference ? 'lies above' : high < reference ? 'lies below' : 'includes';
  return `The interval ${place} ${name}.`;
}

/**
 * One table over all worlds, findings of each row, and confusion under half, one and two times the assumed spread between
 * patients. Every world has the same subjects, so that a change of world is the only change.
 */
export function robustnessFigures(
  bundle: WristStateBundle,
  log: (line: string) => void,
): Pick<Figures, 'findings' | 'tables'> {
  const findings: Finding[] = [];
  const rows: FigureTable['rows'] = [];
  const confusions: FigureTable[] = [];
  const simulated = new Map<WristStateOptions | undefined, WristStatePerson[]>();
  for (const { name, options, change = unchanged } of WORLDS) {
    const people =
      simulated.get(options) ??
      wristStatePeople('robustness', PEOPLE, bundle.manifest.seed, { ...WRIST_STATE_WORLD, ...options });
    if (options === undefined) simulated.set(options, people);
    for (const key of KEYS) {
      const { asked, answered, right, covered } = tally(bundle, people, key, change);
      const n = answered.length;
      rows.push([name, key, asked, cell(asked - n, asked), cell(right, n), cell(covered, n)]);
      findings.push(
        finding(`${key}, ${name}: refused`, asked - n, asked, 'Share of people who get no answer.'),
        finding(
          `${key}, ${name}: accuracy of the answers`,
          right,
          n,
          `The classes differ by construction. ${against(1 / 3, 'chance (33 %)', right, n)}`,
        ),
        finding(
          `${key}, ${name}: sets that hold the right class`,
          covered,
          n,
          against(0.9, 'the 90 % promised for people as simulated', covered, n),
        ),
      );
      if (key !== 'A' && (name === AS_SIMULATED || name === HALF_SPREAD || name === DOUBLE_SPREAD)) {
        confusions.push(confusionTable(`Confusion of pattern ${key}, ${name}`, { answered }));
      }
    }
    log(`world: ${name}`);
  }
  return {
    findings,
    tables: [
      {
        title: 'Robustness: other people, other measurement',
        columns: [
          'world',
          'pattern',
          'n',
          'refused, %',
          'right, % of the answers',
          'sets that hold the class, % of the answers',
        ],
        rows,
        caption:
          'The shipped bundle, never retrained, on the same subjects in every row; 95 % Wilson intervals. Whoever has both hands affected is answered by the one-hand patterns; the last row is what happens when nobody wrote it down.',
      },
      ...confusions,
    ],
  };
}

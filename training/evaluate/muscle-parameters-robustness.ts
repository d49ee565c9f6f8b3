import type { MuscleParametersCalibration } from '../../core/inference/muscle-parameters-calibration.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import {
  generateMuscleParameterPeople,
  type MuscleParameterOptions,
  type MuscleParameterPerson,
} from '../dataset/muscle-parameters.ts';
import { MUSCLE_PARAMETERS_SEED } from '../dataset/muscle-parameters-data-set.ts';
import { SUBJECTS } from '../fit/wrist-state-data.ts';
import { ROBUSTNESS_WORLDS } from '../population/robustness-worlds.ts';
import { type Figures, type FigureTable, type Finding, noFigures } from './figures.ts';
import { answer, type MuscleParametersBundle } from './muscle-parameters-bundle.ts';
import { type AnsweredPerson, meanCoverage } from './muscle-parameters-coverage.ts';

export const ROBUSTNESS_PEOPLE = 1_500;

interface MuscleWorld {
  name: string;
  options: MuscleParameterOptions;
  /** First tier that can notice. */
  fromTier: number;
}

/** The worlds of the population, a hand as weak as early after an injury, and another sharing of sub-maximal force. */
export const MUSCLE_ROBUSTNESS_WORLDS: readonly MuscleWorld[] = [
  ...ROBUSTNESS_WORLDS.map(({ name, population, gaugeGain, noiseScale }) => ({
    name,
    options: { ...population, gaugeGain, noiseScale },
    fromTier: population.gripPinchCorrelation === undefined ? 1 : 2,
  })),
  { name: 'hands of 60 % strength', options: { strengthFactor: 0.6 }, fromTier: 1 },
  {
    name: 'sub-maximal force shared as at the maximum',
    options: { rampSharing: 'as-at-maximum' },
    fromTier: 3,
  },
];

/** Mean over outputs of root mean squared error in standard deviations of the training people, with interval. */
function standardisedError(
  answered: readonly AnsweredPerson[],
  outputs: MuscleParametersCalibration['outputs'],
): { value: number; low: number; high: number } {
  const perPerson = answered.map(({ person, answer: { mean } }) =>
    outputs.reduce((sum, { sd }, j) => sum + ((mean[j]! - person.targets[j]!) / sd) ** 2 / outputs.length, 0),
  );
  const n = perPerson.length;
  const square = perPerson.reduce((sum, value) => sum + value, 0) / n;
  const variance = perPerson.reduce((sum, value) => sum + (value - square) ** 2, 0) / (n - 1);
  const half = 1.96 * Math.sqrt(variance / n);
  return {
    value: Math.sqrt(square),
    low: Math.sqrt(Math.max(0, square - half)),
    high: Math.sqrt(square + half),
  };
}

const percent = ({ value, low, high }: { value: number; low: number; high: number }): string =>
  `${(100 * value).toFixed(1)} (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;

/**
 * The same bundle on people simulated under other assumptions, which calibration on one's own simulator cannot show.
 * @param count - people in each world, drawn from subjects that serve nothing else.
 */
export function robustnessFigures(
  bundle: MuscleParametersBundle,
  log: (line: string) => void,
  count = ROBUSTNESS_PEOPLE,
): Figures {
  const { outputs, tier } = bundle.calibration;
  const findings: Finding[] = [];
  const rows: FigureTable['rows'] = [];
  for (const { name: world, options, fromTier } of MUSCLE_ROBUSTNESS_WORLDS) {
    if (tier < fromTier) continue;
    const people: MuscleParameterPerson[] = [
      ...generateMuscleParameterPeople(count, MUSCLE_PARAMETERS_SEED, SUBJECTS.robustness, options),
    ];
    const answered = people
      .map((person): AnsweredPerson => ({ person, answer: answer(bundle, person.inputs) }))
      .filter((one) => !one.answer.isRefused);
    const refused = people.length - answered.length;
    const [refusedLow, refusedHigh] = wilsonInterval(refused, people.length);
    const refusal = { value: refused / people.length, low: refusedLow, high: refusedHigh };
    findings.push({
      name: `${world}: refused`,
      ...refusal,
      literature: null,
      n: people.length,
      sentence: 'Share of people who get no answer; as simulated 4 % are meant to be.',
    });
    // Two answered people at least: a share of one person has no interval.
    if (answered.length < 2) {
      rows.push([world, percent(refusal), '-', '-', answered.length]);
      continue;
    }
    const coverage = meanCoverage(answered);
    const error = standardisedError(answered, outputs);
    findings.push(
      {
        name: `${world}: coverage`,
        ...coverage,
        literature: null,
        n: answered.length,
        sentence:
          'Share of 90 % intervals that hold the true value, over all outputs of people who get an answer.',
      },
      {
        name: `${world}: error`,
        ...error,
        literature: null,
        n: answered.length,
        sentence: 'Root mean squared error over all outputs, in standard deviations between training people.',
      },
    );
    rows.push([
      world,
      percent(refusal),
      percent(coverage),
      `${error.value.toFixed(3)} (${error.low.toFixed(3)} to ${error.high.toFixed(3)})`,
      answered.length,
    ]);
  }
  log(`robustness: ${rows.length} worlds of ${count} people`);
  return {
    ...noFigures(),
    findings,
    tables: [
      {
        title: `Robustness rows of muscle-parameters, tier ${tier}`,
        columns: ['world', 'refused, %', 'coverage, %', 'error, standard deviations', 'n answered'],
        rows,
        caption: `${count} people a world; 95 % intervals over people. Only the first row is the world that the intervals were calibrated in.`,
      },
    ],
  };
}

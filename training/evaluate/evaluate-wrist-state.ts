import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import { loadWristStateBundle, type WristStateBundle } from '../../core/inference/bundle.ts';
import { PATTERN_KEYS, patternOf } from '../../core/inference/calibration-file.ts';
import { WRIST_STATE_COUNTS, WRIST_STATE_DATA_SEED, wristStateParts } from '../dataset/wrist-state-parts.ts';
import { wristStatePeople } from '../fit/wrist-state-data.ts';
import type { Figures, FigureTable } from './figures.ts';
import type { ModelEvaluator } from './model-evaluator.ts';
import { bundleFiles, nodeSha256 } from './read-bundle.ts';
import { setComparison } from './set-comparison.ts';
import { accuracyFindings, confusionTable } from './wrist-state-accuracy.ts';
import { answersOf, type PatternAnswers } from './wrist-state-answers.ts';
import { comparisonFigures, FEATURE_STATEMENT } from './wrist-state-comparison.ts';
import { coverageFigures } from './wrist-state-coverage.ts';
import { disagreementFindings } from './wrist-state-disagreement.ts';
import { importanceFigures } from './wrist-state-importance.ts';
import { shareFinding } from './wrist-state-inputs.ts';
import { misuseChecks, unitFigures } from './wrist-state-misuse.ts';
import { probabilityFigures } from './wrist-state-probabilities.ts';
import { calibrationCheck, prevalenceFigures } from './wrist-state-reliability.ts';
import { robustnessFigures } from './wrist-state-robustness.ts';

export const WRIST_STATE_NOTES = [
  'The three classes differ by construction: surgery scales wrist moment arms of a simulated hand, tuned to two published percentages of pinch (92.1 and 89.8 %, another quantity than the one tuned). How well they separate here says nothing about patients.',
  'Wrist strength after surgery is an assumption: it is lowered as grip is (74 and 80 %). What pattern B adds to pattern A follows from it.',
  `${FEATURE_STATEMENT} What the paper calls accuracy was not found either, so there is nothing to compare with.`,
  'The network of pattern C reads a force trace; two of the ways in which a class may show in it are named assumptions with a switch each. What the trace is worth with and without them is measured by the experiment wrist-trace-gain.',
  'Probabilities assume that the three classes are met alike often (prior 1/3 each). A clinic in which they are not needs them corrected by its prevalence; the correction moves the base rate only.',
  'Key pinch norms were transcribed from memory; women’s wrist strength follows a grip survey.',
  'Sets are calibrated to hold the right class for 9 of 10 simulated people of each class, over people and not for one; whether they do is checked for each pattern.',
  'Hands weaker than the simulated ones, as in the first months after surgery, were never trained on. How many are refused, and how many of the other answers are right, stands in the robustness table.',
  'Sets are calibrated on people as simulated and promise nothing for others. What they hold where an operation acts half as strongly as assumed, measurement is twice as noisy or people differ twice as much stands in the robustness table.',
  'Whoever has both hands affected is answered by the one-hand patterns: the other hand is no reference. The simulation gives such a person the same hand as anybody of the class.',
  'The reference of an explanation is the mean of the nonimpaired training people in percent of expected; it is personal through sex, age and size only.',
] as const;

/** People behind refusals of misuse, curves and explanations: enough for the bar, quick enough for the command. */
const MISUSE_PEOPLE = 600;
const CURVE_PEOPLE = 200;
const IMPORTANCE_PEOPLE = 100;
const COMPARISON_PEOPLE = 6_000;
const DISAGREEMENT_PEOPLE = 2_000;

const bothHands = ({ key }: PatternAnswers): boolean => !key.endsWith('one-hand');

const setTable = (bundle: WristStateBundle, { key, answered }: PatternAnswers): FigureTable =>
  setComparison(
    `Sets of pattern ${key} by other rules`,
    answered.map(({ prediction, label }) => ({
      probabilities: prediction.probabilities ?? [],
      label,
      shipped: prediction.predictionSet.map((name) => WRIST_CLASSES.indexOf(name)),
    })),
    patternOf(bundle.calibration, key).alpha,
    patternOf(bundle.calibration, key).counts,
  );

async function evaluate(folder: string, log: (line: string) => void): Promise<Figures> {
  const bundle = await loadWristStateBundle(bundleFiles(folder), nodeSha256);
  const people = wristStateParts('test');
  log(`${people.length} test people`);
  const answers = PATTERN_KEYS.map((key) => {
    const made = answersOf(bundle, people, key);
    log(`pattern ${key}: ${made.answered.length} answered`);
    return made;
  });
  const isJudged = answers.every(({ answered }) => answered.length >= 10_000);
  const coverage = coverageFigures(bundle, answers, isJudged);
  const prevalence = answers
    .filter(({ key }) => key === 'B' || key === 'C')
    .map((each) => prevalenceFigures(each, bundle.calibration.prior));
  const probabilities = probabilityFigures(answers);
  const disagreement = answers
    .filter(bothHands)
    .flatMap((each) => disagreementFindings(bundle, each, DISAGREEMENT_PEOPLE));
  log('scores of probabilities, disagreement of members');
  const units = unitFigures(bundle, people.slice(0, CURVE_PEOPLE));
  const misuse = misuseChecks(bundle, people.slice(0, MISUSE_PEOPLE));
  log('misuse');
  const importance = importanceFigures(bundle, people.slice(0, IMPORTANCE_PEOPLE));
  log('importance');
  const robustness = robustnessFigures(bundle, log);
  // The network's own people; the simpler models read no trace, and none is made for them.
  const train = wristStatePeople('train', WRIST_STATE_COUNTS.train, WRIST_STATE_DATA_SEED);
  const validation = wristStatePeople('validation', WRIST_STATE_COUNTS.validation, WRIST_STATE_DATA_SEED);
  const test = people.slice(0, COMPARISON_PEOPLE);
  const comparison = comparisonFigures(bundle, { train, validation, test }, log);
  const single = WRIST_STATE_COUNTS.test - people.length;
  return {
    checks: [...coverage.checks, ...answers.map(calibrationCheck), ...misuse],
    findings: [
      ...answers.flatMap(accuracyFindings),
      shareFinding(
        'no answer for too few trials',
        single,
        WRIST_STATE_COUNTS.test,
        'People with one trial only: refused by the app and left out of every other row.',
      ),
      ...probabilities.findings,
      ...disagreement,
      ...comparison.findings,
      ...importance.findings,
      ...prevalence.flatMap(({ findings }) => findings),
      ...units.findings,
      ...robustness.findings,
    ],
    plots: [...prevalence.flatMap(({ plots }) => plots), ...units.plots],
    tables: [
      ...comparison.tables,
      ...answers.map((each) => confusionTable(`Confusion of pattern ${each.key}`, each)),
      ...importance.tables,
      ...probabilities.tables,
      ...coverage.tables,
      ...answers.filter(bothHands).map((each) => setTable(bundle, each)),
      ...prevalence.flatMap(({ tables }) => tables),
      ...robustness.tables,
    ],
  };
}

/** Measures a `wrist-state` bundle on people whom it never saw. */
export const EVALUATOR: ModelEvaluator = { modelId: 'wrist-state', notes: WRIST_STATE_NOTES, evaluate };

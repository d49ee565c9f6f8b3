import { binaryAgreement } from '../../core/agreement/paired-binary.ts';
import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import { patternOf } from '../../core/inference/calibration-file.ts';
import { averageLogits, softmax } from '../../core/networks/ensemble-forward.ts';
import type { WristStatePerson } from '../dataset/wrist-state.ts';
import { labelOf, patternFeatures, patternInput } from '../fit/wrist-state-data.ts';
import { bootstrapMean } from './comparators/bootstrap-mean.ts';
import { calibrateClassifier, tuneForest } from './comparators/calibrated-classifier.ts';
import type { Classifier } from './comparators/classifier.ts';
import { fitLogisticRegression } from './comparators/logistic-regression.ts';
import type { Figures, FigureTable, Finding } from './figures.ts';
import { forwardOf } from './wrist-state-forward.ts';

/** Said wherever the features are compared with a published classifier. */
export const FEATURE_STATEMENT = "Nine features, our choice; the paper's names were not found.";
const KEYS = ['A', 'B', 'C'] as const;
const FOREST = { trees: 40, maxDepth: 14, levels: 64 } as const;
/** Smallest leaves of which the validation people choose one. */
const MINIMUM_LEAVES = [5, 30, 100, 300] as const;

interface Scores {
  isRight: Float64Array;
  logLoss: Float64Array;
}

function scoresOf(people: readonly WristStatePerson[], classify: (person: WristStatePerson) => Float64Array) {
  const isRight = new Float64Array(people.length);
  const logLoss = new Float64Array(people.length);
  people.forEach((person, i) => {
    const probabilities = classify(person);
    isRight[i] = probabilities.indexOf(Math.max(...probabilities)) === labelOf(person) ? 1 : 0;
    logLoss[i] = -Math.log(Math.max(1e-12, probabilities[labelOf(person)] ?? 0));
  });
  return { isRight, logLoss };
}

const difference = (a: Float64Array, b: Float64Array) => a.map((value, i) => value - (b[i] ?? Number.NaN));
/** Exact McNemar test that two models are right equally often about the same people. */
function equalAccuracyProbability(a: Float64Array, b: Float64Array): number {
  const count = (first: number, second: number) =>
    a.reduce((sum, value, i) => sum + (value === first && b[i] === second ? 1 : 0), 0);
  return binaryAgreement({
    bothYes: count(1, 1),
    firstOnly: count(1, 0),
    secondOnly: count(0, 1),
    bothNo: count(0, 0),
  }).equalYesProbability;
}
const text = ({ value, low, high }: { value: number; low: number; high: number }, digits: number) =>
  `${value.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;

/** People of each part: the simpler models learn from, and are tuned on, those whom the network learned from. */
export interface ComparisonPeople {
  train: readonly WristStatePerson[];
  /** Whom the network's stopping and temperature were chosen on, and the forest's leaf and both temperatures here. */
  validation: readonly WristStatePerson[];
  /** Whom nobody learned from; with a trace if the network reads one. */
  test: readonly WristStatePerson[];
}

/** Who sees what, and what the difference may therefore be put down to. */
export function inputsSentence(width: number, seesTrace: boolean): string {
  return seesTrace
    ? `The network sees ${width} features and the force trace, the other model the ${width} features alone: methods and inputs differ, so this is no comparison of methods (pattern B is; what the trace is worth: experiment wrist-trace-gain).`
    : `Both see the same ${width} features: a comparison of methods.`;
}

/**
 * Random forest and logistic regression, trained on the network's own training people with what a pattern measures, on the
 * same test people as the network, refusals aside: everybody is answered by everybody. Each has what the network has: one
 * setting and one temperature chosen on the validation people.
 *
 * The network is not asked about pattern C without its trace: postures and trace share a mask, so it never learned from
 * one without the other, and an answer to an input of a kind never seen would be no comparison either.
 */
export function comparisonFigures(
  bundle: WristStateBundle,
  { train, validation, test }: ComparisonPeople,
  log: (line: string) => void,
): Pick<Figures, 'findings' | 'tables'> {
  const { layout, members, calibration } = bundle;
  const forwards = members.map(forwardOf);
  const findings: Finding[] = [];
  const rows: FigureTable['rows'] = [];
  for (const key of KEYS) {
    const columns = (person: WristStatePerson) => patternFeatures(person, key);
    const labelled = (people: readonly WristStatePerson[]) => ({
      rows: people.map(columns),
      labels: people.map(labelOf),
      classCount: WRIST_CLASSES.length,
    });
    const [learned, tuned] = [labelled(train), labelled(validation)];
    const width = learned.rows[0]?.length ?? 0;
    const own = (classify: Classifier) => scoresOf(test, (person) => classify(columns(person)));
    const { temperature } = patternOf(calibration, key);
    const network = scoresOf(test, (person) => {
      const input = patternInput(person, key, layout);
      return softmax(averageLogits(forwards.map((forward) => forward(input).output)), temperature);
    });
    const forest = tuneForest(
      learned,
      tuned,
      {
        ...FOREST,
        featuresPerNode: Math.max(1, Math.round(Math.sqrt(width))),
        seed: `${bundle.manifest.seed}/forest/${key}`,
      },
      MINIMUM_LEAVES,
    );
    const logistic = calibrateClassifier(fitLogisticRegression(learned).classify, tuned);
    const others: { name: string; chosen: string; scores: Scores; literature: string | null }[] = [
      {
        name: 'random forest',
        chosen: `leaf of ${forest.minimumLeaf} or more, temperature ${forest.temperature.toFixed(2)}`,
        scores: own(forest.classify),
        literature:
          'Tappan 2024 used a random forest on nine features of 315 simulations; its accuracy was not found.',
      },
      {
        name: 'logistic regression',
        chosen: `temperature ${logistic.temperature.toFixed(2)}`,
        scores: own(logistic.classify),
        literature: null,
      },
    ];
    const seesTrace = key === 'C' && layout.hasTrace;
    const inputs = inputsSentence(width, seesTrace);
    const put = (name: string, scores: Scores, sees: string, chosen: string, apart: string) => {
      const accuracy = bootstrapMean(scores.isRight, `${key}/${name}/accuracy`);
      const loss = bootstrapMean(scores.logLoss, `${key}/${name}/loss`);
      rows.push([key, name, sees, chosen, text(accuracy, 4), apart, text(loss, 4)]);
    };
    put(
      'network',
      network,
      seesTrace ? `${width} features and the trace` : `${width} features`,
      `stopping, temperature ${temperature.toFixed(2)}`,
      '-',
    );
    for (const { name, chosen, scores, literature } of others) {
      const apart = bootstrapMean(difference(network.isRight, scores.isRight), `${key}/${name}/apart`);
      const loss = bootstrapMean(difference(network.logLoss, scores.logLoss), `${key}/${name}/loss-apart`);
      put(name, scores, `${width} features`, chosen, text(apart, 4));
      findings.push(
        {
          ...apart,
          name: `${key}: accuracy of the network minus ${name}`,
          literature,
          sentence: `${inputs} Exact McNemar test of equal accuracy: p ${equalAccuracyProbability(network.isRight, scores.isRight).toPrecision(2)}. Paired, given these trained models: the same ${test.length} test people, ${train.length} to train on, ${validation.length} to choose on (${name}: ${chosen}). ${FEATURE_STATEMENT}`,
        },
        {
          ...loss,
          name: `${key}: log loss of the network minus ${name}`,
          literature: null,
          sentence: `${inputs} Natural logarithm, paired, given these trained models; each has one temperature from the same ${validation.length} validation people. Below zero favours the network.`,
        },
      );
    }
    log(`comparators, pattern ${key}`);
  }
  return {
    findings,
    tables: [
      {
        title: 'Against simpler models, same people',
        columns: [
          'pattern',
          'model',
          'sees',
          'chosen on validation people',
          'accuracy (95 %)',
          'network minus it (paired, 95 %)',
          'log loss (95 %)',
        ],
        rows,
        caption: `${FEATURE_STATEMENT} n: ${train.length} people to train on, ${validation.length} to choose on, ${test.length} to test on. Forest: ${FOREST.trees} trees, depth ${FOREST.maxDepth}, smallest leaf one of ${MINIMUM_LEAVES.join(', ')} by log loss; logistic regression without interactions. Intervals over test people, given these trained models. Where the network also sees the trace, the row compares methods and inputs at once. Refusals aside: everybody is answered.`,
      },
    ],
  };
}

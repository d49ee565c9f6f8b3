import type { WristStateBundle } from '../../core/inference/bundle.ts';
import { patternOf } from '../../core/inference/calibration-file.ts';
import { forwardNetwork } from '../../core/networks/dense-network.ts';
import { averageLogits, softmax } from '../../core/networks/ensemble-forward.ts';
import type { WristStatePerson } from '../dataset/wrist-state.ts';
import { labelOf, patternFeatures, patternInput } from '../fit/wrist-state-data.ts';
import { bootstrapMean } from './comparators/bootstrap-mean.ts';
import type { Classifier } from './comparators/classifier.ts';
import { fitLogisticRegression } from './comparators/logistic-regression.ts';
import { fitRandomForest } from './comparators/random-forest.ts';
import type { Figures, FigureTable, Finding } from './figures.ts';

/** Said wherever the features are compared with a published classifier. */
export const FEATURE_STATEMENT = "Nine features, our choice; the paper's names were not found.";
const KEYS = ['A', 'B', 'C'] as const;
const FOREST = { trees: 100, maxDepth: 14, minimumLeaf: 5, levels: 64 } as const;

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
const text = ({ value, low, high }: { value: number; low: number; high: number }, digits: number) =>
  `${value.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;

/**
 * Random forest and logistic regression, trained on the network's own training people with what a pattern measures, on the
 * same test people as the network, refusals aside: everybody is answered by everybody.
 */
export function comparisonFigures(
  bundle: WristStateBundle,
  train: readonly WristStatePerson[],
  test: readonly WristStatePerson[],
  log: (line: string) => void,
): Pick<Figures, 'findings' | 'tables'> {
  const { layout, members, calibration } = bundle;
  const findings: Finding[] = [];
  const rows: FigureTable['rows'] = [];
  for (const key of KEYS) {
    const columns = (person: WristStatePerson) => patternFeatures(person, key);
    const data = { rows: train.map(columns), labels: train.map(labelOf), classCount: 3 };
    const width = data.rows[0]?.length ?? 0;
    const own = (classify: Classifier) => scoresOf(test, (person) => classify(columns(person)));
    const { temperature } = patternOf(calibration, key);
    const network = scoresOf(test, (person) => {
      const input = patternInput(person, key, layout);
      return softmax(
        averageLogits(members.map((member) => forwardNetwork(member, input).output)),
        temperature,
      );
    });
    const others: [string, Scores, string | null][] = [
      [
        'random forest',
        own(
          fitRandomForest(data, {
            ...FOREST,
            featuresPerNode: Math.max(1, Math.round(Math.sqrt(width))),
            seed: `${bundle.manifest.seed}/forest/${key}`,
          }),
        ),
        'Tappan 2024 used a random forest on nine features of 315 simulations; its accuracy was not found.',
      ],
      ['logistic regression', own(fitLogisticRegression(data).classify), null],
    ];
    const sees = key === 'C' && layout.hasTrace ? `${width} features and the trace` : `${width} features`;
    const put = (name: string, scores: Scores, inputs: string, apart: string) => {
      const accuracy = bootstrapMean(scores.isRight, `${key}/${name}/accuracy`);
      const loss = bootstrapMean(scores.logLoss, `${key}/${name}/loss`);
      rows.push([key, name, inputs, text(accuracy, 4), apart, text(loss, 4)]);
    };
    put('network', network, sees, '-');
    for (const [name, scores, literature] of others) {
      const apart = bootstrapMean(difference(network.isRight, scores.isRight), `${key}/${name}/apart`);
      const loss = bootstrapMean(difference(network.logLoss, scores.logLoss), `${key}/${name}/loss-apart`);
      put(name, scores, `${width} features`, text(apart, 4));
      findings.push(
        {
          ...apart,
          name: `${key}: accuracy of the network minus ${name}`,
          literature,
          sentence: `Paired, same ${test.length} test people and ${train.length} training people. ${FEATURE_STATEMENT}`,
        },
        {
          ...loss,
          name: `${key}: log loss of the network minus ${name}`,
          literature: null,
          sentence: 'Below zero: the network says better how sure it may be (natural logarithm).',
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
          'accuracy (95 %)',
          'network minus it (paired, 95 %)',
          'log loss (95 %)',
        ],
        rows,
        caption: `${FEATURE_STATEMENT} Forest: ${FOREST.trees} trees, depth ${FOREST.maxDepth}; logistic regression without interactions. Refusals aside: everybody is answered.`,
      },
    ],
  };
}

import { softmax } from '../../../core/networks/ensemble-forward.ts';
import { logLoss } from '../../../core/uncertainty/log-loss.ts';
import { fitTemperature } from '../../../core/uncertainty/temperature.ts';
import { type Classifier, checkRows, type LabelledRows } from './classifier.ts';
import { type ForestOptions, fitRandomForest } from './random-forest.ts';

/** A classifier after its one temperature, and what it was chosen by. */
export interface CalibratedClassifier {
  classify: Classifier;
  temperature: number;
  /** Mean negative log likelihood of the validation rows after the temperature, natural logarithm. */
  validationLogLoss: number;
}

/** Least probability that a logarithm is taken of: a class that a model excludes is wrong, not infinitely so. */
const LEAST = 1e-12;

const logarithms = (probabilities: Float64Array) =>
  probabilities.map((probability) => Math.log(Math.max(LEAST, probability)));

/**
 * One temperature on a classifier's log probabilities, fitted on people whom it did not learn from: what every network of
 * the project gets, so that log losses of the two may be compared.
 * @throws RangeError as checkRows.
 */
export function calibrateClassifier(classify: Classifier, validation: LabelledRows): CalibratedClassifier {
  checkRows(validation);
  const logits = validation.rows.map((row) => logarithms(classify(row)));
  const { temperature } = fitTemperature(logits, validation.labels);
  const answers = logits.map((row) => softmax(row, temperature).map((p) => Math.max(LEAST, p)));
  return {
    classify: (row) => softmax(logarithms(classify(row)), temperature),
    temperature,
    validationLogLoss: logLoss(answers, validation.labels).value,
  };
}

/**
 * A forest with each smallest leaf, each with its temperature; the one with the least log loss on the validation people.
 * The candidates are whole forests on all training people: the best leaf grows with their number.
 * @throws RangeError without a candidate, or as fitRandomForest and checkRows.
 */
export function tuneForest(
  train: LabelledRows,
  validation: LabelledRows,
  options: Omit<ForestOptions, 'minimumLeaf'>,
  minimumLeaves: readonly number[],
): CalibratedClassifier & { minimumLeaf: number } {
  const candidates = minimumLeaves.map((minimumLeaf) => ({
    minimumLeaf,
    ...calibrateClassifier(fitRandomForest(train, { ...options, minimumLeaf }), validation),
  }));
  const [first, ...rest] = candidates;
  if (!first) throw new RangeError('a choice needs a candidate');
  return rest.reduce((best, each) => (each.validationLogLoss < best.validationLogLoss ? each : best), first);
}

import * as z from 'zod';
import { bandCounterfactual } from '../../../core/explain/band-counterfactual.ts';
import { ensembleScores } from '../../../core/explain/class-scores.ts';
import { type Flip, featureFlips } from '../../../core/explain/feature-flip.ts';
import {
  type CounterfactualDistance,
  linearCounterfactual,
  linearScore,
} from '../../../core/explain/linear-counterfactual.ts';
import { sigmoid } from '../../../core/networks/activation.ts';
import type { Comparison } from '../comparison.ts';
import { withAllExpected } from '../expected-keys.ts';
import { namedAnswers } from '../named-answers.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { VectorCase, VectorFile } from '../vector-file.ts';
import { flatNumbers, writtenNetwork } from '../written-network.ts';

/** As the cases were made; thresholds agree to the width of the file's note. */
const SCAN_POINTS = 60_001;
const FLIP = { abs: 1e-6, rel: 0 };

export const run: VectorRunner = (vector, file) => withAllExpected(vector, comparisonsOf(vector, file));

function comparisonsOf(vector: VectorCase, file: VectorFile): Comparison[] {
  switch (vector.kind) {
    case 'linear':
    case 'logistic':
      return linear(vector);
    case 'single_feature':
      return singleFeature(vector, file);
    case 'band':
      return band(vector, file);
    default:
      return unknownCase(vector);
  }
}

/** The wanted score; that of a probability for a logistic head. */
function targetScoreOf(vector: VectorCase): number {
  if (vector.targetProbability === undefined) return z.number().parse(vector.targetScore);
  const probability = z.number().gt(0).lt(1).parse(vector.targetProbability);
  return Math.log(probability / (1 - probability));
}

function linear(vector: VectorCase): Comparison[] {
  const model = { weights: flatNumbers(vector.weights), bias: z.number().parse(vector.bias) };
  const input = flatNumbers(vector.input);
  const target = targetScoreOf(vector);
  const nearest = (distance: CounterfactualDistance) => {
    const found = linearCounterfactual(model, input, target, distance);
    if (!found) throw new Error('no input reaches the wanted score');
    return found;
  };
  const scaled = () => nearest({ kind: 'scaled-l2', scale: flatNumbers(vector.featureSd) });
  const reached = [
    nearest({ kind: 'l1' }),
    nearest({ kind: 'l2' }),
    ...('featureSd' in vector ? [scaled()] : []),
  ];
  return [
    ...namedAnswers(vector, {
      score: () => linearScore(model, input),
      probability: () => sigmoid(linearScore(model, input)),
      l1Counterfactual: () => nearest({ kind: 'l1' }).counterfactual,
      l1Distance: () => nearest({ kind: 'l1' }).distance,
      l1FeatureChanged: () => nearest({ kind: 'l1' }).changedInput,
      l2Counterfactual: () => nearest({ kind: 'l2' }).counterfactual,
      l2Distance: () => nearest({ kind: 'l2' }).distance,
      counterfactual: () => scaled().counterfactual,
      scaledL2: () => scaled().distance,
    }),
    {
      what: 'score of each counterfactual',
      expected: reached.map(() => target),
      actual: reached.map(({ counterfactual }) => linearScore(model, counterfactual)),
    },
  ];
}

const classesOf = (vector: VectorCase, file: VectorFile, shape?: readonly number[]) =>
  ensembleScores([writtenNetwork(vector.layers ?? file.nets[z.string().parse(vector.net)], shape)]);

/** One range for all features, or one each. */
const Box = z.tuple([z.number(), z.number()]).or(z.array(z.tuple([z.number(), z.number()])));

function singleFeature(vector: VectorCase, file: VectorFile): Comparison[] {
  const row = flatNumbers(vector.input);
  const classes = classesOf(vector, file);
  const box = Box.parse(vector.box);
  const limits = Array.from(row, (_, column) => {
    const range = box[column];
    const [low, high] = Array.isArray(range) ? range : (box as [number, number]);
    return { column, low, high };
  });
  const { predictedClass, perFeature, smallest } = featureFlips(classes, row, limits, SCAN_POINTS);
  const written = (flip: Flip | null) =>
    flip && { value: flip.value, delta: flip.delta, newClass: flip.newClass };
  return [
    ...namedAnswers(vector, { predictedClass: () => predictedClass, logits: () => classes.scoresOf(row) }),
    ...namedAnswers(
      vector,
      {
        perFeature: () =>
          perFeature.map(({ column, increase, decrease }) => ({
            feature: column,
            increase: written(increase),
            decrease: written(decrease),
          })),
        smallestAbsoluteChange: () => smallest && Math.abs(smallest.flip.delta),
      },
      FLIP,
    ),
  ];
}

function band(vector: VectorCase, file: VectorFile): Comparison[] {
  const steps = z.array(z.array(z.number())).parse(vector.input);
  const channels = steps[0]!.length;
  const classes = classesOf(vector, file, [steps.length, channels]);
  const width = z.number().parse(vector.width);
  const starts = Array.from({ length: steps.length - width + 1 }, (_, start) => start);
  const bands = starts.map((start) => ({
    name: String(start),
    columns: Array.from({ length: width * channels }, (_, i) => start * channels + i),
  }));
  const reference = { name: 'reference of the case', row: flatNumbers(vector.reference) };
  const found = bandCounterfactual(classes, flatNumbers(vector.input), reference, bands);
  return namedAnswers(vector, {
    predictedClass: () => found.predictedClass,
    logits: () => found.scores,
    bands: () =>
      found.replacements.map(({ scores, predicted, marginChange }, start) => ({
        start,
        end: start + width,
        logits: scores,
        predicted,
        marginChange,
      })),
    flippingStarts: () => found.flipping.map(Number),
  });
}

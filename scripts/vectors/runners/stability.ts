import * as z from 'zod';
import { attributionSimilarity } from '../../../core/explain/attribution-similarity.ts';
import {
  attributionEntropy,
  attributionGini,
  effectiveComplexity,
} from '../../../core/explain/complexity.ts';
import { attributionSensitivity } from '../../../core/explain/max-sensitivity.ts';
import {
  type LayerWeights,
  randomisationCascade,
  weightedLayers,
  withLayerWeights,
} from '../../../core/explain/weight-randomisation.ts';
import { forwardNetwork } from '../../../core/networks/forward-network.ts';
import type { Network } from '../../../core/networks/network.ts';
import { spearmanCorrelation } from '../../../core/numerics/rank-correlation.ts';
import type { Comparison } from '../comparison.ts';
import { namedAnswers } from '../named-answers.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { VectorCase, VectorFile } from '../vector-file.ts';
import { flatNumbers, writtenNetwork } from '../written-network.ts';
import { relevanceOfLogit, writtenComposite } from '../written-relevance.ts';

/** Pairs of maps, sensitivity under listed perturbations, randomisation with listed weights, complexity. */
export const run: VectorRunner = (vector, file) => {
  if ('a' in vector && 'b' in vector) return pair(vector);
  if ('perturbations' in vector) return sensitivity(vector, file);
  if ('randomWeights' in vector) return randomisation(vector, file);
  if ('entropyNats' in vector || 'gini' in vector || /^complexity/.test(vector.name))
    return complexity(vector);
  return unknownCase(vector);
};

function pair(vector: VectorCase): Comparison[] {
  const topK = z.int().optional().parse(vector.topK);
  const [a, b] = [flatNumbers(vector.a), flatNumbers(vector.b)];
  const similarity = attributionSimilarity(a, b, topK);
  const found = namedAnswers(vector, {
    pearson: () => similarity.pearson ?? Number.NaN,
    spearman: () => similarity.spearman ?? Number.NaN,
    kendallTauB: () => similarity.kendallTauB ?? Number.NaN,
    spearmanAbs: () => similarity.spearmanOfMagnitudes ?? Number.NaN,
    cosine: () => similarity.cosine ?? Number.NaN,
    euclidean: () => similarity.euclidean,
    manhattan: () => similarity.manhattan,
    chebyshev: () => similarity.chebyshev,
    topKOverlap: () => similarity.topKOverlap,
    signAgreement: () => similarity.signAgreement,
  });
  // The number that is looked at if nobody says so.
  if (topK !== undefined)
    found.push({ what: 'topK', expected: topK, actual: attributionSimilarity(a, b).topK });
  return found;
}

/** Relevance of one logit by the rules of a case, as a function of network and input. */
function explainer(vector: VectorCase): (network: Network, row: Float64Array) => Float64Array {
  const composite = writtenComposite(vector.rules, vector.biasUsedByRule);
  const target = z.int().parse(vector.target);
  return (network, row) => relevanceOfLogit(network, row, target, composite).inputs;
}

const networkOf = (vector: VectorCase, file: VectorFile): Network =>
  writtenNetwork(file.nets[z.string().parse(vector.net)]);

function sensitivity(vector: VectorCase, file: VectorFile): Comparison[] {
  const network = networkOf(vector, file);
  const explain = explainer(vector);
  const row = flatNumbers(vector.input);
  const perturbations = z.array(z.unknown()).parse(vector.perturbations).map(flatNumbers);
  const found = attributionSensitivity((input) => explain(network, input), row, perturbations);
  const original = explain(network, row);
  const classOf = (input: Float64Array) => {
    const { output } = forwardNetwork(network, input);
    return output.indexOf(Math.max(...output));
  };
  return namedAnswers(vector, {
    attribution: () => original,
    perturbedAttributions: () => found.perturbed,
    relativeL2: () => found.relativeChanges,
    maxSensitivity: () => found.maxSensitivity,
    avgSensitivity: () => found.averageSensitivity,
    lipschitz: () => found.lipschitz,
    maxLipschitz: () => found.maxLipschitz,
    predictionsUnchanged: () =>
      perturbations.map((each) => classOf(row.map((x, i) => x + each[i]!)) === classOf(row)),
    spearmanToOriginal: () =>
      found.perturbed.map((values) => spearmanCorrelation(values, original) ?? Number.NaN),
  });
}

const Cascade = z.array(z.looseObject({ randomisedLayers: z.array(z.int()) }));

function randomisation(vector: VectorCase, file: VectorFile): Comparison[] {
  const network = networkOf(vector, file);
  const explain = explainer(vector);
  const row = flatNumbers(vector.input);
  const names = weightedLayers(network);
  const written = z.array(z.record(z.string(), z.unknown())).parse(vector.randomWeights);
  const weightsOf = (name: string): LayerWeights => {
    const { kernel, bias, recurrentKernel } = written[names.indexOf(name)] ?? unknownCase(vector);
    return {
      kernel: flatNumbers(kernel),
      bias: flatNumbers(bias),
      ...(recurrentKernel !== undefined && { recurrentKernel: flatNumbers(recurrentKernel) }),
    };
  };
  const explainRow = (each: Network) => explain(each, row);
  const { original, steps } = randomisationCascade(network, explainRow, weightsOf);
  /** A step with other layers than those next to the output, for cases that go another way. */
  const stepOf = (layers: readonly number[]): (typeof steps)[number] => {
    const randomised = layers.map((layer) => names[layer] ?? unknownCase(vector));
    const changed = randomised.reduce((on, name) => withLayerWeights(on, name, weightsOf(name)), network);
    const values = explainRow(changed);
    return { randomised, values, similarity: attributionSimilarity(original, values) };
  };
  const goesAnotherWay = /bottom.?up|independent/i.test(vector.name);
  const listed = goesAnotherWay
    ? Cascade.parse(vector.cascade).map(({ randomisedLayers }) => stepOf(randomisedLayers))
    : steps;
  return namedAnswers(vector, {
    original: () => original,
    cascade: () =>
      listed.map(({ randomised, values, similarity }) => ({
        randomisedLayers: randomised.map((name) => names.indexOf(name)),
        attribution: values,
        spearmanAbs: similarity.spearmanOfMagnitudes ?? Number.NaN,
        spearmanSigned: similarity.spearman ?? Number.NaN,
        cosine: similarity.cosine ?? Number.NaN,
      })),
  });
}

function complexity(vector: VectorCase): Comparison[] {
  const values = flatNumbers(vector.attribution);
  const found = namedAnswers(vector, {
    entropyNats: () => attributionEntropy(values) ?? Number.NaN,
    gini: () => attributionGini(values) ?? Number.NaN,
  });
  for (const key of Object.keys(vector)) {
    // effectiveComplexityEps0_1: above .1
    const [, threshold] = /^effectiveComplexityEps(\d+(?:_\d+)?)$/.exec(key) ?? [];
    if (threshold === undefined) continue;
    const limit = Number(threshold.replace('_', '.'));
    found.push({ what: key, expected: vector[key], actual: effectiveComplexity(values, limit) });
  }
  return found;
}

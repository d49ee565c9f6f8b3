import * as z from 'zod';
import { ensembleSpread } from '../../../core/uncertainty/ensemble-spread.ts';
import { mixtureMoments } from '../../../core/uncertainty/mixture-moments.ts';
import { namedAnswers } from '../named-answers.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';

const Numbers = z.array(z.number());

export const run: VectorRunner = (vector) => {
  switch (vector.kind) {
    case 'ensemble_classification': {
      const spread = ensembleSpread(z.array(Numbers).parse(vector.memberProbabilities));
      return namedAnswers(vector, {
        mean: () => spread.mean,
        predictiveEntropy: () => spread.predictiveEntropy,
        expectedEntropy: () => spread.expectedEntropy,
        mutualInformation: () => spread.mutualInformation,
        normalisedEntropy: () => spread.normalisedEntropy,
        variationRatio: () => spread.variationRatio,
        disagreement: () => spread.disagreement,
        meanPairwiseJensenShannon: () => spread.meanPairwiseJensenShannon,
        stdOfTopClass: () => spread.topClassSd,
        margin: () => spread.margin,
      });
    }
    case 'ensemble_regression': {
      const moments = mixtureMoments(Numbers.parse(vector.mu), Numbers.parse(vector.variance));
      return namedAnswers(vector, {
        mean: () => moments.mean,
        totalVariance: () => moments.totalVariance,
        aleatoric: () => moments.aleatoric,
        epistemicPopulation: () => moments.epistemic,
        epistemicSample: () => moments.epistemicSample,
      });
    }
    default:
      return unknownCase(vector);
  }
};

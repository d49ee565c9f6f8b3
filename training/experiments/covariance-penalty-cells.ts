import * as z from 'zod';
import type { Penalty } from '../../core/learning/penalty.ts';
import { CLASS_COUNT, PEOPLE_DOMAIN_NAMES, REPETITIONS } from '../augmentation/augmentation-people.ts';
import { drawRepetition } from '../augmentation/augmented-sets.ts';
import { featurePrecision } from '../augmentation/feature-precision.ts';
import {
  classifierRows,
  classifierScores,
  FIRST_LAYER,
  fitSmallClassifier,
} from '../augmentation/small-classifier.ts';
import type { ExperimentCell } from './experiment.ts';

export const PENALTY_SEED = 'covariance-penalty-0.1';
/** Training people of each class. */
export const PENALTY_SIZES = [20, 84] as const;
export const PENALTY_STRENGTHS = [3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1] as const;
export const PENALTY_TEST_PER_CLASS = 500;
export const PENALTIES = ['none', 'ridge', 'covariance'] as const;
export type PenaltyKind = (typeof PENALTIES)[number];

const Score = z.strictObject({ accuracy: z.number(), logLoss: z.number() });
const PenaltyResult = z.strictObject({
  /** Chosen on validation people; 0 for none. */
  strength: z.number(),
  same: Score,
  surrogate: Score,
});
export const PenaltyCell = z.strictObject({
  none: PenaltyResult,
  ridge: PenaltyResult,
  covariance: PenaltyResult,
});
export type PenaltyCell = z.output<typeof PenaltyCell>;

export const penaltyCellId = (size: number, repetition: number): string => `n${size}.r${repetition}`;

function runCell(size: number, repetition: number): PenaltyCell {
  const drawn = drawRepetition(repetition, new Array<number>(CLASS_COUNT).fill(size));
  const [train, validation] = [drawn.train, drawn.validation].map((set) => classifierRows(set, CLASS_COUNT));
  const test = PEOPLE_DOMAIN_NAMES.map((domain) => drawn.people('test', PENALTY_TEST_PER_CLASS, domain));
  const precision = featurePrecision(drawn.train.rows);
  const best = (kind: PenaltyKind) => {
    const strengths = kind === 'none' ? [0] : PENALTY_STRENGTHS;
    const fits = strengths.map((strength) => {
      const penalty: Penalty = {
        layer: FIRST_LAYER,
        matrix: kind === 'covariance' ? precision : null,
        strength,
      };
      const fit = fitSmallClassifier(train!, validation!, `${PENALTY_SEED}/${repetition}`, {
        penalties: kind === 'none' ? [] : [penalty],
      });
      return { strength, fit };
    });
    const chosen = fits.reduce((a, b) => (b.fit.bestValidationLoss < a.fit.bestValidationLoss ? b : a));
    const [same, surrogate] = test.map(({ rows, labels }) => {
      const { accuracy, logLoss } = classifierScores(chosen.fit.logits(rows), labels);
      return { accuracy, logLoss };
    });
    for (const { fit } of fits) fit.dispose();
    return { strength: chosen.strength, same: same!, surrogate: surrogate! };
  };
  return PenaltyCell.parse({ none: best('none'), ridge: best('ridge'), covariance: best('covariance') });
}

export const penaltyCells = (): ExperimentCell[] =>
  PENALTY_SIZES.flatMap((size) =>
    Array.from({ length: REPETITIONS }, (_, repetition) => ({
      id: penaltyCellId(size, repetition),
      run: () => runCell(size, repetition),
    })),
  );

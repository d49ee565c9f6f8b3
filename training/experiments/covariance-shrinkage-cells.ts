import * as z from 'zod';
import { type WristFeatureInput, wristFeatures } from '../../core/signals/wrist-features.ts';
import { conformalThreshold } from '../../core/uncertainty/conformal-rank.ts';
import { ledoitWolf, squaredDistance } from '../../core/uncertainty/covariance.ts';
import { REPETITIONS } from '../augmentation/augmentation-people.ts';
import { gaussianCloud, logDensity, sampleCovariance } from '../augmentation/gaussian-cloud.ts';
import { columnStandard, standardise } from '../augmentation/labelled-rows.ts';
import { generateWristStatePeople, type WristStatePerson } from '../dataset/wrist-state.ts';
import type { ExperimentCell } from './experiment.ts';

export const COVARIANCE_SEED = 'covariance-shrinkage-0.1';
/** People whom mean and covariance are estimated from; nine features, so below 10 the sample covariance has no inverse. */
export const COVARIANCE_SIZES = [12, 15, 20, 30, 60, 120, 300, 600] as const;
const PEOPLE = { calibration: 500, test: 1_000 } as const;
const FIRST_SUBJECT = { train: 0, calibration: 2_000_000, test: 3_000_000 } as const;
/** Share of in-range people that may be refused. */
export const ALPHA = 0.05;
/** 95 % point of chi-squared with nine degrees of freedom: the threshold of a covariance that is exactly known. */
const CHI_SQUARED_9_95 = 16.918977604620448;

/** What goes wrong in a clinic: a session is measured once and written down so. */
export const MISTAKES = {
  'extension-and-flexion-swapped': (person) => ({
    ...person,
    wristExtensionNm: person.wristFlexionNm,
    wristFlexionNm: person.wristExtensionNm,
  }),
  'one-wrist-strength-halved': (person) => ({ ...person, wristUlnarNm: person.wristUlnarNm! / 2 }),
  'other-hand-on-a-gauge-30-percent-high': (person) => ({
    ...person,
    otherHandPinchPeakN: 1.3 * person.otherHandPinchPeakN!,
  }),
} as const satisfies Record<string, (person: WristStatePerson) => WristFeatureInput>;
export type Mistake = keyof typeof MISTAKES;
export const MISTAKE_NAMES = Object.keys(MISTAKES) as Mistake[];

const EstimateResult = z.strictObject({
  /** Mean log density of unseen people, nats a person, features in standard deviations of the training people. */
  logLikelihood: z.number(),
  /** Share of unseen people beyond the chi-squared point. */
  refusedByTheory: z.number(),
  /** The same beyond a threshold calibrated on other people. */
  refusedByCalibration: z.number(),
  /** Share of each kind of mistake beyond the calibrated threshold. */
  caught: z.array(z.number()).length(MISTAKE_NAMES.length),
  shrinkage: z.number(),
});
const SizeResult = z.strictObject({ sample: EstimateResult, shrunk: EstimateResult });
export const CovarianceCell = z.strictObject({ sizes: z.array(SizeResult).length(COVARIANCE_SIZES.length) });
export type CovarianceCell = z.output<typeof CovarianceCell>;
export type Estimate = keyof z.output<typeof SizeResult>;

export const covarianceCellId = (repetition: number): string => `r${repetition}`;

/** All nine features as logarithms, as the out-of-range score of `wrist-state` takes them. */
const logFeatures = (input: WristFeatureInput): Float64Array => wristFeatures(input).values.map(Math.log);
const isPositive = (row: Float64Array): boolean => row.every(Number.isFinite);

function runCell(repetition: number): CovarianceCell {
  const seed = `${COVARIANCE_SEED}/${repetition}`;
  const people = (part: keyof typeof FIRST_SUBJECT, count: number) =>
    generateWristStatePeople(count, seed, FIRST_SUBJECT[part]);
  const train = people('train', Math.max(...COVARIANCE_SIZES)).map(logFeatures);
  const calibration = people('calibration', PEOPLE.calibration).map(logFeatures);
  const testPeople = people('test', PEOPLE.test);
  const test = testPeople.map(logFeatures);
  const mistaken = MISTAKE_NAMES.map((name) =>
    testPeople.map((person) => logFeatures(MISTAKES[name](person))).filter(isPositive),
  );
  const sizes = COVARIANCE_SIZES.map((size) => {
    const own = train.slice(0, size);
    // The scale of each column is taken out first, so that shrinking towards equal variances is fair to all.
    const standard = columnStandard(own);
    const scaled = (rows: readonly Float64Array[]) => standardise(rows, standard);
    const estimate = (covariance: ReturnType<typeof ledoitWolf>) => {
      const cloud = gaussianCloud(covariance);
      const distances = (rows: readonly Float64Array[]) =>
        scaled(rows).map((row) => squaredDistance(row, cloud));
      const threshold = conformalThreshold(distances(calibration), ALPHA);
      if (threshold === 'unbounded') throw new RangeError('too few calibration people');
      const shareBeyond = (rows: readonly Float64Array[], limit: number) =>
        distances(rows).filter((distance) => distance > limit).length / rows.length;
      return {
        logLikelihood: scaled(test).reduce((sum, row) => sum + logDensity(row, cloud), 0) / test.length,
        refusedByTheory: shareBeyond(test, CHI_SQUARED_9_95),
        refusedByCalibration: shareBeyond(test, threshold),
        caught: mistaken.map((rows) => shareBeyond(rows, threshold)),
        shrinkage: cloud.shrinkage,
      };
    };
    return { sample: estimate(sampleCovariance(scaled(own))), shrunk: estimate(ledoitWolf(scaled(own))) };
  });
  return CovarianceCell.parse({ sizes });
}

export const covarianceCells = (): ExperimentCell[] =>
  Array.from({ length: REPETITIONS }, (_, repetition) => ({
    id: covarianceCellId(repetition),
    run: () => runCell(repetition),
  }));

import * as z from 'zod';
import type { RangeCalibration } from '../uncertainty/combined-range-score.ts';
import type { Whitening } from '../uncertainty/covariance.ts';
import { BundleError, type ReadFile, type Sha256, type VerifiedBundle, verifyBundle } from './bundle.ts';
import { AscendingScores, OpenShare } from './calibration-schemas.ts';
import { NEXT_VISIT_INPUT_COUNT, NEXT_VISIT_PATTERNS } from './next-visit-input.ts';
import type { QuantileCalibration } from './next-visit-interval.ts';

/** Levels of the forecast quantiles, ascending: the network's outputs, in this order. */
export const NEXT_VISIT_LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

const Numbers = z.array(z.number());
const Cloud = z.strictObject({ mean: Numbers, inverseFactor: Numbers });

export const NextVisitCalibrationFile = z.strictObject({
  format: z.literal('prehensa-next-visit-calibration-1'),
  /** The forecast reads its quantiles by their place: no other levels, and no other order. */
  levels: z.array(OpenShare).refine((levels) => levels.join() === NEXT_VISIT_LEVELS.join(), {
    error: `The levels must be ${NEXT_VISIT_LEVELS.join(', ')}.`,
  }),
  interval: z.strictObject({
    alpha: OpenShare,
    margin: z.union([z.number(), z.literal('unbounded')]),
    count: z.int(),
  }),
  /** Quantiles of ln(next / last) over all training people: the spread given to the "last value" that it is compared with. */
  lastValueQuantiles: z.array(z.number()).length(NEXT_VISIT_LEVELS.length),
  rangeAlpha: OpenShare,
  /** Distance cloud and ranks of the measured quantities, for each pattern of what is there. */
  patterns: z.record(z.string(), z.strictObject({ cloud: Cloud, scores: AscendingScores })),
  /** Of each member's last hidden layer, all patterns together. */
  hiddenClouds: z.array(Cloud).min(1),
  hiddenScores: AscendingScores,
  combinedScores: AscendingScores,
});
export type NextVisitCalibrationFile = z.output<typeof NextVisitCalibrationFile>;

export interface NextVisitCalibration {
  interval: QuantileCalibration;
  lastValueQuantiles: Float64Array;
  rangeAlpha: number;
  patterns: ReadonlyMap<string, { cloud: Whitening; range: RangeCalibration }>;
  hiddenClouds: Whitening[];
}

export interface NextVisitBundle extends VerifiedBundle {
  calibration: NextVisitCalibration;
}

const cloudFrom = (cloud: z.output<typeof Cloud>): Whitening => ({
  mean: Float64Array.from(cloud.mean),
  inverseFactor: Float64Array.from(cloud.inverseFactor),
});

/** Calibration as the forecast uses it. @throws RangeError when a pattern is missing. */
export function nextVisitCalibration(file: NextVisitCalibrationFile): NextVisitCalibration {
  const hiddenScores = Float64Array.from(file.hiddenScores);
  const combinedScores = Float64Array.from(file.combinedScores);
  return {
    interval: file.interval,
    lastValueQuantiles: Float64Array.from(file.lastValueQuantiles),
    rangeAlpha: file.rangeAlpha,
    patterns: new Map(
      NEXT_VISIT_PATTERNS.map((pattern) => {
        const own = file.patterns[pattern];
        if (!own) throw new RangeError(`the calibration has no pattern "${pattern}"`);
        const featureScores = Float64Array.from(own.scores);
        return [
          pattern,
          { cloud: cloudFrom(own.cloud), range: { featureScores, hiddenScores, combinedScores } },
        ];
      }),
    ),
    hiddenClouds: file.hiddenClouds.map(cloudFrom),
  };
}

// Every place that core runs in has it; the ES library's types do not.
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

/**
 * The verified bundle of `next-visit`.
 * @throws BundleError naming the file that is missing, changed or of another model.
 */
export async function loadNextVisitBundle(read: ReadFile, sha256: Sha256): Promise<NextVisitBundle> {
  const bundle = await verifyBundle(read, sha256, 'next-visit');
  const isForecast = bundle.members.every(
    (member) =>
      member.inputCount === NEXT_VISIT_INPUT_COUNT && member.outputCount === NEXT_VISIT_LEVELS.length,
  );
  if (!isForecast) throw new BundleError('not-understood', 'manifest.json');
  const bytes = bundle.files.get('calibration.json');
  if (!bytes) throw new BundleError('missing-file', 'calibration.json');
  try {
    const file = NextVisitCalibrationFile.parse(JSON.parse(new TextDecoder().decode(bytes)));
    if (file.hiddenClouds.length !== bundle.members.length) {
      throw new RangeError('every member needs a cloud');
    }
    return { ...bundle, calibration: nextVisitCalibration(file) };
  } catch (cause) {
    throw new BundleError('not-understood', 'calibration.json', { cause });
  }
}

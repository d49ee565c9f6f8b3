import * as z from 'zod';

/** The survey writes 80 for everybody of 80 and older. */
export const TOP_CODED_YEARS = 80;

const Count = z.int().positive();
const Positive = z.number().positive();
const Correlation = z.number().min(-1).max(1);
const MetresSpread = z.number().min(0.02).max(0.2);
const LogSpread = z.number().min(0.01).max(0.6);
/** a + b x + c x^2 with x = (age in years - 45) / 10. */
const AgeCurve = z.tuple([z.number(), z.number(), z.number()]);
const bySex = <Shape extends z.ZodType>(shape: Shape) => z.strictObject({ female: shape, male: shape });

/** A quadratic of height that was fitted in centimetres is a malformed table. */
const HeightCurveM = AgeCurve.refine(([atMiddle]) => atMiddle > 1.3 && atMiddle < 2.1, {
  error: 'The height of a 45-year-old must be given in metres.',
});
const LogWeightCurve = AgeCurve.refine(([atMiddle]) => atMiddle > Math.log(40) && atMiddle < Math.log(150), {
  error: 'The weight of a 45-year-old must be given as the logarithm of kilograms.',
});
const LogGripCurve = AgeCurve.refine(([atMiddle]) => atMiddle > Math.log(10) && atMiddle < Math.log(90), {
  error: 'The grip of a 45-year-old must be given as the logarithm of kilogram-force.',
});
/** log(grip, kg) of the right hand on age, log(height / 1.7 m) and log(weight / 75 kg). */
const LogGrip = z.strictObject({ age: LogGripCurve, height: z.number(), weight: z.number() });
/** Spread of grip around its regression, as a fraction of the expected grip: a line in age. */
const RelativeSpread = z.strictObject({ atFifty: LogSpread, perYear: z.number().min(-0.01).max(0.01) });
/** log(best right / best left) by the hand that the person calls dominant. */
const HandRatio = z.strictObject({
  right: z.number().min(-0.5).max(0.5),
  left: z.number().min(-0.5).max(0.5),
});

const SizeBand = z.strictObject({
  lowYears: Count,
  highYears: Count,
  count: Count,
  heightMeanM: Positive,
  heightSdM: MetresSpread,
  weightMeanKg: Positive,
  weightSdKg: Positive,
});
const GripBand = z.strictObject({
  lowYears: Count,
  highYears: Count,
  count: Count,
  rightMeanKg: Positive,
  rightSdKg: Positive,
  leftMeanKg: Positive,
  leftSdKg: Positive,
});

/** What the rows give, rounded; written by `npm run survey-tables`, never by hand. */
const MeasuredOfSex = z.strictObject({
  sizeCount: Count,
  heightCurveM: HeightCurveM,
  heightSdM: MetresSpread,
  logWeightCurve: LogWeightCurve,
  logWeightOnLogHeight: z.number(),
  logWeightSd: LogSpread,
  correlations: z.strictObject({
    heightLogWeight: Correlation,
    ageHeight: Correlation,
    ageLogWeight: Correlation,
  }),
  sizeBands: z.array(SizeBand).min(1),
  gripCount: Count,
  logGrip: LogGrip,
  logGripSd: LogSpread,
  gripBands: z.array(GripBand).min(1),
  handLogRatio: HandRatio,
  handRatioCounts: z.strictObject({ right: Count, left: Count }),
  /** Correlation of the two hands' residuals of log grip around the same regression. */
  handResidualCorrelation: Correlation,
  /** Standard deviation of log(best right / best left). */
  handLogRatioSd: LogSpread,
  /** Coefficient of variation of three trials of one hand: median and root mean square over hands. */
  trialCvMedian: LogSpread,
  trialCvRms: LogSpread,
});

export const MeasuredSurvey = z.strictObject({
  ageShares: z.array(z.number().min(0).max(1)).min(2),
  handedness: z.strictObject({ right: Count, left: Count, both: Count }),
  gripRelativeSd: RelativeSpread,
  /** Standard errors of the line above. */
  gripRelativeSdError: RelativeSpread.extend({ atFifty: Positive, perYear: Positive }),
  bySex: bySex(MeasuredOfSex),
});
export type MeasuredSurvey = z.output<typeof MeasuredSurvey>;

/** The constants that draw virtual people. Changing one changes every model. */
const UsedConstants = z
  .strictObject({
    /** Whole years; band i is [edge i, edge i+1). */
    ageEdgesYears: z.array(Count).min(3),
    ageShares: z.array(z.number().positive().max(1)).min(2),
    rightHandedShare: z.number().min(0.5).max(1),
    heightCurveM: bySex(HeightCurveM),
    heightSdM: bySex(MetresSpread),
    logWeightCurve: bySex(LogWeightCurve),
    logWeightOnLogHeight: bySex(z.number()),
    logWeightSd: bySex(LogSpread),
    logGrip: bySex(LogGrip),
    gripRelativeSd: RelativeSpread,
    handLogRatio: bySex(HandRatio),
    handResidualCorrelation: Correlation,
    gripTrialLogSd: LogSpread,
  })
  .refine((used) => used.ageEdgesYears.length === used.ageShares.length + 1, {
    error: 'Every age band needs a share: one edge more than shares.',
  })
  .refine((used) => used.ageEdgesYears.every((edge, i, all) => i === 0 || edge > all[i - 1]!), {
    error: 'The edges of the age bands must rise.',
  })
  .refine((used) => Math.abs(used.ageShares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9, {
    error: 'The shares of the age bands must add up to 1.',
  });

export const SurveyTable = z.strictObject({
  source: z.string().min(1),
  terms: z.string().min(1),
  notes: z.array(z.string()),
  /** Fingerprint of the rows that `measured` was made from. */
  rowsSha256: z.string().regex(/^[0-9a-f]{64}$/),
  used: UsedConstants,
  measured: MeasuredSurvey,
});
export type SurveyTable = z.output<typeof SurveyTable>;

/**
 * A survey table, checked. @throws RangeError with one sentence a fault (path and reason) when a part is missing,
 * not a number, in another unit, or when shares do not add up.
 */
export function parseSurveyTable(value: unknown): SurveyTable {
  const parsed = SurveyTable.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new RangeError(`The survey table cannot be used. ${z.prettifyError(parsed.error)}`);
}

/**
 * The measured band of a sex that holds an age. @throws RangeError when the table has none.
 * @param ageYears - whole years; the survey's 80 stands for 80 and older.
 */
export function gripBandOf(survey: MeasuredSurvey, sex: 'female' | 'male', ageYears: number) {
  const band = survey.bySex[sex].gripBands.find((b) => ageYears >= b.lowYears && ageYears <= b.highYears);
  if (!band)
    throw new RangeError(`The survey table has no grip band for a ${sex} person of ${ageYears} years.`);
  return band;
}

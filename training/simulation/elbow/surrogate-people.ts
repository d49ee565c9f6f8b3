import { randomStream } from '../../../core/numerics/random-stream.ts';
import type { Demographics } from '../../population/demographics.ts';

/**
 * Who the surrogate people are: healthy young adults, drawn here and not by training/population, so that a better
 * population never moves a set that is frozen. Height and weight are near those of the US 2013-14 survey's young adults
 * (log weight about 2.2 times log height); the strength rule is an assumption.
 */
const AGE_YEARS = [18, 35] as const;
const HEIGHT_M = { male: { mean: 1.76, sd: 0.075 }, female: { mean: 1.625, sd: 0.068 } } as const;
const WEIGHT_AT_1_7_M = {
  male: { medianKg: 77, logSd: 0.18 },
  female: { medianKg: 74, logSd: 0.22 },
} as const;
const WEIGHT_ON_HEIGHT = 2.2;

export type SurrogateDemographics = Pick<Demographics, 'sex' | 'ageYears' | 'heightM' | 'weightKg'>;

/** Sex, age (whole years), height and weight of one surrogate person. */
export function surrogateDemographics(seed: string, subject: number): SurrogateDemographics {
  const stream = (name: string) => randomStream(seed, `surrogate-${name}`, subject);
  const sex = stream('sex').uniform() < 0.5 ? 'female' : 'male';
  const [youngest, oldest] = AGE_YEARS;
  const ageYears = youngest + stream('age').integer(oldest - youngest + 1);
  const height = HEIGHT_M[sex];
  const heightM = height.mean + height.sd * stream('height').normal();
  const weight = WEIGHT_AT_1_7_M[sex];
  const weightKg =
    weight.medianKg *
    (heightM / 1.7) ** WEIGHT_ON_HEIGHT *
    Math.exp(weight.logSd * stream('weight').normal());
  return { sex, ageYears, heightM, weightKg };
}

/** Elbow strength of women, share of men's of the same height: inside the 1.5 to 2 times of Danneskiold-Samsoe 2009. */
const FEMALE_SHARE = 0.65;
const STRENGTH_ON_HEIGHT = 1.5;

/** Log factor on the table's forces expected of a surrogate person (assumption). */
export function surrogateLogStrength(person: SurrogateDemographics): number {
  return (
    (person.sex === 'female' ? Math.log(FEMALE_SHARE) : 0) +
    STRENGTH_ON_HEIGHT * Math.log(person.heightM / HEIGHT_M.male.mean)
  );
}

import { limitsOfAgreement } from '../../core/agreement/limits-of-agreement.ts';
import { linConcordance } from '../../core/agreement/lin-concordance.ts';
import type { Finding } from './figures.ts';

/**
 * Lin's concordance between what was forecast and what came, with the limits of agreement in its sentence.
 * @param forecast - one a person, in `unit`. @param truth - of the same people.
 * @returns none when there is no interval: fewer than three people, or values that do not vary.
 * @throws RangeError for lists of different length, fewer than two people or numbers that are not finite.
 */
export function agreementFinding(
  name: string,
  unit: string,
  forecast: readonly number[],
  truth: readonly number[],
): Finding[] {
  const { value, interval, precision, accuracy } = linConcordance(forecast, truth);
  if (value === null || interval === null || precision === null || accuracy === null) return [];
  const { bias, biasInterval, lower, upper, proportionalBias, count } = limitsOfAgreement(forecast, truth);
  const number = (each: number) => each.toFixed(2);
  const slope =
    proportionalBias === null
      ? ''
      : ` The difference changes by ${number(proportionalBias.slope)} ${unit} a ${unit} of their mean${proportionalBias.slope < 0 ? ': forecasts vary less than the truth' : ''}.`;
  return [
    {
      name: `Lin's concordance of forecast and truth, ${name}`,
      value,
      low: interval[0],
      high: interval[1],
      literature: null,
      n: count,
      sentence: `1 is equal; correlation ${number(precision)} x closeness to the line of equality ${number(accuracy)}. Forecast minus truth: mean ${number(bias)} (${number(biasInterval[0])} to ${number(biasInterval[1])}), limits of agreement ${number(lower)} to ${number(upper)} ${unit}.${slope} A spread of people who differ much raises concordance.`,
    },
  ];
}

import { averageSize, logGripOf, type PersonSize } from '../../../core/signals/expected-strength.ts';

/** Age and sex of the person whose forces the muscle table has (a young man of average size; assumption). */
const TABLE_AGE_YEARS = 30;

/**
 * Log factor on the table's F0 expected of a person: elbow strength is assumed to follow sex, age, height and weight as
 * grip strength does in the US 2013-14 survey. The table's 97.5 N.m at 90 degrees fits the 393 N that Hunter & Enoka
 * 2001 measured in men, at a lever of 0.25 to 0.30 m; their women (177 N) are weaker than this rule says.
 */
export function expectedLogStrength(person: PersonSize): number {
  const tableMan: PersonSize = {
    sex: 'male',
    ageYears: TABLE_AGE_YEARS,
    ...averageSize('male', TABLE_AGE_YEARS),
  };
  return logGripOf(person) - logGripOf(tableMan);
}

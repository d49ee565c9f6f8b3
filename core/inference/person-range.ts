/**
 * The training people: 18 to 85 years, with the heights and weights of the survey they were drawn from. Percent of
 * expected says nothing about a person beyond these, whose expected strength is an extrapolation.
 */
export const PERSON_RANGE = {
  ageYears: [18, 85],
  heightM: [1.35, 2.1],
  weightKg: [38, 190],
} as const;

/** Age (years), height (m) and weight (kg) of a person. */
export type SizedPerson = Record<keyof typeof PERSON_RANGE, number>;

/** Whether a person lies outside {@link PERSON_RANGE}, ends included; a number that is none lies outside too. */
export const isBeyondPersonRange = (person: SizedPerson): boolean =>
  (['ageYears', 'heightM', 'weightKg'] as const).some((name) => {
    const [low, high] = PERSON_RANGE[name];
    return !(person[name] >= low && person[name] <= high);
  });

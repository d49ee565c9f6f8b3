/** The four muscle groups that a clinician judges and `muscle-parameters` answers, in the order of the model's outputs. */
export const MUSCLE_GROUPS = [
  'thumb-flexor',
  'adductor-and-first-interosseous',
  'abductors',
  'wrist-extensors',
] as const;
export type MuscleGroup = (typeof MUSCLE_GROUPS)[number];

export const MUSCLE_GROUP_NAMES: Readonly<Record<MuscleGroup, string>> = {
  'thumb-flexor': 'thumb flexor',
  'adductor-and-first-interosseous': 'adductor and first interosseous',
  abductors: 'thumb abductors',
  'wrist-extensors': 'wrist extensors',
};

export const GROUP_ANSWERS = ['weaker', 'as-expected', 'stronger', 'cannot-tell'] as const;
export type GroupAnswer = (typeof GROUP_ANSWERS)[number];
export const GROUP_ANSWER_NAMES: Readonly<Record<GroupAnswer, string>> = {
  weaker: 'weaker',
  'as-expected': 'as expected',
  stronger: 'stronger',
  'cannot-tell': 'cannot tell',
};

/**
 * "As expected" is 80 to 120 % of what people of the same sex, age and size show. A convention of this app, printed
 * wherever it is used: simulated people spread by 16 to 20 % around 100 %.
 */
export const AS_EXPECTED_PERCENT = [80, 120] as const;

type Percents = readonly [number, number];
const RANGE_OF: Readonly<Record<Exclude<GroupAnswer, 'cannot-tell'>, Percents>> = {
  weaker: [Number.NEGATIVE_INFINITY, AS_EXPECTED_PERCENT[0]],
  'as-expected': AS_EXPECTED_PERCENT,
  stronger: [AS_EXPECTED_PERCENT[1], Number.POSITIVE_INFINITY],
};
const DIRECTED = Object.keys(RANGE_OF) as Exclude<GroupAnswer, 'cannot-tell'>[];

/**
 * Which of weaker, as expected and stronger an interval leaves open: those whose range it reaches into. An end that only
 * touches a limit reaches nowhere, except for an interval that is a single point.
 * @param interval - percent of expected, low to high; unbounded leaves all three open.
 * @throws RangeError when an end is no number or they are crossed.
 */
export function answersLeftOpen(interval: Percents | 'unbounded'): Exclude<GroupAnswer, 'cannot-tell'>[] {
  if (interval === 'unbounded') return [...DIRECTED];
  const [low, high] = interval;
  if (!(low <= high)) throw new RangeError('an interval goes from low to high');
  return DIRECTED.filter((answer) => {
    const [from, to] = RANGE_OF[answer];
    return low === high ? low >= from && low <= to : low < to && high > from;
  });
}

/** The answer whose range a percentage lies in; its limits count as "as expected". */
export function answerOfPercent(percent: number): Exclude<GroupAnswer, 'cannot-tell'> {
  if (percent < AS_EXPECTED_PERCENT[0]) return 'weaker';
  return percent > AS_EXPECTED_PERCENT[1] ? 'stronger' : 'as-expected';
}

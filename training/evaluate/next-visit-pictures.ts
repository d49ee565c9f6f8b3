import { type NextVisitModel, rawForecast } from '../../core/inference/next-visit.ts';
import { NEXT_VISIT_LEVELS } from '../../core/inference/next-visit-bundle.ts';
import { nextVisitInput } from '../../core/inference/next-visit-input.ts';
import { quantileInterval } from '../../core/inference/next-visit-interval.ts';
import type { NextVisitPerson } from '../dataset/next-visit.ts';
import { RECOVERY_SHAPES, type RecoveryShape } from '../simulation/recovery/recovery-course.ts';
import type { FigureTable, Plot, PlotLine } from './figures.ts';
import { type Estimate, type GroupScores, groupScores, type ScoredForecast } from './next-visit-scores.ts';

type ByCourse<T> = Readonly<Record<RecoveryShape, T>>;

/** People who are looked at together. */
export interface PersonGroup {
  name: string;
  /** Where it stands on an axis. */
  position: number;
  has(person: NextVisitPerson): boolean;
}

export const VISIT_GROUPS: readonly PersonGroup[] = [
  ...[1, 2, 3].map((count) => ({
    name: count === 1 ? '1 visit so far' : `${count} visits so far`,
    position: count,
    has: (person: NextVisitPerson) => person.visits.length === count,
  })),
  { name: '4 or more visits so far', position: 4, has: (person) => person.visits.length >= 4 },
];

export const WEEK_GROUPS: readonly PersonGroup[] = (
  [
    [4, 8],
    [8, 13],
    [13, 26],
    [26, 39],
    [39, 65],
  ] as const
).map(([from, to]) => ({
  name: `last visit ${from} to ${to} weeks after surgery`,
  position: (from + to) / 2,
  has: ({ visits }) => visits.at(-1)!.weeks >= from && visits.at(-1)!.weeks < to,
}));

/** A group of a course with what was measured of it; groups without people are left out. */
export interface ScoredGroup extends GroupScores {
  group: PersonGroup;
}
export const scoreGroups = (
  groups: readonly PersonGroup[],
  shape: RecoveryShape,
  answered: readonly ScoredForecast[],
): ScoredGroup[] =>
  groups.flatMap((group) => {
    const scores = answered.filter(({ person }) => group.has(person));
    return scores.length === 0 ? [] : [{ group, ...groupScores(scores, `${shape}/${group.name}`) }];
  });

const percent = (value: number): string => (100 * value).toFixed(1);
const withInterval = ({ value, low, high }: Estimate, digits: (value: number) => string): string =>
  `${digits(value)} (${digits(low)} to ${digits(high)})`;
const newtons = (value: number): string => value.toFixed(2);

const GROUP_COLUMNS = [
  'course',
  'people',
  'n',
  'error, N (95 %)',
  'error of the last value, N (95 %)',
  'skill, % (95 %)',
  'coverage, %',
  'mean width, N',
];

/** Error, skill, coverage and width of the groups of every course. */
export const groupTable = (
  title: string,
  caption: string,
  groups: ByCourse<readonly ScoredGroup[]>,
  names: ByCourse<string>,
): FigureTable => ({
  title,
  columns: GROUP_COLUMNS,
  rows: RECOVERY_SHAPES.flatMap((shape) =>
    groups[shape].map(({ group, n, errorN, lastValueErrorN, skill, coverage, widthN }) => [
      names[shape],
      group.name,
      n,
      withInterval(errorN, newtons),
      withInterval(lastValueErrorN, newtons),
      withInterval(skill, percent),
      percent(coverage),
      newtons(widthN),
    ]),
  ),
  caption,
});

/** Where the forecast and where the last value is shown to be the better one, over the groups of all courses. */
export function groupCaption(groups: ByCourse<readonly Pick<ScoredGroup, 'skill'>[]>): string {
  const skills = RECOVERY_SHAPES.flatMap((shape) => groups[shape].map(({ skill }) => skill));
  const better = skills.filter(({ low }) => low > 0).length;
  const worse = skills.filter(({ high }) => high < 0).length;
  return `Of ${skills.length} groups (courses apart) the forecast is shown to be better than the last value in ${better}, worse in ${worse}; in ${skills.length - better - worse} they cannot be told apart.`;
}

/** How the quantiles themselves are calibrated on each course. */
export const quantileTable = (
  answered: ByCourse<readonly ScoredForecast[]>,
  names: ByCourse<string>,
): FigureTable => ({
  title: 'Share of next visits at or below each quantile, %',
  columns: ['course', 'n', ...NEXT_VISIT_LEVELS.map((level) => `at ${100 * level} %`)],
  rows: RECOVERY_SHAPES.map((shape) => [
    names[shape],
    answered[shape].length,
    ...NEXT_VISIT_LEVELS.map((_, i) =>
      percent(answered[shape].filter(({ isBelow }) => isBelow[i]).length / answered[shape].length),
    ),
  ]),
  caption: 'Before the conformal margin; on the assumed course the shares should equal the levels.',
});

const FAN_PEOPLE = 4;
/** Weeks from the last visit at which the fan is drawn. */
const FAN_WEEKS = [2, 4, 6, 8, 10, 12] as const;

/** Visits so far, the fan over the weeks to come, and what was then measured, for the first people of the test set. */
export function fanPlot(model: NextVisitModel, answered: readonly ScoredForecast[]): Plot {
  const people = VISIT_GROUPS.slice(0, FAN_PEOPLE).flatMap((group) =>
    answered
      .filter(({ person }) => group.has(person))
      .slice(0, 1)
      .map(({ person }) => person),
  );
  const lines = people.flatMap((person, index) => {
    const { expectedN, lastN } = person.input;
    const last = person.visits.at(-1)!;
    const asPercent = (forceN: number) => (100 * forceN) / expectedN;
    const fan = FAN_WEEKS.map((weeks) => {
      const { values } = nextVisitInput({ ...person, weeksToNextVisit: weeks });
      const { logChanges } = rawForecast(model.members, values);
      const bounds = quantileInterval(logChanges[0]!, logChanges.at(-1)!, model.calibration.interval);
      const [low, high] = bounds === 'unbounded' ? [logChanges[0]!, logChanges.at(-1)!] : bounds;
      return [low, logChanges[2]!, high].map((change) => asPercent(lastN * Math.exp(change)));
    });
    return [
      {
        name: `patient ${index + 1}, measured`,
        x: [...person.visits.map(({ weeks }) => weeks), last.weeks + person.weeksToNextVisit],
        y: [...person.visits.map(({ pinchPeakN }) => pinchPeakN), person.nextPinchPeakN].map(asPercent),
      },
      {
        name: `patient ${index + 1}, forecast`,
        x: [last.weeks, ...FAN_WEEKS.map((weeks) => last.weeks + weeks)],
        y: [asPercent(lastN), ...fan.map((row) => row[1]!)],
        low: [asPercent(lastN), ...fan.map((row) => row[0]!)],
        high: [asPercent(lastN), ...fan.map((row) => row[2]!)],
      },
    ];
  });
  return {
    title: 'Forecasts of example patients',
    xTitle: 'Weeks since surgery',
    yTitle: 'Key pinch, % of expected',
    kind: 'line',
    lines,
    caption:
      'Invented patients of the assumed course, the first of the test set with one, two, three and more visits; the last measured point of each is the visit that was forecast.',
  };
}

const estimateLine = (name: string, points: readonly (Estimate & { x: number })[]): PlotLine => ({
  name,
  x: points.map(({ x }) => x),
  y: points.map(({ value }) => 100 * value),
  low: points.map(({ low }) => 100 * low),
  high: points.map(({ high }) => 100 * high),
});

/** Skill on the alternative courses beside that on the assumed one, in percentage points of absolute error. */
function courseCaption(skills: ByCourse<{ absoluteError: Estimate }>): string {
  const [assumed, ...others] = RECOVERY_SHAPES.map((shape) => skills[shape].absoluteError.value);
  const compared = others.map((skill, i) => {
    const points = 100 * (skill - assumed!);
    const size = Math.abs(points).toFixed(1);
    const word = size === '0.0' ? 'the same' : `${size} points ${points > 0 ? 'higher' : 'lower'}`;
    return `${word} on course ${i + 2}`;
  });
  return `Trained on course 1 alone. Beside course 1 the skill in absolute error is ${compared.join(' and ')}; bars are 95 % intervals of each course by itself.`;
}

/** Skill against the last value on each course. */
export const courseSkillPlot = (
  skills: ByCourse<{ absoluteError: Estimate; pinball: Estimate }>,
  names: ByCourse<string>,
): Plot => ({
  title: 'Skill of the forecast by course',
  xTitle: `Course: ${RECOVERY_SHAPES.map((shape, i) => `${i + 1} ${names[shape]}`).join('; ')}`,
  yTitle: 'Loss smaller than of the last value, %',
  kind: 'points',
  lines: (['absoluteError', 'pinball'] as const).map((of) =>
    estimateLine(
      of === 'pinball' ? 'pinball loss' : 'absolute error',
      RECOVERY_SHAPES.map((shape, i) => ({ x: i + 1, ...skills[shape][of] })),
    ),
  ),
  caption: courseCaption(skills),
});

/** Skill against the last value by weeks since surgery. */
export const weekSkillPlot = (
  weekGroups: ByCourse<readonly ScoredGroup[]>,
  names: ByCourse<string>,
): Plot => ({
  title: 'Skill of the forecast by weeks since surgery',
  xTitle: 'Weeks since surgery at the last visit',
  yTitle: 'Absolute error smaller than of the last value, %',
  kind: 'line',
  lines: RECOVERY_SHAPES.map((shape) =>
    estimateLine(
      names[shape],
      weekGroups[shape].map(({ group, skill }) => ({ x: group.position, ...skill })),
    ),
  ),
  caption: 'Below zero the last value is the better forecast.',
});

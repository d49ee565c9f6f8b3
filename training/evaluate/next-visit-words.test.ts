import { describe, expect, it } from 'vitest';
import type { NextVisitBundle } from '../../core/inference/next-visit-bundle.ts';
import { generateNextVisitPeople } from '../dataset/next-visit.ts';
import { coverageChecks, promiseWords, rangeWords } from './evaluate-next-visit.ts';
import { courseSkillPlot, groupCaption } from './next-visit-pictures.ts';
import type { Estimate, ScoredForecast } from './next-visit-scores.ts';

const estimate = (value: number): Estimate => ({ value, low: value - 0.05, high: value + 0.05 });
const byCourse = <T>(assumed: T, sigmoid: T, linear: T) => ({
  'exponential-approach': assumed,
  'slow-sigmoid': sigmoid,
  'linear-then-plateau': linear,
});

describe('words beside the figures of next-visit', () => {
  const groups = (...values: number[]) => values.map((value) => ({ skill: estimate(value) }));

  it('count where either forecast is shown to be better, whichever it is', () => {
    expect(groupCaption(byCourse(groups(0.3, 0.2), groups(0), groups(-0.1)))).toMatch(
      /^Of 4 groups .* in 2, worse in 1; in 1 they/,
    );
    expect(groupCaption(byCourse(groups(-0.3), groups(-0.3), groups(-0.3)))).toMatch(
      / in 0, worse in 3; in 0/,
    );
  });

  const captionOf = (...values: [number, number, number]) => {
    const skills = values.map((value) => ({ absoluteError: estimate(value), pinball: estimate(value) }));
    return courseSkillPlot(byCourse(skills[0]!, skills[1]!, skills[2]!), byCourse('a', 'b', 'c')).caption;
  };
  it('say of each alternative course whether skill is lower or higher there', () => {
    expect(captionOf(0.3, 0.1, 0.4)).toMatch(
      /20\.0 points lower on course 2 and 10\.0 points higher on course 3/,
    );
    expect(captionOf(0.1, 0.1, 0)).toMatch(/the same on course 2 and 10\.0 points lower on course 3/);
  });
});

describe('sentences of next-visit', () => {
  const of = (value: number, half: number): Estimate => ({ value, low: value - half, high: value + half });
  it('say whether the promise of 9 in 10 holds, from the interval (broken twin: the same share, shown not to hold)', () => {
    expect(promiseWords(of(0.86, 0.05), 'here')).toMatch(/^The promise of 9 in 10 holds here: 86\.0 %/);
    expect(promiseWords(of(0.86, 0.02), 'here')).toMatch(
      /^The promise of 9 in 10 does not hold here: 86\.0 %/,
    );
    expect(promiseWords(of(0.97, 0.02), 'here')).toMatch(/holds here, with more than promised: 97\.0 %/);
  });
  it('take better or worse from the sign of the skill', () => {
    expect(rangeWords(of(0.2, 0.05))).toMatch(/fits 20\.0 % better than "no change" with the same spread/);
    expect(rangeWords(of(-0.2, 0.05))).toMatch(/fits 20\.0 % worse than/);
    expect(rangeWords(of(0.02, 0.05))).toMatch(/cannot be told$/);
  });
});

describe('coverage checks of next-visit', () => {
  const people = generateNextVisitPeople(200, 'next-visit-words-test', 0);
  const calibration = { interval: { alpha: 0.1, count: 10_000 } } as NextVisitBundle['calibration'];
  /** The two checks over everybody when this share is covered. */
  const verdicts = (coveredShare: number) =>
    coverageChecks(
      Array.from(
        { length: 1_000 },
        (_, i): ScoredForecast => ({
          person: people[i % people.length]!,
          isRefused: false,
          forecastN: 50,
          errorN: 1,
          lastValueErrorN: 1,
          pinballN: 1,
          lastValuePinballN: 1,
          isCovered: i < 1_000 * coveredShare,
          intervalN: [49.5, 50.5],
          bandN: [49.5, 50.5],
          widthN: 1,
          isBelow: [],
        }),
      ),
      { calibration },
    )
      .filter(({ name }) => name.includes('assumed course'))
      .map(({ ok }) => ok);

  it('hold the mean over outputs to 1 %, the output to 2 %: between them only the narrow one fails', () => {
    expect(verdicts(0.905)).toEqual([true, true]);
    expect(verdicts(0.915)).toEqual([true, false]);
    expect(verdicts(0.885)).toEqual([true, false]);
    expect(verdicts(0.93)).toEqual([false, false]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  NEXT_VISIT_INPUT_COUNT,
  NEXT_VISIT_INPUTS,
  nextVisitInput,
} from '../../core/inference/next-visit-input.ts';
import { generateNextVisitPeople, logChange, type NextVisitPerson } from './next-visit.ts';
import { NEXT_VISIT_DATA_SET } from './next-visit-data-set.ts';

const PEOPLE = generateNextVisitPeople(1500, 'next-visit-test', 0);
const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Law: the input does not know the next visit: it is the input of the question alone. */
const isBlind = (inputOf: (person: NextVisitPerson) => Float64Array): boolean =>
  PEOPLE.slice(0, 200).every((person) => {
    const { values } = nextVisitInput(person);
    return inputOf(person).every((value, column) => value === values[column]);
  });

describe('next-visit people', () => {
  it('carry finite numbers of the promised length', () => {
    for (const person of PEOPLE) {
      expect(person.input.values.length).toBe(NEXT_VISIT_INPUT_COUNT);
      expect([...person.input.values, logChange(person)].every(Number.isFinite)).toBe(true);
      expect(person.nextPinchPeakN).toBeGreaterThanOrEqual(0);
    }
  });

  it('do not let the next visit into the input', () => {
    expect(isBlind((person) => person.input.values)).toBe(true);
  });

  it('catch an input that holds the next visit (broken twin)', () => {
    const leaking = (person: NextVisitPerson) =>
      nextVisitInput({
        ...person,
        visits: [...person.visits, { weeks: 999, pinchPeakN: person.nextPinchPeakN }],
      }).values;
    expect(isBlind(leaking)).toBe(false);
  });

  it('gain most after the first visit and hardly anything after a year', () => {
    const early = PEOPLE.filter(({ visits }) => visits.length === 1).map(logChange);
    const late = PEOPLE.filter(({ visits }) => visits.at(-1)!.weeks > 45).map(logChange);
    expect(mean(early)).toBeGreaterThan(0.15);
    expect(Math.abs(mean(late))).toBeLessThan(0.03);
  });

  it('are the same people with the same visits under every course', () => {
    const other = generateNextVisitPeople(50, 'next-visit-test', 0, { shape: 'slow-sigmoid' });
    other.forEach((person, i) => {
      const same = PEOPLE[i]!;
      expect(person.ageYears).toBe(same.ageYears);
      expect(person.otherHandPinchPeakN).toBe(same.otherHandPinchPeakN);
      expect(person.visits.map(({ weeks }) => weeks)).toEqual(same.visits.map(({ weeks }) => weeks));
    });
  });

  it('repeat exactly from another start of the range', () => {
    const [again] = generateNextVisitPeople(1, 'next-visit-test', 700);
    expect(again).toEqual(PEOPLE[700]);
  });

  it('stand still without noise, recovery left: a change of the day moves all trials of a visit alike', () => {
    const quiet = generateNextVisitPeople(300, 'next-visit-test', 0, { noiseScale: 0 });
    const late = (people: readonly NextVisitPerson[]) =>
      people.filter(({ visits }) => visits.at(-1)!.weeks > 45).map((person) => Math.abs(logChange(person)));
    expect(mean(late(quiet))).toBeLessThan(0.5 * mean(late(PEOPLE)));
  });
});

describe('the data set', () => {
  it('has a column for every number of a row, and parts that share nobody', () => {
    for (const part of NEXT_VISIT_DATA_SET.parts) expect(part.count).toBeGreaterThanOrEqual(2000);
    const row = [...PEOPLE[0]!.input.values, 0, 0, 0];
    expect(NEXT_VISIT_DATA_SET.columns.length).toBe(row.length);
    expect(new Set(NEXT_VISIT_DATA_SET.columns).size).toBe(row.length);
    expect(NEXT_VISIT_INPUTS.map(({ name }) => name)).toEqual(
      NEXT_VISIT_DATA_SET.columns.slice(0, NEXT_VISIT_INPUT_COUNT),
    );
  });
});

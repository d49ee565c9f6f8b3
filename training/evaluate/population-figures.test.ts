import { afterEach, describe, expect, it, vi } from 'vitest';
import { SURVEY } from '../population/survey-table.ts';
import { scaledSpread } from '../population/varied-hand.ts';
import { Figures } from './figures.ts';
import { demographicsFigures } from './population-demographics.ts';
import { populationFigures } from './population-figures.ts';
import { handAndTrialFigures } from './population-hands.ts';
import { intervalWords, keyPinchMatch, tableAgreement } from './population-norms.ts';
import { drawNormPeople, type NormPerson } from './population-people.ts';
import { percentileFigures } from './population-percentiles.ts';
import { muscleSpreadCheck, steiberElasticity } from './population-structure.ts';
import { gripBandFigures } from './population-survey.ts';

afterEach(() => vi.unstubAllEnvs());

const PEOPLE = drawNormPeople(8000, 'population-figures-test');
const { measured } = SURVEY;
const allHold = (checks: readonly { ok: boolean | null }[]): boolean => checks.every(({ ok }) => ok === true);
const changed = (change: (person: NormPerson) => Partial<NormPerson>): NormPerson[] =>
  PEOPLE.map((person) => ({ ...person, ...change(person) }));

describe('figures of the population', () => {
  it('hold for the people as they are', () => {
    expect(allHold(keyPinchMatch(PEOPLE).checks)).toBe(true);
    expect(allHold(gripBandFigures(PEOPLE, measured, 'grip').checks)).toBe(true);
    expect(allHold(handAndTrialFigures(PEOPLE, measured).checks)).toBe(true);
    expect(allHold(demographicsFigures(PEOPLE, measured, 'size').checks)).toBe(true);
  });

  it('catch weak pinch, weak grip and equal hands (broken twins)', () => {
    const weak = changed((p) => ({ pinchTrialsN: p.pinchTrialsN.map((n) => 0.9 * n) }));
    expect(keyPinchMatch(weak).checks[0]?.ok).toBe(false);
    const pounds = changed(({ grip }) => ({ grip: { ...grip, rightBestKg: grip.rightBestKg * 2.2 } }));
    expect(gripBandFigures(pounds, measured, 'grip').checks[0]?.ok).toBe(false);
    const alike = changed(({ grip }) => ({ grip: { ...grip, leftBestKg: grip.rightBestKg } }));
    expect(handAndTrialFigures(alike, measured).checks[0]?.ok).toBe(false);
    const steady = changed(({ grip }) => ({
      grip: { ...grip, rightTrialsKg: [30, 30.1, 30], leftTrialsKg: [30, 30.1, 30] },
    }));
    expect(handAndTrialFigures(steady, measured).checks.at(-1)?.ok).toBe(false);
  });

  it('catch right marginals with a broken joint: weights passed on within sex and age band (broken twin)', () => {
    const passedOn = new Map<string, number>();
    const shuffled = changed((p) => {
      const key = `${p.sex} ${Math.floor(p.ageYears / 10)}`;
      const weightKg = passedOn.get(key) ?? p.weightKg;
      passedOn.set(key, p.weightKg);
      return { weightKg };
    });
    const { checks } = demographicsFigures(shuffled, measured, 'size');
    const correlation = checks.find(({ name }) => name.includes('correlation'));
    expect(correlation?.ok).toBe(false);
    expect(checks.filter((check) => check !== correlation && check.ok === false)).toEqual([]);
  });

  it('hold the spread of muscles to what was assumed, and catch a doubled one (broken twin)', () => {
    expect(muscleSpreadCheck('spread-check').ok).toBe(true);
    expect(muscleSpreadCheck('spread-check', scaledSpread(2)).ok).toBe(false);
  });

  it('keep tables that were read and tables that were recalled apart, each with its citation', () => {
    const { findings } = tableAgreement(PEOPLE);
    const summaries = findings.filter(({ name }) => /tables (read|recalled)/.test(name));
    expect(summaries.map(({ name }) => name)).toEqual([
      'key pinch: mean difference from tables read second-hand, %',
      'key pinch: mean difference from tables recalled, %',
      'grip: mean difference from tables read, %',
      'grip: mean difference from tables read second-hand, %',
      'grip: mean difference from tables recalled, %',
    ]);
    expect(findings.every(({ literature }) => /\d{4}|Fitness/.test(literature ?? ''))).toBe(true);
    const read = summaries.find(({ name }) => name === 'grip: mean difference from tables read, %');
    expect(read?.literature).not.toContain('Mathiowetz');
  });

  it('say whose sampling an interval holds, and count people once', () => {
    const cell = (known: { mean: number; sd?: number; count?: number }, knownPeople: string) => ({
      made: { mean: 30, sd: 5, count: 9 },
      influences: new Map<number, number>(),
      known,
      knownPeople,
    });
    const full = { mean: 30, sd: 5, count: 9 };
    expect(intervalWords([cell(full, 'a'), cell(full, 'b')], 0.8)).toBe(
      'Interval: sampling of people on both sides.',
    );
    expect(intervalWords([cell(full, 'a'), cell(full, 'a')], 0.8)).toContain('two hands of the table');
    expect(intervalWords([cell({ mean: 30 }, 'a'), cell({ mean: 30 }, 'a')], 0.8)).toMatch(
      /people only.*spreads\.$/,
    );
    // Broken twin: one cell without counts made the sentence deny the sampling of all the others.
    expect(intervalWords([cell({ mean: 30 }, 'a'), cell(full, 'b')], 0.8)).toContain('1 of 2 cells');
    const { findings } = tableAgreement(PEOPLE);
    expect(Math.max(...findings.map(({ n }) => n))).toBeLessThanOrEqual(PEOPLE.length);
  });

  it('compare a table’s own hand and score: the dominant hand of left-handed people is the left one', () => {
    const left = changed((p) => ({
      dominantHand: 'left',
      grip: { ...p.grip, rightTrialsKg: [1, 1, 1], leftTrialsKg: [40, 40, 40] },
    }));
    const massy = tableAgreement(left).findings.find(({ name }) => /massy.*women/.test(name));
    // Dominant cells: 40 against about 27 kg (+48 %); the others: 1 kg (-96 %).
    expect(massy?.value).toBeGreaterThan(-35);
    expect(massy?.value).toBeLessThan(-10);
  });

  it('find a weak tail that is missing: stronger weak people raise P10 and leave P90 (broken twin of the shape)', () => {
    const shape = (people: readonly NormPerson[]): number[] =>
      percentileFigures(people)
        .findings.filter(({ name }) => name.includes('women'))
        .map(({ value }) => value);
    const lifted = changed(({ grip }) => {
      const rightTrialsKg = grip.rightTrialsKg.map((kilograms) => Math.max(25, kilograms));
      return { grip: { ...grip, rightTrialsKg } };
    });
    const [before, after] = [shape(PEOPLE), shape(lifted)];
    expect(after[0]! - before[0]!).toBeGreaterThan(10);
    expect(after[2]! - before[2]!).toBeLessThan(5);
  });

  it('read the height dependence of the German table: about one and a half percent a percent', () => {
    for (const sex of ['female', 'male'] as const) {
      expect(steiberElasticity(sex)).toBeGreaterThan(0.8);
      expect(steiberElasticity(sex)).toBeLessThan(1.8);
    }
  });

  it('are complete, and without the raw rows say so instead of judging', async () => {
    vi.stubEnv('PREHENSA_REFERENCE_DATA', '/nowhere');
    const lines: string[] = [];
    const figures = Figures.parse(await populationFigures((line) => lines.push(line), 3000));
    const absent = figures.checks.filter(({ ok }) => ok === null);
    expect(absent.map(({ bar }) => bar)).toEqual(Array(2).fill(expect.stringContaining('not here')));
    expect(figures.plots).toHaveLength(5);
    expect(new Set(figures.findings.map(({ name }) => name)).size).toBe(figures.findings.length);
    expect(new Set(figures.checks.map(({ name }) => name)).size).toBe(figures.checks.length);
    for (const { low, value, high } of figures.findings) {
      expect(low).toBeLessThanOrEqual(value);
      expect(value).toBeLessThanOrEqual(high);
    }
    expect(lines.length).toBeGreaterThan(2);
  });
});

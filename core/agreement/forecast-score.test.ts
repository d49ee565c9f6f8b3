import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { forecastDuel, forecasterScore, rangeScoreN, sameAsLastTimeN } from './forecast-score.ts';
import type { ShownFigure } from './shown-figure.ts';

type Score = typeof rangeScoreN;
const Z75 = 0.6744897501960817;
/** Patients whose next value is normal around 50 N with SD 5 N. */
const truths = Array.from({ length: 2000 }, (_, i) => 50 + 5 * randomStream('forecast', 'truth', i).normal());
const rated = (range: readonly [number, number], count = truths.length) =>
  truths.slice(0, count).map((truthN, i) => ({ patientId: `p${i}`, lastN: 50, truthN, range }));

describe('scores of 50 % ranges', () => {
  const honestyPays = (score: Score) => {
    const meanOf = (range: readonly [number, number]) =>
      truths.reduce((sum, truthN) => sum + score(range, truthN), 0) / truths.length;
    const honest = meanOf([50 - 5 * Z75, 50 + 5 * Z75]);
    for (const half of [0, 1, 2, 6, 10]) expect(meanOf([50 - half, 50 + half])).toBeGreaterThan(honest);
    for (const shift of [-4, 4]) {
      expect(meanOf([50 + shift - 5 * Z75, 50 + shift + 5 * Z75])).toBeGreaterThan(honest);
    }
  };
  it('law: nobody gains by saying another range than the one believed in', () => {
    honestyPays(rangeScoreN);
    // Broken twins: a miss that costs its distance once rewards no width at all; the width alone likewise.
    expect(() => honestyPays(([low, high], y) => high - low + Math.max(low - y, y - high, 0))).toThrow();
    expect(() => honestyPays(([low, high]) => high - low)).toThrow();
  });

  it('"same as last time" has no skill against itself', () => {
    expect(forecasterScore(rated(sameAsLastTimeN(50), 200)).skill).toMatchObject({
      kind: 'figure',
      value: 0,
      chance: 0,
    });
  });

  it('a forecaster who knows the course beats it, one who is far off loses to it', () => {
    const grown = truths.map((truthN, i) => ({
      patientId: `p${i}`,
      lastN: 40,
      truthN,
      range: [46.6, 53.4] as const,
    }));
    const skill = forecasterScore(grown).skill;
    expect(skill.kind === 'figure' && skill.value).toBeGreaterThan(0.3);
    const off = forecasterScore(rated([80, 90], 100)).skill;
    expect(off.kind === 'figure' && off.value).toBeLessThan(0);
  });

  it('scores both on the same truths, and the model only where it answered', () => {
    const duel = forecastDuel(
      truths.slice(0, 40).map((truthN, i) => ({
        patientId: `p${i % 12}`,
        lastN: 50,
        truthN,
        clinicianN: [48, 52] as const,
        modelN: i < 20 ? ([46.6, 53.4] as const) : null,
        isModelRefused: i >= 35,
      })),
    );
    expect(duel.clinician).toMatchObject({ n: 40, patientCount: 12, meanWidthN: 4 });
    expect(duel.model.n).toBe(20);
    expect(duel.paired).toMatchObject({ n: 20, patientCount: 12, clinicianCloser: { n: 20 } });
    expect([duel.modelRefused, duel.modelNotAsked]).toEqual([5, 15]);
    expect(duel.model.inside).toMatchObject({ kind: 'figure', chance: 0.5, isWide: true });
  });

  it('law: whoever says the same on the same visits differs by nothing, whatever was said on other visits', () => {
    const noDifference = (worthOf: (duel: ReturnType<typeof forecastDuel>) => number | undefined) => {
      const duel = forecastDuel(
        truths.slice(0, 60).map((truthN, i) => ({
          patientId: `p${i % 15}`,
          lastN: 50,
          truthN,
          // On the visits without an answer of the model the clinician is far off.
          clinicianN: i < 30 ? ([47, 53] as const) : ([80, 82] as const),
          modelN: i < 30 ? ([47, 53] as const) : null,
        })),
      );
      expect(worthOf(duel)).toBeCloseTo(0, 12);
    };
    const figureOf = (figure: ShownFigure) => (figure.kind === 'figure' ? figure.value : undefined);
    noDifference(({ paired }) => figureOf(paired.difference));
    // Broken twin: the clinician on all visits beside the model on its own.
    expect(() =>
      noDifference(({ clinician, model }) => figureOf(clinician.skill)! - figureOf(model.skill)!),
    ).toThrow();
  });

  it('draws both of a patient together: a steady difference has a narrower interval than either skill', () => {
    const { paired } = forecastDuel(
      truths.slice(0, 200).map((truthN, i) => ({
        patientId: `p${i % 40}`,
        lastN: 50,
        truthN,
        clinicianN: [46.6, 53.4] as const,
        modelN: [46.1, 53.9] as const,
      })),
    );
    const widthOf = (figure: ShownFigure) =>
      figure.kind === 'figure' && figure.interval ? figure.interval[1] - figure.interval[0] : Number.NaN;
    expect(widthOf(paired.difference)).toBeLessThan(0.8 * widthOf(paired.modelSkill));
    const values = [paired.clinicianSkill, paired.modelSkill, paired.difference].map((figure) =>
      figure.kind === 'figure' ? figure.value : Number.NaN,
    );
    expect(values[2]).toBeCloseTo(values[0]! - values[1]!, 12);
  });

  it('says nothing below 10 and refuses a range turned around', () => {
    expect(forecasterScore(rated([40, 60], 9)).skill).toEqual({ kind: 'too-few', n: 9, patients: 9 });
    expect(forecasterScore([]).inside).toMatchObject({ kind: 'too-few', n: 0 });
    expect(() => rangeScoreN([60, 40], 50)).toThrow(RangeError);
  });
});

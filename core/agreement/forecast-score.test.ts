import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { forecastDuel, forecasterScore, rangeScoreN, sameAsLastTimeN } from './forecast-score.ts';

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

  it('"same as last time" has no skill against itself, and inside it lie half of the unchanged', () => {
    const same = forecasterScore(rated(sameAsLastTimeN(50), 200));
    expect(same.skill).toMatchObject({ kind: 'figure', value: 0, chance: 0 });
    // Measurement error of 15 % at 95 %: SD 50 * 0.15 / 1.96 = 3.83 N.
    const [low, high] = sameAsLastTimeN(50);
    expect(high - low).toBeCloseTo(2 * Z75 * (7.5 / 1.959963984540054), 9);
    const unchanged = Array.from({ length: 2000 }, (_, i) => ({
      patientId: `p${i}`,
      lastN: 50,
      truthN: 50 + (7.5 / 1.959963984540054) * randomStream('forecast', 'unchanged', i).normal(),
      range: sameAsLastTimeN(50),
    }));
    const { inside } = forecasterScore(unchanged);
    // Three standard errors of a half over 2,000.
    expect(inside.kind === 'figure' && Math.abs(inside.value - 0.5)).toBeLessThan(0.034);
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
      })),
    );
    expect(duel.clinician).toMatchObject({ n: 40, patientCount: 12, meanWidthN: 4 });
    expect(duel.model.n).toBe(20);
    expect(duel.clinicianCloser.n).toBe(20);
    expect(duel.model.inside).toMatchObject({ kind: 'figure', chance: 0.5, isWide: true });
  });

  it('says nothing below 10 and refuses a range turned around', () => {
    expect(forecasterScore(rated([40, 60], 9)).skill).toEqual({ kind: 'too-few', n: 9 });
    expect(forecasterScore([]).inside).toEqual({ kind: 'too-few', n: 0 });
    expect(() => rangeScoreN([60, 40], 50)).toThrow(RangeError);
  });
});

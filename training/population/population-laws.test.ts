import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RandomStream } from '../../core/numerics/random-stream.ts';
import { maximalPinch } from '../simulation/pinch/maximal-pinch.ts';
import { drawGripSession } from './grip.ts';
import { ROBUSTNESS_WORLDS } from './robustness-worlds.ts';
import { drawStrengthFactors, pinchScore, strengthSpread } from './strength-factors.ts';
import { DEFAULT_SPREAD, scaledSpread } from './varied-hand.ts';
import { drawPersonGripKg, drawVirtualPerson, type PopulationOptions } from './virtual-person.ts';

/** Every key that was opened; and a switch that makes all quantities of a subject draw from one stream. */
const streams = vi.hoisted(() => ({
  opened: [] as string[],
  isShared: false,
  shared: new Map<number, unknown>(),
}));
vi.mock('../../core/numerics/random-stream.ts', async (original) => {
  const real = await original<typeof import('../../core/numerics/random-stream.ts')>();
  const randomStream: typeof real.randomStream = (seed, name, subject) => {
    streams.opened.push(`${seed} ${name} ${subject}`);
    if (!streams.isShared) return real.randomStream(seed, name, subject);
    const one = streams.shared.get(subject) ?? real.randomStream(seed, 'everything', subject);
    streams.shared.set(subject, one);
    return one as RandomStream;
  };
  return { ...real, randomStream };
});
beforeEach(() => {
  streams.opened = [];
  streams.isShared = false;
  streams.shared.clear();
});

/** Everything that the population draws for a subject, grip of both hands included. */
function everything(seed: string, subject: number, options: PopulationOptions = {}) {
  const person = drawVirtualPerson(seed, subject, options);
  const capacityN = maximalPinch(person.hand, 'neutral', person.law).forceN;
  const gripKg = drawPersonGripKg(seed, subject, person, capacityN, options);
  return { person, capacityN, gripKg, session: drawGripSession(seed, subject, person.demographics, gripKg) };
}

/** A later version of the generator, in which one more quantity is drawn before all others. */
async function withNewParameter(seed: string, subject: number) {
  const { randomStream } = await import('../../core/numerics/random-stream.ts');
  const handLengthScore = randomStream(seed, 'hand-length', subject).normal();
  return { handLengthScore, ...everything(seed, subject) };
}

describe('streams of the population', () => {
  it('leave every draw as it was when a parameter is added', async () => {
    for (let subject = 0; subject < 20; subject += 1) {
      const { handLengthScore, ...rest } = await withNewParameter('law', subject);
      expect(Number.isFinite(handLengthScore)).toBe(true);
      expect(rest).toEqual(everything('law', subject));
    }
  });

  it('catch one stream for everything (broken twin)', async () => {
    streams.isShared = true;
    const { handLengthScore: _, ...rest } = await withNewParameter('law', 1);
    streams.shared.clear();
    expect(rest).not.toEqual(everything('law', 1));
  });

  it('serve one quantity each: none is opened twice for a subject', () => {
    everything('once', 3);
    expect(streams.opened.length).toBeGreaterThan(10);
    expect(new Set(streams.opened).size).toBe(streams.opened.length);
  });

  it('give the people of a subject alone and among others alike, and other people for other seeds', () => {
    expect(everything('order', 7)).toEqual([5, 6, 7].map((subject) => everything('order', subject))[2]);
    expect(everything('order', 7)).not.toEqual(everything('another', 7));
  });
});

type Draw = typeof everything;
const subjects = fc.integer({ min: 0, max: 5_000_000 });
const factors = fc.double({ min: 0.5, max: 2, noNaN: true });

/** Largest relative departure from "k times the strength, k times the pinch and k times the grip". */
function worstScaling(draw: Draw, contact: 'A' | 'B'): number {
  let worst = 0;
  for (let subject = 0; subject < 40; subject += 1) {
    const base = draw('scale', subject, { contact });
    const twice = draw('scale', subject, { contact, strengthFactor: 2 });
    worst = Math.max(
      worst,
      Math.abs(twice.capacityN / base.capacityN / 2 - 1),
      Math.abs(twice.gripKg / base.gripKg / 2 - 1),
    );
  }
  return worst;
}

describe('laws of the population', () => {
  it('scaling: without reserve torque, pinch and grip are in proportion to strength', () => {
    // A linear programme without a constant term is homogeneous; the solver stops at 1e-8.
    expect(worstScaling(everything, 'A')).toBeLessThan(1e-6);
  });

  it('scaling: the reserve of model B breaks the proportion, as does a floor (broken twin)', () => {
    expect(worstScaling(everything, 'B')).toBeGreaterThan(0.01);
    const floored: Draw = (...given) => {
      const made = everything(...given);
      return { ...made, capacityN: made.capacityN + 5 };
    };
    expect(worstScaling(floored, 'A')).toBeGreaterThan(0.01);
  });

  const isMonotone = (draw: Draw): boolean => {
    for (let subject = 0; subject < 30; subject += 1) {
      const weak = draw('sign', subject, { strengthFactor: 0.9 });
      const strong = draw('sign', subject, { strengthFactor: 1.1 });
      if (!(strong.capacityN > weak.capacityN && strong.gripKg > weak.gripKg)) return false;
    }
    return true;
  };

  it('sign: a stronger factor gives a stronger pinch and grip', () => {
    expect(isMonotone(everything)).toBe(true);
    fc.assert(
      fc.property(subjects, factors, factors, (subject, a, b) => {
        fc.pre(Math.abs(a - b) > 1e-3);
        const [weak, strong] = [Math.min(a, b), Math.max(a, b)].map((strengthFactor) =>
          everything('sign', subject, { strengthFactor }),
        );
        expect(strong!.capacityN).toBeGreaterThan(weak!.capacityN);
      }),
      { numRuns: 40 },
    );
  });

  it('sign: catches a factor that divides (broken twin)', () => {
    const dividing: Draw = (seed, subject, options = {}) =>
      everything(seed, subject, { ...options, strengthFactor: 1 / (options.strengthFactor ?? 1) });
    expect(isMonotone(dividing)).toBe(false);
  });

  /** Do size, pinch and grip lie where metres, kilograms, newtons and kilogram-force put people? */
  const isInUnits = (draw: Draw): boolean =>
    Array.from({ length: 300 }, (_, subject) => draw('unit', subject)).every(
      ({ person: { demographics }, capacityN, gripKg }) =>
        demographics.heightM >= 1.35 &&
        demographics.heightM <= 2.1 &&
        demographics.weightKg >= 38 &&
        demographics.weightKg <= 190 &&
        Number.isInteger(demographics.ageYears) &&
        demographics.ageYears >= 18 &&
        demographics.ageYears <= 85 &&
        // Key pinch in newtons is 1.2 to 6.5 times grip in kilogram-force (12 to 65 % of grip; mean about 23 %).
        capacityN / gripKg > 1.2 &&
        capacityN / gripKg < 6.5,
    );

  it('unit: metres, kilograms, whole years, newtons, kilogram-force', () => {
    expect(isInUnits(everything)).toBe(true);
  });

  it('unit: catches pinch in kilogram-force and grip in newtons (broken twins)', () => {
    const inKilograms: Draw = (...given) => {
      const made = everything(...given);
      return { ...made, capacityN: made.capacityN / 9.80665 };
    };
    const inNewtons: Draw = (...given) => {
      const made = everything(...given);
      return { ...made, gripKg: made.gripKg * 9.80665 };
    };
    expect(isInUnits(inKilograms)).toBe(false);
    expect(isInUnits(inNewtons)).toBe(false);
  });
});

describe('options of the population', () => {
  it('scale every part of the spread between hands', () => {
    expect(scaledSpread(1)).toEqual(DEFAULT_SPREAD);
    expect(scaledSpread(2)).toEqual({
      maxForce: 0.3,
      optimalLength: 0.1,
      slackLength: 0.03,
      pennation: 0.2,
      momentArm: 0.06,
    });
    const still = everything('still', 1, { spread: scaledSpread(0) }).person;
    expect(still.hand.momentArmFactor.every((factor) => factor === 1)).toBe(true);
  });

  it('give the common factor its share, and the rest of the spread to the individual one', () => {
    for (const sex of ['female', 'male'] as const) {
      const [low, high] = [strengthSpread(sex, 0.4), strengthSpread(sex, 0.7)];
      expect(low.common ** 2 / high.common ** 2).toBeCloseTo(4 / 7, 9);
      expect(low.common ** 2 + low.individual ** 2).toBeCloseTo(high.common ** 2 + high.individual ** 2, 9);
      expect(strengthSpread(sex)).toEqual(strengthSpread(sex, 0.6));
    }
    expect(drawStrengthFactors(1, 1, 'male', 0.4).commonScore).toBe(
      drawStrengthFactors(1, 1, 'male').commonScore,
    );
  });

  it('refuse what is no factor, share or pinch', () => {
    expect(() => drawVirtualPerson(1, 1, { strengthFactor: 0 })).toThrow(RangeError);
    expect(() => drawVirtualPerson(1, 1, { strengthFactor: Number.NaN })).toThrow('above 0');
    expect(() => scaledSpread(-1)).toThrow(RangeError);
    expect(() => scaledSpread(Number.NaN)).toThrow('from 0');
    expect(() => strengthSpread('male', 1)).toThrow('between 0 and 1');
    expect(() => pinchScore('male', Number.NaN, 100)).toThrow('above 0');
  });

  it('can all be drawn, and the first world is the shipped one', () => {
    expect(ROBUSTNESS_WORLDS[0]).toEqual({
      name: 'as simulated',
      population: {},
      gaugeGain: 1,
      noiseScale: 1,
    });
    expect(new Set(ROBUSTNESS_WORLDS.map(({ name }) => name)).size).toBe(ROBUSTNESS_WORLDS.length);
    for (const { population } of ROBUSTNESS_WORLDS) {
      expect(everything('worlds', 2, population).capacityN).toBeGreaterThan(0);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { traceFeatures } from '../../../core/signals/trace-features.ts';
import { traceComponent } from '../../../core/signals/trace-shape.ts';
import { variedHand } from '../../population/varied-hand.ts';
import { stepActivation } from './activation-dynamics.ts';
import { CONTACT_LAWS, maximalPinch } from './maximal-pinch.ts';
import { readPinchFatigue } from './pinch-fatigue.ts';
import { pinchMechanics } from './pinch-mechanics.ts';
import { type PinchHand, WRIST_POSTURES } from './pinch-muscles.ts';
import { type PinchTrace, type Pull, pinchTrace } from './pinch-trace.ts';
import { drawArmFactor, operatedHand, type Surgery } from './surgery.ts';
import { ALL_MECHANISMS, NO_MECHANISMS } from './trace-assumptions.ts';

const pullOf = (subject: number, more: Partial<Pull> = {}): Pull => ({
  seed: 'trace-test',
  subject,
  name: 'neutral',
  sex: subject % 2 === 0 ? 'female' : 'male',
  ...more,
});
const peakN = (trace: PinchTrace): number => Math.max(...traceComponent(trace, 0));

const anySubject = fc.integer({ min: 0, max: 1_000_000 });
const anyHand = anySubject.map((subject) => variedHand('trace-test', subject, 1.25));

/** Whether the highest palmar force of a pull equals the programme's maximum for every hand and posture. */
function reachesMaximum(
  trace: (hand: PinchHand, posture: (typeof WRIST_POSTURES)[number]) => PinchTrace,
): boolean {
  let holds = true;
  fc.assert(
    fc.property(anyHand, fc.constantFrom(...WRIST_POSTURES), (hand, posture) => {
      const maximumN = maximalPinch(hand, posture).forceN;
      // The lags have 4 s, at least 25 of their time constants, to settle: e^-25.
      if (Math.abs(peakN(trace(hand, posture)) / maximumN - 1) > 1e-9) holds = false;
    }),
    { numRuns: 25 },
  );
  return holds;
}

describe('laws of a timed pull', () => {
  it('reaches the maximum of the linear programme at full command', () => {
    expect(
      reachesMaximum((hand, posture) =>
        pinchTrace(pinchMechanics(hand, posture), pullOf(1, { mechanisms: NO_MECHANISMS })),
      ),
    ).toBe(true);
  });

  it('catches a pull in the wrong posture (broken twin)', () => {
    expect(
      reachesMaximum((hand) =>
        pinchTrace(pinchMechanics(hand, 'neutral'), pullOf(1, { mechanisms: NO_MECHANISMS })),
      ),
    ).toBe(false);
  });

  /**
   * Twice the muscle, twice the force at every sample; all mechanisms on. True without a reserve, but for 10 of 6,179 drawn
   * pairs of person and factor: with several optimal activations the solver may stop at another one, the plateau is the same
   * and rise and release are not (up to 14 N in the release of subject 949476). The everyday seed meets none of them.
   */
  const isHomogeneous = (trace: (hand: PinchHand, subject: number) => PinchTrace): boolean => {
    let holds = true;
    fc.assert(
      fc.property(anySubject, fc.double({ min: 0.3, max: 3, noNaN: true }), (subject, factor) => {
        const hand = variedHand('trace-test', subject, 1.25);
        const scaled = { ...hand, maxForceN: hand.maxForceN.map((force) => factor * force) };
        const [own, other] = [trace(hand, subject), trace(scaled, subject)];
        own.forceN.forEach((force, i) => {
          // 1e-5 of the peak: the solver stops within about 1e-7 of the optimum, three programmes deep.
          if (Math.abs(other.forceN[i]! - factor * force) > 1e-5 * factor * 100) holds = false;
        });
      }),
      { numRuns: 15 },
    );
    return holds;
  };

  it('scales with muscle force', () => {
    expect(isHomogeneous((hand, subject) => pinchTrace(pinchMechanics(hand), pullOf(subject)))).toBe(true);
  });

  it('catches a reserve torque, which does not scale (broken twin: contact model B)', () => {
    expect(
      isHomogeneous((hand, subject) =>
        pinchTrace(pinchMechanics(hand, 'neutral', CONTACT_LAWS.B), pullOf(subject)),
      ),
    ).toBe(false);
  });

  /** A thumb pushes or rests, and what it drags along stays within friction. */
  const keepsContact = (trace: PinchTrace): boolean =>
    trace.timeS.every((_, sample) => {
      const [palmar, longitudinal, transverse] = trace.forceN.subarray(3 * sample, 3 * sample + 3);
      const limit = 0.5 * palmar! + 1e-9;
      return palmar! >= 0 && Math.abs(longitudinal!) <= limit && Math.abs(transverse!) <= limit;
    });

  it('pushes, never pulls, and stays within friction at every sample', () => {
    fc.assert(
      fc.property(anySubject, fc.double({ min: 0, max: 1, noNaN: true }), (subject, targetFraction) => {
        const mechanics = pinchMechanics(variedHand('trace-test', subject, 1.25));
        expect(keepsContact(pinchTrace(mechanics, pullOf(subject, { targetFraction })))).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('catches noise that does not shrink with force (broken twin)', () => {
    const trace = pinchTrace(pinchMechanics(variedHand('trace-test', 3, 1.25)), pullOf(3));
    const noisy = { ...trace, forceN: trace.forceN.map((force, i) => force + (i % 2 === 0 ? 0.5 : -0.5)) };
    expect(keepsContact(noisy)).toBe(false);
  });

  it('is silent without a command, before it and after the release', () => {
    const mechanics = pinchMechanics(variedHand('trace-test', 5, 1.25));
    expect(peakN(pinchTrace(mechanics, pullOf(5, { targetFraction: 0 })))).toBe(0);
    const palmarN = traceComponent(pinchTrace(mechanics, pullOf(5)), 0);
    expect(Math.max(...palmarN.subarray(0, 80))).toBe(0);
    expect(palmarN[palmarN.length - 1]!).toBeLessThan(0.05 * mechanics.capacityN);
  });

  it('has no force when the thumb flexor pulls the other way', () => {
    const hand = variedHand('trace-test', 6, 1.25);
    const without = { ...hand, maxForceN: Float64Array.from(hand.maxForceN) };
    without.maxForceN[0] = 0;
    expect(peakN(pinchTrace(pinchMechanics(without), pullOf(6)))).toBeLessThan(
      0.01 * maximalPinch(hand).forceN,
    );
  });

  it('holds a part of the maximum at that part, and does not tire within seconds', () => {
    const mechanics = pinchMechanics(variedHand('trace-test', 7, 1.25));
    const mechanisms = { ...NO_MECHANISMS, fatigue: true };
    const half = peakN(pinchTrace(mechanics, pullOf(7, { targetFraction: 0.5, mechanisms })));
    expect(half).toBeCloseTo(0.5 * mechanics.capacityN, 6);
  });

  it('has the same numbers at the same seed, and others at another', () => {
    const mechanics = pinchMechanics(variedHand('trace-test', 8, 1.25));
    expect(pinchTrace(mechanics, pullOf(8))).toEqual(pinchTrace(mechanics, pullOf(8)));
    expect(pinchTrace(mechanics, pullOf(8, { name: 'second' }))).not.toEqual(
      pinchTrace(mechanics, pullOf(8)),
    );
  });

  it.each([
    ['a target above 1', { targetFraction: 1.2 }],
    ['a target that is no number', { targetFraction: Number.NaN }],
    ['a negative capacity', { capacityFactor: -1 }],
    ['no sample rate', { sampleRateHz: 0 }],
  ])('refuses %s', (_, more) => {
    const mechanics = pinchMechanics(variedHand('trace-test', 9, 1.25));
    expect(() => pinchTrace(mechanics, pullOf(9, more))).toThrow(RangeError);
  });
});

describe('switches', () => {
  const mechanics = pinchMechanics(variedHand('trace-test', 11, 1.25));
  const full = pinchTrace(mechanics, pullOf(11));
  const without = (name: keyof typeof ALL_MECHANISMS): PinchTrace =>
    pinchTrace(mechanics, pullOf(11, { mechanisms: { ...ALL_MECHANISMS, [name]: false } }));

  it.each(Object.keys(ALL_MECHANISMS) as (keyof typeof ALL_MECHANISMS)[])('%s changes the trace', (name) => {
    expect(without(name)).not.toEqual(full);
  });

  it('leaves the palmar force alone when a mechanism of direction is switched', () => {
    for (const name of ['directionDrift', 'directionVariation'] as const) {
      expect(traceComponent(without(name), 0)).toEqual(traceComponent(full, 0));
    }
  });

  /** Fluctuation of a pull apart from tremor must be the same numbers whether tremor is there or not. */
  it('leaves the other draws unchanged when a random mechanism is added', () => {
    const only = (mechanisms: Partial<typeof ALL_MECHANISMS>): Float64Array =>
      traceComponent(
        pinchTrace(mechanics, pullOf(11, { mechanisms: { ...NO_MECHANISMS, ...mechanisms } })),
        0,
      );
    const plain = only({});
    const both = only({ tremor: true, forceFluctuation: true });
    const tremor = only({ tremor: true });
    const fluctuation = only({ forceFluctuation: true });
    // Both act on the force as a sum, so that each is the same alone and together.
    both.forEach((force, i) => {
      expect(force).toBeCloseTo(tremor[i]! + fluctuation[i]! - plain[i]!, 9);
    });
    // Broken twin: another pull's fluctuation does not fit.
    const other = traceComponent(
      pinchTrace(mechanics, pullOf(12, { mechanisms: { ...NO_MECHANISMS, forceFluctuation: true } })),
      0,
    );
    expect(both.some((force, i) => Math.abs(force - tremor[i]! - other[i]! + plain[i]!) > 1)).toBe(true);
  });
});

describe('mechanisms that differ by class', () => {
  /** Means over 150 people of what a clinic would read, all random mechanisms off. */
  function means(surgery: Surgery | null, mechanisms: Partial<typeof ALL_MECHANISMS>) {
    let turnRad = 0;
    let riseS = 0;
    const count = 150;
    for (let subject = 0; subject < count; subject += 1) {
      const whole = variedHand('trace-class', subject, 1.25);
      const hand =
        surgery === null
          ? whole
          : operatedHand(whole, surgery, drawArmFactor('trace-class', subject, surgery));
      const trace = pinchTrace(
        pinchMechanics(hand),
        pullOf(subject, { mechanisms: { ...NO_MECHANISMS, ...mechanisms }, sampleRateHz: 100 }),
      );
      const features = traceFeatures(trace);
      turnRad += features.transverseTurnRad! / count;
      riseS += features.riseTimeS! / count;
    }
    return { turnRad, riseS };
  }

  it.each(['proximal-row-carpectomy', 'four-corner-fusion'] as const)('turns and slows %s', (surgery) => {
    const mechanisms = { fatigue: true, directionDrift: true, wristStiffness: true };
    const [whole, operated] = [means(null, mechanisms), means(surgery, mechanisms)];
    expect(operated.turnRad).toBeLessThan(whole.turnRad - 0.005);
    expect(operated.riseS).toBeGreaterThan(whole.riseS + 0.01);
    // Switched off, the pull of an operated hand differs by its level alone (broken twin of both mechanisms).
    const [plainWhole, plain] = [means(null, {}), means(surgery, {})];
    expect(Math.abs(plain.turnRad - plainWhole.turnRad)).toBeLessThan(1e-9);
    expect(Math.abs(plain.riseS - plainWhole.riseS)).toBeLessThan(1e-6);
  });
});

describe('activation dynamics', () => {
  it('rises with 15 ms and falls with 50 ms, whatever the step', () => {
    const reached = (from: number, to: number, stepS: number): number => {
      let activation = from;
      for (let time = 0; time < 0.03 - 1e-9; time += stepS)
        activation = stepActivation(activation, to, stepS);
      return activation;
    };
    for (const stepS of [0.001, 0.005, 0.03]) {
      expect(reached(0, 1, stepS)).toBeCloseTo(1 - Math.exp(-2), 9);
      expect(reached(1, 0, stepS)).toBeCloseTo(Math.exp(-0.6), 9);
    }
  });
});

describe('fatigue constants', () => {
  it('refuses a table with a negative rate and one without a group', () => {
    const constants = { fatiguePerS: 0.01, recoveryPerS: 0.002, restMultiplier: 1 };
    const group = { region: 'somewhere', female: constants, male: constants };
    const table = { source: 'test', units: {}, groups: { thumb: group, forearm: group } };
    expect(readPinchFatigue(table).male.thumb).toEqual(constants);
    const negative = { ...group, male: { ...constants, fatiguePerS: -0.01 } };
    expect(() => readPinchFatigue({ ...table, groups: { thumb: negative, forearm: group } })).toThrow(
      /fatiguePerS/,
    );
    expect(() => readPinchFatigue({ ...table, groups: { thumb: group } })).toThrow(/forearm/);
  });
});

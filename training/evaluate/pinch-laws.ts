import { traceFeatures } from '../../core/signals/trace-features.ts';
import { TRACE_COMPONENT_COUNT, traceComponent } from '../../core/signals/trace-shape.ts';
import { NEWTON_PER_UNIT } from '../../core/units/quantities.ts';
import { variedHand } from '../population/varied-hand.ts';
import {
  gaugeNewtons,
  KILOGRAM_GAUGE,
  POUND_GAUGE,
  readGauge,
} from '../simulation/instruments/pinch-gauge.ts';
import { CONTACT_LAWS, maximalPinch } from '../simulation/pinch/maximal-pinch.ts';
import { pinchMechanics } from '../simulation/pinch/pinch-mechanics.ts';
import { PINCH_MUSCLES, type PinchHand, WRIST_POSTURES } from '../simulation/pinch/pinch-muscles.ts';
import { pinchTrace } from '../simulation/pinch/pinch-trace.ts';
import {
  ALL_MECHANISMS,
  NO_MECHANISMS,
  type TraceMechanisms,
} from '../simulation/pinch/trace-assumptions.ts';
import type { Check, Figures } from './figures.ts';

const SEED = 'pinch-laws';
const handOf = (subject: number): PinchHand => variedHand(SEED, subject, 1.25);
const traceOf = (hand: PinchHand, subject: number, mechanisms: Readonly<TraceMechanisms> = ALL_MECHANISMS) =>
  pinchTrace(pinchMechanics(hand), { seed: SEED, subject, name: 'law', sex: 'female', mechanisms });

/** Laws that hold on each of many random hands: the figure is the worst hand. Each has a broken twin in the tests. */
export function pinchLawFigures(handCount = 150): Figures {
  const worst = (of: (subject: number) => number): number =>
    Array.from({ length: handCount }, (_, subject) => of(subject)).reduce((most, v) => Math.max(most, v), 0);
  const law = (name: string, value: number, limit: number, because: string): Check => ({
    name: `pinch law: ${name}`,
    value,
    low: value,
    high: value,
    bar: `<= ${limit}, the worst of ${handCount} hands; ${because}`,
    ok: value <= limit,
    n: handCount,
  });
  const checks = [
    law(
      'twice the muscle, twice the pinch (relative departure)',
      worst((subject) => {
        const hand = handOf(subject);
        const twice = { ...hand, maxForceN: hand.maxForceN.map((forceN) => 2 * forceN) };
        const posture = WRIST_POSTURES[subject % WRIST_POSTURES.length]!;
        return Math.abs(maximalPinch(twice, posture).forceN / (2 * maximalPinch(hand, posture).forceN) - 1);
      }),
      1e-6,
      'contact model A is homogeneous',
    ),
    law(
      'no pinch when the thumb flexor pulls the other way (share left)',
      worst((subject) => {
        const hand = handOf(subject);
        const momentArmFactor = Float64Array.from(hand.momentArmFactor);
        momentArmFactor[PINCH_MUSCLES.indexOf('FPL')]! *= -1;
        return maximalPinch({ ...hand, momentArmFactor }).forceN / maximalPinch(hand).forceN;
      }),
      0.01,
      'the sign of a moment arm matters',
    ),
    law(
      'a kilogram and a pound dial show one force (difference over the sum of half marks)',
      worst((subject) => {
        const peakN = maximalPinch(handOf(subject)).forceN;
        const [kilogramN, poundN] = [KILOGRAM_GAUGE, POUND_GAUGE].map((gauge) =>
          gaugeNewtons(readGauge(peakN, gauge), gauge),
        );
        const halfMarksN = (0.1 * NEWTON_PER_UNIT.kg + 0.5 * NEWTON_PER_UNIT.lb) / 2;
        return Math.abs(kilogramN! - poundN!) / halfMarksN;
      }),
      1 + 1e-9,
      'units are converted once and in one place',
    ),
    law(
      'a reserve never weakens a pinch (newtons lost)',
      worst((subject) => {
        const hand = handOf(subject);
        return Math.max(0, maximalPinch(hand).forceN - maximalPinch(hand, 'neutral', CONTACT_LAWS.B).forceN);
      }),
      1e-6,
      'what is feasible in A is feasible in B',
    ),
    law(
      'a full command reaches the optimum of the linear programme (relative departure)',
      worst((subject) => {
        const hand = handOf(subject);
        const palmarN = traceComponent(traceOf(hand, subject, NO_MECHANISMS), 0);
        return Math.abs(Math.max(...palmarN) / maximalPinch(hand).forceN - 1);
      }),
      1e-9,
      'all mechanisms off',
    ),
    law(
      'tangential force stays within friction (newtons beyond it)',
      worst((subject) => {
        const { forceN } = traceOf(handOf(subject), subject);
        let beyondN = 0;
        for (let at = 0; at < forceN.length; at += TRACE_COMPONENT_COUNT) {
          const limitN = CONTACT_LAWS.A.friction * forceN[at]!;
          const tangentialN = Math.max(Math.abs(forceN[at + 1]!), Math.abs(forceN[at + 2]!));
          beyondN = Math.max(beyondN, tangentialN - limitN, -forceN[at]!);
        }
        return beyondN;
      }),
      1e-9,
      'the thumb pushes, never pulls',
    ),
    law(
      'a mechanism of direction leaves the palmar force as it was (newtons)',
      worst((subject) => {
        const hand = handOf(subject);
        const [withIt, without] = [true, false].map((directionDrift) =>
          traceComponent(traceOf(hand, subject, { ...ALL_MECHANISMS, directionDrift }), 0),
        );
        return Math.max(...withIt!.map((force, sample) => Math.abs(force - without![sample]!)));
      }),
      0,
      'adding a quantity leaves all other draws unchanged',
    ),
    law(
      'features of a trace do not depend on the unit of force (largest difference of a share, time or angle)',
      worst((subject) => {
        const trace = traceOf(handOf(subject), subject);
        const inKilograms = { ...trace, forceN: trace.forceN.map((force) => force / NEWTON_PER_UNIT.kg) };
        const [own, other] = [traceFeatures(trace), traceFeatures(inKilograms)];
        return Math.max(
          ...(['riseTimeS', 'holdVariation', 'holdDecline', 'transverseTurnRad'] as const).map((key) =>
            Math.abs((own[key] ?? 0) - (other[key] ?? 0)),
          ),
        );
      }),
      1e-9,
      'only the peak carries the unit',
    ),
  ];
  return { checks, findings: [], plots: [], tables: [] };
}

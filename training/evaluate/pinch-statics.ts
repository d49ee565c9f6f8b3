import { CONTACT_LAWS, type ContactModel, maximalPinch } from '../simulation/pinch/maximal-pinch.ts';
import {
  genericHand,
  PINCH_MUSCLES,
  type PinchMuscle,
  WRIST_POSTURES,
  type WristPosture,
} from '../simulation/pinch/pinch-muscles.ts';
import type { Check, Figures, PlotLine } from './figures.ts';

/**
 * Worked results of the design (decision 1; reference notes on papers, section 9). Newtons without (A) and with (B) the
 * 0.3 N.m reserve.
 */
const WORKED_PINCH_N: Readonly<Record<WristPosture, Readonly<Record<ContactModel, number>>>> = {
  neutral: { A: 92.3, B: 115.3 },
  'extension-20': { A: 89.9, B: 109.7 },
  'flexion-20': { A: 88.4, B: 118 },
  'ulnar-10': { A: 91.9, B: 113.9 },
};
/** Elasticities of the maximal pinch in each F0, wrist neutral; muscles that are not named have 0 in A. */
const WORKED_ELASTICITY: Readonly<Record<ContactModel, Partial<Record<PinchMuscle, number>>>> = {
  A: { ADPo: 0.27, FPL: 0.23, ECU: 0.21, ADPt: 0.12, APB: 0.06, ECRB: 0.06, FPB: 0.04 },
  B: { FPL: 0.6, ADPo: 0.16, ADPt: 0.09 },
};
const ELASTICITY_TOLERANCE: Readonly<Record<ContactModel, number>> = { A: 0.01, B: 0.015 };
/** Percent of the pinch that is left without a muscle, model A. */
const WORKED_KNOCK_OUT: Partial<Record<PinchMuscle, number>> = {
  FPL: 0,
  ECU: 45,
  ADPo: 61,
  ADPt: 84,
  ECRB: 89,
  FCU: 90,
  APB: 93,
  FPB: 95,
};
/** "The rest": no muscle takes more than this from the pinch, percent left. */
const REST_LEFT = 95;

const scaledMuscle = (muscle: PinchMuscle, factor: number) => {
  const hand = genericHand();
  hand.maxForceN[PINCH_MUSCLES.indexOf(muscle)]! *= factor;
  return hand;
};

/** A check of a computed figure: no people, no interval. */
const exact = (name: string, value: number, bar: string, ok: boolean): Check => ({
  name,
  value,
  low: value,
  high: value,
  bar,
  ok,
  n: 1,
});

/**
 * d ln(pinch) / d ln(F0) of one muscle, wrist neutral: central difference over +-5 %. The optimum has a kink at the
 * generic hand for FPL and ECU, so that a smaller step gives another mean of the two one-sided slopes.
 */
export function pinchElasticity(muscle: PinchMuscle, contact: ContactModel): number {
  const law = CONTACT_LAWS[contact];
  const up = maximalPinch(scaledMuscle(muscle, 1.05), 'neutral', law).forceN;
  const down = maximalPinch(scaledMuscle(muscle, 1 / 1.05), 'neutral', law).forceN;
  return Math.log(up / down) / (2 * Math.log(1.05));
}

/** Statics of the generic hand against the worked results of the design. Well under a second. */
export function staticsFigures(): Figures {
  const checks: Check[] = [];
  for (const posture of WRIST_POSTURES) {
    for (const contact of ['A', 'B'] as const) {
      const pinchN = maximalPinch(genericHand(), posture, CONTACT_LAWS[contact]).forceN;
      const worked = WORKED_PINCH_N[posture][contact];
      const name = `maximal pinch, ${posture}, contact model ${contact}, N`;
      checks.push(exact(name, pinchN, `${worked} N within 2 %`, Math.abs(pinchN / worked - 1) <= 0.02));
    }
  }
  const normN = maximalPinch(genericHand(1.25)).forceN;
  checks.push(
    exact(
      'maximal pinch at 1.25 times the generic forces, model A, N',
      normN,
      '115.4 N within 2 %',
      Math.abs(normN / 115.4 - 1) <= 0.02,
    ),
  );
  const elasticity = {
    A: PINCH_MUSCLES.map((muscle) => pinchElasticity(muscle, 'A')),
    B: PINCH_MUSCLES.map((muscle) => pinchElasticity(muscle, 'B')),
  };
  PINCH_MUSCLES.forEach((muscle, index) => {
    for (const contact of ['A', 'B'] as const) {
      // In B the source names three muscles and says nothing of the others.
      const worked = WORKED_ELASTICITY[contact][muscle] ?? (contact === 'A' ? 0 : null);
      if (worked === null) continue;
      const value = elasticity[contact][index]!;
      const tolerance = ELASTICITY_TOLERANCE[contact];
      const kink = contact === 'A' && (muscle === 'FPL' || muscle === 'ECU');
      const bar = `${worked} +- ${tolerance}${kink ? '; a kink: the mean of two one-sided slopes over +-5 %' : ''}`;
      const name = `elasticity of pinch in ${muscle}, model ${contact}`;
      checks.push(exact(name, value, bar, Math.abs(value - worked) <= tolerance));
    }
  });
  const sum = elasticity.A.reduce((total, value) => total + value, 0);
  checks.push(
    exact(
      'sum of the elasticities, model A',
      sum,
      '1 +- 0.02: pinch scales with muscle force (the two kinks leave a little)',
      Math.abs(sum - 1) <= 0.02,
    ),
  );
  const baseN = maximalPinch(genericHand()).forceN;
  for (const muscle of PINCH_MUSCLES) {
    const left = (100 * maximalPinch(scaledMuscle(muscle, 0)).forceN) / baseN;
    const worked = WORKED_KNOCK_OUT[muscle];
    const name = `pinch left without ${muscle}, model A, %`;
    checks.push(
      worked === undefined
        ? exact(name, left, `>= ${REST_LEFT} %`, left >= REST_LEFT - 1e-9)
        : exact(name, left, `${worked} +- 1 %`, Math.abs(left - worked) <= 1),
    );
  }
  return { checks, findings: [], plots: [elasticityPlot(elasticity)], tables: [] };
}

function elasticityPlot(elasticity: Record<ContactModel, readonly number[]>): Figures['plots'][number] {
  const x = PINCH_MUSCLES.map((_, index) => index + 1);
  // Central differences of zero leave rounding; the worked table has two digits.
  const moved = (contact: ContactModel): string[] =>
    PINCH_MUSCLES.filter((_, index) => Math.abs(elasticity[contact][index]!) >= 0.005);
  const [inA, inB] = [moved('A'), moved('B')];
  const isSame = inA.join() === inB.join();
  const line = (name: string, y: readonly number[]): PlotLine => ({ name, x, y: [...y] });
  return {
    title: 'How much of a maximal pinch depends on each muscle',
    xTitle: `Muscle: ${PINCH_MUSCLES.map((muscle, index) => `${index + 1} ${muscle}`).join(', ')}`,
    yTitle: 'Elasticity, % of pinch per % of muscle force',
    kind: 'points',
    lines: [line('contact model A', elasticity.A), line('contact model B', elasticity.B)],
    caption: `Generic hand. Muscles at zero cannot be told from its maximal pinch; not at zero (0.005 or more): ${inA.join(', ')} in model A, ${inB.join(', ')} in model B, ${isSame ? 'the same' : 'not the same: it depends on the contact model'}.`,
  };
}

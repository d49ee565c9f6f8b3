import published from '../../resources/norms/published-checks.json' with { type: 'json' };
import { variedHand } from '../population/varied-hand.ts';
import { CONTACT_LAWS, type ContactModel, maximalPinch } from '../simulation/pinch/maximal-pinch.ts';
import { genericHand } from '../simulation/pinch/pinch-muscles.ts';
import { drawArmFactor, operatedHand, SURGERY_LAWS, type Surgery } from '../simulation/pinch/surgery.ts';
import type { Figures } from './figures.ts';
import { meanWithInterval } from './pinch-intervals.ts';

const SEED = 'surgery-figures';
const SURGERIES = Object.keys(SURGERY_LAWS) as Surgery[];
const WORDS: Readonly<Record<Surgery, string>> = {
  'proximal-row-carpectomy': 'proximal row carpectomy',
  'four-corner-fusion': 'four-corner fusion',
};
/** Model B carries the norm at the generic forces, model A at 1.25 times (decision 2). */
const FORCE_SCALE: Readonly<Record<ContactModel, number>> = { A: 1.25, B: 1 };

/** Pinch after an operation in percent of the same hand before it, re-optimised, wrist neutral; one value a person. */
export function operatedPercents(surgery: Surgery, contact: ContactModel, personCount: number): number[] {
  const law = CONTACT_LAWS[contact];
  return Array.from({ length: personCount }, (_, subject) => {
    const hand = variedHand(SEED, subject, FORCE_SCALE[contact]);
    const operated = operatedHand(hand, surgery, drawArmFactor(SEED, subject, surgery));
    return (100 * maximalPinch(operated, 'neutral', law).forceN) / maximalPinch(hand, 'neutral', law).forceN;
  });
}

type Interval = { value: number; low: number; high: number };

/** What the same operation takes in either contact model, percent of before. */
export function contactWords(inA: Interval, inB: Interval): string {
  const taken = `The same change of the wrist takes ${(100 - inA.value).toFixed(1)} % of the pinch in model A and ${(100 - inB.value).toFixed(1)} % with a reserve torque on the thumb (B)`;
  return inB.low > inA.high || inB.high < inA.low
    ? `${taken}: what an operation does to pinch rests on the contact model.`
    : `${taken}: the intervals overlap, so that no difference between the contact models is claimed.`;
}

/** The generic hand beside the people of model A, percent of before. */
export function genericHandWords(percent: number, people: Interval): string {
  const alone = 'One computed hand, no interval.';
  if (percent < people.low) {
    return `${alone} It loses more than people do on average: its wrist is just at the limit (ADR 10).`;
  }
  return percent > people.high
    ? `${alone} It loses less than people do on average.`
    : `${alone} It loses as much as people do on average, within their interval.`;
}

/** The tuning of the two operations (decision 2): the check in A, the same in B and on the generic hand beside it. */
export function surgeryFigures(personCount = 3000): Figures {
  const checks: Figures['checks'] = [];
  const findings: Figures['findings'] = [];
  for (const surgery of SURGERIES) {
    const target = published.surgeryPinch[surgery];
    const literature = `${target.mean} +- ${target.sd} % of nonimpaired in forward dynamics at equal activation (Nichols et al. 2017, table 3): another quantity`;
    const inA = meanWithInterval(operatedPercents(surgery, 'A', personCount), `${surgery}-A`);
    const inB = meanWithInterval(operatedPercents(surgery, 'B', personCount), `${surgery}-B`);
    checks.push({
      name: `pinch after ${WORDS[surgery]}, re-optimised, model A, % of before`,
      ...inA,
      bar: `${target.mean} +- 1 point: tuned to it, although the published figure is of another quantity`,
      ok: Math.abs(inA.value - target.mean) <= 1,
    });
    findings.push({
      name: `pinch after ${WORDS[surgery]} in contact model B, % of before`,
      ...inB,
      literature,
      sentence: contactWords(inA, inB),
    });
    const generic = genericHand();
    const operated = operatedHand(generic, surgery, SURGERY_LAWS[surgery].medianArmFactor);
    const percent = (100 * maximalPinch(operated).forceN) / maximalPinch(generic).forceN;
    findings.push({
      name: `pinch after ${WORDS[surgery]}, generic hand, % of before`,
      value: percent,
      low: percent,
      high: percent,
      n: 1,
      literature,
      sentence: genericHandWords(percent, inA),
    });
  }
  return { checks, findings, plots: [], tables: [] };
}

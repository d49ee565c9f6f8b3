import { describe, expect, it } from 'vitest';
import published from '../../../resources/norms/published-checks.json' with { type: 'json' };
import { variedHand } from '../../population/varied-hand.ts';
import { CONTACT_LAWS, type ContactLaw, maximalPinch } from './maximal-pinch.ts';
import { genericHand } from './pinch-muscles.ts';
import { drawArmFactor, operatedHand, SURGERY_LAWS, type Surgery } from './surgery.ts';
import { wristTorqueCapacity } from './wrist-torque.ts';

const PATIENT_COUNT = 3000;
const SURGERIES = Object.keys(SURGERY_LAWS) as Surgery[];

/** Mean pinch after surgery in percent of the same hands before it, re-optimised, wrist neutral. */
function meanPercent(
  surgery: Surgery,
  armFactor: (subject: number) => number,
  law: ContactLaw = CONTACT_LAWS.A,
): number {
  let sum = 0;
  for (let subject = 0; subject < PATIENT_COUNT; subject += 1) {
    // In B the hand is scaled down to the level at which model B carries the norm (decision 2).
    const hand = variedHand('surgery-check', subject, law.reserveNmm > 0 ? 1 : 1.25);
    const after = maximalPinch(operatedHand(hand, surgery, armFactor(subject)), 'neutral', law).forceN;
    sum += after / maximalPinch(hand, 'neutral', law).forceN;
  }
  return (100 * sum) / PATIENT_COUNT;
}

describe('tuned surgery', () => {
  it.each(SURGERIES)('%s: mean pinch within one point of the published percentage in model A', (surgery) => {
    const mean = meanPercent(surgery, (subject) => drawArmFactor('surgery-check', subject, surgery));
    expect(Math.abs(mean - published.surgeryPinch[surgery].mean)).toBeLessThan(1);
  });

  it.each(SURGERIES)('%s: half of the change misses it (broken twin)', (surgery) => {
    const mean = meanPercent(surgery, (subject) =>
      Math.sqrt(drawArmFactor('surgery-check', subject, surgery)),
    );
    expect(Math.abs(mean - published.surgeryPinch[surgery].mean)).toBeGreaterThan(1);
  });

  it.each(SURGERIES)('%s: almost no change with a reserve on the thumb (model B)', (surgery) => {
    const mean = meanPercent(
      surgery,
      (subject) => drawArmFactor('surgery-check', subject, surgery),
      CONTACT_LAWS.B,
    );
    expect(mean).toBeGreaterThan(96);
    expect(mean).toBeLessThan(100);
  });

  it('changes only the axis that the cadaver study names', () => {
    const before = wristTorqueCapacity(genericHand());
    const carpectomy = wristTorqueCapacity(operatedHand(genericHand(), 'proximal-row-carpectomy', 0.69));
    const fusion = wristTorqueCapacity(operatedHand(genericHand(), 'four-corner-fusion', 1.55));
    expect(carpectomy.extensionNm).toBeLessThan(0.85 * before.extensionNm);
    expect(carpectomy.flexionNm).toBe(before.flexionNm);
    expect(carpectomy.radialNm).toBe(before.radialNm);
    expect(fusion.radialNm).toBeGreaterThan(1.15 * before.radialNm);
    expect(fusion.ulnarNm).toBe(before.ulnarNm);
    expect(fusion.extensionNm).toBe(before.extensionNm);
  });

  it('leaves the hand that it was given as it was', () => {
    const hand = genericHand();
    operatedHand(hand, 'proximal-row-carpectomy', 0.5);
    expect(hand).toEqual(genericHand());
  });
});

describe('wrist torque of the generic hand', () => {
  it('extends with about the 7.9 N.m of the reference (without force-length), measured 7.1 +- 2.1', () => {
    const { extensionNm } = wristTorqueCapacity(genericHand());
    expect(extensionNm).toBeGreaterThan(
      published.wristTorqueMen.mean.extension - published.wristTorqueMen.sd.extension,
    );
    expect(extensionNm).toBeLessThan(
      published.wristTorqueMen.mean.extension + published.wristTorqueMen.sd.extension,
    );
  });
});

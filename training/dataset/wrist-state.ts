import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import type { WristClass } from '../../core/contract/schemas/clinical.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { expectedStrength } from '../../core/signals/expected-strength.ts';
import { type WristFeatureInput, wristFeatures } from '../../core/signals/wrist-features.ts';
import type { Demographics } from '../population/demographics.ts';
import { otherHandRatio } from '../population/other-hand.ts';
import { drawVirtualPerson, type PopulationOptions } from '../population/virtual-person.ts';
import { maximalPinch } from '../simulation/pinch/maximal-pinch.ts';
import { genericHand, type PinchHand } from '../simulation/pinch/pinch-muscles.ts';
import { drawArmFactor, operatedHand, SURGERY_LAWS, type Surgery } from '../simulation/pinch/surgery.ts';
import type { TraceMechanisms } from '../simulation/pinch/trace-assumptions.ts';
import { type WristTorques, wristTorqueCapacity } from '../simulation/pinch/wrist-torque.ts';
import { drawTrialCount, pinchTrialsN, sessionFactor } from './pinch-trials.ts';
import { tracedPull } from './wrist-state-trace.ts';

/** One virtual person measured once, with the true class. Fits the input of `wristFeatures`. */
export interface WristStatePerson extends WristFeatureInput {
  subject: number;
  className: WristClass;
  pinchTrialsN: number[];
  pinchPeakN: number;
  otherHandPinchPeakN: number;
  wristExtensionNm: number;
  wristFlexionNm: number;
  wristRadialNm: number;
  wristUlnarNm: number;
  pinchFlexion20N: number;
  pinchExtension20N: number;
  pinchUlnar10N: number;
  /** True maximal pinch of the hand in question and of the same hand unoperated, newtons, without noise. */
  capacityN: number;
  unoperatedCapacityN: number;
  /** All nine features, in the order of FEATURE_IDS: the trainer removes groups, this file never does. */
  features: Float64Array;
  /** Force trace as the network takes it, 60 x 3; absent unless it was asked for. */
  trace?: Float64Array;
}

export interface WristStateOptions extends PopulationOptions {
  /** Factor on all measurement noise. */
  noiseScale?: number;
  /** Exponent on the surgery's arm factor and on the wrist capacity after it: unknown severity. */
  severity?: number;
  /**
   * Factor on the assumed spread between patients after one operation: SURGERY_ARM_LOG_SD and WRIST_CAPACITY_LOG_SD.
   * The muscles' own spread is `spread`.
   */
  patientSpread?: number;
  /** Mechanisms of the force trace; absent: no trace is made, which saves most of the time. */
  trace?: Readonly<TraceMechanisms>;
  /** True: the other hand had the same operation, with its own arm factor, and nobody wrote it down. */
  isOtherHandOperated?: boolean;
}

/**
 * Wrist strength after surgery in every direction, as a fraction: assumption "lowered as grip is": 62-94 % of
 * the other side after proximal row carpectomy, 72-74 % after four-corner fusion (Wyrick 1995; Chan;
 * reviews). The changed arms come on top, so the directions differ. Spread between patients: log SD.
 */
const WRIST_CAPACITY: Readonly<Record<Surgery, number>> = {
  'proximal-row-carpectomy': 0.8,
  'four-corner-fusion': 0.74,
};
const WRIST_CAPACITY_LOG_SD = 0.15;
/** Spread of wrist strength beyond general strength and the modelled muscles (finger muscles, technique). */
const WRIST_OWN_LOG_SD = 0.1;
/** Noise of one wrist torque reading (assumption). */
const WRIST_READING_LOG_SD = 0.06;

const DIRECTIONS = ['extensionNm', 'flexionNm', 'radialNm', 'ulnarNm'] as const;
const GENERIC_TORQUES = wristTorqueCapacity(genericHand());

/**
 * Virtual people for `wrist-state`, the three classes in turn (subject modulo 3), so that any three
 * consecutive subjects hold each class once. Classes share one population: sex, age, size, strength.
 * @param subjectOffset - first subject; disjoint ranges of one seed are disjoint people.
 */
export function generateWristStatePeople(
  count: number,
  seed: number | string,
  subjectOffset: number,
  options: WristStateOptions = {},
): WristStatePerson[] {
  return Array.from({ length: count }, (_, index) =>
    generateWristStatePerson(seed, subjectOffset + index, options),
  );
}

function generateWristStatePerson(
  seed: number | string,
  subject: number,
  options: WristStateOptions,
): WristStatePerson {
  const className = WRIST_CLASSES[subject % WRIST_CLASSES.length]!;
  const noiseScale = options.noiseScale ?? 1;
  const virtual = drawVirtualPerson(seed, subject, options);
  const { demographics, side, law, hand: unoperated } = virtual;
  const severity = options.severity ?? 1;
  const patientSpread = options.patientSpread ?? 1;
  const operated = (of: Surgery, draw: number): PinchHand =>
    operatedHand(unoperated, of, spreadArmFactor(of, draw, patientSpread) ** severity);
  const hand =
    className === 'nonimpaired' ? unoperated : operated(className, drawArmFactor(seed, subject, className));

  const maximum = maximalPinch(hand, 'neutral', law);
  const capacityN = maximum.forceN;
  const unoperatedCapacityN =
    className === 'nonimpaired' ? capacityN : maximalPinch(unoperated, 'neutral', law).forceN;
  const session = sessionFactor(seed, subject, noiseScale);
  const trialCount = drawTrialCount(seed, subject);
  const trialsOf = (name: string, forceN: number): number[] =>
    pinchTrialsN(seed, name, subject, forceN * session, trialCount, noiseScale);
  const bestIn = (posture: 'flexion-20' | 'extension-20' | 'ulnar-10'): number =>
    Math.max(...trialsOf(posture, maximalPinch(hand, posture, law).forceN));
  const trials = trialsOf('neutral', capacityN);
  const otherCapacityN =
    (className !== 'nonimpaired' && options.isOtherHandOperated === true
      ? maximalPinch(
          operated(className, drawArmFactor(seed, subject + OTHER_HAND, className)),
          'neutral',
          law,
        ).forceN
      : unoperatedCapacityN) * otherHandRatio(seed, subject, demographics, side);

  const torques = wristTorques(seed, subject, className, demographics, {
    // The factor on pinch alone goes out with the scale: it is no wrist strength.
    ratio: ratioTo(wristTorqueCapacity(hand), virtual.forceScale),
    general: virtual.common * session,
    severity,
    patientSpread,
    noiseScale,
  });
  const measured = {
    ...demographics,
    side,
    affectedSide: className === 'nonimpaired' ? ('none' as const) : side,
    pinchPeakN: Math.max(...trials),
    otherHandPinchPeakN: Math.max(...trialsOf('other-hand', otherCapacityN)),
    wristExtensionNm: torques.extensionNm,
    wristFlexionNm: torques.flexionNm,
    wristRadialNm: torques.radialNm,
    wristUlnarNm: torques.ulnarNm,
    pinchFlexion20N: bestIn('flexion-20'),
    pinchExtension20N: bestIn('extension-20'),
    pinchUlnar10N: bestIn('ulnar-10'),
  } satisfies Partial<WristStatePerson>;
  const trace = options.trace && {
    trace: tracedPull({
      seed,
      subject,
      sex: demographics.sex,
      hand,
      law,
      maximum,
      session,
      gaugeBestN: measured.pinchPeakN,
      noiseScale,
      mechanisms: options.trace,
    }),
  };
  return {
    subject,
    className,
    ...trace,
    ...measured,
    pinchTrialsN: trials,
    capacityN,
    unoperatedCapacityN,
    features: wristFeatures(measured).values,
  };
}

/** Keys the other hand's own draw of a stream that this hand uses too: beyond every part's subjects. */
const OTHER_HAND = 1_000_000_000;

/** An arm factor with its distance from the operation's median stretched, on the logarithmic scale. */
function spreadArmFactor(surgery: Surgery, armFactor: number, patientSpread: number): number {
  const median = SURGERY_LAWS[surgery].medianArmFactor;
  return median * (armFactor / median) ** patientSpread;
}

/** Wrist torque capacity of a hand relative to the generic hand at the same force scale. */
function ratioTo(torques: WristTorques, forceScale: number): WristTorques {
  const scaled = { ...torques };
  for (const direction of DIRECTIONS) scaled[direction] /= GENERIC_TORQUES[direction] * forceScale;
  return scaled;
}

interface TorqueMaking {
  ratio: WristTorques;
  general: number;
  severity: number;
  patientSpread: number;
  noiseScale: number;
}

function wristTorques(
  seed: number | string,
  subject: number,
  className: WristClass,
  person: Demographics,
  making: TorqueMaking,
): WristTorques {
  const expected = expectedStrength(person);
  const own = randomStream(seed, 'wrist-strength', subject);
  const noise = randomStream(seed, 'wrist-reading', subject);
  const patient = randomStream(seed, 'wrist-capacity', subject).normal();
  const capacity =
    className === 'nonimpaired'
      ? 1
      : Math.exp(
          making.severity * Math.log(WRIST_CAPACITY[className]) +
            WRIST_CAPACITY_LOG_SD * making.patientSpread * patient,
        );
  const shared = making.general * capacity;
  const expectedOf: WristTorques = {
    extensionNm: expected.wristExtensionNm,
    flexionNm: expected.wristFlexionNm,
    radialNm: expected.wristRadialNm,
    ulnarNm: expected.wristUlnarNm,
  };
  const made = { ...expectedOf };
  for (const direction of DIRECTIONS) {
    const spread =
      WRIST_OWN_LOG_SD * own.normal() + WRIST_READING_LOG_SD * making.noiseScale * noise.normal();
    const torqueNm = expectedOf[direction] * making.ratio[direction] * shared * Math.exp(spread);
    // Wrist dynamometers are read to 0.1 N.m.
    made[direction] = Math.round(torqueNm * 10) / 10;
  }
  return made;
}

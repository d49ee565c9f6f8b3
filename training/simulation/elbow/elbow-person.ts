import { ELBOW_CHANNELS } from '../../../core/inference/elbow-input.ts';
import type { FatigueConstants } from './three-compartment-fatigue.ts';

/** Muscles under a pair of surface electrodes, in the order of the channels. The forearm group has no channel. */
export const EMG_CHANNELS = ELBOW_CHANNELS;
export const EMG_CHANNEL_COUNT = EMG_CHANNELS.length;

/** How one person's muscles and electrodes turn activity into surface EMG. */
export interface SurfaceEmgTraits {
  /** Factor a channel on the amplitude normalised to the maximal contraction; 1 = perfect normalisation. */
  gains: Float64Array;
  /** Change of the logarithm of each gain over 150 s: electrodes dry, sweat or slip. */
  gainDrifts: Float64Array;
  /** Amplitude = active share to this power; 1 = linear, above 1 = amplitude small at moderate force. */
  forceExponent: number;
  /** Relative amplitude rise when all fibres are fatigued. */
  fatigueRise: number;
  /** Amplitude that reaches a channel from each neighbouring muscle, share of that muscle's own. */
  crossTalk: number;
}

/** One person's elbow, as far as a sustained flexion at 90 degrees shows it. */
export interface ElbowPerson {
  /** Factor on every F0 of the table (a young man's forces). */
  strengthFactor: number;
  /** Preference of each flexor group when load is shared; only ratios matter. */
  sharing: Float64Array;
  /** Slow rotation of the load among the groups: relative depth (0 = none), period and phase a group. */
  sharingRotation: { depth: number; periodS: number; phasesRad: Float64Array };
  /** Constants of each group, in the order of ELBOW_GROUPS. */
  fatigue: readonly FatigueConstants[];
  /** Activation of triceps as a share of the flexors' mean activation. */
  coContraction: number;
  emg: SurfaceEmgTraits;
  /** Standard deviation of held torque, share of the torque: steadiness. */
  torqueCv: number;
  /** Log error of the maximal torque that was measured before the hold. */
  maximalTorqueLogError: number;
  /** Time to reach the target, seconds. */
  rampS: number;
}

/** The angle of every hold in this project, degrees: forearm level, upper arm hanging. */
export const HOLD_ANGLE_DEG = 90;

/**
 * Amplitude rise with fatigue: 0.6875 makes a hold at 20 % of maximum, which fails with 80 % of fibres fatigued, end
 * at 31 % of maximal amplitude, as measured by Hunter & Enoka 2001 (31 % men, 30 % women).
 */
export const GENERIC_FATIGUE_RISE = 0.6875;
/** Assumption: three percent of a neighbour's amplitude. */
export const GENERIC_CROSS_TALK = 0.03;
/** Assumption: two seconds from rest to the target. */
export const GENERIC_RAMP_S = 2;

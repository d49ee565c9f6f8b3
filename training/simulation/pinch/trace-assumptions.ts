/**
 * What a timed pull is made of beyond statics. No recording of a maximal lateral pinch was found in public (nor any
 * after these operations), so EVERY figure here is an assumption unless it names a source, and none is fitted.
 * "LogSd": spread between pulls or people, standard deviation of the logarithm.
 */
export const PULL_TIMING = {
  /** The examiner says "now" at 0.4 s; reaction 0.2 s later (assumption). */
  cueS: 0.4,
  reactionS: 0.2,
  reactionLogSd: 0.2,
  /** From nothing to the wanted force: "squeeze as hard as you can" (assumption). */
  rampS: 0.4,
  rampLogSd: 0.25,
  /** "And let go" at 5 s, the same reaction, then a quicker ramp down (assumption). */
  releaseCueS: 5,
  releaseRampS: 0.2,
} as const;

/**
 * Slow fluctuation of force, proportional to force (signal-dependent noise: Jones, Hamilton and Wolpert 2002,
 * J Neurophysiol 88:1533, recalled; proportionality is theirs, size and colour are assumed).
 */
export const FORCE_FLUCTUATION = { fraction: 0.02, fractionLogSd: 0.3, correlationS: 0.15 } as const;

/** Physiological tremor: 8-12 Hz (textbook range), amplitude in proportion to force and spread assumed. */
export const TREMOR = {
  lowHz: 8,
  highHz: 12,
  fraction: 0.005,
  fractionLogSd: 0.4,
  phaseRadPerRootS: 2,
} as const;

/**
 * How people direct their thumb apart from mechanics, as tangential per palmar force (0.01 is about 0.6 degrees):
 * a habit of the person and a slow wander within a pull. Assumed.
 */
export const DIRECTION = { habit: 0.04, wander: 0.015, wanderCorrelationS: 0.5 } as const;

/**
 * Mechanism "direction drift" (design decision 14): as the wrist muscles tire, a wrist that withholds part of the
 * pinch gives way and the force turns. Transverse per palmar force falls by `perLimitedFatigue` x (share of the pinch
 * that the wrist withholds) x (fatigued share of the wrist muscles). The sign is the one in which the linear programme
 * turns after the operations when the wrist muscles are 20 % weaker (-0.02 +- 0.03 in 500 hands each); the size
 * is assumed, and much larger than that re-optimisation gives.
 */
export const DIRECTION_DRIFT = { perLimitedFatigue: 6 } as const;

/**
 * Mechanism "slower rise on a softer wrist" (design decision 14): force builds only as fast as the wrist takes up the
 * load: a lag of `lagS` over the wrist's stiffness relative to the generic hand, itself never taken below
 * `leastStiffness`. Assumed.
 */
export const WRIST_LAG = { lagS: 0.04, leastStiffness: 0.25 } as const;

/** One switch a mechanism. Off: the mechanism is absent and every other random number stays as it was. */
export interface TraceMechanisms {
  fatigue: boolean;
  forceFluctuation: boolean;
  tremor: boolean;
  /** Habit and wander of the direction. */
  directionVariation: boolean;
  /** Differs by class, through the hand alone. */
  directionDrift: boolean;
  /** Differs by class, through the hand alone. Off: every wrist lags as the generic one. */
  wristStiffness: boolean;
}

export const ALL_MECHANISMS: Readonly<TraceMechanisms> = {
  fatigue: true,
  forceFluctuation: true,
  tremor: true,
  directionVariation: true,
  directionDrift: true,
  wristStiffness: true,
};

/** Statics, command and activation alone. */
export const NO_MECHANISMS: Readonly<TraceMechanisms> = {
  fatigue: false,
  forceFluctuation: false,
  tremor: false,
  directionVariation: false,
  directionDrift: false,
  wristStiffness: false,
};

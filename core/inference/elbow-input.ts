/** Channels of surface EMG that the model reads, in this order. */
export const ELBOW_CHANNELS = ['biceps', 'brachialis', 'brachioradialis', 'triceps'] as const;
export const ELBOW_CHANNEL_COUNT = ELBOW_CHANNELS.length;
/** The first 30 s of the hold at 2 Hz. */
export const ELBOW_STEP_RATE_HZ = 2;
export const ELBOW_STEP_COUNT = 60;
export const ELBOW_ENVELOPE_COUNT = ELBOW_STEP_COUNT * ELBOW_CHANNEL_COUNT;
/** Last time that is predicted, seconds; a hold that outlasts it is censored there. */
export const ELBOW_HORIZON_S = 150;
/** Times at which torque is predicted: every 5 s to 150 s. */
export const ELBOW_TORQUE_TIMES_S: readonly number[] = Array.from({ length: 30 }, (_, i) => 5 * (i + 1));
/** Hold levels that the model was trained on, share of maximal torque. */
export const ELBOW_HOLD_LEVELS = [0.3, 0.8] as const;

/** What is known after 30 s of a sustained elbow flexion at 90 degrees. */
export interface ElbowQuestion {
  sex: 'female' | 'male';
  ageYears: number;
  heightM: number;
  weightKg: number;
  /** Target that the person holds, share of maximal torque, above 0 to 1. */
  level: number;
  /** Maximal flexion torque measured before the hold, N.m. */
  maximalTorqueNm: number;
  /** Envelopes, [step][channel], share of each muscle's maximal amplitude, 0 or more; length 240. */
  envelopes: ArrayLike<number>;
}

/** Features that do not change during the hold, in the order of the network's second input. */
export const ELBOW_STATIC = ['sex-male', 'age-years', 'height-m', 'weight-kg', 'hold-level'] as const;

/** The network's input row: envelopes, static features, maximal torque (three inputs of the graph). */
export const ELBOW_INPUTS: readonly { name: string; unit: string }[] = [
  ...Array.from({ length: ELBOW_STEP_COUNT }, (_, step) =>
    ELBOW_CHANNELS.map((channel) => ({
      name: `${channel}-${(step + 1) / ELBOW_STEP_RATE_HZ}-s`,
      unit: 'share of maximal amplitude',
    })),
  ).flat(),
  { name: 'sex-male', unit: '0 or 1' },
  { name: 'age-years', unit: 'years' },
  { name: 'height-m', unit: 'm' },
  { name: 'weight-kg', unit: 'kg' },
  { name: 'hold-level', unit: 'share of maximal torque' },
  { name: 'maximal-torque-nm', unit: 'N.m' },
];
export const ELBOW_INPUT_COUNT = ELBOW_INPUTS.length;

function checkQuestion(question: ElbowQuestion): void {
  for (const [name, value] of [
    ['age', question.ageYears],
    ['height', question.heightM],
    ['weight', question.weightKg],
    ['maximal torque', question.maximalTorqueNm],
    ['hold level', question.level],
  ] as const) {
    if (!(Number.isFinite(value) && value > 0)) {
      throw new RangeError(`The forecast needs the person's ${name}, a number above 0.`);
    }
  }
  if (question.level > 1) {
    throw new RangeError('The hold level is a share of the maximal torque, so it is at most 1.');
  }
  if (question.envelopes.length !== ELBOW_ENVELOPE_COUNT) {
    throw new RangeError(
      `The forecast needs ${ELBOW_STEP_COUNT} steps of ${ELBOW_CHANNEL_COUNT} channels, ${ELBOW_ENVELOPE_COUNT} numbers.`,
    );
  }
  for (let i = 0; i < ELBOW_ENVELOPE_COUNT; i += 1) {
    const value = question.envelopes[i]!;
    if (!(Number.isFinite(value) && value >= 0)) {
      const channel = ELBOW_CHANNELS[i % ELBOW_CHANNEL_COUNT];
      const second = (Math.floor(i / ELBOW_CHANNEL_COUNT) + 1) / ELBOW_STEP_RATE_HZ;
      throw new RangeError(`The envelope of ${channel} at ${second} s is not a number of 0 or more.`);
    }
  }
}

/**
 * The network's input row, length {@link ELBOW_INPUT_COUNT}.
 * @throws RangeError with a sentence when a value is missing, not finite or impossible.
 */
export function elbowInputRow(question: ElbowQuestion): Float64Array {
  checkQuestion(question);
  const row = new Float64Array(ELBOW_INPUT_COUNT);
  row.set(Float64Array.from(question.envelopes));
  row.set(
    [
      question.sex === 'male' ? 1 : 0,
      question.ageYears,
      question.heightM,
      question.weightKg,
      question.level,
      question.maximalTorqueNm,
    ],
    ELBOW_ENVELOPE_COUNT,
  );
  return row;
}

/** Steps after which the ramp is over, so that a summary describes the hold: 6 s. */
const SETTLED_STEP = 12;
/** Steps of the first second. */
const EARLY_STEPS = 2;
/** Added before logarithms, share of maximal amplitude: half of an amplifier's own noise. */
const AMPLITUDE_FLOOR = 0.005;

/**
 * What the range check looks at, logarithms where a quantity is positive: a channel's amplitude for the level, its trend,
 * roughness, first second and deepest dip, then the person. A ramp followed by a slow rise has an order in time: samples
 * that are shuffled lose it.
 * @returns 26 numbers. @throws RangeError as {@link elbowInputRow}.
 */
export function elbowRangeVector(question: ElbowQuestion): Float64Array {
  checkQuestion(question);
  const values: number[] = [];
  for (let channel = 0; channel < ELBOW_CHANNEL_COUNT; channel += 1) {
    const at = (step: number) => question.envelopes[step * ELBOW_CHANNEL_COUNT + channel]!;
    const mean = (from: number, to: number) => {
      let sum = 0;
      for (let step = from; step < to; step += 1) sum += at(step);
      return AMPLITUDE_FLOOR + sum / (to - from);
    };
    const settled = mean(SETTLED_STEP, ELBOW_STEP_COUNT);
    const middle = Math.round((SETTLED_STEP + ELBOW_STEP_COUNT) / 2);
    let roughness = 0;
    let dip = Number.POSITIVE_INFINITY;
    for (let step = SETTLED_STEP; step < ELBOW_STEP_COUNT; step += 1) {
      dip = Math.min(dip, at(step));
      if (step > SETTLED_STEP) roughness += Math.abs(at(step) - at(step - 1));
    }
    roughness /= ELBOW_STEP_COUNT - SETTLED_STEP - 1;
    values.push(
      Math.log(settled / question.level),
      Math.log(mean(middle, ELBOW_STEP_COUNT) / mean(SETTLED_STEP, middle)),
      Math.log((AMPLITUDE_FLOOR / 10 + roughness) / settled),
      Math.log(mean(0, EARLY_STEPS) / settled),
      Math.log((AMPLITUDE_FLOOR + dip) / settled),
    );
  }
  values.push(
    question.sex === 'male' ? 1 : 0,
    question.ageYears,
    Math.log(question.heightM),
    Math.log(question.weightKg),
    Math.log(question.maximalTorqueNm),
    question.level,
  );
  return Float64Array.from(values);
}

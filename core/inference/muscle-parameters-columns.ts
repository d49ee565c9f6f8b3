/** One number of the network's input. */
export interface MuscleParameterColumn {
  name: string;
  /** "share": of the palmar force at the same moment. */
  unit: '1 male, 0 female' | 'years' | 'm' | 'kg' | 'N' | 'share';
}

/** Input postures of the wrist. Ulnar deviation is never one: it is the posture that nothing was fitted in (decision 10). */
export const INPUT_POSTURES = ['neutral', 'flexion-20', 'extension-20'] as const;
export type InputPosture = (typeof INPUT_POSTURES)[number];

/** Levels of the force ramp in the neutral wrist, as shares of the ramp's own peak, besides the peak itself. */
export const RAMP_LEVELS = [0.5, 0.75, 0.9] as const;

const directions = (name: string): MuscleParameterColumn[] =>
  (['longitudinal', 'transverse'] as const).map((axis) => ({ name: `${name}-${axis}`, unit: 'share' }));

const DEMOGRAPHICS: readonly MuscleParameterColumn[] = [
  { name: 'sex', unit: '1 male, 0 female' },
  { name: 'age', unit: 'years' },
  { name: 'height', unit: 'm' },
  { name: 'weight', unit: 'kg' },
];
const PEAK: readonly MuscleParameterColumn[] = [{ name: 'pinch-neutral', unit: 'N' }];
const GRIP: readonly MuscleParameterColumn[] = [{ name: 'grip', unit: 'N' }];
const POSTURES: readonly MuscleParameterColumn[] = [
  { name: 'pinch-flexion-20', unit: 'N' },
  { name: 'pinch-extension-20', unit: 'N' },
];
const PEAK_DIRECTIONS: readonly MuscleParameterColumn[] = INPUT_POSTURES.flatMap((posture) =>
  directions(`peak-${posture}`),
);
const RAMP: readonly MuscleParameterColumn[] = RAMP_LEVELS.flatMap((level) =>
  directions(`ramp-${100 * level}`),
);

/** All columns of the data set, in the order in which every set of inputs below is a beginning of the next one. */
export const MUSCLE_PARAMETER_COLUMNS: readonly MuscleParameterColumn[] = [
  ...DEMOGRAPHICS,
  ...PEAK,
  ...GRIP,
  ...POSTURES,
  ...PEAK_DIRECTIONS,
  ...RAMP,
];

/**
 * What a network sees. Two are the priors of decision 9: D, who the person is; S, D and overall strength from peak pinch,
 * which is all that tier 1 has. G adds grip to S: grip tells general strength and no muscle, so that a parameter which
 * only follows G must not be called identifiable either (stricter than decision 9). "peaks" is tier 3 without the
 * sub-maximal levels of the ramp, whose direction depends on how a person is assumed to share force between muscles.
 */
export const INPUT_SETS = {
  D: DEMOGRAPHICS.length,
  S: DEMOGRAPHICS.length + PEAK.length,
  G: DEMOGRAPHICS.length + PEAK.length + GRIP.length,
  'tier-2': DEMOGRAPHICS.length + PEAK.length + GRIP.length + POSTURES.length,
  peaks: DEMOGRAPHICS.length + PEAK.length + GRIP.length + POSTURES.length + PEAK_DIRECTIONS.length,
  'tier-3': MUSCLE_PARAMETER_COLUMNS.length,
} as const satisfies Record<string, number>;
export type InputSet = keyof typeof INPUT_SETS;

export const TIERS = [1, 2, 3] as const;
export type Tier = (typeof TIERS)[number];
/** Inputs of each tier, cumulative. */
export const TIER_INPUTS: Readonly<Record<Tier, InputSet>> = { 1: 'S', 2: 'tier-2', 3: 'tier-3' };

/**
 * Sets of inputs that must all identify a parameter before it is shown at the bedside: the tier's own, and for tier 3 also
 * the one that does without the assumption on sub-maximal force.
 */
export const DECIDING_SETS: Readonly<Record<Tier, readonly InputSet[]>> = {
  1: ['S'],
  2: ['tier-2'],
  3: ['tier-3', 'peaks'],
};

/** Column of a name. @throws RangeError when there is none. */
export function columnOf(name: string): number {
  const column = MUSCLE_PARAMETER_COLUMNS.findIndex((candidate) => candidate.name === name);
  if (column < 0) throw new RangeError(`there is no input "${name}"`);
  return column;
}

/** The first numbers of a person's inputs that a network sees. */
export const inputsOf = (inputs: Float64Array, set: InputSet): Float64Array =>
  inputs.subarray(0, INPUT_SETS[set]);

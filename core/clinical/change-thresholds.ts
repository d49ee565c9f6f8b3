/**
 * Published limits for "has this hand changed?": measurement error (MDC) and the smallest change that patients called
 * important (MCID). None was found for lateral pinch after carpectomy or fusion, for wrist strength and for range of motion.
 */
import type { Measure, Unit } from '../contract/schemas/clinical.ts';
import { measureOf } from './measures.ts';
import { fromStored, unitText } from './stored-value.ts';

const KG = 9.80665;

/**
 * Floor of measurement error of key pinch at 95 %: 0.41 kg, the hand opposite the affected one in thumb base (CMC)
 * osteoarthritis (0.37 kg the affected one), derived from the limits of agreement of Villafañe and Valdés 2014 (J Phys Ther
 * Sci 26:993): weak hands, one rater, a short gap. No figure for wrist surgery was found.
 */
export const KEY_PINCH_MDC95_N = 0.41 * KG;
/**
 * Above the floor the error grows with the force: 15 % of the value. No source that was read says so: an assumption, at the
 * upper end of what is said of clinics (10-15 %). With the floor alone, half of all unchanged hands of 7.5 kg key pinch and a
 * fifth of 55 kg grip would be called changed.
 */
export const FORCE_ERROR_SHARE = 0.15;
/**
 * A change between fewer trials has no verdict: the figure of grip is of means of three, and so is how often the limits of
 * a force are passed by hands that did not change (measured-change.test.ts); a single trial passes them in 13 to 25 of 100.
 */
export const TRIALS_OF_A_VERDICT = 3;
/** Up to this grip the smaller of the two published errors holds. */
const WEAK_GRIP_N = 20 * KG;
const GRIP_MDC95_N = 5.1 * KG;
const WEAK_GRIP_MDC95_N = 4.9 * KG;

/** How a figure came to us; a recalled one is listed with that word and never drawn or used. */
export type FigureReading = 'read' | 'read-second-hand' | 'recalled';

export interface ChangeThreshold {
  measure: Measure;
  kind: 'MDC' | 'MCID';
  /** "MDC95": the level belongs to the name of a measurement error. */
  name: string;
  /** The limit around an earlier value, both in the stored unit. */
  limitAt: (levelSi: number) => number;
  /** The rule in words, with its unit. */
  rule: (unit: Unit) => string;
  /** Whether the limit at this level is an assumption instead of what the source says; absent: never. */
  isAssumedAt?: (levelSi: number) => boolean;
  /** Which part of the rule is read and which is assumed, a clause; absent: all of it is read as `reading` says. */
  parts?: (unit: Unit) => string;
  /**
   * Levels, in the stored unit, at which it was worked out how many unchanged hands pass the limit: at most 1 of 10, with the
   * scatter that is assumed (measured-change.test.ts). Absent: never; then nothing may be said of how usual that is.
   */
  workedOutAt?: { fromSi: number; toSi: number };
  /** In whom it was found, with n where it is known. */
  population: string;
  source: string;
  reading: FigureReading;
}

/** A figure with its unit; one digit more than a gauge shows, so that a change and its limit never look alike and read differently. */
export function limitText(valueSi: number, unit: Unit): string {
  const digits = unit === 'deg' || unit === 's' || unit === 'points' ? 0 : unit === 'N' ? 1 : 2;
  const text = fromStored(valueSi, unit).toFixed(digits);
  return unit === 'deg' ? `${text}°` : `${text} ${unitText(unit)}`;
}

/** Every level that is entered without being asked about. */
const usualLevels = (measure: Measure) => {
  const { askBelow, askAbove } = measureOf(measure);
  return { fromSi: askBelow, toSi: askAbove };
};

/** @param hand - whose figure the floor is. */
const pinchError = (
  measure: Measure,
  floorN: number,
  hand: (unit: Unit) => string,
  more: Pick<ChangeThreshold, 'population' | 'source'>,
) =>
  ({
    measure,
    kind: 'MDC',
    name: 'MDC95',
    limitAt: (levelN) => Math.max(floorN, FORCE_ERROR_SHARE * levelN),
    rule: (unit) => `15 % of the value (assumed), at least ${limitText(floorN, unit)} (${hand(unit)})`,
    isAssumedAt: (levelN) => FORCE_ERROR_SHARE * levelN > floorN,
    parts: (unit) =>
      `the ${limitText(floorN, unit)} are derived from what was read; the 15 %, which hold above ${limitText(floorN / FORCE_ERROR_SHARE, unit)}, are assumed and in no source`,
    workedOutAt: usualLevels(measure),
    reading: 'read',
    ...more,
  }) satisfies ChangeThreshold;

const gripErrorN = (levelN: number) => (levelN > WEAK_GRIP_N ? GRIP_MDC95_N : WEAK_GRIP_MDC95_N);

const fixed = (
  measure: Measure,
  limitSi: number,
  more: Pick<ChangeThreshold, 'population' | 'source' | 'reading'>,
): ChangeThreshold => ({
  measure,
  kind: 'MCID',
  name: 'MCID',
  limitAt: () => limitSi,
  rule: (unit) => limitText(limitSi, unit),
  ...more,
});

const THUMB_BASE = 'thumb base osteoarthritis, Villafañe 2014';
const VILLAFANE = {
  population: THUMB_BASE,
  source: 'Villafañe JH, Valdés K 2014, J Phys Ther Sci 26:993 (from its limits of agreement)',
};
const THUMB_BASE_WOMEN = {
  population: 'women with thumb base osteoarthritis, affected right hand, n = 57',
  source: 'hdl 11379/464783 (repository of the University of Brescia)',
  reading: 'read',
} as const;

/** The first of a measure and kind is the one that is drawn and told; the others are listed beside it. */
export const CHANGE_THRESHOLDS: readonly ChangeThreshold[] = [
  pinchError(
    'lateral-pinch',
    KEY_PINCH_MDC95_N,
    (unit) => `the hand opposite the affected one, which has ${limitText(0.37 * KG, unit)}`,
    VILLAFANE,
  ),
  pinchError('tip-pinch', 0.85 * KG, () => 'the affected hand', VILLAFANE),
  pinchError('palmar-pinch', 0.79 * KG, () => 'the affected hand', VILLAFANE),
  {
    measure: 'grip-2',
    kind: 'MDC',
    name: 'MDC95',
    limitAt: (levelN) => Math.max(gripErrorN(levelN), FORCE_ERROR_SHARE * levelN),
    rule: (unit) =>
      `15 % of the value (assumed), at least ${limitText(GRIP_MDC95_N, unit)} above ${limitText(WEAK_GRIP_N, unit)}, else ${limitText(WEAK_GRIP_MDC95_N, unit)}`,
    isAssumedAt: (levelN) => FORCE_ERROR_SHARE * levelN > gripErrorN(levelN),
    parts: (unit) =>
      `${limitText(GRIP_MDC95_N, unit)} and ${limitText(WEAK_GRIP_MDC95_N, unit)} were read, of injured hands; the 15 %, which hold above ${limitText(GRIP_MDC95_N / FORCE_ERROR_SHARE, unit)}, are assumed and in no source`,
    workedOutAt: usualLevels('grip-2'),
    population: 'injured arm or hand, n = 109, Bai 2019',
    source: 'Bai Z et al. 2019, BMC Musculoskelet Disord 20 (10.1186/s12891-019-2623-z)',
    reading: 'read',
  },
  fixed('grip-2', 6.5 * KG, {
    population: 'broken distal radius with a plate, n = 50, Kim 2014',
    source: 'Kim JK et al. 2014, Clin Orthop Relat Res 472:2536',
    reading: 'read',
  }),
  fixed('grip-2', 0.84 * KG, THUMB_BASE_WOMEN),
  fixed('tip-pinch', 0.33 * KG, THUMB_BASE_WOMEN),
  fixed('palmar-pinch', 0.35 * KG, THUMB_BASE_WOMEN),
  fixed('lateral-pinch', 0.33 * KG, {
    population: 'thumb base osteoarthritis, affected hand, Villafañe 2017',
    source: 'Villafañe JH et al. 2017, J Hand Ther',
    reading: 'recalled',
  }),
  fixed('score-dash', 10, {
    population: 'mixed hand patients',
    source: 'issh.org, outcome measures, general (a secondary page)',
    reading: 'read-second-hand',
  }),
  fixed('score-quickdash', 14, {
    population: 'mixed hand patients',
    source: 'issh.org, outcome measures, general (a secondary page)',
    reading: 'read-second-hand',
  }),
];

/** All published limits of a measure that were found, the recalled ones included: for the list with sources. */
export const thresholdsOf = (measure: Measure): ChangeThreshold[] =>
  CHANGE_THRESHOLDS.filter((threshold) => threshold.measure === measure);

/** The limit that a change of this measure is held against; null where none was found that was read. */
export const thresholdOf = (measure: Measure, kind: ChangeThreshold['kind']): ChangeThreshold | null =>
  thresholdsOf(measure).find((one) => one.kind === kind && one.reading !== 'recalled') ?? null;

/** "MDC95 5.10 kg ...: injured arm or hand, n = 109, Bai 2019". */
export const thresholdText = (threshold: ChangeThreshold, unit: Unit): string =>
  `${threshold.name} ${threshold.rule(unit)}: ${threshold.population}`;

/** How a limit came to us, its assumed part included: for lists of sources and files. @param readingWords of its `reading`. */
export const originText = ({ parts }: ChangeThreshold, unit: Unit, readingWords: string): string =>
  parts === undefined ? readingWords : `${readingWords}: ${parts(unit)}`;

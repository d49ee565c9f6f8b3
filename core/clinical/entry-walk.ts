import type { Measure, Side } from '../contract/schemas/clinical.ts';

/** One cell of the bedside form, `${measure}/${side}/${trialNumber}`. */
export type CellKey = `${Measure}/${Side}/${number}`;
/** One hand and measure, `${measure}/${side}`. */
export type HandKey = `${Measure}/${Side}`;

export const SIDES = ['right', 'left'] as const satisfies readonly Side[];

/** The four wrist strengths, in the order they are measured. */
export const WRIST_MEASURES = [
  'wrist-extension',
  'wrist-flexion',
  'wrist-radial',
  'wrist-ulnar',
] as const satisfies readonly Measure[];
export type WristMeasure = (typeof WRIST_MEASURES)[number];

export const cellKey = (measure: Measure, side: Side, trialNumber: number): CellKey =>
  `${measure}/${side}/${trialNumber}`;
export const handKey = (measure: Measure, side: Side): HandKey => `${measure}/${side}`;

/** A stretch of the walk: measures with their trials, and the hands that are asked for. */
export interface WalkBlock {
  measures: readonly { measure: Measure; trialCount: number }[];
  sides: readonly Side[];
}

/**
 * Order in which Enter walks the form, block by block. Hands in turn (R1 L1 R2 L2 ...), so that one rests while the other
 * works; or, where nothing tires, one hand first and then the other.
 *
 * @param blocks trials 1..20 a measure; sides may be empty.
 * @returns each cell exactly once.
 */
export function entryWalk(blocks: readonly WalkBlock[], alternatesSides = true): CellKey[] {
  return blocks.flatMap((block) => {
    const sides = SIDES.filter((side) => block.sides.includes(side));
    const rounds = block.measures.flatMap(({ measure, trialCount }) =>
      Array.from({ length: trialCount }, (_, index) => ({ measure, trial: index + 1 })),
    );
    return alternatesSides
      ? rounds.flatMap(({ measure, trial }) => sides.map((side) => cellKey(measure, side, trial)))
      : sides.flatMap((side) => rounds.map(({ measure, trial }) => cellKey(measure, side, trial)));
  });
}

/** The cell after `current`, or null at the end. A cell outside the walk leads to its first cell. */
export function nextInWalk(walk: readonly CellKey[], current: CellKey): CellKey | null {
  return walk[walk.indexOf(current) + 1] ?? null;
}

/** The cell before `current`, or null at the start. */
export function previousInWalk(walk: readonly CellKey[], current: CellKey): CellKey | null {
  const index = walk.indexOf(current);
  return index > 0 ? (walk[index - 1] ?? null) : null;
}

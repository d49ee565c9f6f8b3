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

/**
 * Order in which Enter walks the form: pinch R1 L1 R2 L2 ... so that one hand rests while the other works,
 * then the wrist strengths, side by side for the sides given.
 *
 * @param trialCount trials a hand, 1..20.
 * @param pinchSides hands that are tested; a hand marked "not tested" is left out.
 * @param wristSides hands whose wrist strength is asked for; may be empty.
 * @returns each cell exactly once.
 */
export function entryWalk(
  trialCount: number,
  pinchSides: readonly Side[] = SIDES,
  wristSides: readonly Side[] = [],
): CellKey[] {
  const walk: CellKey[] = [];
  for (let trial = 1; trial <= trialCount; trial += 1) {
    for (const side of SIDES) if (pinchSides.includes(side)) walk.push(cellKey('lateral-pinch', side, trial));
  }
  for (const measure of WRIST_MEASURES) {
    for (const side of SIDES) if (wristSides.includes(side)) walk.push(cellKey(measure, side, 1));
  }
  return walk;
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

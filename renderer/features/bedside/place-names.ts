import { measureOf } from '../../../core/clinical/measures.ts';
import { blockOf } from '../../../core/clinical/protocols.ts';
import type { Measure, Side } from '../../../core/contract/schemas/clinical.ts';

export const sideName = (side: Side) => (side === 'right' ? 'Right' : 'Left');

/** Blocks as they are said after the hand. */
const SPOKEN_WORDS: Readonly<Record<string, string>> = { wrist: 'wrist', grip: 'grip', elbow: 'elbow' };

/** "Right", or "Right tip pinch": the start of what a screen reader hears at a field. Key pinch goes without saying. */
export const handName = (side: Side, spoken: string) =>
  spoken === '' ? sideName(side) : `${sideName(side)} ${SPOKEN_WORDS[spoken] ?? spoken}`;

/** What a measure is called in the rows of its own block. */
const ROW_NAMES: Partial<Record<Measure, string>> = {
  'wrist-extension': 'extension',
  'wrist-flexion': 'flexion',
  'wrist-radial': 'radial deviation',
  'wrist-ulnar': 'ulnar deviation',
  'lateral-pinch-flexion-20': 'flexed 20°',
  'lateral-pinch-extension-20': 'extended 20°',
  'lateral-pinch-ulnar-10': 'ulnar 10°',
  'grip-1': 'handle 1',
  'grip-3': 'handle 3',
  'grip-4': 'handle 4',
  'grip-5': 'handle 5',
  'range-extension': 'extension',
  'range-flexion': 'flexion',
  'range-radial': 'radial deviation',
  'range-ulnar': 'ulnar deviation',
  'range-pronation': 'pronation',
  'range-supination': 'supination',
  'elbow-flexion': 'largest torque',
  'elbow-endurance': 'held for',
  'pinch-endurance': 'held for',
  'score-quickdash': 'QuickDASH',
  'score-dash': 'DASH',
  'score-prwe': 'PRWE',
  'score-mhq': 'MHQ',
};
export const rowName = (measure: Measure): string => ROW_NAMES[measure] ?? measureOf(measure).name;

/** A measure within a sentence of its own: "wrist radial deviation", "grip, handle 3", "tip pinch". */
export const spokenMeasure = (measure: Measure): string =>
  measure.startsWith('wrist-') ? `wrist ${rowName(measure)}` : measureOf(measure).name;

/** Where a message belongs: "Left, trial 2", "Right tip pinch, pain", "Left wrist extension", "QuickDASH score". */
export function placeName(key: string): string {
  const [measure, side, trial] = key.split('/') as [Measure, Side, string | undefined];
  const { isSided, trials, name } = measureOf(measure);
  if (!isSided) return name;
  const hand = handName(side, blockOf(measure).spoken);
  if (trial === undefined) return `${hand}, pain`;
  if (trial === 'reason') return `${hand}, not tested`;
  return trials === 3 ? `${hand}, trial ${trial}` : `${sideName(side)} ${spokenMeasure(measure)}`;
}

/**
 * Every measure that can be entered, once: name, quantity, how many trials, how they are summed up, what is asked about.
 * An identifier never changes its meaning; the posture of a pinch and the handle of a grip are part of the measure, since
 * values of two postures or handles must never be averaged or drawn on one line.
 */
export type Quantity = 'force' | 'torque' | 'angle' | 'duration' | 'score';
export type MeasureGroup =
  | 'pinch'
  | 'pinch-posture'
  | 'grip'
  | 'wrist-strength'
  | 'range'
  | 'endurance'
  | 'score';
/** Which device of the clinic a measure is taken with; null where none is recorded. */
export type DeviceRole = 'pinch' | 'grip' | 'torque';

export interface MeasureDefinition {
  /** What a clinician reads in running text, e.g. "key pinch". */
  name: string;
  quantity: Quantity;
  group: MeasureGroup;
  deviceRole: DeviceRole | null;
  /** Trials a hand on the form at first. */
  trials: 1 | 3;
  /** Summed up by the session's rule (mean of three or maximum), or always by its largest trial, or there is one value only. */
  summary: 'session-rule' | 'maximum' | 'single';
  /** False for a questionnaire score of the whole person: stored with side "right", shown without one. */
  isSided: boolean;
  /** Of a questionnaire score: where the better end is. A DASH that rises is worse, an MHQ that rises is better. */
  better?: 'higher' | 'lower';
  /** Above and below these, in the stored unit, a value is asked about, never changed. */
  askAbove: number;
  askBelow: number;
}

const pinch = (name: string, askAbove: number, group: MeasureGroup = 'pinch'): MeasureDefinition => ({
  ...{ name, askAbove, group, askBelow: 3, quantity: 'force', deviceRole: 'pinch' },
  ...{ trials: group === 'pinch' ? 3 : 1, summary: group === 'pinch' ? 'session-rule' : 'maximum' },
  isSided: true,
});
/** The strongest hands of the published norm tables stay below 800 N (82 kg). */
const grip = (handle: 1 | 2 | 3 | 4 | 5): MeasureDefinition => ({
  ...{ name: handle === 2 ? 'grip' : `grip, handle ${handle}`, askAbove: 850, askBelow: 5, group: 'grip' },
  ...{ quantity: 'force', deviceRole: 'grip', trials: handle === 2 ? 3 : 1 },
  ...{ summary: handle === 2 ? 'session-rule' : 'maximum', isSided: true },
});
/** The strongest healthy men stay below 25 N·m at the wrist. */
const wristStrength = (name: string): MeasureDefinition => ({
  ...{ name, askAbove: 30, askBelow: 0.1, group: 'wrist-strength', quantity: 'torque', deviceRole: 'torque' },
  ...{ trials: 1, summary: 'maximum', isSided: true },
});
const range = (name: string, askAbove: number): MeasureDefinition => ({
  ...{ name, askAbove, askBelow: 0, group: 'range', quantity: 'angle', deviceRole: null },
  ...{ trials: 1, summary: 'single', isSided: true },
});
const score = (name: string, askAbove: number, better: 'higher' | 'lower'): MeasureDefinition => ({
  ...{ name, askAbove, better, askBelow: 0, group: 'score', quantity: 'score', deviceRole: null },
  ...{ trials: 1, summary: 'single', isSided: false },
});

export const MEASURE_TABLE = {
  'lateral-pinch': pinch('key pinch', 200),
  'wrist-extension': wristStrength('wrist extension'),
  'wrist-flexion': wristStrength('wrist flexion'),
  'wrist-radial': wristStrength('radial deviation'),
  'wrist-ulnar': wristStrength('ulnar deviation'),
  'tip-pinch': pinch('tip pinch', 180),
  'palmar-pinch': pinch('palmar pinch', 220),
  'lateral-pinch-flexion-20': pinch('key pinch, wrist flexed 20°', 200, 'pinch-posture'),
  'lateral-pinch-extension-20': pinch('key pinch, wrist extended 20°', 200, 'pinch-posture'),
  'lateral-pinch-ulnar-10': pinch('key pinch, wrist in 10° ulnar deviation', 200, 'pinch-posture'),
  'grip-2': grip(2),
  'grip-1': grip(1),
  'grip-3': grip(3),
  'grip-4': grip(4),
  'grip-5': grip(5),
  'range-extension': range('active wrist extension', 95),
  'range-flexion': range('active wrist flexion', 100),
  'range-radial': range('active radial deviation', 40),
  'range-ulnar': range('active ulnar deviation', 60),
  'range-pronation': range('active pronation', 100),
  'range-supination': range('active supination', 110),
  'elbow-flexion': {
    ...{
      name: 'elbow flexion strength',
      askAbove: 150,
      askBelow: 1,
      group: 'wrist-strength',
      quantity: 'torque',
    },
    ...{ deviceRole: 'torque', trials: 1, summary: 'maximum', isSided: true },
  },
  'pinch-endurance': {
    ...{
      name: 'sustained pinch, time held',
      askAbove: 600,
      askBelow: 1,
      group: 'endurance',
      quantity: 'duration',
    },
    ...{ deviceRole: 'pinch', trials: 1, summary: 'single', isSided: true },
  },
  'elbow-endurance': {
    ...{
      name: 'elbow flexion, time held',
      askAbove: 900,
      askBelow: 1,
      group: 'endurance',
      quantity: 'duration',
    },
    ...{ deviceRole: 'torque', trials: 1, summary: 'single', isSided: true },
  },
  'score-quickdash': score('QuickDASH score', 100, 'lower'),
  'score-dash': score('DASH score', 100, 'lower'),
  'score-prwe': score('PRWE score', 100, 'lower'),
  'score-mhq': score('MHQ score', 100, 'higher'),
} as const satisfies Record<string, MeasureDefinition>;

export type MeasureId = keyof typeof MEASURE_TABLE;
export const MEASURES = Object.keys(MEASURE_TABLE) as [MeasureId, ...MeasureId[]];
export const measureOf = (id: MeasureId): MeasureDefinition => MEASURE_TABLE[id];

/** Units in which each quantity may be typed; the first is the one it is stored in. */
export const UNITS_OF_QUANTITY = {
  force: ['N', 'kg', 'lb'],
  torque: ['N.m', 'kg.cm', 'lb.in'],
  angle: ['deg'],
  duration: ['s'],
  score: ['points'],
} as const satisfies Record<Quantity, readonly string[]>;

import type {
  AffectedSide,
  Measure,
  ProtocolId,
  SessionDraft,
  Side,
  SummaryRule,
} from '../contract/schemas/clinical.ts';
import { SIDES } from './entry-walk.ts';
import { type DeviceRole, MEASURES, measureOf } from './measures.ts';
import {
  ELBOW_HOLD,
  FULL_HAND,
  GRIP_SQUEEZE,
  PINCH_HOLD,
  PINCH_SQUEEZE,
  PINCH_TYPES,
  POSTURES,
  RANGE,
  SEATED,
} from './scripts.ts';

/** Measures that stand together on the form. */
export interface MeasureBlock {
  title: string;
  /** Word after the hand in what a screen reader hears: "Right wrist, not tested"; empty for key pinch. */
  spoken: string;
  /** One measure with its trials side by side, or several measures with one value a hand each. */
  layout: 'trials' | 'list';
  measures: readonly Measure[];
  /** Hands that Enter walks through; the others stay reachable with Tab. */
  walkSides: 'both' | 'affected';
}

export interface Protocol {
  name: string;
  /** Heading of the form. */
  heading: string;
  /** One sentence for the choice: what it is for. */
  about: string;
  blocks: readonly MeasureBlock[];
  /** What to do and say, in order; words of this project. */
  script: readonly string[];
  /** Usual rest between two trials of one hand, seconds; null where none is kept. An orientation, never a gate. */
  restSeconds: number | null;
  /** Hands in turn, so that one rests while the other works; false: one hand is finished first. */
  alternatesSides: boolean;
  /** Rules by which three trials may be summed up; empty where each measure has one value. */
  summaryRules: readonly SummaryRule[];
  /** Where positions, holds and rests come from, or that no source was read. */
  citation: string;
}

const block = (
  title: string,
  spoken: string,
  measures: readonly Measure[],
  walkSides: MeasureBlock['walkSides'] = 'both',
): MeasureBlock => ({
  title,
  spoken,
  measures,
  walkSides,
  layout: measureOf(measures[0]!).trials === 3 ? 'trials' : 'list',
});

const KEY = block('Lateral pinch', '', ['lateral-pinch']);
const TIP = block('Tip pinch', 'tip pinch', ['tip-pinch']);
const PALMAR = block('Palmar pinch', 'palmar pinch', ['palmar-pinch']);
const GRIP = block('Grip, second handle', 'grip', ['grip-2']);
const HANDLES = block('Grip, the other four handles', 'grip of other handles', [
  'grip-1',
  'grip-3',
  'grip-4',
  'grip-5',
]);
const POSTURE = block('Key pinch in other wrist postures', 'postures', [
  'lateral-pinch-flexion-20',
  'lateral-pinch-extension-20',
  'lateral-pinch-ulnar-10',
]);
const WRIST = block(
  'Wrist strength',
  'wrist',
  ['wrist-extension', 'wrist-flexion', 'wrist-radial', 'wrist-ulnar'],
  'affected',
);
const MOTION = block('Active range of motion', 'range of motion', [
  'range-extension',
  'range-flexion',
  'range-radial',
  'range-ulnar',
  'range-pronation',
  'range-supination',
]);
const SUSTAINED = block('Sustained pinch', 'sustained pinch', ['pinch-endurance']);
const ELBOW = block('Elbow flexion', 'elbow', ['elbow-flexion', 'elbow-endurance']);
/** Numbers of questionnaires that were filled in elsewhere; on every form. */
export const SCORE_BLOCK = block('Questionnaire scores', 'score', [
  'score-quickdash',
  'score-dash',
  'score-prwe',
  'score-mhq',
]);

/** Every block; each measure stands in one. */
export const BLOCKS: readonly MeasureBlock[] = [
  ...[KEY, TIP, PALMAR, POSTURE, GRIP, HANDLES, WRIST, MOTION, SUSTAINED, ELBOW],
  SCORE_BLOCK,
];

const ASHT =
  'Position, hold, rest and mean of three follow the recommendations of the American Society of Hand Therapists (2015) as ' +
  'tabled in a review (BMC Geriatrics 2017, doi 10.1186/s12877-017-0625-y, table 3); the words are our own. ' +
  'Another school counts the maximum of six trials: every trial is kept, and the rule is printed with the value.';
const NO_SOURCE = 'No published protocol was read for this; position and rest are usual practice, assumed.';

const POSTURES_CITATION = `Neutral: ${ASHT} Postures: those of the simulated recordings that the models learnt from; no published clinical protocol was read.`;

const RULES = ['mean-of-three', 'maximum'] as const;
const strength = { restSeconds: 15, alternatesSides: true, summaryRules: RULES, citation: ASHT };

export const PROTOCOLS: Readonly<Record<ProtocolId, Protocol>> = {
  'pinch-and-wrist': {
    name: 'Key pinch and wrist strength',
    heading: 'Lateral pinch',
    about: 'What the judgement of the wrist is made on.',
    blocks: [KEY, WRIST],
    script: [SEATED, ...PINCH_SQUEEZE],
    ...strength,
  },
  'pinch-types': {
    name: 'Pinch: key, tip, palmar',
    heading: 'Three pinches',
    about: 'Key, tip and palmar pinch, three trials each.',
    blocks: [KEY, TIP, PALMAR],
    script: [SEATED, ...PINCH_TYPES],
    ...strength,
  },
  grip: {
    name: 'Grip, second handle',
    heading: 'Grip',
    about: 'Grip in the second handle position, three trials a hand.',
    blocks: [GRIP],
    script: [SEATED, ...GRIP_SQUEEZE],
    ...strength,
  },
  'grip-five-handles': {
    name: 'Grip, five handles',
    heading: 'Grip, five handles',
    about: 'The second handle three times, the other four once.',
    blocks: [GRIP, HANDLES],
    script: [
      SEATED,
      ...GRIP_SQUEEZE,
      'Then handles 1, 3, 4 and 5 once each. The curve describes strength; it does not measure effort.',
    ],
    ...strength,
  },
  'pinch-postures': {
    name: 'Key pinch in wrist postures',
    heading: 'Pinch in wrist postures',
    about: 'Key pinch in neutral, then flexed 20°, extended 20° and in 10° ulnar deviation.',
    blocks: [KEY, POSTURE],
    script: [SEATED, ...PINCH_SQUEEZE, ...POSTURES],
    ...strength,
    citation: POSTURES_CITATION,
  },
  'pinch-postures-and-wrist': {
    name: 'Key pinch in wrist postures, and wrist strength',
    heading: 'Pinch in wrist postures',
    about:
      'All values that the wrist model can read. It reads them together with a recording of the pinch in three directions.',
    blocks: [KEY, POSTURE, WRIST],
    script: [SEATED, ...PINCH_SQUEEZE, ...POSTURES],
    ...strength,
    citation: POSTURES_CITATION,
  },
  'range-of-motion': {
    name: 'Range of motion',
    heading: 'Range of motion',
    about: 'Active wrist and forearm motion in degrees, one hand after the other.',
    blocks: [MOTION],
    script: RANGE,
    restSeconds: null,
    alternatesSides: false,
    summaryRules: [],
    citation: NO_SOURCE,
  },
  'sustained-pinch': {
    name: 'Sustained pinch',
    heading: 'Sustained pinch',
    about: 'Largest key pinch, then the time for which a part of it is held.',
    blocks: [KEY, SUSTAINED],
    script: [SEATED, ...PINCH_SQUEEZE, ...PINCH_HOLD],
    ...strength,
    restSeconds: 120,
    citation: `Trials: ${ASHT} Hold: ${NO_SOURCE}`,
  },
  'elbow-flexion': {
    name: 'Elbow flexion',
    heading: 'Elbow flexion',
    about: 'Largest torque, then the time for which a part of it is held.',
    blocks: [ELBOW],
    script: ELBOW_HOLD,
    restSeconds: 120,
    alternatesSides: true,
    summaryRules: [],
    citation: NO_SOURCE,
  },
  'full-hand': {
    name: 'Full hand',
    heading: 'Full hand',
    about: 'Key, tip and palmar pinch, grip and wrist strength.',
    blocks: [KEY, TIP, PALMAR, GRIP, WRIST],
    script: [SEATED, ...FULL_HAND],
    ...strength,
  },
};

export const STANDARD_PROTOCOL: ProtocolId = 'pinch-and-wrist';
/** The protocol of a form; drafts of earlier versions have none. */
export const protocolOf = (draft: Pick<SessionDraft, 'protocol'>): Protocol =>
  PROTOCOLS[draft.protocol ?? STANDARD_PROTOCOL];

export const isProtocolId = (value: string): value is ProtocolId => Object.hasOwn(PROTOCOLS, value);

/** The block in which a measure stands when its protocol is not the chosen one. */
export const blockOf = (measure: Measure): MeasureBlock =>
  BLOCKS.find(({ measures }) => measures.includes(measure))!;

/** Devices a block is measured with: none for degrees and scores. */
export const roleOfBlock = ({ measures }: MeasureBlock): DeviceRole | null =>
  measureOf(measures[0]!).deviceRole;

/** Hands of a block that Enter walks through. */
export const walkSidesOf = ({ walkSides }: MeasureBlock, affected: AffectedSide): readonly Side[] =>
  walkSides === 'both' || affected === 'both' ? SIDES : affected === 'none' ? [] : [affected];

/** Measures of which the form holds anything: a value, pain, "stopped early", "not tested". In the order of the table. */
export function measuresWithContent(draft: SessionDraft): Measure[] {
  const keys = [
    ...Object.entries(draft.cells).flatMap(([key, text]) => (text === '' ? [] : [key])),
    ...Object.entries(draft.pain).flatMap(([key, text]) => (text === '' ? [] : [key])),
    ...draft.stoppedEarly,
    ...Object.keys(draft.notTested),
  ];
  return MEASURES.filter((measure) => keys.some((key) => key.startsWith(`${measure}/`)));
}

/**
 * Blocks that hold something typed and are not part of the chosen protocol. They stay on the form and are saved: a
 * change of protocol never hides or loses a value.
 */
export function keptBlocks(draft: SessionDraft): MeasureBlock[] {
  const shown = new Set([...protocolOf(draft).blocks, SCORE_BLOCK].flatMap(({ measures }) => [...measures]));
  const kept = measuresWithContent(draft).filter((measure) => !shown.has(measure));
  return [...new Set(kept.map(blockOf))];
}

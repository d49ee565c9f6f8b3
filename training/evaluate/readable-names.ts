import { ANSWER_NAMES, FEATURE_NAMES } from '../../core/clinical/answer-names.ts';
import { MUSCLE_NAMES } from '../../core/clinical/muscle-names.ts';
import { TRACE_GROUP } from '../../core/inference/explained-wrist-state.ts';

const POSTURES: Readonly<Record<string, string>> = {
  neutral: 'the wrist neutral',
  'flexion-20': 'the wrist flexed 20°',
  'extension-20': 'the wrist extended 20°',
};

const NAMES: Readonly<Record<string, string>> = {
  ...FEATURE_NAMES,
  [TRACE_GROUP]: 'force trace',
  grip: 'grip strength',
  'hold-level': 'share of maximum held',
  'sex-male': 'sex',
  'age-years': 'age',
  'height-m': 'height',
  'weight-kg': 'weight',
  'maximal-torque-nm': 'maximal torque',
  biceps: 'biceps activity',
  brachialis: 'brachialis activity',
  brachioradialis: 'brachioradialis activity',
  triceps: 'triceps activity',
  'last-pinch': 'last key pinch',
  'other-hand-pinch': 'key pinch of the other hand',
};

/** Quantities of muscle-parameters and next-visit whose ids are made of parts. */
const PATTERNS: readonly [RegExp, (part: string) => string][] = [
  [/^log-max-force-(.+)$/, (muscle) => `maximal force of ${MUSCLE_NAMES[muscle] ?? muscle}`],
  [/^log-optimal-length-(.+)$/, (muscle) => `optimal fibre length of ${MUSCLE_NAMES[muscle] ?? muscle}`],
  [/^log-slack-length-(.+)$/, (muscle) => `tendon slack length of ${MUSCLE_NAMES[muscle] ?? muscle}`],
  [/^percent-expected-(.+)$/, (group) => `strength of ${withSpaces(group)}, % of expected`],
  [/^pinch-(neutral|flexion-20|extension-20)$/, (posture) => `key pinch with ${POSTURES[posture]}`],
  [/^peak-(.+)-direction$/, (posture) => `direction of the peak force with ${POSTURES[posture] ?? posture}`],
  [/^ramp-(\d+)-direction$/, (percent) => `direction of the force at ${percent} % of the ramp`],
  [/^earlier-visit-(\d)$/, (number) => `key pinch ${number} before the last`],
];

const withSpaces = (id: string): string => id.replaceAll('-', ' ');

/**
 * What a clinician reads for an input or an output of a shipped model, or for "one class rather than another". Ids that stand in
 * no list are read with spaces for hyphens.
 */
export function readableName(id: string): string {
  if (id.includes(' rather than ')) return id.split(' rather than ').map(readableName).join(' rather than ');
  const known = NAMES[id] ?? (ANSWER_NAMES as Readonly<Record<string, string>>)[id];
  if (known !== undefined) return known;
  for (const [pattern, nameOf] of PATTERNS) {
    const part = pattern.exec(id)?.[1];
    if (part !== undefined) return nameOf(part);
  }
  return withSpaces(id);
}

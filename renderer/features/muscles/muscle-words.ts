import {
  AS_EXPECTED_PERCENT,
  answersLeftOpen,
  GROUP_ANSWER_NAMES,
  type GroupAnswer,
  type MuscleGroup,
} from '../../../core/clinical/muscle-groups.ts';
import type {
  MusclePrediction,
  MuscleRefusal,
  MuscleWidthReason,
} from '../../../core/contract/schemas/analysis.ts';
import { signedNumber } from '../../app/signed-number.ts';

export type MuscleOutput = MusclePrediction['outputs'][number];

export const MUSCLE_REFUSALS: Readonly<Record<MuscleRefusal, { what: string; todo: string }>> = {
  'missing-required-input': {
    what: 'A measurement the model needs is missing: key pinch of the judged hand.',
    todo: 'Measure it; your own judgement stands alone today.',
  },
  'too-few-trials': {
    what: 'There are too few key pinch trials of the judged hand: the model needs at least two.',
    todo: 'Measure three trials; your own judgement stands alone today.',
  },
  'mixed-units': {
    what: 'The pinch trials do not fit together: they carry more than one unit, or one is almost twice another or more.',
    todo: 'Look at each value and its unit, correct the wrong one with a reason, then ask the model again.',
  },
  'out-of-range': {
    what: 'These measurements are unlike those of the simulated people the model was trained on.',
    todo: 'Check each value and its unit. If they are right, your own judgement stands alone today.',
  },
};

export const WIDTH_WORDS: Readonly<Record<MuscleWidthReason, string>> = {
  'few-trials': 'fewer than three key pinch trials',
  'wide-trial-spread': 'the trials spread widely',
  'members-disagree': 'the five networks differ unusually',
  'far-from-training': 'few of the training people measured like this',
  'peak-pinch-only': 'key pinch alone says how strong a hand is, not which muscle',
};

/** Of which measurements an answer was made. */
export const TIER_WORDS = {
  1: 'from key pinch alone',
  2: 'from key pinch in three wrist postures and grip',
  3: 'from key pinch in three wrist postures with its direction, and grip',
} as const;

const whole = (value: number) => Math.round(value).toString();

/** A value of an output with its unit. Forces and percent are whole, lengths have one decimal. */
export const outputText = (value: number, unit: MuscleOutput['unit']): string =>
  `${unit === 'mm' ? value.toFixed(1) : whole(value)} ${unit}`;

/** "52 to 96 %"; unbounded where too few people calibrate it. */
export function intervalOf({ interval, unit }: Pick<MuscleOutput, 'interval' | 'unit'>): string {
  if (interval === null) return '';
  if (interval === 'unbounded') return 'without a bound';
  const [low, high] = interval.map((value) => (unit === 'mm' ? value.toFixed(1) : whole(value)));
  return `${low} to ${high} ${unit}`;
}

export interface GroupAgreement {
  kind: 'inside' | 'outside' | 'nothing-said';
  text: string;
}

/**
 * The clinician's answer held against the model's interval, with how many of the three answers the interval leaves open:
 * that many would have agreed by chance.
 */
export function agreementOf(
  answer: GroupAnswer,
  interval: readonly [number, number] | 'unbounded',
): GroupAgreement {
  const open = answersLeftOpen(interval);
  const left = `the interval leaves open ${open.map((each) => GROUP_ANSWER_NAMES[each]).join(' and ')} (${open.length} of 3 answers)`;
  if (answer === 'cannot-tell') return { kind: 'nothing-said', text: `Nothing to compare; ${left}` };
  return open.includes(answer)
    ? { kind: 'inside', text: `Inside: ${left}` }
    : { kind: 'outside', text: `Outside: ${left}` };
}

/** Range of an answer in percent of expected, for the picture; null for "cannot tell". */
export function rangeOf(answer: GroupAnswer): [number, number] | null {
  const [low, high] = AS_EXPECTED_PERCENT;
  switch (answer) {
    case 'weaker':
      return [Number.NEGATIVE_INFINITY, low];
    case 'stronger':
      return [high, Number.POSITIVE_INFINITY];
    case 'as-expected':
      return [low, high];
    case 'cannot-tell':
      return null;
  }
}

export const groupOutput = (prediction: MusclePrediction, group: MuscleGroup): MuscleOutput | undefined =>
  prediction.outputs.find(({ name }) => name === `percent-expected-${group}`);

/** Points of percent of expected with a sign. */
export const pointsText = (value: number): string =>
  `${signedNumber(value, 0)} ${Math.abs(Math.round(value)) === 1 ? 'point' : 'points'}`;

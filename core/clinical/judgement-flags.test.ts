import { describe, expect, it } from 'vitest';
import type { ElbowJudgementFields, MuscleJudgementFields } from '../contract/schemas/analysis.ts';
import {
  FASTEST_LOCK_MS,
  type FlaggedJudgement,
  flagsOfAnalyses,
  flagsOfCourse,
  type JudgementFlag,
  judgementFlags,
  PATTERN_LOCKS,
} from './judgement-flags.ts';
import { MUSCLE_GROUPS } from './muscle-groups.ts';

const lock = (change: Partial<FlaggedJudgement> = {}): FlaggedJudgement => ({
  answer: 'four-corner-fusion',
  confidencePercent: 60,
  drivers: [{ feature: 'wrist-extension-percent-expected', direction: 'for' }],
  durationMs: 9_000,
  ...change,
});
const same = (count: number, change: Partial<FlaggedJudgement> = {}) =>
  Array.from({ length: count }, () => lock(change));

type Flagger = (judgement: FlaggedJudgement, earlier: readonly FlaggedJudgement[]) => JudgementFlag[];

/** What the rule says, as checks that a wrong rule fails. @returns the laws that were broken. */
function brokenLaws(flags: Flagger): string[] {
  const laws: readonly (readonly [string, boolean])[] = [
    ['fast below three seconds', flags(lock({ durationMs: FASTEST_LOCK_MS - 1 }), []).length === 1],
    ['three seconds are enough', flags(lock({ durationMs: FASTEST_LOCK_MS }), []).length === 0],
    ['five alike before it', flags(lock(), same(PATTERN_LOCKS)).join() === 'repeated-pattern'],
    ['four alike are no pattern', flags(lock(), same(PATTERN_LOCKS - 1)).length === 0],
    ['another confidence ends it', flags(lock({ confidencePercent: 65 }), same(PATTERN_LOCKS)).length === 0],
    [
      'another direction ends it',
      flags(
        lock({ drivers: [{ feature: 'wrist-extension-percent-expected', direction: 'against' }] }),
        same(PATTERN_LOCKS),
      ).length === 0,
    ],
    [
      'time plays no part in a pattern',
      flags(lock(), same(PATTERN_LOCKS, { durationMs: 20_000 })).length === 1,
    ],
    [
      'one other among the five ends it',
      flags(lock(), [...same(2), lock({ answer: 'nonimpaired' }), ...same(2)]).length === 0,
    ],
    [
      'what lies further back is not read',
      flags(lock(), [...same(5), lock({ answer: 'nonimpaired' })]).length === 1,
    ],
  ];
  return laws.filter(([, holds]) => !holds).map(([name]) => name);
}

describe('flags of a lock', () => {
  it('keeps its laws', () => {
    expect(brokenLaws(judgementFlags)).toEqual([]);
  });
  it('twins: a rule that looks at the answer alone, at four locks, or at "three seconds or less" is caught', () => {
    const answerAlone: Flagger = (judgement, earlier) => [
      ...judgementFlags(judgement, []),
      ...(earlier.slice(0, PATTERN_LOCKS).filter(({ answer }) => answer === judgement.answer).length ===
      PATTERN_LOCKS
        ? ['repeated-pattern' as const]
        : []),
    ];
    expect(brokenLaws(answerAlone)).toEqual(['another confidence ends it', 'another direction ends it']);
    const shortMemory: Flagger = (judgement, earlier) =>
      judgementFlags(judgement, earlier.length === 4 ? [...earlier, ...earlier.slice(0, 1)] : earlier);
    expect(brokenLaws(shortMemory)).toEqual(['four alike are no pattern']);
    const tooSlow: Flagger = (judgement, earlier) =>
      judgementFlags({ ...judgement, durationMs: judgement.durationMs - 1 }, earlier);
    expect(brokenLaws(tooSlow)).toEqual(['three seconds are enough']);
  });
  it('walks a course: the sixth of a row is flagged, and none before it', () => {
    expect(flagsOfCourse(same(7)).map((flags) => flags.length)).toEqual([0, 0, 0, 0, 0, 1, 1]);
    expect(flagsOfCourse([...same(5), lock({ durationMs: 100 })]).at(-1)).toEqual([
      'under-3-seconds',
      'repeated-pattern',
    ]);
  });
});

const muscles = (change: Partial<MuscleJudgementFields> = {}): MuscleJudgementFields => ({
  analysis: 'muscle-parameters',
  side: 'left',
  groups: MUSCLE_GROUPS.map((group) => ({ group, answer: 'weaker', confidencePercent: 60 })),
  durationMs: 9_000,
  ...change,
});
const elbow = (change: Partial<ElbowJudgementFields> = {}): ElbowJudgementFields => ({
  analysis: 'elbow-torque-fatigue',
  setup: {
    recordingId: '00000000-0000-4000-8000-000000000001',
    startS: 0,
    holdLevelPercent: 50,
    maximalAmplitudes: { biceps: null, brachialis: null, brachioradialis: null, triceps: null },
  },
  failureFromS: 50,
  failureToS: 90,
  confidencePercent: 60,
  fatigueStartS: null,
  hasSeenEnd: false,
  durationMs: 12_000,
  ...change,
});

describe('flags of muscle groups and holds', () => {
  it('flag the sixth of a row, whichever hand it was about and in whatever order the groups stand', () => {
    const last = muscles({ side: 'right', groups: muscles().groups.toReversed() });
    const row = [...Array.from({ length: 5 }, () => muscles()), last];
    expect(flagsOfAnalyses(row).map((flags) => flags.join())).toEqual([
      '',
      '',
      '',
      '',
      '',
      'repeated-pattern',
    ]);
    const [first, ...others] = muscles().groups;
    const oneOther = muscles({ groups: [{ ...first!, answer: 'stronger' }, ...others] });
    expect(flagsOfAnalyses([...row.slice(0, 5), oneOther]).at(-1)).toEqual([]);
  });
  it('flag a range said in under three seconds, and the sixth of equal ranges', () => {
    const row = [...Array.from({ length: 5 }, () => elbow()), elbow({ durationMs: 2_999 })];
    expect(flagsOfAnalyses(row).at(-1)).toEqual(['under-3-seconds', 'repeated-pattern']);
    expect(flagsOfAnalyses([...row.slice(0, 5), elbow({ failureToS: 91 })]).at(-1)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { PatternKey } from '../../core/inference/calibration-file.ts';
import { inputNames, layoutOf } from '../../core/inference/network-input.ts';
import { type InputGroup, removeGroups } from '../../core/learning/group-removal.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { WRIST_STATE_COUNTS } from '../dataset/wrist-state-parts.ts';
import { ALL_MECHANISMS } from '../simulation/pinch/trace-assumptions.ts';
import {
  patternInput,
  removableGroups,
  SUBJECTS,
  trainingRows,
  wristStatePeople,
} from './wrist-state-data.ts';
import { featureScaling, traceScaling } from './wrist-state-scaling.ts';

const PEOPLE = wristStatePeople('train', 60, 'wrist-state-data-test', { trace: ALL_MECHANISMS });
const layout = (hasTrace: boolean) =>
  layoutOf(inputNames(hasTrace).map((name) => ({ name, unit: '', low: 0, high: 0 })));
const LAYOUT = layout(true);

/** Rows of everybody after the named groups were taken away for certain. */
function rowsWithout(names: readonly string[], groups: readonly InputGroup[]): Float32Array {
  const { inputs } = trainingRows(PEOPLE, new Float32Array(PEOPLE.length).fill(1), LAYOUT);
  const certain = groups.map((group) => ({ ...group, removalRate: names.includes(group.name) ? 1 : 0 }));
  removeGroups(inputs, LAYOUT.width, certain, randomStream('certain', 'removal', 0));
  return inputs;
}

const PATTERNS: readonly [PatternKey, readonly string[]][] = [
  ['C', []],
  ['C-one-hand', ['other-hand-measured']],
  ['B', ['postures-measured']],
  ['B-one-hand', ['postures-measured', 'other-hand-measured']],
  ['A', ['wrist-strength-measured']],
  ['A-one-hand', ['wrist-strength-measured', 'other-hand-measured']],
];

/** Training takes groups away; the app never had them. Both must show the network the same row. */
const trainsOnWhatTheAppAsks = (groups: readonly InputGroup[]): boolean =>
  PATTERNS.every(([key, names]) => {
    const rows = rowsWithout(names, groups);
    return PEOPLE.every((person, i) => {
      const asked = Float32Array.from(patternInput(person, key, LAYOUT));
      return asked.every((value, column) => value === rows[i * LAYOUT.width + column]);
    });
  });

describe('rows of wrist-state', () => {
  it('after removal are those that the app makes of the same measurements, in every pattern', () => {
    expect(trainsOnWhatTheAppAsks(removableGroups(LAYOUT))).toBe(true);
  });

  it('catch postures and trace that stay when wrist strength goes (broken twin)', () => {
    const forgetful = removableGroups(LAYOUT).map((group) =>
      group.name === 'wrist-strength-measured'
        ? { ...group, featureColumns: group.featureColumns.slice(0, 4) }
        : group,
    );
    expect(trainsOnWhatTheAppAsks(forgetful)).toBe(false);
  });

  it('share nobody between parts: every part has room for its people below the next', () => {
    const starts = Object.values(SUBJECTS).sort((a, b) => a - b);
    starts.forEach((start, i) => {
      const next = starts[i + 1] ?? Number.POSITIVE_INFINITY;
      for (const count of Object.values(WRIST_STATE_COUNTS)) expect(start + count).toBeLessThan(next);
    });
    const subjects = (part: 'train' | 'test') =>
      wristStatePeople(part, 30, 'wrist-state-data-test').map(({ subject }) => subject);
    const test = new Set(subjects('test'));
    expect(subjects('train').filter((subject) => test.has(subject))).toEqual([]);
  });

  it('are standardised inside the graph: mean 0 and SD 1 where measured, exactly 0 where not', () => {
    const { kernel, bias } = featureScaling(PEOPLE, LAYOUT);
    const size = bias.length;
    const scaled = (row: Float64Array) =>
      bias.map((offset, j) => {
        let sum = offset;
        for (let i = 0; i < size; i += 1) sum += row[i]! * kernel[i * size + j]!;
        return sum;
      });
    const complete = PEOPLE.map((person) => scaled(patternInput(person, 'C', LAYOUT)));
    for (let column = 0; column < 9; column += 1) {
      const values = complete.map((row) => row[column]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(mean).toBeCloseTo(0, 10);
      expect(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length).toBeCloseTo(1, 10);
    }
    for (const person of PEOPLE) {
      const [, ...rest] = scaled(patternInput(person, 'A-one-hand', LAYOUT));
      expect(rest).toEqual(new Array(size - 1).fill(0));
    }
  });

  it('refuse to scale what is the same for everybody, or a trace that is not there', () => {
    const same = PEOPLE.slice(0, 1);
    expect(() => featureScaling(same, LAYOUT)).toThrow(RangeError);
    const { trace: _trace, ...untraced } = PEOPLE[0]!;
    expect(() => traceScaling([untraced])).toThrow('no trace');
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DataSet } from './data-set.ts';
import {
  bundleDataHash,
  DataSetError,
  type FrozenDataSets,
  hashDataSet,
  readFrozenDataSets,
  requireBundleData,
  requireFrozen,
} from './frozen-data-sets.ts';

const setOf = (value: (person: number) => number, announced = 3): DataSet => ({
  name: 'three-people',
  about: 'a specimen',
  columns: ['force'],
  parts: ['train', 'validation', 'calibration', 'test'].map((name, part) => ({
    name,
    count: announced,
    rows: () => [0, 1, 2].map((person) => [value(person) + 10 * part]),
  })),
});
const frozen: FrozenDataSets = { 'three-people': hashDataSet(setOf((person) => person)) };

describe('frozen data sets', () => {
  it('recognise themselves and nothing else', () => {
    requireFrozen(
      'three-people',
      hashDataSet(
        setOf((person) => person),
        ['test'],
      ),
      frozen,
    );
    // The broken twin: one person of one part is another one.
    const other = hashDataSet(setOf((person) => (person === 2 ? 2.001 : person)));
    expect(() => requireFrozen('three-people', other, frozen)).toThrow(/three-people, part train, is not/);
    expect(() => requireFrozen('unknown', other, frozen)).toThrow(/never frozen/);
  });
  it('do not depend on the last bit of a number', () => {
    const jittered = hashDataSet(setOf((person) => person * (1 + 1e-15)));
    expect(jittered).toEqual(frozen['three-people']);
  });
  it('refuse a value that is not a number, naming person and column, and a wrong count', () => {
    const broken = () => hashDataSet(setOf((person) => (person === 1 ? Number.NaN : person)));
    expect(broken).toThrow(DataSetError);
    expect(broken).toThrow(/person 1 has a value that is not a number \(force\)/);
    expect(() => hashDataSet(setOf((person) => person, 4))).toThrow(/3 people were made, 4 announced/);
  });
  it('refuse a person who stands in two parts (broken twin: test people drawn from the training people)', () => {
    const honest = setOf((person) => person);
    const leaking: DataSet = {
      ...honest,
      parts: honest.parts.map((part) =>
        part.name === 'test' ? { ...part, rows: () => [[31], [1], [32]] } : part,
      ),
    };
    expect(() => hashDataSet(leaking)).toThrow(/person 1 of test also stands in train/);
    const world = { ...honest.parts[3]!, name: 'test-another-world' };
    expect(Object.keys(hashDataSet({ ...honest, parts: [...honest.parts, world] }))).toHaveLength(5);
    // Twice in one part is no leak: two people may measure the same.
    const alike = setOf(() => 5);
    expect(hashDataSet(alike).train?.count).toBe(3);
  });
  it('make one data hash of a bundle, and refuse a bundle of other data', () => {
    const hash = bundleDataHash('three-people', frozen);
    requireBundleData('a-model', hash, 'three-people', frozen);
    const changed: FrozenDataSets = {
      'three-people': { ...frozen['three-people'], train: { count: 3, sha256: 'f'.repeat(64) } },
    };
    expect(() => requireBundleData('a-model', hash, 'three-people', changed)).toThrow(
      /a-model was trained on other data .* not evaluated/,
    );
    // Test people are not part of a bundle: freezing more of them changes no bundle.
    const more: FrozenDataSets = {
      'three-people': { ...frozen['three-people'], test: { count: 9, sha256: 'e'.repeat(64) } },
    };
    expect(bundleDataHash('three-people', more)).toBe(hash);
    expect(() => bundleDataHash('three-people', { 'three-people': {} })).toThrow(/no frozen part train/);
  });
  it('say what is wrong with the file of hashes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'frozen-'));
    try {
      const path = join(folder, 'frozen.json');
      expect(() => readFrozenDataSets(path)).toThrow(/is missing/);
      writeFileSync(path, '{"three-people":{"train":{"count":3}}}');
      expect(() => readFrozenDataSets(path)).toThrow(/is not a list of frozen data sets/);
      writeFileSync(path, JSON.stringify(frozen));
      expect(readFrozenDataSets(path)).toEqual(frozen);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

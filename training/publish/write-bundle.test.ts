import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Manifest } from '../../core/inference/manifest.ts';
import type { BundleParts } from '../fit/trainable-model.ts';
import { writeBundle } from './write-bundle.ts';

const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const parts: BundleParts = {
  members: [{ modelJson: bytes('{}'), weightsBin: bytes('1234') }],
  golden: { inputs: [[1]], outputs: [[[1 / 3]]] },
  calibration: { width: 1 / 3 },
  facts: {
    featureVersion: 1,
    statement: 's',
    seed: 'seed',
    people: { train: 1, validation: 1, calibration: 1 },
    backend: 'wasm',
    inputs: [{ name: 'a', unit: 'N', low: 0, high: 1 }],
    outputs: ['b'],
    weightsPerMember: 2,
  },
};
const identity = { modelId: 'm', version: '0.1.0', dataHash: '0'.repeat(64) };

describe('a bundle on disk', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('holds the hash of every file; golden keeps all digits, calibration nine', () => {
    const hash = writeBundle(folder, parts, identity);
    const text = readFileSync(join(folder, 'manifest.json'));
    expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
    for (const file of Manifest.parse(JSON.parse(text.toString())).files) {
      const content = readFileSync(join(folder, file.path));
      expect(createHash('sha256').update(content).digest('hex')).toBe(file.sha256);
    }
    expect(readFileSync(join(folder, 'golden.json'), 'utf8')).toContain('0.3333333333333333');
    expect(readFileSync(join(folder, 'calibration.json'), 'utf8')).toBe('{"width":0.333333333}\n');
  });
  it('is never written with a number that JSON would lose', () => {
    const broken = { ...parts, calibration: { limits: [1, Number.POSITIVE_INFINITY] } };
    expect(() => writeBundle(folder, broken, identity)).toThrow(/calibration.limits.1 is not a finite/);
  });
  it('is the same bytes for the same parts', () => {
    expect(writeBundle(folder, parts, identity)).toBe(writeBundle(folder, parts, identity));
  });
});

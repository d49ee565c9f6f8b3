import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BundleError, loadWristStateBundle, verifyBundle } from './bundle.ts';
import type { CalibrationFile } from './calibration-file.ts';
import type { Golden, Manifest } from './manifest.ts';
import { loadNextVisitBundle, type NextVisitCalibrationFile } from './next-visit-bundle.ts';

const CURRENT = JSON.parse(readFileSync('models/current.json', 'utf8')) as Record<string, string>;
const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** A shipped bundle with one file edited and its hash made to fit: what a hash cannot notice. */
function edited<T>(id: string, path: string, edit: (value: T) => void) {
  const folder = join('models', id, CURRENT[id] ?? '');
  const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
  const parsed = <V>(name: string) => JSON.parse(new TextDecoder().decode(read(name))) as V;
  let content: Uint8Array;
  if (path.endsWith('.bin')) {
    content = read(path);
    edit(content as T);
  } else {
    const value = parsed<T>(path);
    edit(value);
    content = encode(value);
  }
  return async (name: string): Promise<Uint8Array> => {
    if (name === path && name !== 'manifest.json') return content;
    if (name !== 'manifest.json') return read(name);
    const manifest =
      path === name ? (JSON.parse(new TextDecoder().decode(content)) as Manifest) : parsed<Manifest>(name);
    const entry = manifest.files.find((file) => file.path === path);
    if (entry) Object.assign(entry, { bytes: content.byteLength, sha256: await sha256(content) });
    return encode(manifest);
  };
}

const failureOf = async (loading: Promise<unknown>) => {
  const failure = await loading.then(
    () => null,
    (cause: unknown) => cause,
  );
  return failure instanceof BundleError ? [failure.code, failure.path] : failure;
};
const untouched = () => {};

describe('a bundle whose hashes fit', () => {
  it('is read when nothing else was changed (the edits below are what fails)', async () => {
    expect(
      (await loadWristStateBundle(edited('wrist-state', 'golden.json', untouched), sha256)).members,
    ).toHaveLength(5);
    expect(
      (await loadNextVisitBundle(edited('next-visit', 'golden.json', untouched), sha256)).members,
    ).toHaveLength(5);
  });

  it('is refused when it is not the model that was asked for', async () => {
    const read = edited('next-visit', 'golden.json', untouched);
    expect((await verifyBundle(read, sha256, 'next-visit')).manifest.modelId).toBe('next-visit');
    expect(await failureOf(verifyBundle(read, sha256, 'wrist-state'))).toEqual([
      'not-understood',
      'manifest.json',
    ]);
  });

  it.each([
    '../golden.json',
    '/golden.json',
    'member-0/../golden.json',
    'C:/golden.json',
    'a\\golden.json',
    'golden',
  ])('is refused when it names the file %s', async (path) => {
    const read = edited<Manifest>('wrist-state', 'manifest.json', ({ files }) => {
      files[0]!.path = path;
    });
    expect(await failureOf(verifyBundle(read, sha256))).toEqual(['not-understood', 'manifest.json']);
  });

  it.each<[string, (golden: Golden) => void]>([
    ['a member', ({ outputs }) => outputs.pop()],
    ['a row', ({ outputs }) => outputs[2]!.pop()],
    ['an output', ({ outputs }) => outputs[2]![1]!.pop()],
    ['an input', ({ inputs }) => inputs[0]!.pop()],
  ])('is refused when its golden case leaves out %s', async (_, edit) => {
    const read = edited('wrist-state', 'golden.json', edit);
    expect(await failureOf(verifyBundle(read, sha256))).toEqual(['not-understood', 'golden.json']);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('is refused with a weight of %s', async (weight) => {
    const read = edited<Uint8Array>('wrist-state', 'member-1/weights.bin', (bytes) => {
      new DataView(bytes.buffer, bytes.byteOffset).setFloat32(bytes.byteLength - 4, weight, true);
    });
    expect(await failureOf(verifyBundle(read, sha256))).toEqual(['not-understood', 'member-1/weights.bin']);
  });

  interface ModelText {
    modelTopology: { config?: { layers: LayerText[] }; model_config?: { config: { layers: LayerText[] } } };
  }
  interface LayerText {
    class_name: string;
    config: Record<string, unknown>;
  }
  const layersOf = ({ modelTopology: { config, model_config } }: ModelText) =>
    (config ?? model_config!.config).layers;

  it('is refused when a classifier ends in probabilities: margins would be no logits', async () => {
    const read = edited<ModelText>('wrist-state', 'member-0/model.json', (model) => {
      layersOf(model).at(-1)!.config.activation = 'softmax';
    });
    expect(await failureOf(loadWristStateBundle(read, sha256))).toEqual([
      'not-understood',
      'member-0/model.json',
    ]);
  });

  it('is refused when a layer answers more than the page can hold', async () => {
    const read = edited<ModelText>('elbow-torque-fatigue', 'member-0/model.json', (model) => {
      const repeat = layersOf(model).find(({ class_name }) => class_name === 'RepeatVector')!;
      repeat.config.n = 30_000_000;
    });
    expect(await failureOf(verifyBundle(read, sha256))).toEqual(['not-understood', 'member-0/model.json']);
  });

  it('is refused when the classes come in another order', async () => {
    const read = edited<Manifest>('wrist-state', 'manifest.json', ({ outputs }) => outputs.reverse());
    expect(await failureOf(loadWristStateBundle(read, sha256))).toEqual(['not-understood', 'manifest.json']);
  });

  it.each<[string, (file: CalibrationFile) => void]>([
    ['no combined scores', ({ patterns }) => patterns.A.combinedScores.splice(0)],
    ['scores out of order', ({ patterns }) => patterns.B.combinedScores.reverse()],
    ['ranks out of order', ({ patterns }) => patterns.B.featureScores.reverse()],
    ['a range that refuses nobody', (file) => Object.assign(file, { rangeAlpha: 0 })],
    ['a range that refuses everybody', (file) => Object.assign(file, { rangeAlpha: 1 })],
    ['a class without threshold', ({ patterns }) => patterns.A.thresholds.pop()],
    ['a member without cloud', ({ patterns }) => patterns['B-one-hand'].hiddenClouds.pop()],
    ['a cloud too many', ({ patterns: { A } }) => A.hiddenClouds.push(A.hiddenClouds[0]!)],
  ])('of wrist-state is refused with %s', async (_, edit) => {
    const read = edited('wrist-state', 'calibration.json', edit);
    expect(await failureOf(loadWristStateBundle(read, sha256))).toEqual([
      'not-understood',
      'calibration.json',
    ]);
  });

  it.each<[string, (file: NextVisitCalibrationFile) => void]>([
    ['levels out of order', ({ levels }) => levels.reverse()],
    ['a level of 1', ({ levels }) => levels.splice(4, 1, 1)],
    ['other levels', ({ levels }) => levels.splice(0, 1, 0.1)],
    ['a member without cloud', ({ hiddenClouds }) => hiddenClouds.pop()],
    ['scores out of order', ({ combinedScores }) => combinedScores.reverse()],
  ])('of next-visit is refused with %s', async (_, edit) => {
    const read = edited('next-visit', 'calibration.json', edit);
    expect(await failureOf(loadNextVisitBundle(read, sha256))).toEqual([
      'not-understood',
      'calibration.json',
    ]);
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readKnownBundles } from './known-bundles.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prehensa-models-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(modelId: string, version: string, manifest: string) {
  mkdirSync(join(folder, modelId, version), { recursive: true });
  writeFileSync(join(folder, modelId, version, 'manifest.json'), manifest);
}

it('a bundle without its files is known by name, and agrees to no answer', async () => {
  put('wrist-state', '9.9.9', JSON.stringify({ modelId: 'wrist-state', version: '9.9.9' }));
  const [bundle] = [...(await readKnownBundles(folder)).values()];
  expect(bundle?.version).toBe('9.9.9');
  expect(bundle?.isAnswerOf({} as never, {} as never)).toBe(false);
});

it('a damaged manifest, or one of another folder, is passed over and stops nothing', async () => {
  put('broken', '0.1.0', '{"broken');
  put('other', '0.1.0', JSON.stringify({ modelId: 'wrist-state', version: '0.1.0' }));
  put('muscle-parameters-1', '0.1.0', JSON.stringify({ modelId: 'muscle-parameters-1', version: '0.1.0' }));
  const known = [...(await readKnownBundles(folder)).values()];
  expect(known.map(({ modelId }) => modelId)).toEqual(['muscle-parameters-1']);
});

it('a link to nothing beside the models is passed over and stops nothing', async () => {
  put('muscle-parameters-1', '0.1.0', JSON.stringify({ modelId: 'muscle-parameters-1', version: '0.1.0' }));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'elbow-torque-fatigue'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'muscle-parameters-1', '0.2.0'));
  const known = [...(await readKnownBundles(folder)).values()];
  expect(known.map(({ modelId, version }) => `${modelId} ${version}`)).toEqual(['muscle-parameters-1 0.1.0']);
});

it('the shipped bundles are known', async () => {
  const known = [...(await readKnownBundles('models')).values()];
  const current = JSON.parse(readFileSync('models/current.json', 'utf8')) as Record<string, string>;
  expect(known.map(({ modelId, version }) => `${modelId} ${version}`).sort()).toEqual(
    Object.entries(current)
      .map(([modelId, version]) => `${modelId} ${version}`)
      .sort(),
  );
});

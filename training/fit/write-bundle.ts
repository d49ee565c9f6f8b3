import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Golden, Manifest } from '../../core/inference/manifest.ts';
import type { ModelFiles } from '../../core/learning/serialise-model.ts';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** JSON numbers with nine significant digits: enough for every limit, and readable in a diff. */
export const roundNumbers = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(9)) : value;

/**
 * Writes a bundle folder anew: members, golden case, calibration, and the manifest that hashes them all.
 * @returns the bundle hash (sha256 of manifest.json).
 */
export function writeBundle(
  folder: string,
  members: readonly ModelFiles[],
  golden: Golden,
  calibration: unknown,
  facts: Omit<Manifest, 'format' | 'files' | 'members'>,
): string {
  rmSync(folder, { recursive: true, force: true });
  const contents = new Map<string, Uint8Array>();
  members.forEach(({ modelJson, weightsBin }, member) => {
    contents.set(`member-${member}/model.json`, modelJson);
    contents.set(`member-${member}/weights.bin`, weightsBin);
  });
  const json = (value: unknown, replacer?: typeof roundNumbers) =>
    Buffer.from(`${JSON.stringify(value, replacer)}\n`);
  // Golden outputs keep every digit: two engines are compared on them to 1e-6.
  contents.set('golden.json', json(golden));
  contents.set('calibration.json', json(calibration, roundNumbers));
  for (const [path, bytes] of contents) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const manifest: Manifest = {
    format: 'prehensa-bundle-1',
    ...facts,
    members: members.length,
    files: [...contents].map(([path, bytes]) => ({ path, bytes: bytes.byteLength, sha256: sha256(bytes) })),
  };
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  writeFileSync(join(folder, 'manifest.json'), bytes);
  return sha256(bytes);
}

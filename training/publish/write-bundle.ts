import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Manifest } from '../../core/inference/manifest.ts';
import type { BundleParts } from '../fit/trainable-model.ts';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** JSON numbers with nine significant digits: enough for every limit, and readable in a diff. */
const roundNumbers = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(9)) : value;

/** @throws RangeError at the first number that JSON would turn into null. */
function refuseNotFinite(value: unknown, path: string): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`${path} is not a finite number`);
  }
  if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) refuseNotFinite(item, `${path}.${key}`);
  }
}

/**
 * Writes a bundle folder anew: members, golden case, calibration, and the manifest that hashes them all. Meant for a staging
 * folder that is moved into models/ when it is whole.
 * @returns the bundle hash (sha256 of manifest.json). @throws RangeError when a number is not finite.
 */
export function writeBundle(
  folder: string,
  parts: BundleParts,
  identity: Pick<Manifest, 'modelId' | 'version' | 'dataHash'>,
): string {
  refuseNotFinite(parts.golden, 'golden');
  refuseNotFinite(parts.calibration, 'calibration');
  rmSync(folder, { recursive: true, force: true });
  const contents = new Map<string, Uint8Array>();
  parts.members.forEach(({ modelJson, weightsBin }, member) => {
    contents.set(`member-${member}/model.json`, modelJson);
    contents.set(`member-${member}/weights.bin`, weightsBin);
  });
  const json = (value: unknown, replacer?: typeof roundNumbers) =>
    Buffer.from(`${JSON.stringify(value, replacer)}\n`);
  // Golden outputs keep every digit: two engines are compared on them to 1e-6.
  contents.set('golden.json', json(parts.golden));
  contents.set('calibration.json', json(parts.calibration, roundNumbers));
  for (const [path, bytes] of contents) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const manifest: Manifest = {
    format: 'prehensa-bundle-1',
    ...identity,
    ...parts.facts,
    members: parts.members.length,
    files: [...contents].map(([path, bytes]) => ({ path, bytes: bytes.byteLength, sha256: sha256(bytes) })),
  };
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  writeFileSync(join(folder, 'manifest.json'), bytes);
  return sha256(bytes);
}

import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import { type Network, sizeOf } from '../networks/network.ts';
import { readLayersModel } from '../networks/read-layers-model.ts';
import { readCalibration, type WristStateCalibration } from './calibration-file.ts';
import { Golden, Manifest } from './manifest.ts';
import { type InputLayout, layoutOf } from './network-input.ts';

/** Why a bundle is not used. The app goes on without the model and says so. */
export class BundleError extends Error {
  readonly code: 'hash-mismatch' | 'missing-file' | 'not-understood';
  readonly path: string;
  constructor(code: BundleError['code'], path: string, options?: ErrorOptions) {
    super(`${code}: ${path}`, options);
    this.name = 'BundleError';
    this.code = code;
    this.path = path;
  }
}

export type ReadFile = (path: string) => Promise<Uint8Array>;
export type Sha256 = (bytes: Uint8Array) => Promise<string>;

/** Two engines on the same weights and machine: limit of their difference, relative (decisions 24). */
export const ENGINE_TOLERANCE = 1e-6;
/** The golden case on a machine that did not train it, relative (decisions 17). */
export const GOLDEN_TOLERANCE = 1e-5;

export interface VerifiedBundle {
  manifest: Manifest;
  /** sha256 of manifest.json, hexadecimal. */
  bundleHash: string;
  members: readonly Network[];
  /** The files as they are, for tfjs. */
  memberFiles: readonly { modelJson: Uint8Array; weightsBin: Uint8Array }[];
  golden: Golden;
  files: ReadonlyMap<string, Uint8Array>;
}

export interface WristStateBundle extends VerifiedBundle {
  calibration: WristStateCalibration;
  /** Which columns its networks read: versions differ. */
  layout: InputLayout;
}

// Every place that core runs in has it; the ES library's types do not.
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

async function readOrFail(read: ReadFile, path: string): Promise<Uint8Array> {
  try {
    return await read(path);
  } catch (cause) {
    throw new BundleError('missing-file', path, { cause });
  }
}

function understand<T>(path: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new BundleError('not-understood', path, { cause });
  }
}

/** float32 holds NaN and infinity, and one such weight makes every answer NaN: no check of a range would refuse it. */
function requireFiniteWeights(network: Network): void {
  for (const layer of network.layers) {
    const hasFiniteWeights = Object.values(layer).every(
      (values: unknown) => !(values instanceof Float64Array) || values.every(Number.isFinite),
    );
    if (!hasFiniteWeights) throw new RangeError(`a weight of layer "${layer.name}" is not finite`);
  }
}

/** The longest answer of one layer: the shipped models need 2,400 numbers, and an explanation runs thousands of passes. */
const MOST_VALUES = 100_000;

/** A model that asks for gigabytes would stop the page, not answer wrongly; it is refused while it is read. */
function requireAffordable(network: Network): void {
  for (const { name, outputShape } of network.layers) {
    if (sizeOf(outputShape) > MOST_VALUES) throw new RangeError(`layer "${name}" answers too many numbers`);
  }
}

/** The app takes the softmax itself: one inside the network would be taken twice, and margins would be no logits. */
function requireLogits(network: Network): void {
  const head = network.layers.at(-1)!;
  if (head.kind !== 'dense' || head.activation !== 'linear') {
    throw new RangeError('the last layer of a classifier answers logits');
  }
}

/** A golden case with rows or members left out would leave an engine unchecked. */
function requireWholeGolden(golden: Golden, members: readonly Network[]): Golden {
  const { inputs, outputs } = golden;
  const isWhole =
    outputs.length === members.length &&
    members.every(
      (member, index) =>
        inputs.every((row) => row.length === member.inputCount) &&
        outputs[index]?.length === inputs.length &&
        outputs[index].every((row) => row.length === member.outputCount),
    );
  if (!isWhole) throw new RangeError('the golden case needs every member, row and output');
  return golden;
}

/**
 * Reads a bundle and checks every file against the manifest before anything of it is used.
 * @param read - bytes of a file of the bundle's folder; rejects when it is not there.
 * @param sha256 - lower-case hexadecimal. @param modelId - the model that is asked for; any model when it is left out.
 * @throws BundleError naming the file: also when it holds another model, weights that are not finite, or a golden case
 *   that does not cover every member and output.
 */
export async function verifyBundle(
  read: ReadFile,
  sha256: Sha256,
  modelId?: string,
): Promise<VerifiedBundle> {
  const manifestBytes = await readOrFail(read, 'manifest.json');
  const manifest = understand('manifest.json', () => Manifest.parse(JSON.parse(decode(manifestBytes))));
  if (modelId !== undefined && manifest.modelId !== modelId) {
    throw new BundleError('not-understood', 'manifest.json');
  }
  const files = new Map<string, Uint8Array>();
  await Promise.all(
    manifest.files.map(async ({ path, bytes, sha256: expected }) => {
      const content = await readOrFail(read, path);
      if (content.byteLength !== bytes || (await sha256(content)) !== expected) {
        throw new BundleError('hash-mismatch', path);
      }
      files.set(path, content);
    }),
  );
  const need = (path: string): Uint8Array => {
    const content = files.get(path);
    if (!content) throw new BundleError('missing-file', path);
    return content;
  };
  const memberFiles = Array.from({ length: manifest.members }, (_, member) => ({
    modelJson: need(`member-${member}/model.json`),
    weightsBin: need(`member-${member}/weights.bin`),
  }));
  const members = memberFiles.map(({ modelJson, weightsBin }, member) =>
    understand(`member-${member}/model.json`, () => readLayersModel(decode(modelJson), weightsBin)),
  );
  for (const [member, network] of members.entries()) {
    understand(`member-${member}/weights.bin`, () => requireFiniteWeights(network));
    understand(`member-${member}/model.json`, () => requireAffordable(network));
    if (network.outputCount !== manifest.outputs.length) {
      throw new BundleError('not-understood', `member-${member}/model.json`);
    }
  }
  const golden = understand('golden.json', () =>
    requireWholeGolden(Golden.parse(JSON.parse(decode(need('golden.json')))), members),
  );
  return { manifest, bundleHash: await sha256(manifestBytes), members, memberFiles, golden, files };
}

/**
 * The verified bundle of `wrist-state`.
 * @throws BundleError also when the folder holds another model, other classes or a calibration of another ensemble.
 */
export async function loadWristStateBundle(read: ReadFile, sha256: Sha256): Promise<WristStateBundle> {
  const bundle = await verifyBundle(read, sha256, 'wrist-state');
  // Probabilities are shown under these names in this order: another order would be another diagnosis.
  if (bundle.manifest.outputs.join() !== WRIST_CLASSES.join()) {
    throw new BundleError('not-understood', 'manifest.json');
  }
  for (const [member, network] of bundle.members.entries()) {
    understand(`member-${member}/model.json`, () => requireLogits(network));
  }
  const text = bundle.files.get('calibration.json');
  if (!text) throw new BundleError('missing-file', 'calibration.json');
  const calibration = understand('calibration.json', () =>
    readCalibration(decode(text), bundle.members.length),
  );
  const layout = understand('manifest.json', () => layoutOf(bundle.manifest.inputs));
  if (bundle.members.some((member) => member.inputCount !== layout.width)) {
    throw new BundleError('not-understood', 'manifest.json');
  }
  return { ...bundle, calibration, layout };
}

/**
 * Largest difference between the golden outputs and what an engine answers now, relative to the largest output
 * or 1. Above {@link GOLDEN_TOLERANCE} the engine must not be used.
 */
export function goldenGap(
  golden: Golden,
  forward: (batch: Float64Array[]) => readonly (readonly ArrayLike<number>[])[],
): number {
  const answers = forward(golden.inputs.map((row) => Float64Array.from(row)));
  let largest = 1;
  let gap = 0;
  golden.outputs.forEach((rows, member) => {
    rows.forEach((row, index) => {
      row.forEach((value, output) => {
        const answer = answers[member]?.[index]?.[output] ?? Number.NaN;
        largest = Math.max(largest, Math.abs(value));
        gap = Number.isNaN(answer) ? Number.POSITIVE_INFINITY : Math.max(gap, Math.abs(answer - value));
      });
    });
  });
  return gap / largest;
}

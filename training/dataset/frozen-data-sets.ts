import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { dataHash } from '../fit/people-hash.ts';
import type { DataSet } from './data-set.ts';

export const FROZEN_DATA_SETS_FILE = 'training/dataset/frozen-data-sets.json';

const FrozenPart = z.strictObject({ count: z.int().min(1), sha256: z.string().length(64) });
/** Part by part of a data set: people and the hash of their rows. */
export const FrozenDataSet = z.record(z.string(), FrozenPart);
export type FrozenDataSet = z.output<typeof FrozenDataSet>;
const FrozenDataSets = z.record(z.string(), FrozenDataSet);
export type FrozenDataSets = z.output<typeof FrozenDataSets>;

/** A data set that is not the frozen one; nothing may be trained or evaluated on it. */
export class DataSetError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DataSetError';
  }
}

/** The committed hashes. @throws DataSetError when the file is missing or malformed. */
export function readFrozenDataSets(path: string = FROZEN_DATA_SETS_FILE): FrozenDataSets {
  if (!existsSync(path)) throw new DataSetError(`${path} is missing: run npm run data-sets -- --freeze`);
  try {
    return FrozenDataSets.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new DataSetError(`${path} is not a list of frozen data sets: ${String(cause)}`);
  }
}

/** Test parts of one set may hold the same people in another world; nobody is ever learned from and tested on. */
const purposeOf = (part: string): string => (part.startsWith('test') ? 'test' : part);

/** Hexadecimal digits kept of a row's hash: among 100,000 people a false match has odds below one in 10^18. */
const ROW_KEY_LENGTH = 24;

/**
 * Generates a data set and hashes each part.
 * @param only - some parts; all when left out.
 * @throws DataSetError when a part gives another number of rows than announced, when a value is not a number, or when the
 * same person (the same row to nine digits) serves two purposes.
 */
export function hashDataSet(dataSet: DataSet, only?: readonly string[]): FrozenDataSet {
  const parts = dataSet.parts.filter((part) => only === undefined || only.includes(part.name));
  const partOf = new Map<string, string>();
  return Object.fromEntries(
    parts.map((part) => {
      let count = 0;
      const counted = function* () {
        for (const row of part.rows()) {
          for (let i = 0; i < row.length; i += 1) {
            if (!Number.isFinite(row[i])) {
              throw new DataSetError(
                `${dataSet.name}, ${part.name}: person ${count} has a value that is not a number (${dataSet.columns[i] ?? i})`,
              );
            }
          }
          const key = dataHash([row]).slice(0, ROW_KEY_LENGTH);
          const other = partOf.get(key);
          if (other !== undefined && purposeOf(other) !== purposeOf(part.name)) {
            throw new DataSetError(
              `${dataSet.name}: person ${count} of ${part.name} also stands in ${other}; nobody may serve two purposes`,
            );
          }
          partOf.set(key, part.name);
          count += 1;
          yield row;
        }
      };
      const sha256 = dataHash(counted());
      if (count !== part.count) {
        throw new DataSetError(
          `${dataSet.name}, ${part.name}: ${count} people were made, ${part.count} announced`,
        );
      }
      return [part.name, { count, sha256 }];
    }),
  );
}

/** @throws DataSetError naming the first part that is not as frozen. */
export function requireFrozen(name: string, made: FrozenDataSet, frozen: FrozenDataSets): void {
  const own = frozen[name];
  if (!own) throw new DataSetError(`the data set ${name} was never frozen: npm run data-sets -- --freeze`);
  for (const [part, { count, sha256 }] of Object.entries(made)) {
    if (own[part]?.sha256 !== sha256 || own[part]?.count !== count) {
      throw new DataSetError(
        `the data set ${name}, part ${part}, is not the frozen one (${sha256.slice(0, 12)}, frozen ${own[part]?.sha256.slice(0, 12) ?? 'never'}); npm run data-sets says what differs`,
      );
    }
  }
}

/** Parts that a bundle was made from. */
export const BUNDLE_PARTS = ['train', 'validation', 'calibration'] as const;

/** The data hash of a bundle: over the frozen hashes of its parts. @throws DataSetError when a part is missing. */
export function bundleDataHash(name: string, frozen: FrozenDataSets): string {
  const hash = createHash('sha256');
  for (const part of BUNDLE_PARTS) {
    const entry = frozen[name]?.[part];
    if (!entry) throw new DataSetError(`the data set ${name} has no frozen part ${part}`);
    hash.update(`${part}:${entry.count}:${entry.sha256}\n`);
  }
  return hash.digest('hex');
}

/** Refuses a bundle that was made from other data than the frozen. @throws DataSetError */
export function requireBundleData(
  modelId: string,
  bundleHash: string,
  dataSet: string,
  frozen: FrozenDataSets,
): void {
  const expected = bundleDataHash(dataSet, frozen);
  if (bundleHash !== expected) {
    throw new DataSetError(
      `${modelId} was trained on other data (${bundleHash.slice(0, 12)}) than the frozen set ${dataSet} (${expected.slice(0, 12)}); it is not evaluated. npm run train -- --model ${modelId}`,
    );
  }
}

import { createHash } from 'node:crypto';
import { buildDenseModel } from '../../core/learning/dense-model.ts';
import { dropoutMask } from '../../core/learning/dropout-mask.ts';
import { serialiseModel } from '../../core/learning/serialise-model.ts';
import { type TrainingRows, trainModel } from '../../core/learning/training-loop.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import type { DataSet } from '../dataset/data-set.ts';
import { DATA_SETS } from '../dataset/data-sets.ts';
import { repeatedParts, sharedSubjects } from '../dataset/disjoint-parts.ts';
import {
  bundleDataHash,
  DataSetError,
  type FrozenDataSets,
  readFrozenDataSets,
  requireBundleData,
} from '../dataset/frozen-data-sets.ts';
import type { Check, Figures } from './figures.ts';

const INPUTS = 4;
const UNITS = 16;

const yesOrNo = (name: string, bar: string, ok: boolean, n: number): Check => ({
  name,
  value: ok ? 1 : 0,
  low: ok ? 1 : 0,
  high: ok ? 1 : 0,
  bar,
  ok,
  n,
});

/** Three shifted clouds: enough to train on, nobody in particular. */
function clouds(count: number, name: string): TrainingRows {
  const inputs = new Float32Array(count * INPUTS);
  const targets = new Float32Array(count * 3);
  for (let row = 0; row < count; row += 1) {
    const stream = randomStream('procedure', name, row);
    targets[row * 3 + (row % 3)] = 1;
    for (let i = 0; i < INPUTS; i += 1) {
      inputs[row * INPUTS + i] = stream.normal() + (i === row % 3 ? 2 : 0);
    }
  }
  return { count, inputs, targets, rowWeights: new Float32Array(count).fill(1) };
}

/** Bytes of a small network trained with dropout, by the loop that trained everything that ships. */
function trainedBytes(seed: string): string {
  const kernel = new Float64Array(INPUTS * INPUTS);
  for (let i = 0; i < INPUTS; i += 1) kernel[i * INPUTS + i] = 1;
  const model = buildDenseModel(
    {
      inputCount: INPUTS,
      outputCount: 3,
      hiddenUnits: [UNITS],
      activation: 'relu',
      inputScaling: { kernel, bias: new Float64Array(INPUTS) },
    },
    seed,
    0,
  );
  trainModel(model, clouds(240, 'train'), clouds(60, 'validation'), {
    loss: 'softmax-cross-entropy',
    batchSize: 32,
    maxEpochs: 3,
    learningRate: 0.01,
    dropoutRate: 0.2,
    patienceEpochs: 3,
    groups: [],
    seed,
    member: 0,
  });
  const { modelJson, weightsBin } = serialiseModel(model);
  model.dispose();
  return createHash('sha256').update(modelJson).update(weightsBin).digest('hex');
}

function refusesOtherData(frozen: FrozenDataSets, name: string): boolean {
  const hash = bundleDataHash(name, frozen);
  requireBundleData(name, hash, name, frozen);
  const parts = frozen[name]!;
  const changed = { ...frozen, [name]: { ...parts, train: { ...parts.train!, sha256: '0'.repeat(64) } } };
  try {
    requireBundleData(name, hash, name, changed);
    return false;
  } catch (cause) {
    return cause instanceof DataSetError;
  }
}

const setsWithTest = (frozen: FrozenDataSets): string[] =>
  Object.keys(frozen).filter((name) => 'train' in frozen[name]! && 'test' in frozen[name]!);

/** Whether anybody is learned from and tested on. @param log - told of every pair of parts that share somebody. */
export function peopleCheck(
  dataSets: readonly DataSet[],
  frozen: FrozenDataSets,
  log: (line: string) => void,
): Check {
  const leaks = [...sharedSubjects(dataSets), ...repeatedParts(frozen)];
  for (const leak of leaks) log(leak);
  const withTest = setsWithTest(frozen);
  const people = withTest.flatMap((name) => Object.values(frozen[name]!)).map(({ count }) => count);
  return yesOrNo(
    'no test person in training, validation or calibration',
    `no subject of a seed serves two purposes in the ${dataSets.length} data sets, and no two parts of a set hold the same rows`,
    withTest.length > 0 && leaks.length === 0,
    people.reduce((sum, count) => sum + count, 0),
  );
}

/**
 * How training and evaluation are carried out, tried in this run. tfjs must run (core/learning/backend.ts).
 * Nobody stands in two parts of a data set: subject numbers and hashes of parts are compared here, row by row it is part of
 * freezing (`hashDataSet` refuses a set in which somebody does).
 */
export async function procedureFigures(log: (line: string) => void): Promise<Figures> {
  const frozen = readFrozenDataSets();
  const withTest = setsWithTest(frozen);
  const dataSets = await Promise.all(Object.values(DATA_SETS).map((load) => load()));
  log('training twice from one seed');
  const first = trainedBytes('procedure-1');
  const isSame = trainedBytes('procedure-1') === first;
  const isOther = trainedBytes('procedure-2') !== first;
  const stream = randomStream('procedure', 'dropout', 0);
  const masks = [0, 1].map(() => dropoutMask(stream, 32, UNITS, 0.2).join());
  return {
    checks: [
      peopleCheck(dataSets, frozen, log),
      yesOrNo('two consecutive dropout masks differ', 'they differ', masks[0] !== masks[1], 2),
      yesOrNo(
        'two trainings of one seed give the same bytes, of two seeds other bytes',
        'equal and unequal',
        isSame && isOther,
        3,
      ),
      yesOrNo(
        'the evaluation refuses a bundle whose data hash differs',
        'refused for every data set that a bundle is made from',
        withTest.every((name) => refusesOtherData(frozen, name)),
        withTest.length,
      ),
    ],
    findings: [],
    plots: [],
    tables: [
      {
        title: 'Frozen data sets',
        columns: ['data set', 'part', 'rows', 'sha256'],
        rows: Object.entries(frozen).flatMap(([name, parts]) =>
          Object.entries(parts).map(([part, { count, sha256 }]) => [name, part, count, sha256.slice(0, 16)]),
        ),
        caption: '`npm run data-sets` generates every row again and compares.',
      },
    ],
  };
}

import { createHash } from 'node:crypto';
import { buildDenseModel } from '../../core/learning/dense-model.ts';
import { dropoutMask } from '../../core/learning/dropout-mask.ts';
import { serialiseModel } from '../../core/learning/serialise-model.ts';
import { type TrainingRows, trainModel } from '../../core/learning/training-loop.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
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

/**
 * How training and evaluation are carried out, tried in this run. tfjs must run (core/learning/backend.ts).
 * That nobody stands in two parts of a data set is part of freezing it: `hashDataSet` refuses a set in which somebody does.
 */
export function procedureFigures(log: (line: string) => void): Figures {
  const frozen = readFrozenDataSets();
  const withTest = Object.keys(frozen).filter((name) => 'train' in frozen[name]! && 'test' in frozen[name]!);
  const people = withTest.flatMap((name) => Object.values(frozen[name]!)).map(({ count }) => count);
  log('training twice from one seed');
  const first = trainedBytes('procedure-1');
  const isSame = trainedBytes('procedure-1') === first;
  const isOther = trainedBytes('procedure-2') !== first;
  const stream = randomStream('procedure', 'dropout', 0);
  const masks = [0, 1].map(() => dropoutMask(stream, 32, UNITS, 0.2).join());
  return {
    checks: [
      yesOrNo(
        'no test person in training, validation or calibration',
        `the ${withTest.length} data sets were frozen by the program that refuses a person in two parts`,
        withTest.length > 0,
        people.reduce((sum, count) => sum + count, 0),
      ),
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

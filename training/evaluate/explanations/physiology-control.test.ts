import { beforeAll, describe, expect, it } from 'vitest';
import { WRIST_CLASSES } from '../../../core/clinical/wrist-classes.ts';
import { COIN_CHANCE } from '../../../core/explain/physiology-agreement.ts';
import { readExpectations } from '../../../core/explain/physiology-expectations.ts';
import { readoutOf } from '../../../core/inference/explained-prediction.ts';
import { inputNames, layoutOf } from '../../../core/inference/network-input.ts';
import { startBackend } from '../../../core/learning/backend.ts';
import { buildDenseModel } from '../../../core/learning/dense-model.ts';
import { shuffledOrder } from '../../../core/learning/dropout-mask.ts';
import { serialiseModel } from '../../../core/learning/serialise-model.ts';
import { classWeights, type TrainingRows, trainModel } from '../../../core/learning/training-loop.ts';
import type { Network } from '../../../core/networks/network.ts';
import { readLayersModel } from '../../../core/networks/read-layers-model.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { FEATURE_IDS } from '../../../core/signals/feature-ids.ts';
import file from '../../../resources/physiology/expectations.json' with { type: 'json' };
import { labelOf, patternInput, trainingRows, wristStatePeople } from '../../fit/wrist-state-data.ts';
import { featureScaling } from '../../fit/wrist-state-scaling.ts';
import { bootstrapMean } from '../comparators/bootstrap-mean.ts';
import { type EffectsOfPeople, findExpectation } from './found-expectation.ts';
import { contrastOf, effectsOf } from './physiology-people.ts';

const SEED = 'physiology-control';
const CLASSES = WRIST_CLASSES.length;
/** Features without the trace: what the signs of the list speak of. */
const LAYOUT = layoutOf(inputNames(false).map((name) => ({ name, unit: '', low: 0, high: 0 })));
const TRAIN = wristStatePeople('train', 300, SEED);
const TEST = wristStatePeople('test', 24, SEED);
const SIGNS = readExpectations(file).filter(
  ({ modelId, kind }) => modelId === 'wrist-state' && kind === 'sign',
);

const rowOf = (person: (typeof TEST)[number]) => patternInput(person, 'C', LAYOUT);

/** The average of the nonimpaired people, as the shipped model has it. */
function nonimpairedAverage(): Float64Array {
  const rows = TRAIN.filter(({ className }) => className === 'nonimpaired').map(rowOf);
  return Float64Array.from(rows[0]!, (_, column) =>
    rows.reduce((sum, each) => sum + each[column]! / rows.length, 0),
  );
}

/** Labels of other people: nothing that the features say has to do with them. */
function withShuffledLabels(rows: TrainingRows, member: number): TrainingRows {
  const order = shuffledOrder(randomStream(SEED, 'labels', member), rows.count);
  const targets = new Float32Array(rows.targets.length);
  order.forEach((from, to) => {
    targets.set(rows.targets.subarray(from * CLASSES, (from + 1) * CLASSES), to * CLASSES);
  });
  return { ...rows, targets };
}

function trainedNetwork(labels: 'true' | 'shuffled', member: number): Network {
  const rows = trainingRows(TRAIN, classWeights(TRAIN.map(labelOf), CLASSES), LAYOUT);
  const spec = {
    inputCount: LAYOUT.width,
    outputCount: CLASSES,
    hiddenUnits: [12],
    activation: 'relu',
    inputScaling: featureScaling(TRAIN, LAYOUT),
  } as const;
  const model = buildDenseModel(spec, SEED, member);
  trainModel(model, labels === 'true' ? rows : withShuffledLabels(rows, member), null, {
    loss: 'softmax-cross-entropy',
    batchSize: 150,
    maxEpochs: 15,
    learningRate: 0.02,
    dropoutRate: 0,
    patienceEpochs: Number.POSITIVE_INFINITY,
    groups: [],
    seed: SEED,
    member,
  });
  const { modelJson, weightsBin } = serialiseModel(model);
  model.dispose();
  return readLayersModel(new TextDecoder().decode(modelJson), weightsBin);
}

/** Inputs that a sign speaks of; the others stay as they are, which makes a coalition an eighth as dear. */
const ASKED = FEATURE_IDS.flatMap((name, feature) =>
  SIGNS.some((sign) => sign.kind === 'sign' && sign.input === name)
    ? [{ name: name as string, columns: [LAYOUT.features.indexOf(feature)] }]
    : [],
);

function effectsFor(network: Network, output: string, average: Float64Array): EffectsOfPeople {
  const [predicted, against] = contrastOf(output);
  return TEST.map((person) => {
    const row = rowOf(person);
    const reference = row.slice();
    for (const { columns } of ASKED) for (const column of columns) reference[column] = average[column]!;
    return effectsOf({
      members: [network],
      readout: readoutOf(CLASSES, predicted, against),
      unit: 'logit',
      row,
      reference: { name: 'the average nonimpaired person', row: reference },
      groups: ASKED,
    });
  });
}

/** Share of the contributions of all test people that follow the expected signs, for one network. */
function localShare(network: Network, average: Float64Array): number {
  const outputs = [...new Set(SIGNS.map(({ output }) => output))];
  const effects = new Map(outputs.map((output) => [output, effectsFor(network, output, average)]));
  const found = SIGNS.map((sign) => findExpectation(sign, effects.get(sign.output)!).found.local);
  const total = (of: 'agreeing' | 'compared') => found.reduce((sum, share) => sum + share[of], 0);
  return total('agreeing') / total('compared');
}

describe('agreement with known physiology', () => {
  let shares: Record<'true' | 'shuffled', number[]>;
  beforeAll(async () => {
    await startBackend(null);
    const average = nonimpairedAverage();
    // Contributions of one network hang together, so networks are counted, not contributions.
    const sharesOf = (labels: 'true' | 'shuffled', networks: number) =>
      Array.from({ length: networks }, (_, member) => localShare(trainedNetwork(labels, member), average));
    shares = { true: sharesOf('true', 6), shuffled: sharesOf('shuffled', 24) };
  }, 60_000);

  /** Whether the mean over networks cannot be told from a coin. */
  const isAtChance = (labels: 'true' | 'shuffled') => {
    const { low, high } = bootstrapMean(shares[labels], labels);
    return low <= COIN_CHANCE && COIN_CHANCE <= high;
  };

  it('is at chance after training on shuffled labels, known with some precision', () => {
    expect(isAtChance('shuffled')).toBe(true);
    const { low, high } = bootstrapMean(shares.shuffled, 'shuffled');
    expect(high - low).toBeLessThan(0.15);
  });

  it('is well above chance after training on true labels: the same test tells them apart', () => {
    expect(isAtChance('true')).toBe(false);
    expect(bootstrapMean(shares.true, 'true').low).toBeGreaterThan(0.6);
  });
});

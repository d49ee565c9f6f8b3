/** Small real cases of the training programme: each runs its method here; the figure beside it is the committed one. */
import { layerOutputs } from '../../../core/learning/layer-outputs.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { CLASS_COUNT } from '../../../training/augmentation/augmentation-people.ts';
import { drawRepetition, type Repetition } from '../../../training/augmentation/augmented-sets.ts';
import { GAN_OPTIONS, trainConditionalGan } from '../../../training/augmentation/conditional-gan.ts';
import { featurePrecision } from '../../../training/augmentation/feature-precision.ts';
import { checkMemorisation } from '../../../training/augmentation/memorisation.ts';
import { copySamples, migrateSamples } from '../../../training/augmentation/migration.ts';
import { simulationRuns } from '../../../training/dataset/elbow-data-set.ts';
import {
  preTrain,
  TRANSFERRED_LAYER,
  transferArm,
  transferRows,
} from '../../../training/experiments/elbow-transfer-arms.ts';
import { surrogateCohort } from '../../../training/simulation/elbow/surrogate-recordings.ts';
import { startWasm } from '../../processes/start-wasm.ts';
import type { SeedFigure } from '../rows.ts';
import { evidenceText } from './committed-figures.ts';

let started: Promise<unknown> | null = null;
const tensors = () => {
  started ??= startWasm();
  return started;
};

let drawn: Repetition | null = null;
/** Thirty people a class of a repetition that no experiment uses. */
const people = (): Repetition => {
  drawn ??= drawRepetition(
    1_000,
    Array.from({ length: CLASS_COUNT }, () => 30),
  );
  return drawn;
};
const each = (count: number) => Array.from({ length: CLASS_COUNT }, () => count);

let transferred: Promise<{ isFrozen: boolean; isBetter: boolean }> | null = null;
/** A network learns 120 simulation runs; its LSTM is frozen while twenty surrogate people tune the rest. */
function smallTransfer(): Promise<{ isFrozen: boolean; isBetter: boolean }> {
  transferred ??= tensors().then(() => {
    const runs = simulationRuns().filter((_, run) => run % 14 === 0);
    const before = preTrain(runs, 'seed-check', { maxEpochs: 4, learningRate: 0.01, validationCount: 20 });
    const rows = transferRows(surrogateCohort(0).slice(0, 20));
    const budget = { learningRates: [0.01], maxEpochs: 30, batchSize: 20, innerTestCount: 5, innerFolds: 1 };
    const { model: after } = transferArm(before, rows, budget, 'seed-check');
    const frozen = [before, after].map((model) =>
      layerOutputs(model, rows.inputs, rows.count, TRANSFERRED_LAYER).join(),
    );
    const errors = [before, after].map((model) => {
      const torque = layerOutputs(model, rows.inputs, rows.count, 'torque');
      return torque.reduce((sum, value, i) => sum + (value - rows.targets[i]!) ** 2, 0);
    });
    before.dispose();
    after.dispose();
    return { isFrozen: frozen[0] === frozen[1], isBetter: errors[1]! < errors[0]! };
  });
  return transferred;
}

/** Fine-tuning lowers the error on its own people; whether it beats direct learning is the experiment's question. */
export async function lstmTransfer(): Promise<SeedFigure> {
  const { isBetter } = await smallTransfer();
  return {
    ok: isBetter,
    figure: await evidenceText('elbow-transfer', /^change of RMSE by transfer, %, surr/),
  };
}

/** The LSTM answers the same to the bit before and after fine-tuning. */
export async function frozenWeights(): Promise<SeedFigure> {
  const { isFrozen } = await smallTransfer();
  return {
    ok: isFrozen,
    figure: `small case here: 20 surrogate people tuned, the LSTM's answers ${isFrozen ? 'unchanged to the bit' : 'CHANGED'}`,
  };
}

/** The curve of transfer over reality gaps, from the committed evidence; here: a gap moves recordings away. */
export async function realityGap(): Promise<SeedFigure> {
  const torque = (gap: number) => surrogateCohort(0, gap)[0]!.torqueNm.reduce((sum, value) => sum + value, 0);
  return {
    ok: torque(0) !== torque(1) && torque(1) !== torque(2),
    figure: await evidenceText('elbow-transfer', /reality gap 2/),
  };
}

/** Every migrated person lies no farther from the class's centre than the farthest training person. */
export async function migration(): Promise<SeedFigure> {
  const { train } = people();
  const made = migrateSamples(train, each(100), randomStream('seed-check', 'migration', 0));
  const farthest = (rows: readonly Float64Array[], label: number, labels: readonly number[]) =>
    Math.max(...rows.filter((_, i) => labels[i] === label).flatMap((row) => Array.from(row, Math.abs)));
  const isInside = each(0).every(
    (_, label) => farthest(made.rows, label, made.labels) <= farthest(train.rows, label, train.labels),
  );
  return {
    ok: isInside && made.rows.length === 300,
    figure: await evidenceText('augmentation', /migration/),
  };
}

/** A generator after a hundred steps makes finite people of every class; its worth is the experiment's question. */
export async function gan(): Promise<SeedFigure> {
  await tensors();
  const { train, validation } = people();
  const made = trainConditionalGan(train, validation, CLASS_COUNT, 'seed-check', {
    ...GAN_OPTIONS,
    maxSteps: 100,
    checkEverySteps: 100,
  });
  const sample = made.sample(each(20), randomStream('seed-check', 'gan', 0));
  const isWhole = sample.rows.every((row) => row.every(Number.isFinite));
  made.dispose();
  return { ok: isWhole && sample.rows.length === 60, figure: await evidenceText('augmentation', /network/) };
}

/** Copies of training people are caught; unseen people are not. */
export async function memorisation(): Promise<SeedFigure> {
  const drawnPeople = people();
  const { train } = drawnPeople;
  const unseen = drawnPeople.people('check', 60);
  const others = drawnPeople.people('test', 60);
  const copies = copySamples(train, each(60), randomStream('seed-check', 'copies', 0));
  const ofCopies = checkMemorisation(copies, train, unseen).nearShare;
  const ofPeople = checkMemorisation(others, train, unseen).nearShare;
  return {
    ok: ofCopies > 0.95 && ofPeople < 0.2,
    figure: await evidenceText('augmentation', /nearer/),
  };
}

/** The matrix of the penalty is symmetric with a mean diagonal of 1; what it is worth is the experiment's question. */
export async function covariancePenalty(): Promise<SeedFigure> {
  const { train } = people();
  const matrix = featurePrecision(train.rows);
  const size = Math.sqrt(matrix.length);
  const diagonal = Array.from({ length: size }, (_, i) => matrix[i * size + i]!);
  const isSymmetric = matrix.every(
    (value, i) => Math.abs(value - matrix[(i % size) * size + Math.floor(i / size)]!) < 1e-9,
  );
  const mean = diagonal.reduce((sum, value) => sum + value, 0) / size;
  return {
    ok: isSymmetric && Math.abs(mean - 1) < 1e-9,
    figure: await evidenceText('covariance-penalty', /./),
  };
}

export const biasVariance = async (): Promise<SeedFigure> => ({
  ok: true,
  figure: await evidenceText('regularisation', /./),
});

export const imbalance = async (): Promise<SeedFigure> => ({
  ok: true,
  figure: await evidenceText('imbalance', /./),
});

import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import { type InputLayout, TRACE_COMPONENTS, TRACE_SAMPLES } from '../../core/inference/network-input.ts';
import { buildGraphModel, type GraphLayer, type GraphModelSpec } from '../../core/learning/graph-model.ts';
import { removeGroups } from '../../core/learning/group-removal.ts';
import { type ModelFiles, serialiseModel } from '../../core/learning/serialise-model.ts';
import { classWeights, type TrainingRows, trainModel } from '../../core/learning/training-loop.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { labelOf, type MeasuredPerson, removableGroups, trainingRows } from './wrist-state-data.ts';
import { featureScaling, traceScaling } from './wrist-state-scaling.ts';

export interface NetworkSize {
  /** Widths of the two hidden layers behind the joined features. */
  hiddenUnits: readonly [number, number];
  /** Filters of the two convolutions, and numbers that the trace is described by. */
  traceFilters: readonly [number, number];
  traceUnits: number;
}

/**
 * Features, masks and, if the layout has it, a small convolution over the trace: two convolutions with pooling that keep
 * three stretches of time apart (rise, hold, end), then joined with the features.
 */
export function wristStateSpec(
  people: readonly MeasuredPerson[],
  layout: InputLayout,
  size: NetworkSize,
): GraphModelSpec {
  const featureCount = layout.features.length + layout.masks.length;
  const [first, second] = size.traceFilters;
  const traceBranch: GraphLayer[] = [
    {
      kind: 'conv1d',
      name: 'trace-conv-0',
      from: 'trace',
      filters: first,
      size: 5,
      stride: 2,
      activation: 'relu',
    },
    { kind: 'max-pooling1d', name: 'trace-pool', from: 'trace-conv-0', size: 2 },
    {
      kind: 'conv1d',
      name: 'trace-conv-1',
      from: 'trace-pool',
      filters: second,
      size: 3,
      activation: 'relu',
    },
    { kind: 'average-pooling1d', name: 'trace-stretches', from: 'trace-conv-1', size: 4 },
    { kind: 'flatten', name: 'trace-flat', from: 'trace-stretches' },
    { kind: 'dense', name: 'hidden-trace', from: 'trace-flat', units: size.traceUnits, activation: 'relu' },
    { kind: 'concatenate', name: 'joined', from: ['features', 'hidden-trace'] },
  ];
  return {
    name: 'wrist-state',
    inputs: [
      { name: 'features', shape: [featureCount], scaling: featureScaling(people, layout) },
      ...(layout.hasTrace
        ? [
            {
              name: 'trace',
              shape: [TRACE_SAMPLES, TRACE_COMPONENTS] as const,
              scaling: channelScaling(traceScaling(people)),
            },
          ]
        : []),
    ],
    layers: [
      ...(layout.hasTrace ? traceBranch : []),
      {
        kind: 'dense',
        name: 'hidden-0',
        from: layout.hasTrace ? 'joined' : 'features',
        units: size.hiddenUnits[0],
        activation: 'relu',
      },
      { kind: 'dense', name: 'hidden-1', from: 'hidden-0', units: size.hiddenUnits[1], activation: 'relu' },
      { kind: 'dense', name: 'head', from: 'hidden-1', units: WRIST_CLASSES.length, activation: 'linear' },
    ],
  };
}

/** A trace that was not recorded is zero behind its mask; the network sees the same constant for all of these people. */
function channelScaling({ mean, sd }: { mean: Float64Array; sd: Float64Array }) {
  const kernel = new Float64Array(mean.length ** 2);
  sd.forEach((value, channel) => {
    kernel[channel * mean.length + channel] = 1 / value;
  });
  return { kernel, bias: mean.map((value, channel) => -value / sd[channel]!) };
}

export interface MemberTraining {
  spec: GraphModelSpec;
  rows: TrainingRows;
  validation: TrainingRows;
  layout: InputLayout;
  maxEpochs: number;
  seed: string;
}

/** Rows of training and validation people. Stopping looks at the same mix of patterns as training, drawn once. */
export function prepareTraining(
  train: readonly MeasuredPerson[],
  validation: readonly MeasuredPerson[],
  layout: InputLayout,
  size: NetworkSize,
  maxEpochs: number,
  seed: string,
): MemberTraining {
  const rowsOf = (people: readonly MeasuredPerson[]) =>
    trainingRows(people, classWeights(people.map(labelOf), WRIST_CLASSES.length), layout);
  const check = rowsOf(validation);
  removeGroups(
    check.inputs,
    layout.width,
    removableGroups(layout),
    randomStream(seed, 'validation-removal', 0),
  );
  return {
    spec: wristStateSpec(train, layout, size),
    rows: rowsOf(train),
    validation: check,
    layout,
    maxEpochs,
    seed,
  };
}

/** One member: start, order, dropout and removal differ by its number, nothing else. */
export function trainMember(
  { spec, rows, validation, layout, maxEpochs, seed }: MemberTraining,
  member: number,
  log: (line: string) => void,
): ModelFiles {
  const model = buildGraphModel(spec, seed, member);
  const { epochs, bestValidationLoss } = trainModel(model, rows, validation, {
    loss: 'softmax-cross-entropy',
    batchSize: 128,
    maxEpochs,
    learningRate: 0.003,
    dropoutRate: 0.1,
    patienceEpochs: 5,
    groups: removableGroups(layout),
    seed,
    member,
  });
  const files = serialiseModel(model);
  model.dispose();
  log(`member ${member}: ${epochs} epochs, best validation loss ${bestValidationLoss.toFixed(4)}`);
  return files;
}

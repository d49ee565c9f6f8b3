import type { PatternKey } from '../../core/inference/calibration-file.ts';
import { inputNames, layoutOf } from '../../core/inference/network-input.ts';
import { forwardNetwork } from '../../core/networks/dense-network.ts';
import { averageLogits, softmax } from '../../core/networks/ensemble-forward.ts';
import { readLayersModel } from '../../core/networks/read-layers-model.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { bootstrapMean } from '../evaluate/comparators/bootstrap-mean.ts';
import { labelOf, type MeasuredPerson, patternInput, wristStatePeople } from '../fit/wrist-state-data.ts';
import { type NetworkSize, prepareTraining, trainMember } from '../fit/wrist-state-network.ts';
import { ALL_MECHANISMS, type TraceMechanisms } from '../simulation/pinch/trace-assumptions.ts';

export const TRACE_GAIN_SEED = 'wrist-trace-gain-0.2';
export const TRACE_GAIN_SIZE = { train: 10_000, validation: 2_000, test: 10_000, members: 3, maxEpochs: 16 };
const NETWORK: NetworkSize = { hiddenUnits: [32, 16], traceFilters: [6, 8], traceUnits: 12 };
const KEY: PatternKey = 'C';

/** Which of the mechanisms that can tell classes apart are on; everything else of the trace always is. */
export const TRACE_WORLDS: Readonly<Record<string, TraceMechanisms>> = {
  both: ALL_MECHANISMS,
  'direction-drift': { ...ALL_MECHANISMS, wristStiffness: false },
  'wrist-stiffness': { ...ALL_MECHANISMS, directionDrift: false },
  neither: { ...ALL_MECHANISMS, directionDrift: false, wristStiffness: false },
};

const Interval = ['value', 'low', 'high', 'n'] as const;
export type MeanInterval = Record<(typeof Interval)[number], number>;

export interface TraceGain {
  accuracy: MeanInterval;
  permutedAccuracy: MeanInterval;
  /** Right with the own trace minus right by the twin that learned from and saw others' traces; paired. */
  gain: MeanInterval;
  /** Log loss of the twin minus log loss; above zero: the trace helps. */
  logLossGain: MeanInterval;
  /** The first network shown others' traces at test: right with the own minus right with another's. */
  misledLoss: MeanInterval;
}

/** The same people, each with the trace of another of them: a shuffle from a named stream. */
function permuted(people: readonly MeasuredPerson[], name: string): MeasuredPerson[] {
  const stream = randomStream(TRACE_GAIN_SEED, `permuted-traces/${name}`, 0);
  const order = Array.from({ length: people.length }, (_, i) => i);
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = stream.integer(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return people.map((person, i) => {
    const { trace } = people[order[i]!]!;
    if (!trace) throw new RangeError('a person has no trace');
    return { features: person.features, className: person.className, trace };
  });
}

/** One world: a network with traces, and its twin of equal size that was trained on others' traces. */
export function measureTraceGain(world: string, log: (line: string) => void): TraceGain {
  const mechanisms = TRACE_WORLDS[world];
  if (!mechanisms) throw new RangeError(`there is no world "${world}"`);
  const layout = layoutOf(inputNames(true).map((name) => ({ name, unit: '', low: 0, high: 0 })));
  const size = TRACE_GAIN_SIZE;
  const people = (part: 'train' | 'validation' | 'test') =>
    wristStatePeople(part, size[part], TRACE_GAIN_SEED, { trace: mechanisms });
  const [train, validation, test] = [people('train'), people('validation'), people('test')];
  log(`${world}: ${train.length} people to train on, ${test.length} to test on`);
  const trainedOn = (own: readonly MeasuredPerson[], check: readonly MeasuredPerson[]) => {
    const training = prepareTraining(own, check, layout, NETWORK, size.maxEpochs, TRACE_GAIN_SEED);
    return Array.from({ length: size.members }, (_, member) => {
      const { modelJson, weightsBin } = trainMember(training, member, log);
      return readLayersModel(new TextDecoder().decode(modelJson), weightsBin);
    });
  };
  const networks = trainedOn(train, validation);
  const twins = trainedOn(permuted(train, 'train'), permuted(validation, 'validation'));
  const others = permuted(test, 'test');
  const score = (members: typeof networks, of: readonly MeasuredPerson[]) => {
    const isRight = new Float64Array(of.length);
    const logLoss = new Float64Array(of.length);
    of.forEach((person, i) => {
      const input = patternInput(person, KEY, layout);
      const probabilities = softmax(
        averageLogits(members.map((member) => forwardNetwork(member, input).output)),
      );
      const label = labelOf(person);
      isRight[i] = probabilities.indexOf(Math.max(...probabilities)) === label ? 1 : 0;
      logLoss[i] = -Math.log(Math.max(1e-12, probabilities[label] ?? 0));
    });
    return { isRight, logLoss };
  };
  const own = score(networks, test);
  const twin = score(twins, others);
  const misled = score(networks, others);
  const minus = (a: Float64Array, b: Float64Array) => a.map((value, i) => value - b[i]!);
  return {
    accuracy: bootstrapMean(own.isRight, 'trace-gain/own'),
    permutedAccuracy: bootstrapMean(twin.isRight, 'trace-gain/twin'),
    gain: bootstrapMean(minus(own.isRight, twin.isRight), 'trace-gain/gain'),
    logLossGain: bootstrapMean(minus(twin.logLoss, own.logLoss), 'trace-gain/log-loss'),
    misledLoss: bootstrapMean(minus(own.isRight, misled.isRight), 'trace-gain/misled'),
  };
}

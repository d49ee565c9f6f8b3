import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import type { PatternKey } from '../../core/inference/calibration-file.ts';
import { inputNames, layoutOf } from '../../core/inference/network-input.ts';
import { forwardNetwork } from '../../core/networks/dense-network.ts';
import { averageLogits } from '../../core/networks/ensemble-forward.ts';
import { readLayersModel } from '../../core/networks/read-layers-model.ts';
import type { WristStateOptions } from '../dataset/wrist-state.ts';
import { bootstrapMean, type MeanInterval } from '../evaluate/comparators/bootstrap-mean.ts';
import { labelOf, type Part, patternInput, wristStatePeople } from '../fit/wrist-state-data.ts';
import { type NetworkSize, prepareTraining, trainMember } from '../fit/wrist-state-network.ts';
import { DEFAULT_SPREAD } from '../population/varied-hand.ts';

export const PATIENT_SPREAD_SEED = 'wrist-patient-spread-0.2';
export const PATIENT_SPREAD_SIZE = {
  train: 10_000,
  validation: 2_000,
  test: 8_000,
  members: 3,
  maxEpochs: 20,
};
/** Factors on the assumed spread: of the muscles, of the arms after surgery, and of wrist strength after it. */
export const SPREAD_FACTORS: Readonly<Record<string, number>> = { half: 0.5, once: 1, twice: 2 };
export const SPREAD_PATTERNS = ['A', 'B', 'C'] as const satisfies readonly PatternKey[];

const NETWORK: NetworkSize = { hiddenUnits: [32, 16], traceFilters: [6, 8], traceUnits: 12 };

const worldOf = (factor: number): WristStateOptions => ({
  patientSpread: factor,
  spread: {
    maxForce: DEFAULT_SPREAD.maxForce * factor,
    optimalLength: DEFAULT_SPREAD.optimalLength * factor,
    slackLength: DEFAULT_SPREAD.slackLength * factor,
    pennation: DEFAULT_SPREAD.pennation * factor,
    momentArm: DEFAULT_SPREAD.momentArm * factor,
  },
});

export interface SpreadResult {
  pattern: string;
  testedIn: string;
  accuracy: MeanInterval;
  /** Rows: true class; columns: most probable class; counts of people. */
  confusion: number[][];
}

/**
 * Networks trained in one world and tested in all three, features and postures without the trace. Nobody is refused:
 * what is measured is how well the classes separate, and what a wrong assumption about the spread costs.
 */
export function measureSpread(trainedIn: string, log: (line: string) => void): SpreadResult[] {
  const factor = SPREAD_FACTORS[trainedIn];
  if (factor === undefined) throw new RangeError(`there is no world "${trainedIn}"`);
  const layout = layoutOf(inputNames(false).map((name) => ({ name, unit: '', low: 0, high: 0 })));
  const size = PATIENT_SPREAD_SIZE;
  const people = (part: Part & keyof typeof size, of: number) =>
    wristStatePeople(part, size[part], PATIENT_SPREAD_SEED, worldOf(of));
  const training = prepareTraining(
    people('train', factor),
    people('validation', factor),
    layout,
    NETWORK,
    size.maxEpochs,
    `${PATIENT_SPREAD_SEED}/${trainedIn}`,
  );
  const networks = Array.from({ length: size.members }, (_, member) => {
    const { modelJson, weightsBin } = trainMember(training, member, log);
    return readLayersModel(new TextDecoder().decode(modelJson), weightsBin);
  });
  return Object.entries(SPREAD_FACTORS).flatMap(([testedIn, other]) => {
    const test = people('test', other);
    return SPREAD_PATTERNS.map((pattern): SpreadResult => {
      const confusion = WRIST_CLASSES.map(() => WRIST_CLASSES.map(() => 0));
      const isRight = test.map((person) => {
        const input = patternInput(person, pattern, layout);
        const logits = averageLogits(networks.map((network) => forwardNetwork(network, input).output));
        const top = logits.indexOf(Math.max(...logits));
        confusion[labelOf(person)]![top]! += 1;
        return top === labelOf(person) ? 1 : 0;
      });
      const accuracy = bootstrapMean(isRight, `spread/${trainedIn}/${testedIn}/${pattern}`);
      return { pattern, testedIn, accuracy, confusion };
    });
  });
}

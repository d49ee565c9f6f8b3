import type {
  EnsembleFile,
  MuscleParametersCalibration,
} from '../../core/inference/muscle-parameters-calibration.ts';
import {
  DECIDING_SETS,
  INPUT_SETS,
  type InputSet,
  MUSCLE_PARAMETER_COLUMNS,
  TIER_INPUTS,
  TIERS,
  type Tier,
} from '../../core/inference/muscle-parameters-columns.ts';
import type { ModelFiles } from '../../core/learning/serialise-model.ts';
import { forwardNetwork } from '../../core/networks/dense-network.ts';
import type { MuscleParameterPerson } from '../dataset/muscle-parameters.ts';
import {
  MUSCLE_PARAMETERS_DATA_SET,
  MUSCLE_PARAMETERS_SEED,
  muscleParameterPeople,
} from '../dataset/muscle-parameters-data-set.ts';
import { MUSCLE_PARAMETER_TARGETS } from '../dataset/muscle-parameters-targets.ts';
import type { ContactModel } from '../simulation/pinch/maximal-pinch.ts';
import { calibrateMuscleParameters, tierInputs } from './muscle-parameters-calibrate.ts';
import {
  fitMuscleParameters,
  predictTargets,
  type TargetScale,
  targetScaleOf,
} from './muscle-parameters-networks.ts';
import {
  type ResampledSums,
  resampleSums,
  squaredErrors,
  verdictOf,
  worldSkills,
} from './muscle-parameters-skill.ts';
import { ENSEMBLE_SIZE, type TrainedEnsemble } from './train-ensemble.ts';
import type { BundleParts, TrainableModel, TrainingContext } from './trainable-model.ts';

export const MUSCLE_PARAMETERS_VERSION = '0.2.0';
export const modelIdOf = (tier: Tier): string => `muscle-parameters-${tier}`;
const STATEMENT = 'Trained on simulated people, with simulated muscles. Research use; not a medical device.';

interface Sizes {
  train: number;
  validation: number;
  calibration: number;
  /** Members of the model and of each of its priors. */
  members: number;
  /** The same in the other contact model, which only decides what is identifiable. */
  otherContactMembers: number;
  maxEpochs: number;
}
const FULL: Sizes = {
  train: 40_000,
  validation: 4_000,
  calibration: 10_000,
  members: ENSEMBLE_SIZE,
  otherContactMembers: 2,
  maxEpochs: 24,
};
/** Every part of the path in seconds. Its figures are nobody's claim. */
const SMOKE: Sizes = {
  train: 400,
  validation: 150,
  calibration: 300,
  members: 2,
  otherContactMembers: 1,
  maxEpochs: 2,
};

/** What a tier is compared with, by the inputs it sees; each is trained like the model itself. */
export const priorsOf = (tier: Tier): InputSet[] =>
  tier === 1 ? ['D'] : tier === 2 ? ['D', 'S', 'G'] : ['D', 'S', 'G', 'tier-2', 'peaks'];

/** One contact model: its people and an ensemble for every set of inputs that a tier needs. */
interface World {
  train: readonly MuscleParameterPerson[];
  validation: readonly MuscleParameterPerson[];
  calibration: readonly MuscleParameterPerson[];
  scale: TargetScale;
  ensembles: Map<InputSet, TrainedEnsemble>;
}

function makeWorld(
  contact: ContactModel,
  sets: readonly InputSet[],
  sizes: Sizes,
  context: Pick<TrainingContext, 'log' | 'member'>,
): World {
  const train = muscleParameterPeople('train', contact, sizes.train);
  const validation = muscleParameterPeople('validation', contact, sizes.validation);
  const calibration = muscleParameterPeople('calibration', contact, sizes.calibration);
  const scale = targetScaleOf(train);
  const ensembles = new Map<InputSet, TrainedEnsemble>();
  for (const set of sets) {
    // Two tiers share the ensemble of one set: the seed names the set and the contact model, not the tier.
    const ensemble = fitMuscleParameters(
      train,
      validation,
      set,
      scale,
      {
        seed: `${MUSCLE_PARAMETERS_SEED}/${contact}/${set}`,
        members: contact === 'A' ? sizes.members : sizes.otherContactMembers,
        maxEpochs: sizes.maxEpochs,
      },
      context,
    );
    ensembles.set(set, ensemble);
  }
  return { train, validation, calibration, scale, ensembles };
}

/** Squared errors of every ensemble on the calibration people of its contact model. */
function calibrationErrors(world: World, name: string): Map<InputSet, ResampledSums> {
  return new Map(
    [...world.ensembles].map(([set, { networks }]) => {
      const predictions = world.calibration.map(({ inputs }) =>
        predictTargets(networks, inputs, world.scale),
      );
      return [set, resampleSums(squaredErrors(predictions, world.calibration), name)];
    }),
  );
}

const ensembleFile = (files: readonly ModelFiles[]): EnsembleFile =>
  files.map(({ modelJson, weightsBin }) => ({
    topology: JSON.parse(new TextDecoder().decode(modelJson)) as unknown,
    weightsBase64: Buffer.from(weightsBin).toString('base64'),
  }));

/** Ensembles of a world as calibration.json keeps them. */
const ensembleFiles = (world: World, sets: readonly InputSet[]): Record<string, EnsembleFile> =>
  Object.fromEntries(sets.map((set) => [set, ensembleFile(world.ensembles.get(set)!.files)]));

function trainTier(tier: Tier, sizes: Sizes, context: TrainingContext): BundleParts {
  const model = TIER_INPUTS[tier];
  const priors = priorsOf(tier);
  const world = makeWorld('A', [...priors, model], sizes, context);
  // The step from the tier before is measured in A alone.
  const otherPriors = priors.filter((set) => set !== 'tier-2');
  const other = makeWorld('B', [...otherPriors, model], sizes, context);
  const ensemble = world.ensembles.get(model)!;
  const members = ensemble.networks;
  const { outputs, range } = calibrateMuscleParameters(members, world.scale, world.train, world.calibration);
  context.log(`${modelIdOf(tier)}: calibrated on ${world.calibration.length} people`);
  const errorsInA = calibrationErrors(world, `${modelIdOf(tier)}/A`);
  const errorsInB = calibrationErrors(other, `${modelIdOf(tier)}/B`);
  const decided = DECIDING_SETS[tier].map((set) => {
    const inA = worldSkills(errorsInA, set);
    const inB = worldSkills(errorsInB, set);
    return inA.map((A, j) => ({ skill: { A, B: inB[j]! }, verdict: verdictOf([A, inB[j]!]) }));
  });
  // The first of the deciding sets is the tier's own.
  const judged = outputs.map((output, j) => ({ ...output, ...decided[0]![j]! }));
  const bedside = outputs
    .filter((_, j) => decided.every((verdicts) => verdicts[j]!.verdict === 'identifiable'))
    .map(({ name }) => name);
  context.log(`${modelIdOf(tier)}: ${bedside.length} of ${judged.length} may be shown at the bedside`);
  const golden = world.validation.slice(0, 4).map((person) => tierInputs(person, members));
  return {
    members: ensemble.files,
    golden: {
      inputs: golden.map((row) => [...row]),
      outputs: members.map((network) => golden.map((row) => [...forwardNetwork(network, row).output])),
    },
    calibration: {
      format: 'prehensa-muscle-parameters-calibration-1',
      tier,
      outputs: judged,
      bedside,
      range,
      priors: ensembleFiles(world, priors),
      otherContact: ensembleFiles(other, [...otherPriors, model]),
      otherContactScale: other.scale,
    } satisfies MuscleParametersCalibration,
    facts: {
      featureVersion: 1,
      statement: STATEMENT,
      seed: MUSCLE_PARAMETERS_SEED,
      people: {
        train: world.train.length,
        validation: world.validation.length,
        calibration: world.calibration.length,
      },
      backend: context.backend,
      inputs: MUSCLE_PARAMETER_COLUMNS.slice(0, INPUT_SETS[model]).map((column, j) => ({
        ...column,
        low: world.train.reduce((low, { inputs }) => Math.min(low, inputs[j]!), Number.POSITIVE_INFINITY),
        high: world.train.reduce((high, { inputs }) => Math.max(high, inputs[j]!), Number.NEGATIVE_INFINITY),
      })),
      outputs: MUSCLE_PARAMETER_TARGETS.map(({ name }) => name),
      weightsPerMember: ensemble.weightsPerMember,
    },
  };
}

/** The three bundles, one a tier. */
export const MUSCLE_PARAMETER_MODELS: Readonly<Record<Tier, TrainableModel>> = {
  1: trainableTier(1),
  2: trainableTier(2),
  3: trainableTier(3),
};

/** The same as a list, in the order of the tiers. */
export const MODELS: readonly TrainableModel[] = TIERS.map((tier) => MUSCLE_PARAMETER_MODELS[tier]);

function trainableTier(tier: Tier): TrainableModel {
  return {
    id: modelIdOf(tier),
    version: MUSCLE_PARAMETERS_VERSION,
    dataSet: MUSCLE_PARAMETERS_DATA_SET,
    smoke: (context) => trainTier(tier, SMOKE, context),
    train: (context) => trainTier(tier, FULL, context),
  };
}

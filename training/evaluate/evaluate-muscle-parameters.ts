import { columnOf, TIER_INPUTS, TIERS, type Tier } from '../../core/inference/muscle-parameters-columns.ts';
import { muscleParameterPeople } from '../dataset/muscle-parameters-data-set.ts';
import { modelIdOf } from '../fit/train-muscle-parameters.ts';
import { type Figures, joinFigures, noFigures } from './figures.ts';
import type { ModelEvaluator } from './model-evaluator.ts';
import { agreementTable } from './muscle-parameters-agreement.ts';
import { answer, loadMuscleParameters } from './muscle-parameters-bundle.ts';
import { type AnsweredPerson, coverageFigures } from './muscle-parameters-coverage.ts';
import { inRangeFigures, misuseFigures } from './muscle-parameters-misuse.ts';
import { forceErrors, resimulationFigures } from './muscle-parameters-resimulation.ts';
import { robustnessFigures } from './muscle-parameters-robustness.ts';
import { skillFigures } from './muscle-parameters-skills.ts';

/** People whose mistakes at entry are played through, and whose force is simulated again. */
const MISUSE_PEOPLE = 2_000;
const RESIMULATED_PEOPLE = 3_000;

const INPUT_NOTES: Readonly<Record<Tier, string>> = {
  1: 'Inputs: sex, age, height, weight and peak key pinch. Peak pinch is the prior of overall strength itself, so this tier cannot tell one muscle from another.',
  2: 'Inputs: those of tier 1, grip, and key pinch with the wrist 20 degrees in flexion and in extension. Grip is statistical, not mechanical: a regression of the survey with an assumed correlation of 0.7 to pinch, so it tells general strength and no muscle.',
  3: 'Inputs: those of tier 2 and the direction of the pinch force (longitudinal and transverse share) at the peak in three wrist postures and at 50, 75 and 90 % of a force ramp. How a person shares a sub-maximal force between muscles is an assumption: the smallest sum of activations. What may be shown must also be identifiable from the directions at the peaks alone, which do without that assumption. Noise of a direction: 2 % of the palmar force (assumption). Rise and decline of the ramp are not inputs: in this simulator they do not depend on the parameters.',
};

/** Sentences of the facts page of one tier. */
export const muscleParameterNotes = (tier: Tier): readonly string[] => [
  INPUT_NOTES[tier],
  'Pinch in ulnar deviation is never an input: it is the posture in which predicted parameters are put to the test.',
  'Skill is 1 - mean squared error of the model / of the same network class that sees less, on people neither saw. Priors: D (sex, age, height, weight), S (with peak pinch), G (with grip too).',
  'Only parameters whose lower bounds of skill against S and G reach 0.05 in both contact models may be shown at the bedside; the list is in calibration.json and was made on calibration people. Asking it of G is stricter than the design: grip lifts every muscle by the common factor, also those that pinch does not depend on.',
  'Contact model B has its own networks, trained and tested in B; they are kept in calibration.json for this measurement and answer nobody.',
  'The people get an answer when the combined range score lets them through; intervals are calibrated on and promised to those.',
  'Muscle strengths are derived from a model that is licensed for non-commercial use (see NOTICE). Spreads between people are assumptions.',
];

/** Mean of best trial over true pinch, on validation people. */
function peakSurplus(): number {
  const people = muscleParameterPeople('validation');
  const column = columnOf('pinch-neutral');
  return people.reduce((sum, { inputs, capacityN }) => sum + inputs[column]! / capacityN, 0) / people.length;
}

async function evaluateTier(tier: Tier, folder: string, log: (line: string) => void): Promise<Figures> {
  const bundle = await loadMuscleParameters(folder);
  const people = muscleParameterPeople('test');
  const otherContactPeople = muscleParameterPeople('test', 'B');
  log(`${people.length} test people in either contact model`);
  const answered = people
    .map((person): AnsweredPerson => ({ person, answer: answer(bundle, person.inputs) }))
    .filter((one) => !one.answer.isRefused);
  const coverage = coverageFigures(bundle, answered);
  const agreement: Figures = { ...noFigures(), tables: [agreementTable(bundle, answered)] };
  const inRange = inRangeFigures(answered.length, people.length);
  const misuse = misuseFigures(bundle, people.slice(0, MISUSE_PEOPLE));
  log('coverage and refusals measured');
  const skills = skillFigures(bundle, TIER_INPUTS[tier], people, otherContactPeople);
  log('skills measured');
  const resimulation = resimulationFigures(
    tier,
    forceErrors(answered.slice(0, RESIMULATED_PEOPLE), peakSurplus()),
  );
  log(`force simulated again for ${RESIMULATED_PEOPLE} people`);
  return joinFigures([
    coverage,
    agreement,
    inRange,
    misuse,
    skills,
    resimulation,
    robustnessFigures(bundle, log),
  ]);
}

const evaluatorOf = (tier: Tier): ModelEvaluator => ({
  modelId: modelIdOf(tier),
  notes: muscleParameterNotes(tier),
  evaluate: (folder, log) => evaluateTier(tier, folder, log),
});

/** What measures each of the three bundles. */
export const MUSCLE_PARAMETER_EVALUATORS: Readonly<Record<Tier, ModelEvaluator>> = {
  1: evaluatorOf(1),
  2: evaluatorOf(2),
  3: evaluatorOf(3),
};

/** The same as a list, in the order of the tiers. */
export const EVALUATORS: readonly ModelEvaluator[] = TIERS.map((tier) => MUSCLE_PARAMETER_EVALUATORS[tier]);

import { DECIDING_SETS, type InputSet } from '../../core/inference/muscle-parameters-columns.ts';
import type { Network } from '../../core/networks/network.ts';
import type { MuscleParameterPerson } from '../dataset/muscle-parameters.ts';
import { MUSCLE_PARAMETER_TARGETS, TARGET_COUNT } from '../dataset/muscle-parameters-targets.ts';
import { predictTargets, type TargetScale } from '../fit/muscle-parameters-networks.ts';
import {
  type ErrorsBySet,
  IDENTIFIABLE_SKILL,
  pairedSkill,
  resampleSums,
  rootMeanSquares,
  squaredErrors,
  type Verdict,
  verdictOf,
  type WorldSkill,
  worldSkills,
} from '../fit/muscle-parameters-skill.ts';
import { type Figures, type Finding, noFigures } from './figures.ts';
import type { MuscleParametersBundle } from './muscle-parameters-bundle.ts';
import { skillPlot, tiersTable, verdictTable } from './muscle-parameters-skill-pictures.ts';
import { readableName } from './readable-names.ts';

/** Squared errors of every ensemble on the same people. */
const errorsOf = (
  ensembles: ReadonlyMap<InputSet, readonly Network[]>,
  people: readonly MuscleParameterPerson[],
  scale: TargetScale,
  name: string,
): ErrorsBySet =>
  new Map(
    [...ensembles].map(([set, networks]) => [
      set,
      resampleSums(
        squaredErrors(
          people.map(({ inputs }) => predictTargets(networks, inputs, scale)),
          people,
        ),
        name,
      ),
    ]),
  );

const WORDS: Readonly<Record<Verdict, string>> = {
  identifiable: 'Identifiable: adds to general strength in both contact models.',
  'general-strength-only': 'Moves with general strength only: one strength bar, never a muscle.',
  'not-identifiable': 'Not identifiable from these measurements.',
};

const PRIOR_WORDS: Readonly<Record<'D' | 'S', string>> = {
  D: 'sex, age and size',
  S: 'sex, age, size and peak pinch',
};

/** What was recalled of the paper behind the tiers; its figures could not be read. */
const LITERATURE =
  'more complex force measurements lower the error of the majority of parameters, not all (Lindbeck 2023, recalled from the abstract; no figure found)';

/** Root mean squared errors, skills in both contact models, the list of the identifiable, and the gain of the tier. */
export function skillFigures(
  bundle: MuscleParametersBundle,
  model: InputSet,
  people: readonly MuscleParameterPerson[],
  otherContactPeople: readonly MuscleParameterPerson[],
): Figures {
  const { tier, bedside } = bundle.calibration;
  const ensembles = new Map(bundle.priors).set(model, bundle.verified.members);
  const errors = errorsOf(ensembles, people, bundle.scale, `tier ${tier}/A`);
  const otherErrors = errorsOf(
    bundle.otherContact,
    otherContactPeople,
    bundle.otherContactScale,
    `tier ${tier}/B`,
  );
  const roots = rootMeanSquares(errors.get(model)!);
  const decided = DECIDING_SETS[tier].map((set) => {
    const inA = worldSkills(errors, set);
    const inB = worldSkills(otherErrors, set);
    return { inA, inB, verdicts: inA.map((skill, j) => verdictOf([skill, inB[j]!])) };
  });
  // The first of the deciding sets is the tier's own.
  const { inA, inB, verdicts } = decided[0]!;
  const n = people.length;
  const findings: Finding[] = MUSCLE_PARAMETER_TARGETS.map(({ name, unit }, j) => ({
    name: `RMSE of ${name}`,
    ...roots[j]!,
    literature: null,
    n,
    sentence: `In ${unit}${unit === '%' ? ' of expected' : ': about the relative error'}. ${WORDS[verdicts[j]!]}`,
  }));
  for (const [contact, skills, count] of [
    ['A', inA, n],
    ['B', inB, otherContactPeople.length],
  ] as const) {
    // Against G: in the table alone, so that the list stays readable.
    for (const prior of ['D', 'S'] as const) {
      MUSCLE_PARAMETER_TARGETS.forEach(({ name }, j) => {
        const skill = skills[j]![prior];
        if (skill === null) return;
        findings.push({
          name: `skill of ${name} against ${prior}, contact model ${contact}`,
          ...skill,
          literature: null,
          n: count,
          sentence: `Share of the squared error that goes when more is known than ${PRIOR_WORDS[prior]} (negative: that comes on top).`,
        });
      });
    }
  }
  const inWords = (names: readonly string[]): string => names.map(readableName).join('; ');
  const namesWhere = (isChosen: (j: number) => boolean): string[] =>
    MUSCLE_PARAMETER_TARGETS.filter((_, j) => isChosen(j)).map(({ name }) => name);
  const identifiable = namesWhere((j) => verdicts[j] === 'identifiable');
  const shownAtBedside = namesWhere((j) => decided.every((one) => one.verdicts[j] === 'identifiable'));
  const strengthOnly = verdicts.filter((verdict) => verdict === 'general-strength-only').length;
  const differing = [
    ...shownAtBedside.filter((name) => !bedside.includes(name)),
    ...bedside.filter((name) => !shownAtBedside.includes(name)),
  ];
  findings.push({
    name: 'parameters identifiable under both contact models',
    value: identifiable.length,
    low: identifiable.length,
    high: identifiable.length,
    literature:
      'thumb flexor alone identifiable, redundant muscles not (Kearney 2021, read: > 80 % and < 30 % accuracy)',
    n,
    sentence: [
      identifiable.length > 0 ? `${inWords(identifiable)}.` : 'None.',
      tier === 1
        ? 'Tier 1 sees no more than the prior S (peak pinch is the overall strength), so nothing can be.'
        : '',
      `${strengthOnly} move with general strength only, ${TARGET_COUNT - identifiable.length - strengthOnly} are not identifiable. A count of decisions, so no interval.`,
    ]
      .filter((part) => part !== '')
      .join(' '),
  });
  findings.push({
    name: 'parameters that may be shown at the bedside',
    value: shownAtBedside.length,
    low: shownAtBedside.length,
    high: shownAtBedside.length,
    literature: null,
    n,
    sentence: [
      shownAtBedside.length > 0 ? `${inWords(shownAtBedside)}.` : 'None.',
      tier === 3
        ? 'Identifiable also without the sub-maximal levels of the ramp, whose direction rests on the assumption of least effort.'
        : '',
      differing.length > 0
        ? `The bundle's list, made on calibration people, differs in ${inWords(differing)}.`
        : "The bundle's list, made on calibration people, is the same.",
      'A count of decisions, so no interval.',
    ]
      .filter((part) => part !== '')
      .join(' '),
  });
  if (tier > 1) findings.push(strengthAloneFinding(inA, inB, identifiable, n));
  return {
    ...noFigures(),
    findings: [...findings, ...gainFindings(tier, errors, model, n)],
    tables: [verdictTable(tier, inA, inB, roots, verdicts), ...(tier === 3 ? [tiersTable(errors)] : [])],
    plots: [skillPlot(tier, errors, model)],
  };
}

/** How many would be called identifiable if grip were not asked about: why the list is stricter than decision 9. */
function strengthAloneFinding(
  inA: readonly WorldSkill[],
  inB: readonly WorldSkill[],
  identifiable: readonly string[],
  n: number,
): Finding {
  const isClear = ({ S }: WorldSkill) => (S?.low ?? 0) >= IDENTIFIABLE_SKILL;
  const names = MUSCLE_PARAMETER_TARGETS.filter((_, j) => isClear(inA[j]!) && isClear(inB[j]!)).map(
    ({ name }) => name,
  );
  const byGripAlone = names.filter((name) => !identifiable.includes(name));
  return {
    name: 'parameters that beat peak pinch alone by 0.05 in both contact models',
    value: names.length,
    low: names.length,
    high: names.length,
    literature: null,
    n,
    sentence:
      names.length === 0
        ? 'None. A count of decisions, so no interval.'
        : byGripAlone.length === 0
          ? 'All of them also beat the prior with grip by as much. A count of decisions, so no interval.'
          : `Not shown to beat the prior with grip by as much: ${byGripAlone.length} of them (${byGripAlone.join(', ')}). Grip tells general strength, which can lift also muscles that pinch does not depend on. A count of decisions, so no interval.`,
  };
}

type Gain = Pick<Finding, 'value' | 'low' | 'high'>;
const countAboveZero = (gains: readonly Gain[]): number => gains.filter(({ low }) => low > 0).length;
/** Share of 95 % intervals of no effect that lie wholly on one given side of zero. */
const ONE_SIDED_CHANCE = 0.025;

/** What the interval of one gain shows. */
export function gainWords({ low, high }: Gain): string {
  if (low > 0) return 'counts: above zero';
  return high < 0 ? 'a loss: below zero' : 'does not count: the interval reaches zero';
}

/** How many gains and losses there are, beside what chance alone would bring. */
export function gainCountSentence(gains: readonly Gain[]): string {
  const words = (count: number): string => `${count === 0 ? 'None' : count} of ${gains.length}`;
  const verb = (count: number): string => (count > 1 ? 'lie' : 'lies');
  const clear = countAboveZero(gains);
  const lost = gains.filter(({ high }) => high < 0).length;
  const expected = (ONE_SIDED_CHANCE * gains.length).toFixed(1);
  return `${words(clear)} paired 95 % intervals ${verb(clear)} above zero; about ${expected} would by chance alone if no parameter gained (2.5 % of ${gains.length}; they are not independent). ${lost === 0 ? 'None' : lost} ${verb(lost)} below zero. A count of decisions, so no interval.`;
}

/** What the measurements of this tier add to the tier before (in A). */
function gainFindings(tier: number, errors: ErrorsBySet, model: InputSet, n: number): Finding[] {
  if (tier === 1) return [];
  const before: InputSet = tier === 2 ? 'S' : 'tier-2';
  const gains = pairedSkill(errors.get(model)!, errors.get(before)!);
  const clear = countAboveZero(gains);
  return [
    ...MUSCLE_PARAMETER_TARGETS.map(({ name }, j) => ({
      name: `gain of tier ${tier} over tier ${tier - 1}, ${name}`,
      ...gains[j]!,
      literature: null,
      n,
      sentence: `Share of the squared error of tier ${tier - 1} that goes (negative: that comes on top); ${gainWords(gains[j]!)}.`,
    })),
    {
      name: `parameters that tier ${tier} improves over tier ${tier - 1}`,
      value: clear,
      low: clear,
      high: clear,
      literature: LITERATURE,
      n,
      sentence: gainCountSentence(gains),
    },
  ];
}

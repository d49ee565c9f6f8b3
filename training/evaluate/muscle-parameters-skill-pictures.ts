import type { InputSet } from '../../core/inference/muscle-parameters-columns.ts';
import { MUSCLE_PARAMETER_TARGETS } from '../dataset/muscle-parameters-targets.ts';
import {
  type ErrorsBySet,
  type Estimate,
  pairedSkill,
  rootMeanSquares,
  type Verdict,
  type WorldSkill,
} from '../fit/muscle-parameters-skill.ts';
import type { FigureTable, Plot, PlotLine } from './figures.ts';

const shown = ({ value, low, high }: Estimate): string =>
  `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;

/** RMSE, skills in both contact models and verdict of every parameter. */
export function verdictTable(
  tier: number,
  inA: readonly WorldSkill[],
  inB: readonly WorldSkill[],
  roots: readonly Estimate[],
  verdicts: readonly Verdict[],
): FigureTable {
  const priors = (['D', 'S', 'G'] as const).filter((prior) => inA[0]?.[prior] !== null);
  return {
    title: `What tier ${tier} tells of each parameter`,
    columns: [
      'parameter',
      'unit',
      'RMSE',
      ...priors.map((prior) => `skill against ${prior}, A`),
      ...priors.map((prior) => `skill against ${prior}, B`),
      'verdict',
    ],
    rows: MUSCLE_PARAMETER_TARGETS.map(({ name, unit }, j) => [
      name,
      unit,
      shown(roots[j]!),
      ...priors.map((prior) => shown(inA[j]![prior]!)),
      ...priors.map((prior) => shown(inB[j]![prior]!)),
      verdicts[j]!,
    ]),
    caption:
      'Skill: 1 - mean squared error of the model / of the same network class that sees less. D: sex, age, height, weight. S: with peak pinch. G: with grip too. Identifiable: lower 95 % bounds against S and G reach 0.05 in both contact models; in each, networks trained and tested there.',
  };
}

/** RMSE and skill against D of the three tiers on the same test people. */
export function tiersTable(errors: ErrorsBySet): FigureTable {
  const tiers = ['S', 'tier-2', 'tier-3'] as const;
  const roots = tiers.map((set) => rootMeanSquares(errors.get(set)!));
  const skills = tiers.map((set) => pairedSkill(errors.get(set)!, errors.get('D')!));
  const clear = pairedSkill(errors.get('tier-3')!, errors.get('S')!).filter(({ low }) => low > 0).length;
  return {
    title: 'The three tiers on the same test people',
    columns: [
      'parameter',
      'unit',
      ...[1, 2, 3].map((tier) => `RMSE, tier ${tier}`),
      ...[1, 2, 3].map((tier) => `skill against D, tier ${tier}`),
    ],
    rows: MUSCLE_PARAMETER_TARGETS.map(({ name, unit }, j) => [
      name,
      unit,
      ...roots.map((list) => shown(list[j]!)),
      ...skills.map((list) => shown(list[j]!)),
    ]),
    caption: `Contact model A; 95 % bootstrap intervals over people. The paired interval of tier 3 against tier 1 lies above zero for ${clear} of ${MUSCLE_PARAMETER_TARGETS.length} parameters (about ${(0.025 * MUSCLE_PARAMETER_TARGETS.length).toFixed(1)} by chance alone).`,
  };
}

/** Skill of every parameter against who the person is; for tier 3 of all tiers side by side. */
export function skillPlot(tier: number, errors: ErrorsBySet, model: InputSet): Plot {
  const sets: readonly (readonly [InputSet, string])[] =
    tier === 3
      ? [
          ['S', 'tier 1'],
          ['tier-2', 'tier 2'],
          ['tier-3', 'tier 3'],
        ]
      : [[model, `tier ${tier}`]];
  const lines = sets.map(([set, name], i): PlotLine => {
    const skills = pairedSkill(errors.get(set)!, errors.get('D')!);
    return {
      name,
      // Side by side, so that the bands of the tiers do not cover one another.
      x: skills.map((_, j) => j + 1 + 0.2 * i),
      y: skills.map(({ value }) => value),
      low: skills.map(({ low }) => low),
      high: skills.map(({ high }) => high),
    };
  });
  return {
    title: `Skill by parameter, tier ${tier}`,
    xTitle: `parameter: ${MUSCLE_PARAMETER_TARGETS.map(({ name }, j) => `${j + 1} ${name}`).join(', ')}`,
    yTitle: 'skill against sex, age and size (1)',
    kind: 'points',
    lines,
    caption:
      'Share of the squared error of the demographic prior that goes; 95 % intervals over people. Skill against this prior holds general strength, which every muscle shares: the verdicts ask for skill beyond it.',
  };
}

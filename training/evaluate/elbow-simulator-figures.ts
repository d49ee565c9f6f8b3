import { ELBOW_SIMULATION_RUNS } from '../dataset/elbow-data-set.ts';
import { elbowRow } from '../dataset/elbow-rows.ts';
import frozen from '../dataset/elbow-surrogates.frozen.json' with { type: 'json' };
import { dataHash } from '../fit/people-hash.ts';
import { surrogateCohort } from '../simulation/elbow/surrogate-recordings.ts';
import {
  enduranceTimeS,
  FLEXORS_BY_SEX,
  GENERIC_FLEXORS,
} from '../simulation/elbow/three-compartment-fatigue.ts';
import type { Check, Figures, Finding } from './figures.ts';

/** Design: endurance at half of maximum, seconds, worked from the constants of Rakshit et al. 2021; bar 5 %. */
const WORKED_S = { female: 117, male: 84 } as const;
/** Avin et al. 2010, read: mean and standard error of measured endurance at half of maximum, seconds. */
const MEASURED_S = {
  female: { mean: 112.3, standardError: 6.2 },
  male: { mean: 80.3, standardError: 5.8 },
} as const;
const ENDURANCE_BAR = 0.05;
/** Endurance that the generic constants give, worked beforehand: share of maximum -> seconds. */
const GENERIC_S = [
  [0.2, 568],
  [0.3, 295],
  [0.4, 180],
  [0.5, 117],
  [0.6, 77],
  [0.8, 29],
] as const;

/** How the model's endurance compares with a measured mean, both in seconds. */
export function enduranceSentence(
  seconds: number,
  { mean, standardError }: { mean: number; standardError: number },
): string {
  const excessS = seconds - mean;
  const errors = `${(Math.abs(excessS) / standardError).toFixed(1)} standard errors of their mean`;
  const size = Math.abs(excessS).toFixed(1);
  const comparison =
    size === '0.0'
      ? 'as long as the people measured, to a tenth of a second'
      : `${size} s ${excessS > 0 ? 'longer' : 'less long'} than the people measured (${errors})`;
  return `The model holds ${comparison}; its constants were fitted elsewhere.`;
}

const exact = (value: number) => ({ value, low: value, high: value, n: 1 });

/** The elbow simulator against what was worked out and measured elsewhere; a simulation has no sampling interval. */
export function elbowSimulatorFigures(log: (line: string) => void): Figures {
  const sexes = ['female', 'male'] as const;
  const endurance = sexes.map((sex): Check => {
    const seconds = enduranceTimeS(0.5, FLEXORS_BY_SEX[sex]);
    return {
      name: `endurance at half of maximum, ${sex}, s`,
      ...exact(seconds),
      bar: `${WORKED_S[sex]} s within 5 %`,
      ok: Math.abs(seconds / WORKED_S[sex] - 1) <= ENDURANCE_BAR,
    };
  });
  const generic = GENERIC_S.map(([level, worked]) => ({
    level,
    worked,
    seconds: enduranceTimeS(level, GENERIC_FLEXORS),
  }));
  const worst = Math.max(...generic.map(({ worked, seconds }) => Math.abs(seconds / worked - 1)));
  log('surrogate recordings against their frozen hash');
  const surrogateHash = dataHash(surrogateCohort(0).map(elbowRow));
  const isFrozen = surrogateHash === frozen.cohorts[0];
  const runCount = ELBOW_SIMULATION_RUNS.parts[0]!.count;
  const checks: Check[] = [
    ...endurance,
    {
      name: 'endurance of the generic constants at six levels, largest departure',
      ...exact(worst),
      bar: 'within 5 % of the worked table',
      ok: worst <= ENDURANCE_BAR,
      n: generic.length,
    },
    {
      name: 'simulation runs',
      ...exact(runCount),
      bar: '1,701 = 7 x 3^5 factor levels',
      ok: runCount === 7 * 3 ** 5,
      n: runCount,
    },
    {
      name: 'surrogate recordings are those that were frozen before the first transfer run',
      ...exact(isFrozen ? 1 : 0),
      bar: 'the hash of the 25 recordings is the committed one',
      ok: isFrozen,
      n: 25,
    },
  ];
  const findings = sexes.map((sex, index): Finding => {
    const seconds = endurance[index]!.value;
    return {
      name: `endurance at half of maximum, ${sex}, s`,
      ...exact(seconds),
      literature: `Avin et al. 2010: ${MEASURED_S[sex].mean} +- ${MEASURED_S[sex].standardError} s (mean and standard error)`,
      sentence: enduranceSentence(seconds, MEASURED_S[sex]),
    };
  });
  return {
    checks,
    findings,
    plots: [
      {
        title: 'Endurance of the elbow flexors by share of maximum',
        xTitle: 'share of maximum',
        yTitle: 'time to task failure (s)',
        kind: 'line',
        lines: [
          { name: 'worked table', x: generic.map((g) => g.level), y: generic.map((g) => g.worked) },
          { name: 'simulator', x: generic.map((g) => g.level), y: generic.map((g) => g.seconds) },
        ],
        caption: 'Three-compartment fatigue with the generic constants (Frey Law 2012).',
      },
    ],
    tables: [],
  };
}

import * as z from 'zod';
import { verifyBundle } from '../../core/inference/bundle.ts';
import { ACTIVATIONS, denseNetwork } from '../../core/networks/dense-network.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { conformalInterval } from '../../core/uncertainty/conformal-interval.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import { MUSCLE_PARAMETER_TARGETS } from '../dataset/muscle-parameters.ts';
import {
  ALL_COLUMNS,
  DEMOGRAPHIC_COLUMNS,
  inputRow,
  muscleParameterPeople,
  predictTargets,
} from '../fit/train-muscle-parameters.ts';
import {
  type Check,
  type Finding,
  type ModelEvaluation,
  modelFacts,
  writeEvaluation,
} from './evaluation-file.ts';
import { bundleFiles, nodeSha256 } from './read-bundle.ts';

const Numbers = z.array(z.number());
const Calibration = z.object({
  scale: z.object({ mean: Numbers, sd: Numbers }),
  intervals: z.array(
    z.object({
      alpha: z.number(),
      spreadFloor: z.number(),
      multiple: z.union([z.number(), z.literal('unbounded')]),
      count: z.int(),
    }),
  ),
  prior: z.array(
    z.array(
      z.object({
        name: z.string(),
        activation: z.enum(ACTIVATIONS),
        inputCount: z.int(),
        outputCount: z.int(),
        kernel: Numbers,
        bias: Numbers,
      }),
    ),
  ),
});

export const MUSCLE_PARAMETER_NOTES = [
  'Inputs: sex, age, height, weight and peak key pinch (tier 1).',
  'Skill is 1 - error of the model / error of the same network class without pinch, mean squares, on people neither saw. It says what pinch adds to who the person is.',
  'No parameter of this version reaches the bedside: identifiability under both contact models and against general strength has not been tested yet.',
  'Muscle strengths are derived from a model that is licensed for non-commercial use (see NOTICE).',
];
const RESAMPLES = 400;

/** Percentile interval of the skill over people: numerator and denominator are resampled together. */
function skillInterval(
  errors: readonly number[],
  priorErrors: readonly number[],
  name: string,
): [number, number] {
  const n = errors.length;
  const skills: number[] = [];
  const stream = randomStream('skill-bootstrap', name, 0);
  for (let draw = 0; draw < RESAMPLES; draw += 1) {
    let own = 0;
    let prior = 0;
    for (let i = 0; i < n; i += 1) {
      const index = stream.integer(n);
      own += errors[index] ?? 0;
      prior += priorErrors[index] ?? 0;
    }
    skills.push(1 - own / prior);
  }
  skills.sort((a, b) => a - b);
  return [
    skills[Math.floor(RESAMPLES * 0.025)] ?? Number.NaN,
    skills[Math.ceil(RESAMPLES * 0.975) - 1] ?? Number.NaN,
  ];
}

/** Measures the bundle on people it never saw. */
export async function evaluateMuscleParameters(
  folder: string,
  count: number,
  log: (line: string) => void,
): Promise<ModelEvaluation> {
  const bundle = await verifyBundle(bundleFiles(folder), nodeSha256);
  const text = bundle.files.get('calibration.json') ?? new Uint8Array();
  const calibration = Calibration.parse(JSON.parse(new TextDecoder().decode(text)));
  const prior = calibration.prior.map((layers) =>
    denseNetwork(
      layers.map((layer) => ({
        ...layer,
        kernel: Float64Array.from(layer.kernel),
        bias: Float64Array.from(layer.bias),
      })),
    ),
  );
  const people = muscleParameterPeople('test', count);
  const own = people.map((p) => predictTargets(bundle.members, inputRow(p, ALL_COLUMNS), calibration.scale));
  const base = people.map((p) => predictTargets(prior, inputRow(p, DEMOGRAPHIC_COLUMNS), calibration.scale));
  const checks: Check[] = [];
  const findings: Finding[] = [];
  // Outputs of one person hang together, so the interval of the mean runs over people.
  const coveredShare = new Float64Array(people.length);
  MUSCLE_PARAMETER_TARGETS.forEach((target, j) => {
    const truth = people.map((person) => person.targets[j] ?? 0);
    const errors = own.map((p, i) => ((p.mean[j] ?? 0) - (truth[i] ?? 0)) ** 2);
    const priorErrors = base.map((p, i) => ((p.mean[j] ?? 0) - (truth[i] ?? 0)) ** 2);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const skill = 1 - sum(errors) / sum(priorErrors);
    const [low, high] = skillInterval(errors, priorErrors, target);
    const settings = calibration.intervals[j];
    if (!settings) throw new RangeError(`no interval calibration for ${target}`);
    const covered = own.filter((p, i) => {
      const interval = conformalInterval(p.mean[j] ?? 0, p.spread[j] ?? 0, settings);
      const value = truth[i] ?? 0;
      const isCovered = interval === 'unbounded' || (value >= interval[0] && value <= interval[1]);
      if (isCovered) coveredShare[i] = (coveredShare[i] ?? 0) + 1 / MUSCLE_PARAMETER_TARGETS.length;
      return isCovered;
    }).length;
    const [coverageLow, coverageHigh] = wilsonInterval(covered, people.length);
    checks.push({
      name: `coverage of ${target}`,
      value: covered / people.length,
      low: coverageLow,
      high: coverageHigh,
      bar: '90 +- 2 %',
      ok: Math.abs(covered / people.length - 0.9) <= 0.02,
      n: people.length,
    });
    findings.push({
      name: `skill of ${target}`,
      value: skill,
      low,
      high,
      n: people.length,
      literature: null,
      sentence:
        low > 0
          ? 'Peak pinch adds to sex, age and size; whether it is this muscle or general strength is not tested yet.'
          : 'Peak pinch adds nothing that can be told from zero.',
    });
  });
  const mean = coveredShare.reduce((sum, share) => sum + share, 0) / people.length;
  const variance = coveredShare.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (people.length - 1);
  const half = 1.96 * Math.sqrt(variance / people.length);
  checks.push({
    name: 'mean coverage',
    value: mean,
    low: mean - half,
    high: mean + half,
    bar: '90 +- 1 % over all outputs',
    ok: Math.abs(mean - 0.9) <= 0.01,
    n: people.length,
  });
  const { modelId, version } = bundle.manifest;
  const evaluation: ModelEvaluation = {
    modelId,
    version,
    bundleHash: bundle.bundleHash,
    testPeople: people.length,
    checks,
    findings,
    confusion: {},
  };
  writeEvaluation(folder, evaluation, modelFacts(evaluation, bundle.manifest, MUSCLE_PARAMETER_NOTES));
  const better = findings.filter((finding) => finding.low > 0).length;
  log(`${better} of ${findings.length} parameters beat the demographic prior`);
  log(`checks: ${checks.filter((check) => check.ok === true).length} of ${checks.length} hold`);
  return evaluation;
}

import { WRIST_CLASSES } from '../../core/contract/schemas/clinical.ts';
import { loadWristStateBundle, type WristStateBundle } from '../../core/inference/bundle.ts';
import { PATTERN_KEYS, type PatternKey } from '../../core/inference/calibration-file.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { calibrationError, perfectCalibrationErrors } from '../../core/uncertainty/calibration-error.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import type { WristStatePerson } from '../dataset/wrist-state.ts';
import { labelOf, wristStatePeople } from '../fit/wrist-state-data.ts';
import {
  type Check,
  type Finding,
  type ModelEvaluation,
  modelFacts,
  writeEvaluation,
} from './evaluation-file.ts';
import { bundleFiles, nodeSha256 } from './read-bundle.ts';
import { isRefused, modelInputOf, predictor, share } from './wrist-state-inputs.ts';
import { misuseChecks, unitFindings } from './wrist-state-misuse.ts';
import { robustnessFindings, weakHandFindings } from './wrist-state-robustness.ts';

export const WRIST_STATE_NOTES = [
  'The three classes differ by construction: surgery scales wrist moment arms of a simulated hand, tuned to two published percentages of pinch (92.1 and 89.8 %, another quantity than the one tuned). How well they separate here says nothing about patients.',
  'Most of what pattern B adds rests on one assumption: wrist strength after surgery is lowered as grip is (74 and 80 %).',
  'Key pinch norms were transcribed from memory; women’s wrist strength follows a grip survey.',
  'Sets made this way hold the right class for 9 of 10 simulated people of each class; this is over people, not for one.',
  'Postures of the wrist and the force trace are not read by this version.',
  'Hands weaker than the simulated ones, as in the first months after surgery, are refused only in part; the answers that the rest get are often wrong: see the findings.',
  'Nobody with both hands affected was simulated: such a person is answered as if only one hand had been measured.',
  'Coverage is given this calibration set; it is not broken down by sex and age yet, and no simpler model was compared yet.',
  'The reference of an explanation is the mean of the nonimpaired training people in percent of expected; it is personal through sex, age and size only.',
];

/** Simulated tests of a perfectly calibrated model, for the value and the 95 % point that it would show. */
const PERFECT_REPEATS = 400;

interface PatternFigures {
  checks: Check[];
  findings: Finding[];
  confusion: number[][];
}

function patternFigures(
  bundle: WristStateBundle,
  people: readonly WristStatePerson[],
  key: PatternKey,
): PatternFigures {
  const predict = predictor(bundle);
  const rows = people.map((person) => ({
    label: labelOf(person),
    prediction: predict(modelInputOf(person, key)),
  }));
  const answered = rows.filter(({ prediction }) => !isRefused(prediction));
  const top = answered.map(({ prediction }) => {
    const probabilities = prediction.probabilities ?? [0, 0, 0];
    const confidence = Math.max(...probabilities);
    return { label: probabilities.indexOf(confidence), confidence };
  });
  const isRight = top.map(({ label }, i) => label === answered[i]?.label);
  const hits = isRight.filter(Boolean).length;
  const confidences = top.map(({ confidence }) => confidence);
  const error = calibrationError(confidences, isRight);
  const perfect = perfectCalibrationErrors(
    confidences,
    randomStream('perfect-calibration', key, 0),
    PERFECT_REPEATS,
  );
  const isJudged = answered.length >= 10_000;
  const checks: Check[] = [
    share(
      `${key}: in-range people refused`,
      rows.length - answered.length,
      rows.length,
      '<= 5 %',
      (rows.length - answered.length) / rows.length <= 0.05,
    ),
    {
      name: `${key}: calibration error`,
      value: error,
      // No interval: the statistic is biased upwards, so resampling people would shift it. The perfect model is its scale.
      low: error,
      high: error,
      bar: `<= 0.02 at n >= 10,000 answered people; a perfect model shows ${perfect.mean.toFixed(3)}, in 1 of 20 tests more than ${perfect.upper.toFixed(3)}`,
      ok: isJudged ? error <= 0.02 : null,
      n: answered.length,
    },
  ];
  WRIST_CLASSES.forEach((className, label) => {
    const own = answered.filter((row) => row.label === label);
    const covered = own.filter(({ prediction }) => prediction.predictionSet.includes(className)).length;
    checks.push(
      share(
        `${key}: coverage of ${className}`,
        covered,
        own.length,
        '90 +- 2 %, among people who were not refused',
        isJudged ? Math.abs(covered / own.length - 0.9) <= 0.02 : null,
      ),
    );
  });
  const accuracy = wilsonInterval(hits, answered.length);
  const sizes = [0, 1, 2, 3].map(
    (size) => answered.filter((r) => r.prediction.predictionSet.length === size).length,
  );
  const single = wilsonInterval(sizes[1] ?? 0, answered.length);
  const confusion = WRIST_CLASSES.map((_, label) => {
    const own = top.filter((_t, i) => answered[i]?.label === label);
    return WRIST_CLASSES.map((_c, column) => own.filter((t) => t.label === column).length / own.length);
  });
  return {
    checks,
    findings: [
      {
        name: `${key}: accuracy of the most probable class`,
        value: hits / answered.length,
        low: accuracy[0],
        high: accuracy[1],
        n: answered.length,
        literature: null,
        sentence: 'The classes differ by construction; chance is 33 %.',
      },
      {
        name: `${key}: right, refused people counted as wrong`,
        value: hits / rows.length,
        low: wilsonInterval(hits, rows.length)[0],
        high: wilsonInterval(hits, rows.length)[1],
        n: rows.length,
        literature: null,
        sentence: 'The same accuracy over everybody with two trials or more.',
      },
      ...[1, 2].flatMap((size) => {
        const own = answered.filter((row) => row.prediction.predictionSet.length === size);
        const held = own.filter((row) =>
          row.prediction.predictionSet.includes(WRIST_CLASSES[row.label] ?? 'nonimpaired'),
        );
        if (own.length === 0) return [];
        const [low, high] = wilsonInterval(held.length, own.length);
        return {
          name: `${key}: sets of ${size} that hold the right class`,
          value: held.length / own.length,
          low,
          high,
          n: own.length,
          literature: null,
          sentence: 'The promise of 9 in 10 is over all sets of a pattern, wide ones included.',
        };
      }),
      {
        name: `${key}: sets of one class`,
        value: (sizes[1] ?? 0) / answered.length,
        low: single[0],
        high: single[1],
        n: answered.length,
        literature: null,
        sentence: `Sets of 0, 1, 2, 3 classes: ${sizes.join(', ')}.`,
      },
    ],
    confusion,
  };
}

/**
 * Measures a bundle on people it never saw and writes evaluation.json and model-facts.md beside it.
 * @param count - test people; below 10,000 calibration error and coverage are reported, not judged.
 */
export async function evaluateWristState(
  folder: string,
  count: number,
  log: (line: string) => void,
): Promise<ModelEvaluation> {
  const bundle = await loadWristStateBundle(bundleFiles(folder), nodeSha256);
  const people = wristStatePeople('test', count, bundle.manifest.seed);
  const checks: Check[] = [];
  const findings: Finding[] = [];
  const confusion: ModelEvaluation['confusion'] = {};
  for (const key of PATTERN_KEYS) {
    const figures = patternFigures(bundle, people, key);
    checks.push(...figures.checks);
    findings.push(...figures.findings);
    confusion[`pattern ${key}`] = figures.confusion;
  }
  checks.push(...misuseChecks(bundle, people.slice(0, 2_000)));
  findings.push(...weakHandFindings(bundle, people.slice(0, 2_000)));
  findings.push(...unitFindings(bundle, people.slice(0, 2_000)));
  findings.push(...robustnessFindings(bundle));
  const { modelId, version } = bundle.manifest;
  const single = count - people.length;
  findings.push({
    name: 'no answer for too few trials',
    value: single / count,
    low: wilsonInterval(single, count)[0],
    high: wilsonInterval(single, count)[1],
    n: count,
    literature: null,
    sentence: 'People with one trial only: refused by the app and left out of every other row.',
  });
  const evaluation: ModelEvaluation = {
    modelId,
    version,
    bundleHash: bundle.bundleHash,
    testPeople: people.length,
    checks,
    findings,
    confusion,
  };
  writeEvaluation(folder, evaluation, modelFacts(evaluation, bundle.manifest, WRIST_STATE_NOTES));
  const missed = checks.filter((check) => check.ok === false);
  for (const finding of findings) log(`${finding.name}: ${(100 * finding.value).toFixed(1)} %`);
  const judged = checks.filter((check) => check.ok !== null);
  log(
    `checks: ${judged.length - missed.length} of ${judged.length} judged hold, ${checks.length - judged.length} not judged`,
  );
  for (const check of missed) log(`MISSED ${check.name}: ${check.value.toFixed(4)}, bar ${check.bar}`);
  return evaluation;
}

import * as z from 'zod';
import {
  classPValues,
  forcedPrediction,
  smoothedConformalP,
} from '../../../core/uncertainty/conformal-p-values.ts';
import { type ConformalThreshold, conformalRank } from '../../../core/uncertainty/conformal-rank.ts';
import {
  calibrateSets,
  calibrateSetsByClass,
  conformalSet,
  type LabelledCases,
  labelsWithin,
  ownScores,
  type SetCalibration,
  type SetOptions,
} from '../../../core/uncertainty/conformal-sets.ts';
import {
  calibrateGroups,
  type GroupThreshold,
  groupThreshold,
} from '../../../core/uncertainty/group-conditional.ts';
import { meanSetSize, setCoverage, trueLabelPosition } from '../../../core/uncertainty/set-metrics.ts';
import { isRandomisable, type SetScore, setScores } from '../../../core/uncertainty/set-scores.ts';
import { setSizeStratifiedCoverage } from '../../../core/uncertainty/set-size-coverage.ts';
import type { Comparison } from '../comparison.ts';
import { namedAnswers } from '../named-answers.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { VectorCase } from '../vector-file.ts';

const Numbers = z.array(z.number());
const Matrix = z.array(Numbers);
const Names = z.array(z.union([z.string(), z.number()]).transform(String));
const Sets = z.array(z.array(z.boolean()));

const Calibrated = z.object({
  probCal: Matrix,
  yCal: Numbers,
  uCal: Numbers.nullish(),
  probTest: Matrix,
  uTest: Numbers.nullish(),
  yTest: Numbers.nullish(),
  alpha: z.number(),
});
type Calibrated = z.output<typeof Calibrated>;
const Scored = z.object({ calScores: Numbers, testScores: Matrix });
const RapsOptions = z
  .looseObject({
    lambda: z.number().optional(),
    lam: z.number().optional(),
    penalty: z.number().optional(),
    kReg: z.int(),
  })
  .transform(({ lambda, lam, penalty, kReg }) => ({
    penalty: lambda ?? lam ?? penalty ?? Number.NaN,
    freeRank: kReg,
  }));

/** Prediction sets, p values of classes and measures of sets. */
export const run: VectorRunner = (vector) => {
  switch (vector.kind) {
    case 'split':
      return split(vector);
    case 'class_conditional':
      return classConditional(vector);
    case 'group_conditional':
      return groupConditional(vector);
    case 'p_values':
      return pValues(vector);
    case 'scores':
      return scores(vector);
    case 'metrics':
      return metrics(vector);
    case 'mapie':
      return vector.probCal === undefined ? mapieToy(vector) : mapieRandomised(vector);
    default:
      return unknownCase(vector);
  }
};

const numberOf = (threshold: ConformalThreshold | GroupThreshold): number =>
  typeof threshold === 'number' ? threshold : Number.POSITIVE_INFINITY;

const flagsOf = (labels: readonly number[], classCount: number): boolean[] =>
  Array.from({ length: classCount }, (_, label) => labels.includes(label));

const labelsOf = (flags: readonly boolean[]): number[] =>
  flags.flatMap((isIn, label) => (isIn ? [label] : []));

/** A score as the cases name it, e.g. "lac", "aps_randomised", "raps_lam0.1_k2", "topk_rank". */
function namedScore(name: unknown, vector: VectorCase): SetScore {
  const text = String(name).toLowerCase();
  const raps = /^raps_lam([\d.]+)_k(?:reg)?(\d+)/.exec(text);
  if (raps) return { kind: 'raps', penalty: Number(raps[1]), freeRank: Number(raps[2]) };
  if (/^raps/.test(text)) return { kind: 'raps', ...RapsOptions.parse(vector) };
  if (/^(lac|hinge)/.test(text)) return { kind: 'lac' };
  if (/^aps/.test(text)) return { kind: 'aps' };
  if (/^margin/.test(text)) return { kind: 'margin' };
  if (/^top_?k/.test(text)) return { kind: 'top-k' };
  return unknownCase(vector);
}

function setsOf(
  rows: readonly (readonly number[])[],
  calibration: SetCalibration,
  draws: readonly number[] | null | undefined,
  whenEmpty: SetOptions['whenEmpty'] = 'keep',
): number[][] {
  return rows.map((row, i) => {
    const draw = calibration.isRandomised ? { draw: draws?.[i] ?? 0 } : {};
    return conformalSet(row, calibration, { ...draw, whenEmpty }).labels;
  });
}

/** The calibration cases, with draws where the score takes them and either part of the vector has any. */
function casesOf(score: SetScore, { probCal, yCal, uCal, uTest }: Calibrated): LabelledCases {
  const isRandomised = isRandomisable(score) && (uCal ?? uTest ?? null) !== null;
  return {
    probabilities: probCal,
    labels: yCal,
    ...(isRandomised && { draws: uCal ?? new Float64Array(probCal.length) }),
  };
}

function split(vector: VectorCase): Comparison[] {
  const written = Calibrated.parse(vector);
  const { probCal, probTest, uTest, yTest, alpha } = written;
  const score = namedScore(vector.score, vector);
  const cases = casesOf(score, written);
  const calibration = calibrateSets(score, cases, alpha);
  const sets = setsOf(probTest, calibration, uTest);
  const flags = (of: readonly number[][]) => of.map((labels, i) => flagsOf(labels, probTest[i]!.length));
  return namedAnswers(vector, {
    calScores: () => ownScores(score, cases),
    rank: () => numberOf(conformalRank(probCal.length, alpha)),
    qhat: () => numberOf(calibration.thresholds[0]!),
    testScores: () =>
      probTest.map((row, i) => setScores(score, row, isRandomisable(score) ? (uTest?.[i] ?? 0) : 0)),
    sets: () => flags(sets),
    setSizes: () => sets.map((labels) => labels.length),
    setsForcedNonEmpty: () => flags(setsOf(probTest, calibration, uTest, 'take-top-class')),
    covered: () => yTest?.map((label, i) => setCoverage([label], [sets[i]!]) === 1),
  });
}

function classConditional(vector: VectorCase): Comparison[] {
  const written = Calibrated.parse(vector);
  const { yCal, probTest, uTest, alpha } = written;
  const score = namedScore(vector.score, vector);
  const cases = casesOf(score, written);
  const calibration = calibrateSetsByClass(score, cases, alpha);
  const own = ownScores(score, cases);
  const classes = calibration.thresholds.map((_, label) => label);
  const scoresByClass = classes.map((label) => own.filter((_, i) => yCal[i] === label));
  const byClass = (values: readonly unknown[]) =>
    Object.fromEntries(values.map((each, label) => [label, each]));
  return namedAnswers(vector, {
    calScores: () => own,
    counts: () => byClass(calibration.counts),
    qhatPerClass: () => byClass(calibration.thresholds.map(numberOf)),
    pValues: () =>
      probTest.map((row, i) =>
        classPValues(scoresByClass, setScores(score, row, isRandomisable(score) ? (uTest?.[i] ?? 0) : 0)).map(
          (p) => (p === 'never-seen' ? 1 : p),
        ),
      ),
    sets: () => setsOf(probTest, calibration, uTest).map((labels) => flagsOf(labels, classes.length)),
  });
}

function groupConditional(vector: VectorCase): Comparison[] {
  const { calScores, testScores } = Scored.parse(vector);
  const { groupCal, groupTest, alpha } = z
    .object({ groupCal: Names, groupTest: Names, alpha: z.number() })
    .parse(vector);
  const calibration = calibrateGroups(calScores, groupCal, alpha);
  // A case may also list the groups that no calibration case was in.
  const groupsOf = (key: string) => [...calibration.counts.keys(), ...Object.keys(Object(vector[key]))];
  return namedAnswers(vector, {
    qhatPerGroup: () =>
      Object.fromEntries(
        groupsOf('qhatPerGroup').map((group) => [group, numberOf(groupThreshold(calibration, group))]),
      ),
    counts: () =>
      Object.fromEntries(groupsOf('counts').map((group) => [group, calibration.counts.get(group) ?? 0])),
    sets: () =>
      testScores.map((row, i) =>
        flagsOf(labelsWithin(row, groupThreshold(calibration, groupTest[i]!)), row.length),
      ),
  });
}

function pValues(vector: VectorCase): Comparison[] {
  const { calScores, testScores } = Scored.parse(vector);
  const theta = vector.theta === undefined ? null : Matrix.parse(vector.theta);
  const plain = testScores.map((row) =>
    classPValues(
      row.map(() => calScores),
      row,
    ).map((p) => (p === 'never-seen' ? 1 : p)),
  );
  const predictions = plain.map((row) => forcedPrediction(row));
  return namedAnswers(vector, {
    pValues: () => plain,
    pValuesSmoothed: () =>
      theta?.map((draws, i) =>
        draws.map((draw, label) => smoothedConformalP(calScores, testScores[i]![label]!, draw)),
      ),
    credibility: () => predictions.map(({ credibility }) => credibility),
    confidence: () => predictions.map(({ confidence }) => confidence),
    predicted: () => predictions.map(({ label }) => label),
  });
}

/** Scores of all classes, by the name of the score: "apsAll", "hinge", "margin", "lacAll" and so on. */
function scores(vector: VectorCase): Comparison[] {
  const prob = Matrix.parse(vector.prob);
  const draws = vector.u === undefined || vector.u === null ? null : Numbers.parse(vector.u);
  const named = Object.keys(vector).filter((key) => /^(aps|raps|lac|hinge|margin|top_?k)/i.test(key));
  const answers = named.map((key) => {
    const score = namedScore(key, vector);
    const isRandomised = score.kind === 'aps' || score.kind === 'raps';
    return [key, () => prob.map((row, i) => setScores(score, row, isRandomised ? (draws?.[i] ?? 0) : 0))];
  });
  return namedAnswers(vector, Object.fromEntries(answers));
}

function metrics(vector: VectorCase): Comparison[] {
  if (vector.prob !== undefined) {
    const y = Numbers.parse(vector.y);
    const prob = Matrix.parse(vector.prob);
    return namedAnswers(vector, { position: () => y.map((label, i) => trueLabelPosition(prob[i]!, label)) });
  }
  const flags = Sets.parse(vector.sets);
  const sets = flags.map(labelsOf);
  const found = namedAnswers(vector, { meanSize: () => meanSetSize(sets) });
  if (vector.y === undefined) return found;
  const y = Numbers.parse(vector.y);
  found.push(...namedAnswers(vector, { coverage: () => setCoverage(y, sets) }));
  if (!('coverages' in vector)) return found;
  const bins = z.int().nullish().parse(vector.numBins) ?? undefined;
  const bySize = setSizeStratifiedCoverage(y, sets, flags[0]!.length, bins);
  return [
    ...found,
    ...namedAnswers(vector, {
      // The cases write a size that no set has as NaN.
      coverages: () => bySize.strata.map(({ coverage }) => coverage ?? Number.NaN),
      score: () => bySize.smallest,
    }),
  ];
}

/** Randomised cumulative scores of MAPIE's own test: the score and the rank are ours, its rule for the sets is not. */
function mapieRandomised(vector: VectorCase): Comparison[] {
  const written = Calibrated.parse(vector);
  const { probCal, probTest, uTest, alpha } = written;
  const score: SetScore = vector.score === undefined ? { kind: 'aps' } : namedScore(vector.score, vector);
  const cases = casesOf(score, written);
  const calibration = calibrateSets(score, cases, alpha);
  return namedAnswers(vector, {
    calScores: () => ownScores(score, cases),
    expectedRank: () => numberOf(conformalRank(probCal.length, alpha)),
    expectedQuantileByRank: () => numberOf(calibration.thresholds[0]!),
    setsByScoreLeQ: () =>
      setsOf(probTest, calibration, uTest).map((labels, i) => flagsOf(labels, probTest[i]!.length)),
  });
}

/**
 * MAPIE's toy data, calibration cases being the test cases too. Its quantile is one rank too high, so its sets are not
 * ours; what they cover is, and so is what the definition gives where the case says it.
 */
function mapieToy(vector: VectorCase): Comparison[] {
  const prob = Matrix.parse(vector.prob);
  const y = Numbers.parse(vector.y);
  const alpha = z.number().parse(vector.alpha);
  const theirs = Sets.parse(vector.mapieSets).map(labelsOf);
  const found: Comparison[] = namedAnswers(vector, { mapieCoverage: () => setCoverage(y, theirs) });
  const scoresKey = Object.keys(vector).find((key) => /^scores./.test(key));
  if (scoresKey) {
    const score = namedScore(scoresKey.slice('scores'.length), vector);
    const cases = { probabilities: prob, labels: y };
    const calibration = calibrateSets(score, cases, alpha);
    found.push(
      ...namedAnswers(vector, {
        [scoresKey]: () => ownScores(score, cases),
        expectedRank: () => numberOf(conformalRank(prob.length, alpha)),
        expectedQhat: () => numberOf(calibration.thresholds[0]!),
        expectedSets: () =>
          setsOf(prob, calibration, null).map((labels, i) => flagsOf(labels, prob[i]!.length)),
      }),
    );
  }
  // Its threshold counts ranks from 0; our rule at that threshold gives its sets.
  if (vector.name.endsWith('/top_k')) {
    const threshold = z.number().parse(vector.mapieQuantile) + 1;
    found.push({
      what: 'mapieSets at its own threshold',
      expected: vector.mapieSets,
      actual: prob.map((row) =>
        flagsOf(labelsWithin(setScores({ kind: 'top-k' }, row), threshold), row.length),
      ),
    });
  }
  return found;
}

import * as z from 'zod';
import type { InputGroup } from '../../../core/explain/attribution.ts';
import {
  areaOverPerturbationCurve,
  deletionCurve,
  insertionCurve,
  leastRelevantFirst,
  mostRelevantFirst,
} from '../../../core/explain/deletion-curve.ts';
import {
  faithfulnessCorrelation,
  faithfulnessEstimate,
  sensitivityN,
} from '../../../core/explain/faithfulness-correlation.ts';
import { infidelityOf, localInfidelity } from '../../../core/explain/infidelity.ts';
import { attributionSensitivity, noisePerturbations } from '../../../core/explain/max-sensitivity.ts';
import { monotonicity } from '../../../core/explain/monotonicity.ts';
import type { RemovalQuestion } from '../../../core/explain/removal-question.ts';
import { topGroupsWorth } from '../../../core/explain/sufficiency.ts';
import { softmax } from '../../../core/networks/ensemble-forward.ts';
import { forwardNetwork } from '../../../core/networks/forward-network.ts';
import { caseRows } from '../case-rows.ts';
import type { Comparison } from '../comparison.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { VectorCase, VectorFile } from '../vector-file.ts';
import { writtenFunction } from '../written-function.ts';
import { flatNumbers, writtenNetwork } from '../written-network.ts';

const Numbers = z.array(z.number());
const LOGIT = ['logit', 'logits', 'value'] as const;
const PROBABILITY = ['softmax probability', 'softmax_probability', 'softmax', 'probability', 'prob'] as const;
const OutputKind = z
  .enum(LOGIT)
  .transform(() => 'logit' as const)
  .or(z.enum(PROBABILITY).transform(() => 'probability' as const));

/** Curves, correlations over subsets and analytic anchors; by their `kind`, or by their keys without one. */
export const run: VectorRunner = (vector, file) => {
  if ('attributionPerUnit' in vector) return curves(vector, file);
  if ('subsets' in vector && 'net' in vector) return correlations(vector, file);
  if ('subsets' in vector && 'function' in vector) return linearAnchor(vector);
  if ('attributionDotPerturbation' in vector) return infidelityAnchor(vector);
  if ('function' in vector && /sensitivity/i.test(`${vector.name} ${vector.provenance}`)) {
    return sensitivityAnchor(vector);
  }
  if ('function' in vector && /infidelity/i.test(`${vector.name} ${vector.provenance}`)) {
    return slopeInfidelityAnchor(vector);
  }
  return unknownCase(vector);
};

/** Only the quantities that the case names. */
function named(vector: VectorCase, answers: Readonly<Record<string, unknown>>): Comparison[] {
  return Object.entries(answers)
    .filter(([what]) => what in vector)
    .map(([what, actual]) => ({ what, expected: vector[what], actual }));
}

/** Input columns of each unit; every column is a unit of its own when the case lists none. */
function unitGroups(units: readonly number[], unitCount: number): InputGroup[] {
  return Array.from({ length: unitCount }, (_, unit) => ({
    name: `unit ${unit}`,
    columns: units.flatMap((of, column) => (of === unit ? [column] : [])),
  }));
}

function questionOf(vector: VectorCase, file: VectorFile, unitCount: number): RemovalQuestion {
  const network = writtenNetwork(file.nets[z.string().parse(vector.net)]);
  const target = z.int().parse(vector.target);
  const kind = OutputKind.parse(vector.outputKind ?? 'logit');
  const row = flatNumbers(vector.input);
  const units = Numbers.parse(vector.units ?? [...row.keys()]);
  return {
    explained: {
      inputCount: network.inputCount,
      valueOf: (input) => {
        const { output } = forwardNetwork(network, input);
        return (kind === 'logit' ? output : softmax(output))[target]!;
      },
    },
    row,
    reference: { name: 'baseline', row: flatNumbers(vector.baseline) },
    groups: unitGroups(units, unitCount),
  };
}

function curves(vector: VectorCase, file: VectorFile): Comparison[] {
  const values = Numbers.parse(vector.attributionPerUnit);
  const question = questionOf(vector, file, values.length);
  const step = z.int().default(1).parse(vector.step);
  const order = mostRelevantFirst(values);
  const deletion = deletionCurve(question, order, step);
  const insertion = insertionCurve(question, order, step);
  const least = deletionCurve(question, leastRelevantFirst(values), step);
  return named(vector, {
    order,
    deletion: deletion.outputs,
    insertion: insertion.outputs,
    leastRelevantFirst: least.outputs,
    deletionAuc: deletion.area,
    insertionAuc: insertion.area,
    aopc: areaOverPerturbationCurve(deletion.outputs),
    areaBetweenMoRFandLeRF: least.area - deletion.area,
  });
}

function correlations(vector: VectorCase, file: VectorFile): Comparison[] {
  const values = Numbers.parse(vector.attribution);
  const question = questionOf(vector, file, values.length);
  const over = faithfulnessCorrelation(question, values, z.array(Numbers).parse(vector.subsets));
  const alone = faithfulnessEstimate(question, values);
  const back = monotonicity(question, values);
  const found = named(vector, {
    attributionSums: over.attributionSums,
    outputDrops: over.outputDrops,
    faithfulnessCorrelation: over.pearson ?? Number.NaN,
    singleDrops: alone.outputDrops,
    faithfulnessEstimatePearson: alone.pearson ?? Number.NaN,
    faithfulnessEstimateSpearman: alone.spearman ?? Number.NaN,
    monotonicitySequence: back.outputs,
    monotonic: back.isMonotonic,
  });
  if ('sensitivityN' in vector) {
    const { n } = z.looseObject({ n: z.int() }).parse(vector.sensitivityN);
    const pearson = sensitivityN(question, values, n).pearson ?? Number.NaN;
    found.push({ what: 'sensitivityN', expected: vector.sensitivityN, actual: { n, pearson } });
  }
  if ('perturbations' in vector) {
    const perturbations = z.array(z.unknown()).parse(vector.perturbations).map(flatNumbers);
    // Contributions over the input: the slopes of a piecewise linear network (infidelityNote).
    const slopes = question.row.map((x, i) => (x === 0 ? 0 : values[i]! / x));
    const { infidelity } = localInfidelity(question.explained, question.row, slopes, perturbations);
    found.push(...named(vector, { infidelityOfGradientForm: infidelity }));
  }
  for (const key of Object.keys(vector)) {
    const [, kind, k] = /^(comprehensiveness|sufficiency)Top(\d+)$/.exec(key) ?? [];
    if (kind !== 'comprehensiveness' && kind !== 'sufficiency') continue;
    found.push(...named(vector, { [key]: topGroupsWorth(question, values, Number(k))[kind] }));
  }
  return found;
}

/** A linear function and its own contributions: everything is perfect. */
function linearAnchor(vector: VectorCase): Comparison[] {
  const row = flatNumbers(vector.input);
  const baseline = flatNumbers(vector.baseline);
  const explained = writtenFunction(z.string().parse(vector.function), row.length);
  const values = flatNumbers(vector.attribution);
  const slopes = explained.gradientOf(row);
  const distance = row.map((x, i) => x - baseline[i]!);
  const groups = unitGroups([...row.keys()], row.length);
  const question = { explained, row, reference: { name: 'baseline', row: baseline }, groups };
  const subsets = z.array(Numbers).parse(vector.subsets);
  const over = faithfulnessCorrelation(question, values, subsets);
  const order = mostRelevantFirst(values);
  const promised = values.reduce((sum, value) => sum + value, 0);
  return named(vector, {
    attribution: slopes.map((slope, i) => slope * distance[i]!),
    outputDrops: over.outputDrops,
    faithfulnessCorrelation: over.pearson ?? Number.NaN,
    // To take a subset out is to subtract its distance from the baseline.
    infidelity: localInfidelity(
      explained,
      row,
      slopes,
      subsets.map((subset) => distance.map((each, i) => (subset.includes(i) ? each : 0))),
    ).infidelity,
    completenessGap: explained.valueOf(row) - explained.valueOf(baseline) - promised,
    deletionOrder: order,
    deletion: deletionCurve(question, order).outputs,
  });
}

function infidelityAnchor(vector: VectorCase): Comparison[] {
  const promised = Numbers.parse(vector.attributionDotPerturbation);
  const observed = Numbers.parse(vector.outputDifference);
  const { infidelity, beta, normalisedInfidelity } = infidelityOf(promised, observed);
  const found = named(vector, {
    beta: beta ?? Number.NaN,
    infidelity,
    normalisedInfidelity: normalisedInfidelity ?? Number.NaN,
  });
  if ('invariant' in vector) {
    for (const factor of [7, -0.25]) {
      const scaled = infidelityOf(
        promised.map((each) => factor * each),
        observed,
      );
      found.push({
        what: `normalised infidelity of values times ${factor}`,
        expected: vector.normalisedInfidelity,
        actual: scaled.normalisedInfidelity,
      });
    }
  }
  return found;
}

/** A written function, the rows it is looked at, and small perturbations of the length that the case names. */
function neighbourhoodOf(vector: VectorCase) {
  const rows = caseRows(vector.input, [0]);
  const explained = writtenFunction(z.string().parse(vector.function), rows[0]!.length);
  const radius = Number(/radius ([0-9.]*[0-9])/.exec(String(vector.provenance))?.[1] ?? 0.02);
  const ones = new Float64Array(explained.inputCount).fill(1);
  const perturbations = noisePerturbations(ones, 20, vector.name).map((direction) =>
    direction.map((each) => (radius * each) / Math.hypot(...direction)),
  );
  return { rows, explained, perturbations };
}

/** One number, or one a row, as the case writes it. */
const asWritten = (vector: VectorCase, perRow: readonly number[]) =>
  Array.isArray(vector.expected) ? perRow : Math.max(...perRow);

/** Largest change of the slopes within a small ball. */
function sensitivityAnchor(vector: VectorCase): Comparison[] {
  const { rows, explained, perturbations } = neighbourhoodOf(vector);
  const perRow = rows.map(
    (row) => attributionSensitivity(explained.gradientOf, row, perturbations).maxSensitivity,
  );
  return named(vector, { expected: asWritten(vector, perRow) });
}

/** Infidelity of the slopes within a small ball. */
function slopeInfidelityAnchor(vector: VectorCase): Comparison[] {
  const { rows, explained, perturbations } = neighbourhoodOf(vector);
  const perRow = rows.map(
    (row) => localInfidelity(explained, row, explained.gradientOf(row), perturbations).infidelity,
  );
  return named(vector, { expected: asWritten(vector, perRow) });
}

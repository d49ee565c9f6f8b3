import type { AttributionMethod } from '../../../core/explain/attribution.ts';
import { attributionSimilarity } from '../../../core/explain/attribution-similarity.ts';
import { EXPLAINERS, type Explainer } from '../../../core/explain/explainers.ts';
import type { ExplainedPrediction } from '../../../core/inference/explained-prediction.ts';
import type { Figures, Finding } from '../figures.ts';
import { deletionTest } from './deletion-test.ts';
import { EXPLAINED_PEOPLE } from './explained-people.ts';
import {
  type ExplainedPerson,
  explainedPerson,
  type PersonQuality,
  personQuality,
  RANDOM_ORDERS,
  REPEATED,
} from './explanation-quality.ts';
import { type MeanOfFew, meanOfFew } from './mean-of-few.ts';
import { chanceCorrelation, present, qualityChecks } from './quality-checks.ts';

/** The method that the app shows: its bars must hold. */
const SHOWN: AttributionMethod = 'exact-shapley';
/** Compared in the methods lab alone: two only repeat what they estimate, and LIME asks the networks most often of all. */
const SAMPLED: readonly AttributionMethod[] = ['sampled-shapley', 'kernel-shapley', 'lime'];
/** People whose explanations are measured: a dozen runs of nine methods each, and an LSTM of five members is slow. */
const PEOPLE: Readonly<Record<string, number>> = { 'elbow-torque-fatigue': 12 };
const OTHER_PEOPLE = 24;

/** One explainer over all people, or why it cannot explain this network. */
export type MethodQuality = { explainer: Explainer } & (
  | { people: readonly PersonQuality[] }
  | { refusedBecause: string }
);

/** Measures every explainer on a bundle. @param count - people; as many as the command has time for if not said. */
export async function explanationFigures(
  modelId: string,
  folder: string,
  log: (line: string) => void,
  count = PEOPLE[modelId] ?? OTHER_PEOPLE,
): Promise<Figures> {
  const ask = EXPLAINED_PEOPLE[modelId];
  if (!ask) throw new Error(`nothing says how the predictions of ${modelId} are explained`);
  const predictions = await ask(folder, count);
  const people = predictions.map((prediction, subject) =>
    explainedPerson(prediction, unitsOf(prediction), subject),
  );
  const methods = EXPLAINERS.filter(({ method }) => !SAMPLED.includes(method)).map((explainer) =>
    methodQuality(explainer, people),
  );
  log(`explanations of ${people.length} people by ${methods.length} methods`);
  return qualityFigures(people, methods);
}

/** A recording is spoken of in time bands, unless it stands beside measurements. */
const unitsOf = ({ bands, groups, modelId }: ExplainedPrediction) =>
  bands && modelId === 'elbow-torque-fatigue' ? bands : groups;

function methodQuality(explainer: Explainer, people: readonly ExplainedPerson[]): MethodQuality {
  try {
    return { explainer, people: people.map((person) => personQuality(explainer, person)) };
  } catch (cause) {
    // Only "this layer has no rule".
    if (!(cause instanceof Error && 'layer' in cause)) throw cause;
    return { explainer, refusedBecause: cause.message };
  }
}

/** Checks of the method that is shown, findings on it, and every method in one table. */
export function qualityFigures(
  people: readonly ExplainedPerson[],
  methods: readonly MethodQuality[],
): Figures {
  const shown = methods.find(({ explainer }) => explainer.method === SHOWN);
  if (!shown || !('people' in shown)) throw new Error(`${SHOWN} explains every model`);
  const { asked, reference } = people[0]!.prediction;
  const what = `${people.length} test people; explained: ${asked.includes(' rather than ') ? 'the most probable class rather than the next' : asked}; compared with ${reference.name}.`;
  const counts = [...new Set(people.map(({ units }) => units.length))].sort((a, b) => a - b);
  return {
    checks: qualityChecks(people, shown.people),
    findings: findingsOf(people, methods, what),
    plots: [],
    tables: [
      {
        title: 'Quality of explanations',
        columns: [
          'method',
          'left over of what is explained',
          `deletion gain over random orders (p of ${RANDOM_ORDERS + 1})`,
          `change when measured again (${REPEATED} times)`,
          'rank correlation, all layers drawn anew',
          'cosine, last layer drawn anew',
          'relevance in the planted unit',
          'spread over the units (entropy, nats)',
          'units for 80 %',
        ],
        rows: [[...GOOD_ROW], ...methods.map((method) => tableRow(people, method))],
        caption: `${what} The first row says which way is good; no column decides alone. Means with 95 % intervals over people (Student), and n where somebody is missing. Chance: ${counts
          .map(
            (n) =>
              `${n} units ${(1 / n).toFixed(2)} in the planted one, rank correlation ${chanceCorrelation(n).toFixed(2)}`,
          )
          .join('; ')}. Layer-wise relevance is measured here and switched off in the app.`,
      },
    ],
  };
}

/** What the shown method gains, how firm it is, and how alike a gradient method is. */
function findingsOf(
  people: readonly ExplainedPerson[],
  methods: readonly MethodQuality[],
  what: string,
): Finding[] {
  const measured = new Map(
    methods.flatMap((each) => ('people' in each ? [[each.explainer.method, each.people] as const] : [])),
  );
  const exact = measured.get(SHOWN)!;
  const findings: Finding[] = [];
  const add = (name: string, mean: MeanOfFew | null, sentence: string) => {
    if (mean) findings.push({ ...mean, name: `explanations: ${name}`, literature: null, sentence });
  };
  add(
    `deletion gain over random orders, ${people[0]!.prediction.unit}`,
    meanOfFew(deletionTest(people, exact).gains),
    `Exact Shapley values. ${what}`,
  );
  add(
    'relative change when measured again',
    meanOfFew(exact.map(({ averageSensitivity }) => averageSensitivity)),
    `Exact Shapley values under the noise of the devices, mean of ${REPEATED} repeated measurements a person; the change is of the whole map. The gate asks another question: whether answer and strongest measurement stay.`,
  );
  const gradient = measured.get('integrated-gradients');
  if (!gradient) return findings;
  const alike = exact.map(({ values }, i) => attributionSimilarity(values, gradient[i]!.values));
  const signs = meanOfFew(alike.map(({ signAgreement }) => signAgreement));
  add(
    'rank correlation of integrated gradients with exact Shapley values',
    meanOfFew(present(alike.map(({ spearman }) => spearman))),
    `A gradient method beside a perturbation method; the same sign in ${(100 * (signs?.value ?? 0)).toFixed(0)} % of the units.`,
  );
  return findings;
}

/** Above this share of what is explained a method that should add up does not. */
const LEFT_OVER = 0.01;
/** Smaller shares than this are rounding. */
const ROUNDING = 1e-9;
/** Smaller shares than this are no number that a reader compares. */
const TINY = 1e-4;

/** Which way is good, column by column. */
const GOOD_ROW: readonly string[] = [
  'good is',
  'none',
  'high',
  'low',
  'near chance',
  'low',
  'high',
  'no good or bad: low is easier to read',
  'no good or bad: low is easier to read',
];

/**
 * What a method leaves unsaid, in words: the largest share, and how many people have more than 1 %.
 * @param gaps - shares of what is explained, one a person, 0 or more; at least one.
 */
export function leftOverText(gaps: readonly number[]): string {
  const largest = Math.max(...gaps);
  if (largest < ROUNDING) return 'none';
  if (largest < TINY) return `largest below ${100 * TINY} %`;
  const above = gaps.filter((gap) => gap > LEFT_OVER).length;
  const who = above === 0 ? 'nobody' : above === 1 ? '1 person' : `${above} people`;
  return `largest ${Number((100 * largest).toPrecision(2))} %, in ${who} above ${100 * LEFT_OVER} %`;
}

function tableRow(people: readonly ExplainedPerson[], method: MethodQuality): (string | number)[] {
  const { title, isSigned } = method.explainer;
  if ('refusedBecause' in method) return [title, method.refusedBecause, '', '', '', '', '', '', ''];
  const qualities = method.people;
  const mean = (of: (quality: PersonQuality) => number | null, digits = 2) => {
    const found = meanOfFew(present(qualities.map(of)));
    if (!found) return '-';
    const text = `${found.value.toFixed(digits)} (${found.low.toFixed(digits)} to ${found.high.toFixed(digits)})`;
    return found.n === people.length ? text : `${text}, n ${found.n}`;
  };
  const gaps = present(qualities.map(({ completenessGap }) => completenessGap));
  const { gains, p } = deletionTest(people, qualities);
  const gain = meanOfFew(gains);
  return [
    title,
    gaps.length === 0 ? '-' : leftOverText(gaps),
    // Sizes have no direction, so "most in favour first" is no order of theirs.
    isSigned && gain
      ? `${gain.value.toPrecision(2)} (${gain.low.toPrecision(2)} to ${gain.high.toPrecision(2)}), p ${p.toFixed(3)}`
      : '-',
    mean(({ averageSensitivity }) => averageSensitivity),
    mean(({ allLayersSpearman }) => allLayersSpearman),
    mean(({ lastLayerCosine }) => lastLayerCosine),
    mean(({ plantedMass }) => plantedMass),
    mean(({ entropy }) => entropy),
    mean(({ unitsForMass }) => unitsForMass, 1),
  ];
}

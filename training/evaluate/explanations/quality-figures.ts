import type { AttributionMethod } from '../../../core/explain/attribution.ts';
import { attributionSimilarity } from '../../../core/explain/attribution-similarity.ts';
import { EXPLAINERS, type Explainer } from '../../../core/explain/explainers.ts';
import { GATE_LIMITS } from '../../../core/explain/gate.ts';
import type { ExplainedPrediction } from '../../../core/inference/explained-prediction.ts';
import { bootstrapMean, type MeanInterval } from '../comparators/bootstrap-mean.ts';
import type { Check, Figures, Finding } from '../figures.ts';
import { EXPLAINED_PEOPLE } from './explained-people.ts';
import {
  type ExplainedPerson,
  explainedPerson,
  type PersonQuality,
  personQuality,
  RANDOM_ORDERS,
} from './explanation-quality.ts';

/** The method that the app shows: its bars must hold. */
const SHOWN: AttributionMethod = 'exact-shapley';
/** Compared in the methods lab; here they would only repeat what they estimate. */
const ESTIMATES: readonly AttributionMethod[] = ['sampled-shapley', 'kernel-shapley'];
/** People whose explanations are measured: seven runs of nine methods each, and an LSTM of five members is slow. */
const PEOPLE: Readonly<Record<string, number>> = { 'elbow-torque-fatigue': 12 };
const OTHER_PEOPLE = 24;
/** Three times chance is no more than everything for fewer units. */
const PLANTED_UNITS = 6;
const PLANTED_FACTOR = 3;
const RANDOMISED_LIMIT = 0.5;
const P_LIMIT = 0.05;

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
  const methods = EXPLAINERS.filter(({ method }) => !ESTIMATES.includes(method)).map((explainer) =>
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

/** Checks of the method that is shown, findings on all, one table. */
export function qualityFigures(
  people: readonly ExplainedPerson[],
  methods: readonly MethodQuality[],
): Figures {
  const shown = methods.find(({ explainer }) => explainer.method === SHOWN);
  if (!shown || !('people' in shown)) throw new Error(`${SHOWN} explains every model`);
  const asked = people[0]!.prediction.asked;
  const what = `${people.length} test people; explained: ${asked.includes(' rather than ') ? 'the most probable class rather than the next' : asked}; compared with ${people[0]!.prediction.reference.name}.`;
  return {
    checks: checksOf(people, shown.people),
    findings: findingsOf(people, methods, what),
    plots: [],
    tables: [
      {
        title: 'Quality of explanations',
        columns: [
          'method',
          'completeness gap, largest',
          `deletion gain over random orders (p of ${RANDOM_ORDERS})`,
          'max-sensitivity under device noise',
          'rank correlation, all layers drawn anew',
          'cosine, last layer drawn anew',
          `mass in the planted unit (chance ${chanceOf(people).toFixed(2)})`,
          'entropy, nats',
          'units for 80 %',
        ],
        rows: methods.map((method) => tableRow(people, method)),
        caption: `${what} Layer-wise relevance is measured here and switched off in the app.`,
      },
    ],
  };
}

const chanceOf = (people: readonly ExplainedPerson[]) =>
  people.reduce((sum, { units }) => sum + 1 / units.length, 0) / people.length;

/** Permutation test over people: how often do random orders, one a person, remove as well on average? */
export function deletionTest(
  people: readonly ExplainedPerson[],
  qualities: readonly PersonQuality[],
): { gains: number[]; p: number } {
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const own = meanOf(qualities.map(({ deletionArea }) => deletionArea));
  const random = Array.from({ length: RANDOM_ORDERS }, (_, draw) =>
    meanOf(people.map(({ randomAreas }) => randomAreas[draw]!)),
  );
  // Rounding of sums of the same numbers in another order is no better order.
  const asGood = random.filter((area) => area <= own + 1e-12 * Math.max(1, Math.abs(own))).length;
  return {
    gains: people.map(({ randomAreas }, i) => meanOf(randomAreas) - qualities[i]!.deletionArea),
    p: (asGood + 1) / (RANDOM_ORDERS + 1),
  };
}

const present = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

function checksOf(people: readonly ExplainedPerson[], shown: readonly PersonQuality[]): Check[] {
  const n = people.length;
  const gap = Math.max(...present(shown.map(({ completenessGap }) => completenessGap)));
  const unitCount = people[0]!.units.length;
  const { p } = deletionTest(people, shown);
  const spearman = present(shown.map(({ allLayersSpearman }) => allLayersSpearman));
  const randomised = spearman.length > 0 ? bootstrapMean(spearman, 'randomised') : null;
  const mass = bootstrapMean(
    shown.map(({ plantedMass }) => plantedMass),
    'planted',
  );
  const bar = PLANTED_FACTOR * chanceOf(people);
  return [
    {
      name: 'explanations: completeness gap, largest',
      value: gap,
      low: gap,
      high: gap,
      bar: `at most ${GATE_LIMITS.completenessGap}`,
      ok: gap <= GATE_LIMITS.completenessGap,
      n,
    },
    {
      name: 'explanations: chance that random orders delete as well',
      value: p,
      low: p,
      high: p,
      bar:
        unitCount > 1
          ? `below ${P_LIMIT}: permutation test over people`
          : 'not judged: one measurement has one order',
      ok: unitCount > 1 ? p < P_LIMIT : null,
      n,
    },
    {
      name: 'explanations: mean |rank correlation| to networks with every layer drawn anew',
      ...(randomised ?? { value: 0, low: 0, high: 0 }),
      bar:
        randomised && unitCount >= PLANTED_UNITS
          ? `below ${RANDOMISED_LIMIT}`
          : `not judged: ${unitCount} units have too few orders`,
      ok: randomised && unitCount >= PLANTED_UNITS ? randomised.value < RANDOMISED_LIMIT : null,
      n: spearman.length,
    },
    {
      name: 'explanations: relevance in the one unit that says anything',
      ...mass,
      bar:
        unitCount >= PLANTED_UNITS
          ? `above ${bar.toFixed(2)}: three times chance`
          : `not judged: three times chance is nearly everything for ${unitCount} units`,
      ok: unitCount >= PLANTED_UNITS ? mass.value > bar : null,
    },
  ];
}

/** How alike a gradient method and a perturbation method are, and what the shown one gains. */
function findingsOf(
  people: readonly ExplainedPerson[],
  methods: readonly MethodQuality[],
  what: string,
): Finding[] {
  const measured = new Map(
    methods.flatMap((each) => ('people' in each ? [[each.explainer.method, each.people] as const] : [])),
  );
  const exact = measured.get(SHOWN)!;
  const gradient = measured.get('integrated-gradients');
  const gain = bootstrapMean(deletionTest(people, exact).gains, 'deletion-gain');
  const sensitivity = bootstrapMean(
    exact.map(({ maxSensitivity }) => maxSensitivity),
    'sensitivity',
  );
  const findings: Finding[] = [
    {
      ...gain,
      name: `explanations: deletion gain over random orders, ${people[0]!.prediction.unit}`,
      literature: null,
      sentence: `Exact Shapley values. ${what}`,
    },
    {
      ...sensitivity,
      name: 'explanations: largest relative change when measured again',
      literature: null,
      sentence:
        'Exact Shapley values under the noise of the devices, 3 repeated measurements a person; the change is of the whole map. The gate asks another question before an explanation is shown: whether the strongest measurement keeps its place.',
    },
  ];
  if (!gradient) return findings;
  const alike = exact.map(({ values }, i) => attributionSimilarity(values, gradient[i]!.values));
  const ranks = present(alike.map(({ spearman }) => spearman));
  if (ranks.length === 0) return findings;
  findings.push({
    ...bootstrapMean(ranks, 'families'),
    name: 'explanations: rank correlation of integrated gradients with exact Shapley values',
    literature: null,
    sentence: `A gradient method beside a perturbation method; the same sign in ${percent(
      bootstrapMean(
        alike.map(({ signAgreement }) => signAgreement),
        'signs',
      ),
    )} of the units.`,
  });
  return findings;
}

const percent = ({ value }: MeanInterval) => `${(100 * value).toFixed(0)} %`;

function tableRow(people: readonly ExplainedPerson[], method: MethodQuality): (string | number)[] {
  const { title } = method.explainer;
  if ('refusedBecause' in method) return [title, method.refusedBecause, '', '', '', '', '', '', ''];
  const qualities = method.people;
  const { gains, p } = deletionTest(people, qualities);
  const mean = (name: string, of: (quality: PersonQuality) => number | null, digits = 2) => {
    const values = present(qualities.map(of));
    if (values.length === 0) return '-';
    const { value, low, high } = bootstrapMean(values, `${method.explainer.method}/${name}`);
    return `${value.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
  };
  const gaps = present(qualities.map(({ completenessGap }) => completenessGap));
  const gain = bootstrapMean(gains, `${method.explainer.method}/gain`);
  return [
    title,
    gaps.length === 0 ? '-' : Math.max(...gaps).toExponential(1),
    `${gain.value.toPrecision(2)} (${gain.low.toPrecision(2)} to ${gain.high.toPrecision(2)}), p ${p.toFixed(3)}`,
    mean('sensitivity', ({ maxSensitivity }) => maxSensitivity),
    mean('all', ({ allLayersSpearman }) => allLayersSpearman),
    mean('last', ({ lastLayerCosine }) => lastLayerCosine),
    mean('mass', ({ plantedMass }) => plantedMass),
    mean('entropy', ({ entropy }) => entropy),
    mean('units', ({ unitsForMass }) => unitsForMass, 1),
  ];
}

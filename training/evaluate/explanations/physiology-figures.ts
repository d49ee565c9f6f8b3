import { dealtAnewTail } from '../../../core/explain/dealt-anew-tail.ts';
import {
  COIN_CHANCE,
  dealtAnewChance,
  type ExpectationAnswers,
  type RankingHeld,
  type ShareHeld,
  type SignHeld,
  shareHeld,
} from '../../../core/explain/physiology-agreement.ts';
import { type Expectation, readExpectations } from '../../../core/explain/physiology-expectations.ts';
import file from '../../../resources/physiology/expectations.json' with { type: 'json' };
import { bootstrapMean, type MeanInterval } from '../comparators/bootstrap-mean.ts';
import type { Figures, Finding } from '../figures.ts';
import { readableName } from '../readable-names.ts';
import { type EffectsOfPeople, type FoundExpectation, findExpectation } from './found-expectation.ts';
import { effectsOf, PHYSIOLOGY_PEOPLE } from './physiology-people.ts';

/** Test people whose explanations are asked: 1,024 coalitions of five members each where there are ten inputs. */
const PEOPLE: Readonly<Record<string, number>> = {
  'elbow-torque-fatigue': 30,
  'wrist-state': 40,
  'muscle-parameters-3': 40,
};
const OTHER_PEOPLE = 60;
const BUILT_IN = 'assumed-by-the-simulator';

/**
 * How far the explanations of one shipped model follow physiology, on people whom it never saw.
 * @param folder - the bundle's folder. @param count - people; as many as the command has time for if not said.
 * @throws Error for a model that nobody knows how to ask, or an expectation whose input or output it does not have.
 */
export async function physiologyFigures(
  modelId: string,
  folder: string,
  count = PEOPLE[modelId] ?? OTHER_PEOPLE,
): Promise<Figures> {
  const ask = PHYSIOLOGY_PEOPLE[modelId];
  if (!ask) throw new Error(`nothing says how ${modelId} is asked about physiology`);
  const expectations = readExpectations(file).filter((each) => each.modelId === modelId);
  const questionsOf = await ask(folder, count);
  const effects = new Map<string, EffectsOfPeople>();
  for (const { output } of expectations) {
    if (!effects.has(output)) effects.set(output, questionsOf(output).map(effectsOf));
  }
  return figuresOfFound(expectations.map((each) => findExpectation(each, effects.get(each.output)!)));
}

/** x of y over people and person by person, each violation named, and the whole table. */
export function figuresOfFound(all: readonly FoundExpectation[]): Figures {
  const [global, local] = [asksGlobally(all), asksLocally(all)];
  return {
    checks: [],
    findings: [
      globalFinding('all', global, all),
      ...notBuiltIn(global, (some) =>
        globalFinding('not built into the simulator', some, all.filter(isNotBuiltIn)),
      ),
      localFinding('all', local),
      ...notBuiltIn(local, (some) => localFinding('not built into the simulator', some)),
      ...violationsOf(all).map(violationFinding),
    ].filter((finding) => finding !== null),
    plots: [],
    tables: [tableOf(all)],
  };
}

const isNotBuiltIn = ({ expectation }: FoundExpectation) => expectation.status !== BUILT_IN;
const asksGlobally = (all: readonly FoundExpectation[]) =>
  all.filter(({ expectation }) => expectation.scope !== 'local');
const asksLocally = (all: readonly FoundExpectation[]) =>
  all.filter(({ expectation }) => expectation.scope !== 'global');

function notBuiltIn(
  all: readonly FoundExpectation[],
  finding: (some: readonly FoundExpectation[]) => Finding | null,
): (Finding | null)[] {
  const some = all.filter(isNotBuiltIn);
  return some.length === 0 || some.length === all.length ? [] : [finding(some)];
}

/** One answer an expectation: the model's as a whole. */
const globalAnswers = (all: readonly FoundExpectation[]): ExpectationAnswers[] =>
  all.map(({ expectation, found }) => ({
    expected: expectation.kind === 'sign' ? expectation.expected : null,
    agreeing: found.holds === true ? 1 : 0,
    compared: found.holds === null ? 0 : 1,
  }));

const localAnswers = (all: readonly FoundExpectation[]): ExpectationAnswers[] =>
  all.map(({ expectation, found }) => ({
    expected: expectation.kind === 'sign' ? expectation.expected : null,
    agreeing: found.local.agreeing,
    compared: found.local.compared,
  }));

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const percent = (share: number) => `${Math.round(100 * share)} %`;
const rounded = (value: number) => value.toPrecision(2);

/** The coin flatters a list on which one sign prevails, so the p of signs dealt anew stands first. */
function chanceSentence(answers: readonly ExpectationAnswers[], coinP: number | null): string {
  const chance = dealtAnewChance(answers);
  const p = dealtAnewTail(answers);
  const anew =
    chance === null || p === null
      ? ''
      : `By chance ${percent(chance)} agree when the same expected signs are dealt anew over the expectations; as many or more with p ${rounded(p)} (exact). `;
  return `${anew}A coin agrees in ${percent(COIN_CHANCE)}${coinP === null ? '' : `, as many or more with p ${rounded(coinP)}, which flatters where one sign prevails`}.`;
}

/** How many go against the list, and which: each has its own line further down. */
function againstSentence(all: readonly FoundExpectation[]): string {
  const ids = violationsOf(all).map(({ expectation }) => expectation.id);
  return ids.length === 0
    ? ' None goes against the expectation, as a whole or in most people.'
    : ` Against the expectation, as a whole or in most people: ${ids.length} (${ids.join(', ')}).`;
}

/** Null where nothing could be compared: no share is no zero. @param asked - whose violations the sentence names. */
function globalFinding(
  which: string,
  all: readonly FoundExpectation[],
  asked: readonly FoundExpectation[] = all,
): Finding | null {
  const answers = globalAnswers(all);
  const held = shareHeld(
    sum(answers.map(({ agreeing }) => agreeing)),
    sum(answers.map(({ compared }) => compared)),
  );
  if (held.share === null || held.interval === null) return null;
  const unclear = all.filter(
    ({ found }) => 'isClear' in found && found.holds !== null && !found.isClear,
  ).length;
  const silent = all.filter(({ found }) => found.holds === null).map(({ expectation }) => expectation.id);
  return {
    name: `physiology, ${which}: share of expected signs and rankings that the explanations follow over people`,
    value: held.share,
    low: held.interval[0],
    high: held.interval[1],
    literature: null,
    n: held.compared,
    sentence: `${held.agreeing} of ${held.compared} hold (interval: Clopper-Pearson over expectations). ${chanceSentence(answers, held.p)}${againstSentence(asked)}${unclear === 0 ? '' : ` ${unclear} of the signs ${unclear === 1 ? 'is' : 'are'} too weak to be told from none.`}${silent.length === 0 ? '' : ` Not compared, for the model does not tell the one from the other: ${silent.join(', ')}.`}`,
  };
}

function localFinding(which: string, all: readonly FoundExpectation[]): Finding | null {
  const answers = localAnswers(all);
  const shares = shareByPerson(all, which);
  if (!shares) return null;
  const { value, low, high, n } = shares;
  return {
    name: `physiology, ${which}: share of single contributions, person by person, that follow the expectation`,
    value,
    low,
    high,
    literature: null,
    n,
    sentence: `Mean over ${n} test people, interval by bootstrap over people; ${sum(answers.map(({ agreeing }) => agreeing))} of ${sum(answers.map(({ compared }) => compared))} contributions. ${chanceSentence(answers, null)} The interval speaks of people for this one model: another training run may differ.`,
  };
}

/** A person's contributions hang together, so the person is the unit of the interval. */
function shareByPerson(all: readonly FoundExpectation[], name: string): MeanInterval | null {
  const people = all[0]?.agrees.length ?? 0;
  const shares = Array.from({ length: people }, (_, person) => {
    const said = all.flatMap(({ agrees }) => agrees[person] ?? []);
    return said.length === 0 ? null : said.filter(Boolean).length / said.length;
  }).filter((share) => share !== null);
  if (shares.length === 0) return null;
  return bootstrapMean(shares, `physiology/${name}`);
}

/** Held against the list by the model as a whole, or in most people. */
function violationsOf(all: readonly FoundExpectation[]): FoundExpectation[] {
  return all.filter(({ expectation, found }) => {
    const isGlobal = expectation.scope !== 'local' && found.holds === false;
    const isLocal = expectation.scope !== 'global' && (found.local.share ?? 1) < COIN_CHANCE;
    return isGlobal || isLocal;
  });
}

/** Null where no single person could be compared: the table names it all the same. */
function violationFinding({ expectation, found }: FoundExpectation): Finding | null {
  const { share, interval, compared } = found.local;
  if (share === null || interval === null) return null;
  const isWeak = 'isClear' in found && !found.isClear;
  return {
    name: `physiology, against the expectation: ${expectation.id}`,
    value: share,
    low: interval[0],
    high: interval[1],
    literature: expectation.citation,
    n: compared,
    sentence: `${readableName(expectation.output)}: expected ${expectedText(expectation)} (${statusText(expectation)}), found ${foundText(found)}${isWeak ? ', too weak to be told from none' : ''}. Share of people who follow the expectation. ${expectation.why}`,
  };
}

function expectedText(expectation: Expectation): string {
  if (expectation.kind === 'ranking')
    return `${readableName(expectation.more)} matters more than ${readableName(expectation.less)}`;
  const { expected, input } = expectation;
  return `${expected === 1 ? 'higher' : 'lower'} ${input === 'sex-male' ? 'in men' : `with higher ${readableName(input)}`}`;
}

const statusText = ({ status }: Expectation): string =>
  status === BUILT_IN ? 'built into the simulator' : status;

function foundText(found: SignHeld | RankingHeld): string {
  if ('meanMore' in found) return `mean sizes ${rounded(found.meanMore)} and ${rounded(found.meanLess)}`;
  if (found.rankCorrelation === null) return found.silent > 0 ? 'not used by the model' : 'no variation';
  return `rank correlation ${found.rankCorrelation.toFixed(2)}`;
}

const shareText = ({ agreeing, compared, interval }: ShareHeld): string =>
  interval === null
    ? 'nobody to compare'
    : `${agreeing} of ${compared} (${percent(interval[0])} to ${percent(interval[1])})`;

function holdsText({ found }: FoundExpectation): string {
  if (found.holds === null) return 'cannot say';
  const word = found.holds ? 'yes' : 'no';
  return 'isClear' in found && !found.isClear ? `${word}, not clearly` : word;
}

function tableOf(all: readonly FoundExpectation[]): Figures['tables'][number] {
  return {
    title: 'Agreement with known physiology',
    columns: ['output', 'expected', 'found over people', 'holds', 'people who follow it', 'status', 'source'],
    rows: all.map((each) => {
      const { expectation, found } = each;
      return [
        readableName(expectation.output),
        expectedText(expectation),
        foundText(found),
        holdsText(each),
        expectation.scope === 'global' ? 'not asked' : shareText(found.local),
        statusText(expectation),
        `${expectation.citation}${expectation.read === 'recalled' ? ' (not read again)' : ''}`,
      ];
    }),
    caption:
      'Signs and rankings written down from the literature before any model was looked at; texts and statuses of some were corrected later (docs/physiology.md). Rank correlation of contribution and deviation from the reference; exact Shapley values. What is built into the simulator tests learning, not physiology.',
  };
}

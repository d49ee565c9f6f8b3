import type { ModelInput } from '../../core/contract/schemas/judgement.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import type { PatternKey } from '../../core/inference/calibration-file.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { TRACE_STEP_S } from '../../core/signals/trace-resample.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import { NEWTON_PER_UNIT } from '../../core/units/quantities.ts';
import type { WristStatePerson } from '../dataset/wrist-state.ts';
import type { Check, Figures, Finding, Plot } from './figures.ts';
import { isRefused, modelInputOf, oneWrong, predictor, scaled, share, weaker } from './wrist-state-inputs.ts';

type Misuse = (input: ModelInput, i: number) => ModelInput;
type Trace = NonNullable<ModelInput['pinchTraceN']>;

const G = NEWTON_PER_UNIT.kg;
const KG_PER_LB = NEWTON_PER_UNIT.lb / NEWTON_PER_UNIT.kg;
const ALL_PATTERNS: readonly PatternKey[] = ['A', 'B', 'C'];

/** Mistakes that must be refused at least 99 % of the time (decision 21). */
const MUST_REFUSE: readonly [string, Misuse][] = [
  ['newtons typed as kg', (input) => scaled(input, G)],
  ['kg typed as newtons', (input) => scaled(input, 1 / G)],
  ['one trial in newtons among kg', (input, i) => oneWrong(input, G, i)],
  ['one trial in lb among kg', (input, i) => oneWrong(input, 1 / KG_PER_LB, i)],
  ['one trial in kg among lb', (input, i) => oneWrong(input, KG_PER_LB, i)],
];

const withTrace = (input: ModelInput, change: (trace: Trace) => Trace): ModelInput => ({
  ...input,
  pinchTraceN: input.pinchTraceN ? change(input.pinchTraceN) : null,
});
const traceTimes =
  (factor: number): Misuse =>
  (input) =>
    withTrace(input, (trace) => trace.map(([a, b, c]) => [factor * a, factor * b, factor * c]));

/** Steps of the trace in random order. */
const shuffled: Misuse = (input, i) =>
  withTrace(input, (trace) => {
    const stream = randomStream('misuse', 'shuffled-trace', i);
    const order = [...trace];
    for (let k = order.length - 1; k > 0; k -= 1) {
      const j = stream.integer(k + 1);
      [order[k], order[j]] = [order[j]!, order[k]!];
    }
    return order;
  });

/** The columns of time and palmar force exchanged: seconds are read as newtons, in the order of the samples. */
const timeAsForce: Misuse = (input) =>
  withTrace(input, (trace) => trace.map(([, b, c], step) => [step * TRACE_STEP_S, b, c]));

const TRACE_MUST_REFUSE: readonly [string, Misuse][] = [
  ['trace three times too large', traceTimes(3)],
  ['trace a third of its size', traceTimes(1 / 3)],
  ['samples of the trace shuffled', shuffled],
  ['force and time of the trace swapped', timeAsForce],
];

function refusedOf(
  bundle: WristStateBundle,
  people: readonly WristStatePerson[],
  key: PatternKey,
  misuse: Misuse,
): number {
  const predict = predictor(bundle);
  return people.filter((person, i) => isRefused(predict(misuse(modelInputOf(person, key), i)))).length;
}

/** Wrong units and broken traces that must be refused. */
export function misuseChecks(bundle: WristStateBundle, people: readonly WristStatePerson[]): Check[] {
  const judge = (key: PatternKey, [name, misuse]: readonly [string, Misuse]) => {
    const refused = refusedOf(bundle, people, key, misuse);
    const n = people.length;
    return share(`${key}: refused, ${name}`, refused, n, '>= 99 %', refused / n >= 0.99);
  };
  return [
    ...MUST_REFUSE.flatMap((each) => ALL_PATTERNS.map((key) => judge(key, each))),
    ...(bundle.layout.hasTrace ? TRACE_MUST_REFUSE.map((each) => judge('C', each)) : []),
  ];
}

const swappedWrist: Misuse = (input) => ({
  ...input,
  wristRadialNm: input.wristUlnarNm,
  wristUlnarNm: input.wristRadialNm,
});
const swappedHands: Misuse = (input) => ({
  ...input,
  pinchTrialsN: input.pinchTrialsN.map(
    (value) => (value * (input.otherHandPinchPeakN ?? value)) / (input.pinchPeakN ?? 1),
  ),
  pinchPeakN: input.otherHandPinchPeakN,
  otherHandPinchPeakN: input.pinchPeakN,
});
const swappedPostures: Misuse = (input) => ({
  ...input,
  pinchFlexion20N: input.pinchExtension20N,
  pinchExtension20N: input.pinchFlexion20N,
});

/** Mistakes that the model alone does not always catch, with what it does: reported, not promised. */
const REPORTED: readonly [string, readonly PatternKey[], Misuse][] = [
  ['lb typed as kg in all values', ALL_PATTERNS, (input) => scaled(input, 1 / KG_PER_LB)],
  ['kg typed as lb in all values', ALL_PATTERNS, (input) => scaled(input, KG_PER_LB)],
  ['hands swapped', ['A', 'B', 'C'], swappedHands],
  ['radial and ulnar swapped', ['B', 'C'], swappedWrist],
  ['flexion and extension posture swapped', ['C'], swappedPostures],
];

const DEFENCE =
  'Not promised: the unit of the device, the fixed grid and the question at entry are the defence.';

/** Refusal against a factor on all typed pinch values, gauge gain or a wrong unit. */
const GAINS = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2];
/** Without the other hand nothing else of the typed values can give the mistake away. */
const POUND_PATTERNS: readonly PatternKey[] = ['A', 'A-one-hand', 'B-one-hand', 'C-one-hand'];
/** Strength of the judged hand as a share of its simulated one, at which lb-for-kg is drawn. */
const WEAKNESS = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.45, 0.4, 0.35, 0.3];

/** What the lines of a plot show at one x, in words. */
export function saysAt(lines: Plot['lines'], x: number): string {
  return lines
    .map(({ name, x: places, y }) => `${name} ${(100 * (y[places.indexOf(x)] ?? Number.NaN)).toFixed(1)} %`)
    .join(', ');
}

function gainCurve(bundle: WristStateBundle, people: readonly WristStatePerson[]): Plot {
  const lines = ALL_PATTERNS.map((key) => {
    const shares = GAINS.map((gain) => {
      const refused = refusedOf(bundle, people, key, (input) => scaled(input, gain));
      return [refused / people.length, ...wilsonInterval(refused, people.length)] as const;
    });
    return {
      name: `pattern ${key}`,
      x: [...GAINS],
      y: shares.map(([value]) => value),
      low: shares.map(([, low]) => low),
      high: shares.map(([, , high]) => high),
    };
  });
  return {
    title: 'Refused when every typed pinch is too large by a factor',
    xTitle: 'Factor on all typed pinch values',
    yTitle: 'Refused (share of people)',
    kind: 'line',
    lines,
    caption: `A gauge that reads too high shows the model a stronger person; while such a person is plausible, only values that the gauge did not measure (wrist strength, the trace of another device) can contradict it. Refused at a factor of 1.1: ${saysAt(lines, 1.1)}; at 2: ${saysAt(lines, 2)}. n = ${people.length} a point.`,
  };
}

function poundCurve(bundle: WristStateBundle, people: readonly WristStatePerson[]): Plot {
  const lines = POUND_PATTERNS.map((key) => {
    const shares = WEAKNESS.map((strength) => {
      const refused = refusedOf(bundle, people, key, (input) =>
        scaled(weaker(input, strength), 1 / KG_PER_LB),
      );
      return [refused / people.length, ...wilsonInterval(refused, people.length)] as const;
    });
    return {
      name: `pattern ${key}`,
      x: WEAKNESS.map((strength) => 100 * strength),
      y: shares.map(([value]) => value),
      low: shares.map(([, low]) => low),
      high: shares.map(([, , high]) => high),
    };
  });
  return {
    title: 'Refused when lb are typed as kg in all values, by strength of the hand',
    xTitle: 'Strength of the judged hand (% of its simulated strength; the other hand as it is)',
    yTitle: 'Refused (share of people)',
    kind: 'line',
    lines,
    caption: `1 kg is 2.2 lb: a hand at 45 % of its strength, read in lb, types the number of a hand at full strength in kg. Only the other hand, wrist strength, or the trace of another device can then give the mistake away. Refused at 100 %: ${saysAt(lines, 100)}; at 45 %: ${saysAt(lines, 45)}. n = ${people.length} a point.`,
  };
}

/** @param people - a few hundred test people are enough for a curve. */
export function unitFigures(
  bundle: WristStateBundle,
  people: readonly WristStatePerson[],
): Pick<Figures, 'findings' | 'plots'> {
  const findings = REPORTED.flatMap(([name, keys, misuse]) =>
    keys.map((key): Finding => {
      const refused = refusedOf(bundle, people, key, misuse);
      const [low, high] = wilsonInterval(refused, people.length);
      return {
        name: `${key}: refused, ${name}`,
        value: refused / people.length,
        low,
        high,
        n: people.length,
        literature: null,
        sentence: DEFENCE,
      };
    }),
  );
  return { findings, plots: [gainCurve(bundle, people), poundCurve(bundle, people)] };
}

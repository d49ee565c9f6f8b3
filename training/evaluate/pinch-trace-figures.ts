import { mean, sampleStandardDeviation } from 'simple-statistics';
import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import type { WristClass } from '../../core/contract/schemas/clinical.ts';
import { type TraceFeatures, traceFeatures } from '../../core/signals/trace-features.ts';
import { resampleTrace } from '../../core/signals/trace-resample.ts';
import { TRACE_COMPONENTS, traceComponent } from '../../core/signals/trace-shape.ts';
import { fitTraceComponents, reconstructionError, traceComponentPlots } from '../dataset/trace-components.ts';
import { drawVirtualPerson } from '../population/virtual-person.ts';
import { drawLoadCell, recordThreeAxes } from '../simulation/instruments/load-cell.ts';
import { type PinchMechanics, pinchMechanics } from '../simulation/pinch/pinch-mechanics.ts';
import { type PinchTrace, pinchTrace } from '../simulation/pinch/pinch-trace.ts';
import { drawArmFactor, operatedHand } from '../simulation/pinch/surgery.ts';
import { ALL_MECHANISMS, type TraceMechanisms } from '../simulation/pinch/trace-assumptions.ts';
import type { Figures, Finding, Plot } from './figures.ts';
import { meanWithInterval } from './pinch-intervals.ts';

const SEED = 'pinch-trace-figures';
/** People of the second half are held out from the components. */
const HELD_OUT_OFFSET = 1_000_000;
const KEPT_COMPONENTS = 10;
const DEGREES = 180 / Math.PI;
const NONE_FOUND = null;

interface TracedHand {
  trace: PinchTrace;
  features: TraceFeatures;
  /** As a three-axis cell records it and the network reads it, shares of the hand's own maximum. */
  resampled: Float64Array;
  mechanics: PinchMechanics;
}

/** The same person as each class: differences between classes are within people. */
function tracedHand(
  subject: number,
  className: WristClass,
  mechanisms: Readonly<TraceMechanisms> = ALL_MECHANISMS,
): TracedHand {
  const person = drawVirtualPerson(SEED, subject);
  const hand =
    className === 'nonimpaired'
      ? person.hand
      : operatedHand(person.hand, className, drawArmFactor(SEED, subject, className));
  const mechanics = pinchMechanics(hand);
  const { sex } = person.demographics;
  const trace = pinchTrace(mechanics, { seed: SEED, subject, name: 'figure', sex, mechanisms });
  const recorded = recordThreeAxes(trace, drawLoadCell(SEED, 0), { seed: SEED, subject, name: 'figure' });
  return {
    trace,
    features: traceFeatures(recorded),
    resampled: resampleTrace(recorded, mechanics.capacityN),
    mechanics,
  };
}

/** What traces look like by class, what the class mechanisms do, and what their components are. About 6 s. */
export function traceFigures(personCount = 250): Figures {
  const hands = Object.fromEntries(
    WRIST_CLASSES.map((className) => [
      className,
      Array.from({ length: personCount }, (_, subject) => tracedHand(subject, className)),
    ]),
  ) as Record<WristClass, TracedHand[]>;
  const components = componentFigures(
    WRIST_CLASSES.flatMap((c) => hands[c].map((h) => h.resampled)),
    personCount,
  );
  return {
    checks: [],
    findings: [...mechanismFindings(hands, personCount), ...components.findings],
    plots: [...examplePlots(), ...components.plots],
    tables: [classTable(hands)],
  };
}

const ROWS: readonly { name: string; of: (hand: TracedHand) => number | null }[] = [
  { name: 'Share of the pinch that the wrist withholds, %', of: (h) => 100 * h.mechanics.wristLimitation },
  {
    name: 'Stiffness of the softer wrist axis, generic hand = 1',
    of: (h) => h.mechanics.wristStiffnessRatio,
  },
  { name: 'Peak, % of the optimum', of: (h) => (100 * h.features.peakN) / h.mechanics.capacityN },
  { name: 'Rise time 10-90 %, s', of: (h) => h.features.riseTimeS },
  { name: 'Steadiness of the hold (variation), %', of: (h) => 100 * (h.features.holdVariation ?? 0) },
  { name: 'Decline over the hold, %', of: (h) => 100 * (h.features.holdDecline ?? 0) },
  { name: 'Turn across the thumb, degrees', of: (h) => DEGREES * (h.features.transverseTurnRad ?? 0) },
  { name: 'Drift of direction, degrees', of: (h) => DEGREES * (h.features.directionDriftRad ?? 0) },
];

function classTable(hands: Record<WristClass, TracedHand[]>): Figures['tables'][number] {
  return {
    title: 'Features of a maximal pull by class, mean (SD between people)',
    columns: ['Feature', ...WRIST_CLASSES],
    rows: ROWS.map(({ name, of }) => [
      name,
      ...WRIST_CLASSES.map((className) => {
        const values = hands[className].flatMap((hand) => of(hand) ?? []);
        return `${mean(values).toFixed(2)} (${sampleStandardDeviation(values).toFixed(2)})`;
      }),
    ]),
    caption:
      'The same simulated people as each class, recorded by one three-axis load cell. Two named assumptions make turn and rise depend on the class; the findings give the differences with and without them.',
  };
}

function mechanismFindings(hands: Record<WristClass, TracedHand[]>, personCount: number): Finding[] {
  const findings: Finding[] = [];
  const paired = (
    own: readonly TracedHand[],
    other: readonly TracedHand[],
    of: (hand: TracedHand) => number,
  ) => own.map((hand, index) => of(hand) - of(other[index]!));
  const turn = (hand: TracedHand): number => DEGREES * (hand.features.transverseTurnRad ?? 0);
  const rise = (hand: TracedHand): number => hand.features.riseTimeS ?? 0;
  for (const className of WRIST_CLASSES.filter((name) => name !== 'nonimpaired')) {
    const off = (switched: Partial<TraceMechanisms>): [TracedHand[], TracedHand[]] => {
      const made = (name: WristClass) =>
        Array.from({ length: personCount }, (_, subject) =>
          tracedHand(subject, name, { ...ALL_MECHANISMS, ...switched }),
        );
      return [made(className), made('nonimpaired')];
    };
    const without = off({ directionDrift: false, wristStiffness: false });
    const both = [
      ['turn across the thumb, degrees', turn, 'direction drift from wrist imbalance'],
      ['rise time, s', rise, 'slower rise on a softer wrist'],
    ] as const;
    for (const [what, of, mechanism] of both) {
      findings.push(
        {
          name: `trace: ${what}, ${className} less nonimpaired`,
          ...meanWithInterval(paired(hands[className], hands.nonimpaired, of), `${className} ${what}`),
          literature: NONE_FOUND,
          sentence: `The assumed mechanism "${mechanism}" is on; its size has no source. Any difference is by construction.`,
        },
        {
          name: `trace: ${what}, ${className} less nonimpaired, class mechanisms off`,
          ...meanWithInterval(paired(...without, of), `${className} ${what} off`),
          literature: NONE_FOUND,
          sentence:
            'What is left of the difference when both mechanisms are switched off, so that the classes differ in level alone.',
        },
      );
    }
  }
  const over = WRIST_CLASSES.flatMap((name) => hands[name]).map(
    (hand) => (100 * Math.max(...traceComponent(hand.trace, 0))) / hand.mechanics.capacityN - 100,
  );
  const peakOver = meanWithInterval(over, 'peak-over');
  findings.push({
    name: 'trace: highest sample above the optimum of the linear programme, %',
    ...peakOver,
    literature: NONE_FOUND,
    sentence: `Force fluctuates around a level near the optimum. On average a peak reads ${peakOver.low > 0 ? 'more' : peakOver.high < 0 ? 'less' : 'neither more nor less'} than the capacity${peakOver.low <= 0 && peakOver.high >= 0 ? ', as far as can be told' : ''}.`,
  });
  return findings;
}

function componentFigures(
  training: readonly Float64Array[],
  personCount: number,
): Pick<Figures, 'findings' | 'plots'> {
  const fitted = fitTraceComponents(training, Math.min(KEPT_COMPONENTS, training.length - 1));
  const heldOut = Array.from(
    { length: personCount },
    (_, index) => tracedHand(HELD_OUT_OFFSET + index, WRIST_CLASSES[index % WRIST_CLASSES.length]!).resampled,
  );
  const errors = heldOut.map((trace) => 100 * reconstructionError(fitted, [trace]));
  const explained = (count: number): number =>
    fitted.explainedShare.slice(0, count).reduce((sum, share) => sum + share, 0);
  const share = 100 * explained(3);
  return {
    findings: [
      {
        name: 'trace: variance explained by the first three components, %',
        value: share,
        low: share,
        high: share,
        n: training.length,
        literature: NONE_FOUND,
        sentence: `Of the fit, no interval; ${fitted.directions.length} components explain ${(100 * explained(KEPT_COMPONENTS)).toFixed(1)} %.`,
      },
      {
        name: `trace: error of ${fitted.directions.length} components on people not in the fit, % of the maximum`,
        ...meanWithInterval(errors, 'component-error'),
        literature: NONE_FOUND,
        sentence:
          'Root mean square over the 180 numbers of a trace; fluctuation and sensor noise are part of what is left.',
      },
    ],
    plots: traceComponentPlots(fitted).slice(0, 3),
  };
}

/** One person as each class. */
function examplePlots(): Plot[] {
  const examples = WRIST_CLASSES.map((className) => ({ className, ...tracedHand(7, className) }));
  return TRACE_COMPONENTS.map((component, axis) => ({
    title: `One simulated pull as each class: ${component} force`,
    xTitle: 'Time, s',
    yTitle: `${component[0]!.toUpperCase()}${component.slice(1)} force, N`,
    kind: 'line',
    lines: examples.map(({ className, trace }) => {
      // Every fourth sample: 50 a second are enough to look at.
      const kept = Array.from(trace.timeS.keys()).filter((sample) => sample % 4 === 0);
      const forceN = traceComponent(trace, axis as 0 | 1 | 2);
      return { name: className, x: kept.map((i) => trace.timeS[i]!), y: kept.map((i) => forceN[i]!) };
    }),
    caption: 'The same person, the same random numbers: the operation acts on level, rise and turn.',
  }));
}

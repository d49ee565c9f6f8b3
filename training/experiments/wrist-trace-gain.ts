import * as z from 'zod';
import { HAS_TRACE } from '../dataset/wrist-state-parts.ts';
import type { Check, Figures, Finding } from '../evaluate/figures.ts';
import { cellResults } from './cell-results.ts';
import type { Experiment } from './experiment.ts';
import {
  measureTraceGain,
  TRACE_GAIN_SEED,
  TRACE_GAIN_SIZE,
  TRACE_WORLDS,
} from './wrist-trace-gain-cells.ts';

const MeanInterval = z.strictObject({ value: z.number(), low: z.number(), high: z.number(), n: z.int() });
type MeanInterval = z.output<typeof MeanInterval>;
const Result = z.strictObject({
  accuracy: MeanInterval,
  permutedAccuracy: MeanInterval,
  gain: MeanInterval,
  logLossGain: MeanInterval,
  misledLoss: MeanInterval,
});

const WORLD_NAMES: Readonly<Record<string, string>> = {
  both: 'direction drift and slower rise',
  'direction-drift': 'direction drift alone',
  'wrist-stiffness': 'slower rise alone',
  neither: 'neither mechanism',
};

/** The mechanisms with which the people of the shipped data are simulated. */
const SHIPPED_WORLD = 'both';
const GIVEN = 'The interval is over test people, given these networks: training anew is not in it.';

/** Decision 14: a network with a trace branch ships only if the interval of the gain lies above zero. */
export function traceBranchCheck(gain: MeanInterval, hasTrace: boolean): Check {
  return {
    ...gain,
    name: 'the trace branch ships only with a gain whose interval excludes zero',
    bar: hasTrace
      ? 'lower end of the accuracy gained > 0, since the shipped network reads the trace (given these networks)'
      : 'any: the shipped network reads no trace',
    ok: !hasTrace || gain.low > 0,
  };
}

function summarise(results: ReadonlyMap<string, unknown>): Figures {
  const findings: Finding[] = [];
  const rows: (string | number)[][] = [];
  const ids = Object.keys(TRACE_WORLDS);
  const worlds = cellResults(results, ids, Result).map((result, i) => {
    const world = ids[i] ?? '';
    return { world, name: WORLD_NAMES[world] ?? world, ...result };
  });
  const shipped = worlds.find(({ world }) => world === SHIPPED_WORLD);
  if (!shipped) throw new RangeError(`there is no world "${SHIPPED_WORLD}"`);
  const text = ({ value, low, high }: MeanInterval) =>
    `${value.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`;
  for (const { name, accuracy, permutedAccuracy, gain, logLossGain, misledLoss } of worlds) {
    findings.push(
      {
        ...gain,
        name: `accuracy gained by the trace, ${name}`,
        literature: null,
        sentence: `Pattern C against the same network trained and tested on other people’s traces; the mechanisms are assumptions. ${GIVEN}`,
      },
      {
        ...logLossGain,
        name: `log loss gained by the trace, ${name}`,
        literature: null,
        sentence: `Above zero: the trace makes the probabilities better (natural logarithm, before calibration). ${GIVEN}`,
      },
      {
        ...misledLoss,
        name: `accuracy lost when traces are permuted at test alone, ${name}`,
        literature: null,
        sentence: `How much the network relies on the trace, not how much the trace is worth. ${GIVEN}`,
      },
    );
    rows.push([name, text(accuracy), text(permutedAccuracy), text(gain), text(logLossGain)]);
  }
  return {
    checks: [traceBranchCheck(shipped.gain, HAS_TRACE)],
    findings,
    plots: [
      {
        title: 'What the force trace adds to pattern C',
        xTitle: `World: ${worlds.map(({ name }, i) => `${i + 1} ${name}`).join(', ')}`,
        yTitle: 'Accuracy gained (share of people)',
        kind: 'points',
        lines: [
          {
            name: 'gain, 95 % interval over people',
            x: worlds.map((_, i) => i + 1),
            y: worlds.map(({ gain }) => gain.value),
            low: worlds.map(({ gain }) => gain.low),
            high: worlds.map(({ gain }) => gain.high),
          },
        ],
        caption: `Intervals that include zero: the trace is not worth its branch, by decision 14. ${GIVEN}`,
      },
    ],
    tables: [
      {
        title: 'What the force trace adds to pattern C',
        columns: [
          'mechanisms that tell classes apart',
          'accuracy',
          'twin on permuted traces',
          'gain',
          'log loss gain',
        ],
        rows,
        caption: `${TRACE_GAIN_SIZE.members} members each, ${TRACE_GAIN_SIZE.train} people to train on, 95 % bootstrap over test people, given these networks. No public recording shows either mechanism: both are assumptions with a switch. What is left with neither is statics (the direction of the optimal force after surgery) and one more pull of the same day.`,
      },
    ],
  };
}

export const WRIST_TRACE_GAIN: Experiment = {
  name: 'wrist-trace-gain',
  title: 'Does the force trace help wrist-state?',
  about:
    'The same convolution network learns from own traces and, as its twin, from traces permuted between people; both see the same nine features. Accuracy and log loss of pattern C on the same test people, paired, bootstrap over people, given these networks. The two mechanisms by which a class may show in a trace are assumptions, switched on and off. Nothing here is real data.',
  seed: TRACE_GAIN_SEED,
  dataSets: [],
  usesTensors: true,
  cells: () =>
    Object.keys(TRACE_WORLDS).map((world) => ({ id: world, run: (log) => measureTraceGain(world, log) })),
  summarise,
};

import { join } from 'node:path';
import * as z from 'zod';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { gripWindows, readGripFolder } from '../dataset/emg-grip-recordings.ts';
import { type Figures, type Finding, noFigures } from '../evaluate/figures.ts';
import { referenceDataFolder } from '../population/survey-rows.ts';
import { pretrain, runArm, runPlain, straightLineRmse } from './emg-grip-network.ts';
import type { Experiment, ExperimentCell } from './experiment.ts';

const SEED = 'emg-grip-0.1';
const NEEDS = 'real/emg_grip';
/** Two to learn from and search in, one to measure on. */
const FEWEST_RECORDINGS = 3;
/** From here on an interval over recordings is given: resampling fewer gives a hull of the few, not an interval. */
const FEWEST_FOR_INTERVAL = 6;
const RESAMPLES = 2_000;

const LITERATURE =
  'Kearney 2024 (elbow torque, simulated to measured people): 6.22 against 8.28 N.m, -24.9 % with transfer; another quantity.';

const ArmNumbers = z.object({
  recording: z.string(),
  windows: z.int(),
  rmsePercent: z.number(),
  rmseOfStarts: z.array(z.number()),
  learningRate: z.number(),
  epochs: z.int(),
});
const TransferCell = ArmNumbers.extend({
  arm: z.literal('transfer'),
  plain: z.object({ rmsePercent: z.number(), biasPercent: z.number() }),
});
const DirectCell = ArmNumbers.extend({ arm: z.literal('direct'), straightLineRmsePercent: z.number() });
const CellResult = z.discriminatedUnion('arm', [TransferCell, DirectCell]);

/** Name of a cell: file names may hold what a cell's name may not. */
const slug = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** One cell per recording left out and arm. @param folder - of the recordings. */
export function emgGripCells(folder: string): ExperimentCell[] {
  const { recordings } = readGripFolder(folder);
  if (recordings.length < FEWEST_RECORDINGS) return [];
  return recordings.flatMap((unseen, index): ExperimentCell[] => {
    const training = recordings.filter((recording) => recording !== unseen);
    // The position keeps two files apart whose names differ only in what a cell's name may not hold.
    const id = `${index + 1}-${slug(unseen.name)}`;
    const windows = gripWindows([unseen], 1).count;
    return [
      {
        id: `${id}.transfer`,
        run(log) {
          const pretrained = pretrain(SEED);
          log('pre-trained on simulated forearms');
          const result = runArm('transfer', SEED, training, unseen, pretrained, log);
          const plain = runPlain(pretrained, unseen);
          pretrained.dispose();
          return { arm: 'transfer', recording: unseen.name, windows, ...result, plain };
        },
      },
      {
        id: `${id}.direct`,
        run(log) {
          const result = runArm('direct', SEED, training, unseen, null, log);
          return {
            arm: 'direct',
            recording: unseen.name,
            windows,
            ...result,
            straightLineRmsePercent: straightLineRmse(training, unseen),
          };
        },
      },
    ];
  });
}

interface Pair {
  recording: string;
  windows: number;
  transfer: z.output<typeof TransferCell>;
  direct: z.output<typeof DirectCell>;
  /** Transfer minus direct, percent of the recording's maximum: below 0 when transfer is better. */
  difference: number;
}

function pairsOf(results: ReadonlyMap<string, unknown>): Pair[] {
  const cells = [...results.values()].map((result) => CellResult.parse(result));
  return cells.flatMap((transfer) => {
    if (transfer.arm !== 'transfer') return [];
    const direct = cells.find((cell) => cell.arm === 'direct' && cell.recording === transfer.recording);
    if (direct?.arm !== 'direct') return [];
    const { recording, windows } = transfer;
    return [{ recording, windows, transfer, direct, difference: transfer.rmsePercent - direct.rmsePercent }];
  });
}

/** Percentile bootstrap of a mean over recordings. */
function meanInterval(values: readonly number[]): { value: number; low: number; high: number } {
  const n = values.length;
  const stream = randomStream(SEED, 'bootstrap-over-recordings', 0);
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < n; i += 1) sum += values[stream.integer(n)]!;
    return sum / n;
  }).sort();
  return {
    value: values.reduce((sum, value) => sum + value, 0) / n,
    low: means[Math.floor(RESAMPLES * 0.025)]!,
    high: means[Math.ceil(RESAMPLES * 0.975) - 1]!,
  };
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(2)}`;

/** Mean over recordings of (error of transfer - error of something else), percent of maximum. */
function meanFinding(
  other: string,
  literature: string | null,
  pairs: readonly Pair[],
  otherError: (pair: Pair) => number,
): Finding {
  const n = pairs.length;
  const differences = pairs.map((pair) => pair.transfer.rmsePercent - otherError(pair));
  const interval = meanInterval(differences);
  const base = { name: `real EMG to grip: error of transfer minus ${other}`, literature, n };
  if (n < FEWEST_FOR_INTERVAL) {
    return {
      ...base,
      value: interval.value,
      low: interval.value,
      high: interval.value,
      sentence: `${n} recordings: differences ${differences.map(signed).join(', ')} % of maximum, no interval. Not enough to conclude.`,
    };
  }
  const verdict =
    interval.high < 0
      ? `Transfer has the smaller error over these recordings`
      : interval.low > 0
        ? `Transfer has the larger error over these recordings`
        : 'No difference that can be told from zero';
  return {
    ...base,
    ...interval,
    sentence: `${verdict}: ${signed(interval.value)} % of maximum (${signed(interval.low)} to ${signed(interval.high)}, bootstrap over ${n} recordings; who was recorded is unknown, so recordings may share people).`,
  };
}

function summarise(results: ReadonlyMap<string, unknown>): Figures {
  const pairs = pairsOf(results);
  const figures = noFigures();
  if (pairs.length === 0) {
    figures.checks.push({
      name: 'real EMG to grip: measured',
      value: 0,
      low: 0,
      high: 0,
      bar: `not judged: fewer than ${FEWEST_RECORDINGS} recordings in ${NEEDS} (PREHENSA_REFERENCE_DATA)`,
      ok: null,
      n: 0,
    });
    return figures;
  }
  figures.findings.push(
    meanFinding('direct learning', LITERATURE, pairs, ({ direct }) => direct.rmsePercent),
    meanFinding(
      'the simulation alone, not fine-tuned',
      null,
      pairs,
      ({ transfer }) => transfer.plain.rmsePercent,
    ),
    meanFinding('a straight line', null, pairs, ({ direct }) => direct.straightLineRmsePercent),
  );
  for (const { recording, windows, transfer, direct, difference } of pairs) {
    figures.findings.push({
      name: `real EMG to grip, ${recording} left out: error of transfer minus direct`,
      value: difference,
      low: difference,
      high: difference,
      literature: LITERATURE,
      n: windows,
      sentence: `Root mean square error ${transfer.rmsePercent.toFixed(2)} with transfer, ${direct.rmsePercent.toFixed(2)} direct, % of the recording's maximum; one recording, so no interval (n counts its samples, which hang together).`,
    });
  }
  figures.tables.push({
    title: 'Real EMG to grip force, one recording left out',
    columns: [
      'recording left out',
      'samples at 20 Hz',
      'transfer, % of maximum',
      'direct',
      'difference',
      'simulation alone',
      'its bias',
      'straight line',
    ],
    rows: pairs.map(({ recording, windows, transfer, direct, difference }) => [
      recording,
      windows,
      transfer.rmsePercent.toFixed(2),
      direct.rmsePercent.toFixed(2),
      signed(difference),
      transfer.plain.rmsePercent.toFixed(2),
      signed(transfer.plain.biasPercent),
      direct.straightLineRmsePercent.toFixed(2),
    ]),
    caption:
      'Root mean square error of the force; both arms have the same windows, rates, epochs and number of starts, and chose inside the training recordings. The bias of the simulation alone follows from our assumptions.',
  });
  figures.plots.push({
    title: 'Real EMG to grip force: error on the recording left out',
    xTitle: `Recording left out: ${pairs.map(({ recording }, i) => `${i + 1} ${recording}`).join(', ')}`,
    yTitle: 'Root mean square error, % of maximum',
    kind: 'points',
    lines: (['transfer', 'direct'] as const).map((arm) => ({
      name: arm,
      x: pairs.map((_, i) => i + 1),
      y: pairs.map((pair) => pair[arm].rmsePercent),
      low: pairs.map((pair) => Math.min(...pair[arm].rmseOfStarts)),
      high: pairs.map((pair) => Math.max(...pair[arm].rmseOfStarts)),
    })),
    caption: 'Bands: lowest and highest of the starts; they say nothing about other recordings.',
  });
  return figures;
}

/**
 * Transfer against direct learning on real forearm recordings (design decision 13). Network, budget and simulated forearm were
 * set before the first run on them.
 */
export const EMG_GRIP_EXPERIMENT: Experiment = {
  name: 'emg-grip',
  title: 'Real EMG to grip force: transfer against direct learning',
  about:
    'Does a recurrent layer trained on simulated forearms help on real ones? Pre-trained on simulated mixtures of flexor and extensor activity, recurrent layer frozen, head fine-tuned, against the same network trained directly. Real here: 8-channel forearm EMG with a 10-bit grip force reading, in percent of each recording’s maximum. One recording is left out at a time, never a window; copies count once. Interval: bootstrap over recordings from six on; with fewer none.',
  seed: SEED,
  dataSets: [],
  needs: NEEDS,
  usesTensors: true,
  cells: () => emgGripCells(join(referenceDataFolder(), NEEDS)),
  summarise,
};

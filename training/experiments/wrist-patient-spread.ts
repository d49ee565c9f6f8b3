import * as z from 'zod';
import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import type { Figures } from '../evaluate/figures.ts';
import { cellResults } from './cell-results.ts';
import type { Experiment } from './experiment.ts';
import {
  measureSpread,
  PATIENT_SPREAD_SEED,
  PATIENT_SPREAD_SIZE,
  SPREAD_FACTORS,
  SPREAD_PATTERNS,
} from './wrist-patient-spread-cells.ts';

const Results = z.array(
  z.strictObject({
    pattern: z.string(),
    testedIn: z.string(),
    accuracy: z.strictObject({ value: z.number(), low: z.number(), high: z.number(), n: z.int() }),
    confusion: z.array(z.array(z.int())),
  }),
);
type Result = z.output<typeof Results>[number];

const BY_CONSTRUCTION = 'The classes differ by construction; chance is 33 %.';
const GIVEN = 'Intervals are over test people, given these networks: training anew is not in them.';
const WORLDS = Object.keys(SPREAD_FACTORS);
const nameOf = (world: string) => `${SPREAD_FACTORS[world]} x the assumed spread`;

function summarise(results: ReadonlyMap<string, unknown>): Figures {
  const cells = cellResults(results, WORLDS, Results).flatMap((own, i) =>
    own.map((result) => ({ trainedIn: WORLDS[i] ?? '', ...result })),
  );
  const own = cells.filter(({ trainedIn, testedIn }) => trainedIn === testedIn);
  const text = ({ accuracy }: Result) =>
    `${accuracy.value.toFixed(4)} (${accuracy.low.toFixed(4)} to ${accuracy.high.toFixed(4)})`;
  return {
    checks: [],
    findings: cells.map(({ trainedIn, testedIn, pattern, accuracy }) => ({
      ...accuracy,
      name:
        trainedIn === testedIn
          ? `${pattern}: accuracy at ${nameOf(testedIn)}`
          : `${pattern}: accuracy at ${nameOf(testedIn)}, trained at ${SPREAD_FACTORS[trainedIn]} x`,
      literature: null,
      sentence: `${BY_CONSTRUCTION} ${GIVEN}`,
    })),
    plots: [
      {
        title: 'Accuracy against the assumed spread between patients',
        xTitle: 'Factor on the assumed spread of muscles and of patients after surgery',
        yTitle: 'Right (share of people)',
        isLogX: true,
        kind: 'line',
        lines: SPREAD_PATTERNS.map((pattern) => {
          const line = own.filter((each) => each.pattern === pattern);
          return {
            name: `pattern ${pattern}`,
            x: line.map(({ testedIn }) => SPREAD_FACTORS[testedIn] ?? Number.NaN),
            y: line.map(({ accuracy }) => accuracy.value),
            low: line.map(({ accuracy }) => accuracy.low),
            high: line.map(({ accuracy }) => accuracy.high),
          };
        }),
        caption: `The accuracy is a consequence of what was assumed about spread. ${BY_CONSTRUCTION} ${GIVEN}`,
      },
    ],
    tables: [
      {
        title: 'Accuracy under other assumed spread between patients',
        columns: ['trained in', 'pattern', ...WORLDS.map((world) => `tested at ${nameOf(world)}`)],
        rows: WORLDS.flatMap((trainedIn) =>
          SPREAD_PATTERNS.map((pattern) => [
            nameOf(trainedIn),
            pattern,
            ...WORLDS.map((testedIn) => {
              const found = cells.find(
                (each) =>
                  each.trainedIn === trainedIn && each.testedIn === testedIn && each.pattern === pattern,
              );
              return found ? text(found) : '-';
            }),
          ]),
        ),
        caption: `${PATIENT_SPREAD_SIZE.members} members, ${PATIENT_SPREAD_SIZE.train} people to train on; features and postures, no trace; 95 % bootstrap over test people, given these networks. ${BY_CONSTRUCTION}`,
      },
      ...own
        .filter(({ pattern }) => pattern === 'C')
        .map(({ testedIn, confusion }) => ({
          title: `Confusion of pattern C at ${nameOf(testedIn)}`,
          columns: ['true class', ...WRIST_CLASSES],
          rows: confusion.map((row, label) => [WRIST_CLASSES[label] ?? '', ...row]),
          caption: `Numbers of people by most probable class. ${BY_CONSTRUCTION}`,
        })),
    ],
  };
}

export const WRIST_PATIENT_SPREAD: Experiment = {
  name: 'wrist-patient-spread',
  title: 'How much of the accuracy of wrist-state is the assumed spread?',
  about:
    'Half, one and two times the assumed spread of the muscles, of the arms that surgery changes and of wrist strength after it. A network is trained in each world and tested on unseen people of all three; accuracy with a bootstrap interval over people, given these networks. The classes differ by construction: nothing here is evidence about patients.',
  seed: PATIENT_SPREAD_SEED,
  dataSets: [],
  usesTensors: true,
  cells: () => WORLDS.map((world) => ({ id: world, run: (log) => measureSpread(world, log) })),
  summarise,
};

import { AUGMENTATION_SEED, PEOPLE_DOMAIN_NAMES, REPETITIONS } from '../augmentation/augmentation-people.ts';
import { MAKER_WORDS, SAMPLE_MAKERS, type SampleMaker } from '../augmentation/augmented-sets.ts';
import { findingOf, intervalText } from '../augmentation/interval-text.ts';
import {
  type MeanInterval,
  meanInterval,
  pairedInterval,
  verdictOf,
} from '../augmentation/paired-interval.ts';
import { type Figures, type FigureTable, type Finding, noFigures } from '../evaluate/figures.ts';
import {
  AugmentationCell,
  augmentationCellId,
  augmentationCells,
  SAMPLES_PER_PERSON,
  TEST_PER_CLASS,
  TRAINING_SIZES,
} from './augmentation-cells.ts';
import { cellResults } from './cell-results.ts';
import type { Experiment } from './experiment.ts';

const DOMAIN_WORDS = { same: 'same population', surrogate: 'surrogate people' } as const;
type Use = 'added' | 'alone';

/** Accuracies in percent and log losses of one way of use, with the paired difference to simulated people alone. */
function comparisonRow(cells: readonly AugmentationCell[], maker: SampleMaker, use: Use): string[] {
  return PEOPLE_DOMAIN_NAMES.flatMap((domain) => {
    const own = cells.map((cell) => cell.makers[maker][use][domain]);
    const real = cells.map((cell) => cell.real[domain]);
    const accuracy = pairedInterval(
      own.map((score) => score.accuracy),
      real.map((score) => score.accuracy),
    );
    const loss = pairedInterval(
      own.map((score) => score.logLoss),
      real.map((score) => score.logLoss),
    );
    return [
      intervalText(accuracy, 1, 100),
      verdictOf(accuracy, true),
      intervalText(loss, 3),
      verdictOf(loss, false),
    ];
  });
}

const COLUMNS = PEOPLE_DOMAIN_NAMES.flatMap((domain) => [
  `accuracy, points (${DOMAIN_WORDS[domain]})`,
  'reads',
  `log loss, nats (${DOMAIN_WORDS[domain]})`,
  'reads',
]);

function tables(size: number, cells: readonly AugmentationCell[]): FigureTable[] {
  const real = PEOPLE_DOMAIN_NAMES.map((domain) => {
    const accuracy = meanInterval(cells.map((cell) => cell.real[domain].accuracy));
    const loss = meanInterval(cells.map((cell) => cell.real[domain].logLoss));
    return `${DOMAIN_WORDS[domain]}: ${intervalText(accuracy, 1, 100)} %, ${intervalText(loss, 3)} nats`;
  });
  const intervals = 2 * 2 * SAMPLE_MAKERS.length;
  const caption = `Differences to the same network trained on the ${3 * size} simulated people alone (${real.join('; ')}), mean [95 % paired t interval] over ${cells.length} repetitions with people of their own, ${3 * TEST_PER_CLASS} test people a domain. If nothing differed, ${(0.05 * intervals).toFixed(1)} of ${intervals} such intervals in a table would miss zero by chance.`;
  return [
    {
      title: `Augmentation, ${size} people a class: simulated people and made-up samples together (${SAMPLES_PER_PERSON} made up for each)`,
      columns: ['samples made up by', ...COLUMNS],
      rows: SAMPLE_MAKERS.map((maker) => [MAKER_WORDS[maker], ...comparisonRow(cells, maker, 'added')]),
      caption,
    },
    {
      title: `Augmentation, ${size} people a class: trained on made-up samples only, tested on simulated people`,
      columns: ['samples made up by', ...COLUMNS],
      rows: SAMPLE_MAKERS.map((maker) => [MAKER_WORDS[maker], ...comparisonRow(cells, maker, 'alone')]),
      caption,
    },
    {
      title: `Made-up samples, ${size} training people a class: like simulated people, or like those they come from?`,
      columns: [
        'samples made up by',
        'two-sample area',
        'nearer than the 5 % quantile, %',
        'median distance / that of people',
      ],
      rows: [
        ...SAMPLE_MAKERS.map((maker) => {
          const own = cells.map((cell) => cell.makers[maker]);
          return [
            MAKER_WORDS[maker],
            intervalText(meanInterval(own.map(({ area }) => area)), 2),
            intervalText(meanInterval(own.map(({ nearShare }) => nearShare)), 1, 100),
            intervalText(meanInterval(own.map(({ medianRatio }) => medianRatio)), 2),
          ];
        }),
        [
          'simulated people (what is to be reached)',
          intervalText(meanInterval(cells.map((cell) => cell.realArea)), 2),
          '5',
          '1',
        ],
      ],
      caption: `Two-sample area: a classifier with quadratic terms tells made-up samples from simulated people whom no generator saw; 0.5 cannot, 1 always. Distances: to the nearest training person of the class, against those of unseen people. Copies are the broken twin that the memorisation check must catch. The network has ${cells[0]!.gan.generatorWeights} weights that generate and ${cells[0]!.gan.discriminatorWeights} that discriminate; it stopped at step ${intervalText(meanInterval(cells.map(({ gan }) => gan.bestStep)), 0)}, where its area on the people who stopped it was ${intervalText(meanInterval(cells.map(({ gan }) => gan.stoppingArea)), 2)}: the area in the table is of others.`,
    },
  ];
}

/** Share of unseen people that lie as near to a training person, by the definition of the quantile. */
const NEAR_SHARE_OF_PEOPLE = 0.05;

/** Reads the share of made-up samples that lie nearer to a training person than 95 % of unseen people. */
export function nearWords({ low, high }: Pick<MeanInterval, 'low' | 'high'>): string {
  if (low > NEAR_SHARE_OF_PEOPLE) {
    return 'They are nearer to the people they were made from than unseen people are.';
  }
  return high <= NEAR_SHARE_OF_PEOPLE
    ? 'They are not nearer to the people they were made from than unseen people are.'
    : 'Whether they are nearer to the people they were made from than unseen people are cannot be told: the interval holds 5 %.';
}

function findings(size: number, cells: readonly AugmentationCell[]): Finding[] {
  const made: Finding[] = [];
  for (const maker of ['migration', 'gan'] as const) {
    const words = MAKER_WORDS[maker];
    for (const domain of PEOPLE_DOMAIN_NAMES) {
      const of = (use: Use) =>
        pairedInterval(
          cells.map((cell) => cell.makers[maker][use][domain].accuracy),
          cells.map((cell) => cell.real[domain].accuracy),
        );
      const [added, alone] = [of('added'), of('alone')];
      made.push(
        findingOf(
          `augmentation by ${words}, ${size} a class: accuracy against simulated people alone, ${DOMAIN_WORDS[domain]}`,
          added,
          `Adding made-up samples: ${verdictOf(added, true)}. Paired over ${cells.length} repetitions.`,
        ),
        findingOf(
          `only samples made up by ${words}, ${size} a class: accuracy against simulated people, ${DOMAIN_WORDS[domain]}`,
          alone,
          `Trained on made-up samples, tested on simulated people held out: ${verdictOf(alone, true)}. Paired over ${cells.length} repetitions.`,
        ),
      );
    }
    const own = cells.map((cell) => cell.makers[maker]);
    const near = meanInterval(own.map(({ nearShare }) => nearShare));
    made.push(
      findingOf(
        `memorisation by ${words}, ${size} a class: share nearer to a training person than 95 % of unseen people`,
        near,
        `5 % is what further simulated people of the same population show, 100 % what copies show. ${nearWords(near)}`,
      ),
      findingOf(
        `two-sample area of ${words}, ${size} a class`,
        meanInterval(own.map(({ area }) => area)),
        'On people who decided nothing. 0.5: a classifier cannot tell made-up samples from simulated people; 1: it always can.',
      ),
    );
  }
  return made;
}

function summarise(results: ReadonlyMap<string, unknown>): Figures {
  const bySize = TRAINING_SIZES.map((size) => {
    const ids = Array.from({ length: REPETITIONS }, (_, repetition) => augmentationCellId(size, repetition));
    return { size, cells: cellResults(results, ids, AugmentationCell) };
  });
  return {
    ...noFigures(),
    findings: bySize.flatMap(({ size, cells }) => findings(size, cells)),
    tables: bySize.flatMap(({ size, cells }) => tables(size, cells)),
  };
}

export const AUGMENTATION: Experiment = {
  name: 'augmentation',
  title: 'Do made-up samples help a network that has few simulated people?',
  about:
    'Three classes from nine features, a dense network with 16 hidden units and a plain ridge on its first layer, stopped on 300 validation people. Everybody here is simulated; no recording is used. Made-up samples come from inverse-distance-weighted migration, from a small conditional adversarial network (stopped by a two-sample classifier on validation people), from one Gaussian a class (its plain twin) and from copies (the plain twin of all), each fitted on the training people only. Tested on untouched simulated people of the same population, and on surrogate people (simulated too: contact model B, muscle spread doubled). 20 repetitions share nobody; intervals are paired t intervals over them.',
  seed: AUGMENTATION_SEED,
  dataSets: [],
  usesTensors: true,
  cells: augmentationCells,
  summarise,
};

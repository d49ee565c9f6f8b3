import { mean } from 'simple-statistics';
import { NEWTON_PER_UNIT } from '../../core/units/quantities.ts';
import type { NormCell, NormTable } from '../population/norm-table-schema.ts';
import {
  INTERNATIONAL_GRIP,
  KOREA_GRIP,
  MASSY_WESTROPP_GRIP,
  MATHIOWETZ_GRIP,
  MATHIOWETZ_KEY_PINCH,
  STEGINK_JANSEN_KEY_PINCH,
  STEIBER_GRIP,
} from '../population/norm-tables.ts';
import { pooledNorm } from '../population/pooled-norm.ts';
import { SURVEY } from '../population/survey-table.ts';
import type { Check, Figures, FigureTable, Finding } from './figures.ts';
import {
  type ComparedCell,
  cellsDifference,
  type Estimate,
  type FullSample,
  farthest,
  meanDifference,
  meanOfPeople,
  medianOfPeople,
  personCount,
  type Sample,
  sampleOf,
  sdDifference,
  type ValuesByPerson,
} from './population-comparison.ts';
import type { NormPerson } from './population-people.ts';

const SEXES = ['female', 'male'] as const;
const HANDS = ['right', 'left'] as const;
const WORDS = { female: 'women', male: 'men' } as const;
/** Cells with fewer simulated people are left out: ages beyond 85 are not simulated. */
export const SMALLEST_CELL = 50;

/** Pooled bands of design decision 4: per five-year band the table's own sampling noise is larger. */
const POOLED = [
  [20, 39],
  [40, 59],
  [60, 69],
  [70, Number.POSITIVE_INFINITY],
] as const;

const best = (trials: readonly number[]): number => Math.max(...trials);

/** Mean of three trials of the simulated hand, newtons, as key pinch norms are measured. */
const pinchScore = (person: NormPerson): number => mean([...person.pinchTrialsN]);

/** Strength of a person as a table scores it, in the table's unit. Key pinch is measured on one hand a person. */
function scoreOf(table: NormTable, hand: NormCell['hand'], person: NormPerson): number | null {
  if (table.measure === 'key-pinch') {
    return person.side === hand ? pinchScore(person) / NEWTON_PER_UNIT[table.unit] : null;
  }
  const { grip, dominantHand } = person;
  const side = {
    right: 'right',
    left: 'left',
    unstated: 'right',
    dominant: dominantHand,
    best: 'best',
  } as const;
  const chosen = hand === 'nondominant' ? (dominantHand === 'right' ? 'left' : 'right') : side[hand];
  const isMean = table.score.startsWith('mean of three');
  const score = isMean ? (trials: readonly number[]) => mean([...trials]) : best;
  const right = score(grip.rightTrialsKg);
  const left = score(grip.leftTrialsKg);
  const kilograms = chosen === 'best' ? Math.max(right, left) : chosen === 'right' ? right : left;
  return (kilograms * NEWTON_PER_UNIT.kg) / NEWTON_PER_UNIT[table.unit];
}

/** Scores of the people who belong to a cell, by their place in `people`, in the table's unit. */
export function valuesOf(table: NormTable, cell: NormCell, people: readonly NormPerson[]): ValuesByPerson {
  const values = new Map<number, number>();
  people.forEach((person, place) => {
    const isIn =
      person.sex === cell.sex && person.ageYears >= cell.ageBand.low && person.ageYears <= cell.ageBand.high;
    const score = isIn ? scoreOf(table, cell.hand, person) : null;
    if (score !== null) values.set(place, score);
  });
  return values;
}

/** Figures of a table's cell as a sample. Where only the whole sample's size is known, bands count alike. */
function knownOf(table: NormTable, cell: NormCell): Sample {
  const bands = table.cells.filter((other) => other.sex === cell.sex && other.hand === cell.hand).length;
  const count = cell.count ?? (table.sampleSizes && Math.round(table.sampleSizes[cell.sex] / bands));
  return {
    mean: cell.mean ?? cell.P50!,
    ...(cell.sd === undefined ? {} : { sd: cell.sd }),
    ...(count === undefined ? {} : { count }),
  };
}

/** Pooled bands of a hand and how many people they stand for. */
function pooled(
  table: NormTable,
  sex: 'female' | 'male',
  hand: 'right' | 'left',
  low: number,
  high: number,
): FullSample {
  const count = table.cells
    .filter((cell) => cell.sex === sex && cell.hand === hand)
    .filter(({ ageBand }) => ageBand.low >= low && ageBand.low <= high)
    .reduce((sum, cell) => sum + (knownOf(table, cell).count ?? 0), 0);
  return { ...pooledNorm(table, sex, hand, low, high), count };
}

/** The norm match of key pinch (must hold): pooled bands, means within 5 %, SDs within 30 %. */
export function keyPinchMatch(people: readonly NormPerson[]): { checks: Check[]; table: FigureTable } {
  const cells = SEXES.flatMap((sex) =>
    HANDS.flatMap((hand) =>
      POOLED.map(([low, high]) => {
        const values = people
          .filter((p) => p.sex === sex && p.side === hand && p.ageYears >= low && p.ageYears <= high)
          .map(pinchScore);
        const made = sampleOf(values);
        const known = pooled(MATHIOWETZ_KEY_PINCH, sex, hand, low, high);
        return {
          name: `${WORDS[sex]} ${high === Number.POSITIVE_INFINITY ? `${low}+` : `${low}-${high}`}, ${hand}`,
          made,
          known,
          mean: meanDifference(made, known),
          sd: sdDifference(made, known),
        };
      }),
    ),
  );
  const check = (key: 'mean' | 'sd', words: string, bar: number): Check => {
    const worst = farthest(cells.map((cell) => ({ ...cell, estimate: cell[key] })));
    return {
      name: `key pinch against Mathiowetz 1985 (recalled): largest difference of ${words} (${worst.name}), %`,
      ...worst.estimate,
      bar: `each of ${cells.length} pooled cells within ${bar} %`,
      ok: Math.abs(worst.estimate.value) <= bar,
      n: worst.made.count,
    };
  };
  return {
    checks: [check('mean', 'a mean', 5), check('sd', 'an SD', 30)],
    table: {
      title: 'Key pinch against Mathiowetz 1985 (recalled, fitted), newtons',
      columns: [
        'Cell',
        'n simulated',
        'Mean',
        'SD',
        'n table (about)',
        'Table mean',
        'Table SD',
        'Mean, %',
        'SD, %',
      ],
      rows: cells.map(({ name, made, known, mean: m, sd }) => [
        name,
        made.count,
        ...[made.mean, made.sd].map((v) => Number(v.toFixed(1))),
        known.count,
        ...[known.mean, known.sd, m.value, sd.value].map((v) => Number(v.toFixed(1))),
      ]),
      caption:
        'The table was recalled, not read. Its counts a cell are taken as equal parts of 310 men and 328 women (assumption).',
    },
  };
}

/** Of the two hands' log grip around one regression, measured; used for tables that do not state their own. */
const HAND_CORRELATION = {
  female: SURVEY.measured.bySex.female.handResidualCorrelation,
  male: SURVEY.measured.bySex.male.handResidualCorrelation,
} as const;

const EXTERNAL = [
  MATHIOWETZ_KEY_PINCH,
  STEGINK_JANSEN_KEY_PINCH,
  MATHIOWETZ_GRIP,
  MASSY_WESTROPP_GRIP,
  STEIBER_GRIP,
  INTERNATIONAL_GRIP,
  KOREA_GRIP,
] as const;
const READING_WORDS = { read: 'read', 'read-second-hand': 'read second-hand', recalled: 'recalled' } as const;

/** Mean difference from every table by sex, those that were read and those that were recalled kept apart. */
export function tableAgreement(people: readonly NormPerson[]): Pick<Figures, 'findings' | 'tables'> {
  const rows = EXTERNAL.flatMap((table) =>
    SEXES.flatMap((sex) => {
      const cells = table.cells.flatMap((cell): ComparedCell[] => {
        if (cell.sex !== sex) return [];
        const values = valuesOf(table, cell, people);
        if (values.size < SMALLEST_CELL) return [];
        // A table of medians is compared with medians.
        const made = cell.mean === undefined ? medianOfPeople(values) : meanOfPeople(values);
        const knownPeople = [table.id, sex, cell.ageBand.text, cell.heightBandCm?.text].join(' ');
        return [{ ...made, known: knownOf(table, cell), knownPeople }];
      });
      return [{ table, sex, cells, estimate: cellsDifference(cells, HAND_CORRELATION[sex]) }];
    }),
  );
  const findings = rows.map(
    ({ table, sex, cells, estimate }): Finding => ({
      name: `${table.measure === 'grip' ? 'grip' : 'key pinch'}, ${table.id} (${READING_WORDS[table.reading]}), ${WORDS[sex]}: mean difference of the simulated people, %`,
      ...estimate,
      literature: table.source,
      n: personCount(cells),
      sentence: `${cells.length} cells of the table. ${intervalWords(cells, HAND_CORRELATION[sex])} ${table.status}`,
    }),
  );
  return { findings: [...findings, ...summaryByReading(rows)], tables: [agreementTable(rows)] };
}

type AgreementRow = {
  table: NormTable;
  sex: 'female' | 'male';
  cells: ComparedCell[];
  estimate: Estimate;
};

/** Whose sampling an interval holds, and what it takes two hands of a person for. */
export function intervalWords(cells: readonly ComparedCell[], handCorrelation: number): string {
  const sampled = cells.filter(({ known }) => known.sd !== undefined && known.count !== undefined);
  const whose =
    sampled.length === cells.length
      ? 'Interval: sampling of people on both sides'
      : sampled.length === 0
        ? 'Interval: sampling of the simulated people only, as the table gives no counts or no spreads'
        : `Interval: sampling of the simulated people, and of the table's in ${sampled.length} of ${cells.length} cells (the others give no counts or no spreads)`;
  const sharing = sampled.length - new Set(sampled.map(({ knownPeople }) => knownPeople)).size;
  return sharing === 0
    ? `${whose}.`
    : `${whose}; two hands of the table's people are taken to be correlated as grip in the US 2013-14 survey (${handCorrelation.toFixed(2)}, given age and size).`;
}

/** One figure for tables that were read, one for those read second-hand, one for those recalled, by measure. */
function summaryByReading(rows: readonly AgreementRow[]): Finding[] {
  return (['key-pinch', 'grip'] as const).flatMap((measure) =>
    (['read', 'read-second-hand', 'recalled'] as const).flatMap((reading): Finding[] => {
      const own = rows.filter(({ table }) => table.measure === measure && table.reading === reading);
      if (own.length === 0) return [];
      const cells = own.flatMap((row) => row.cells);
      // One correlation for both sexes: the larger one, which widens the interval.
      const handCorrelation = Math.max(...Object.values(HAND_CORRELATION));
      const estimate = cellsDifference(cells, handCorrelation);
      return [
        {
          name: `${measure === 'grip' ? 'grip' : 'key pinch'}: mean difference from tables ${READING_WORDS[reading]}, %`,
          ...estimate,
          literature: [...new Set(own.map(({ table }) => table.source))].join(' | '),
          n: personCount(cells),
          sentence: `Every cell of ${own.length / 2} ${own.length === 2 ? 'table' : 'tables'} counts alike, so differences of opposite sign cancel: ${rangeWords(own)}. ${
            measure === 'key-pinch' && reading === 'recalled'
              ? 'Fitted: no other table of key pinch that was at hand gives spreads by age.'
              : 'Not fitted.'
          } ${intervalWords(cells, handCorrelation)}`,
        },
      ];
    }),
  );
}

/** Lowest and highest mean difference of a table and sex. */
function rangeWords(rows: readonly AgreementRow[]): string {
  const values = rows.map(({ estimate }) => estimate.value);
  return `by table and sex ${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)} %`;
}

const agreementTable = (rows: readonly AgreementRow[]): FigureTable => ({
  title: 'Simulated people against published tables',
  columns: [
    'Table',
    'How it came to us',
    'Sex',
    'Cells',
    'Mean difference, %',
    'Low',
    'High',
    'Largest cell, %',
  ],
  rows: rows.map(({ table, sex, cells, estimate }) => [
    table.id,
    READING_WORDS[table.reading],
    WORDS[sex],
    cells.length,
    ...[estimate.value, estimate.low, estimate.high].map((v) => Number(v.toFixed(1))),
    Number(
      farthest(cells.map((cell) => ({ estimate: cellsDifference([cell], 0) }))).estimate.value.toFixed(1),
    ),
  ]),
  caption:
    'Other populations, gauges and protocols: reported, never fitted, except key pinch of Mathiowetz 1985. Where the hand or the score is not stated, the right hand and the best of three are compared.',
});

/** Published norm tables as the app reads them (resources/norms); the simulator has a stricter reader of its own. */
import * as z from 'zod';
import type { Measure } from '../../contract/schemas/clinical.ts';
import { type ForceUnit, toNewtons } from '../../units/quantities.ts';

const PERCENTILES = ['P5', 'P10', 'P20', 'P30', 'P40', 'P50', 'P60', 'P70', 'P80', 'P90', 'P95'] as const;
const COLUMNS = ['sex', 'ageBand', 'heightBandCm', 'hand', 'count', 'mean', 'sd', ...PERCENTILES] as const;

/**
 * How a table came to us: read in the source or in a public copy of its table; read in somebody's transcription; or
 * recalled, that is written from memory and to be verified.
 */
export const NORM_READINGS = ['read', 'read-second-hand', 'recalled'] as const;
export type NormReading = (typeof NORM_READINGS)[number];

/** A file of resources/norms, rows in the order of `columns`. */
export const NormTableFile = z.strictObject({
  id: z.string().min(1).max(80),
  source: z.string().min(1).max(600),
  reading: z.enum(NORM_READINGS),
  status: z.string().min(1).max(600),
  measure: z.enum(['grip', 'key-pinch', 'tip-pinch', 'palmar-pinch']),
  unit: z.enum(['kg', 'lb']),
  score: z.string().min(1).max(200),
  sampleSizes: z.strictObject({ female: z.int(), male: z.int() }).optional(),
  rowsSha256: z.string().max(64).optional(),
  columns: z.array(z.enum(COLUMNS)).min(3),
  rows: z
    .array(z.array(z.union([z.string().max(20), z.number()])))
    .min(1)
    .max(1000),
});
export type NormTableFile = z.output<typeof NormTableFile>;

export interface NormBand {
  text: string;
  low: number;
  high: number;
}
export type NormHand = 'right' | 'left' | 'dominant' | 'nondominant' | 'best' | 'unstated';

/** One group of people of a table; forces in newtons. */
export interface NormCell {
  sex: 'female' | 'male';
  age: NormBand;
  heightCm: NormBand | null;
  hand: NormHand;
  count: number | null;
  meanN: number | null;
  sdN: number | null;
  /** 10th, 50th and 90th percentile where the table has them. */
  p10N: number | null;
  p50N: number | null;
  p90N: number | null;
}

export interface NormTable {
  id: string;
  measure: Measure;
  source: string;
  reading: NormReading;
  status: string;
  score: string;
  cells: readonly NormCell[];
}

/** Grip norms are of the second handle, the one that guidelines name. */
const MEASURES: Readonly<Record<NormTableFile['measure'], Measure>> = {
  grip: 'grip-2',
  'key-pinch': 'lateral-pinch',
  'tip-pinch': 'tip-pinch',
  'palmar-pinch': 'palmar-pinch',
};

function bandOf(text: unknown): NormBand {
  const match = /^(\d+)(?:-(\d+)|\+)$/.exec(String(text));
  if (!match) throw new RangeError(`"${String(text)}" is no band such as "20-24" or "75+"`);
  return {
    text: String(text),
    low: Number(match[1]),
    high: match[2] === undefined ? Number.POSITIVE_INFINITY : Number(match[2]),
  };
}

/**
 * A norm table from its file, forces in newtons.
 * @throws RangeError naming the table when a band, a hand or a number cannot be read, or a row has neither mean nor median.
 */
export function readNormTable(file: NormTableFile): NormTable {
  const { columns, rows, measure, unit, ...about } = file;
  const cells = rows.map((row) => {
    const of = (column: (typeof COLUMNS)[number]) => row[columns.indexOf(column)];
    const forceN = (column: (typeof COLUMNS)[number]): number | null => {
      const value = of(column);
      if (value === undefined) return null;
      if (typeof value !== 'number' || !(value > 0))
        throw new RangeError(`norm table ${file.id}: no strength`);
      return toNewtons(value, unit satisfies ForceUnit);
    };
    const height = of('heightBandCm');
    const cell = {
      sex: z.enum(['female', 'male']).parse(of('sex')),
      age: bandOf(of('ageBand')),
      heightCm: height === undefined ? null : bandOf(height),
      hand: z
        .enum(['right', 'left', 'dominant', 'nondominant', 'best', 'unstated'])
        .parse(of('hand')) satisfies NormHand,
      count: typeof of('count') === 'number' ? Number(of('count')) : null,
      meanN: forceN('mean'),
      sdN: forceN('sd'),
      p10N: forceN('P10'),
      p50N: forceN('P50'),
      p90N: forceN('P90'),
    };
    if (cell.meanN === null && cell.p50N === null) {
      throw new RangeError(`norm table ${file.id}: a row has neither mean nor median`);
    }
    return cell;
  });
  const { id, source, reading, status, score } = about;
  return { id, measure: MEASURES[measure], source, reading, status, score, cells };
}

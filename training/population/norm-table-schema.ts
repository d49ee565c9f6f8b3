import * as z from 'zod';

export const PERCENTILES = [
  'P5',
  'P10',
  'P20',
  'P30',
  'P40',
  'P50',
  'P60',
  'P70',
  'P80',
  'P90',
  'P95',
] as const;
export type Percentile = (typeof PERCENTILES)[number];

/**
 * How the figures came to us: read in the source or in a public copy of its table; read in somebody's
 * transcription or summary; or recalled and to be verified. Agreement with them is reported apart.
 */
export const READINGS = ['read', 'read-second-hand', 'recalled'] as const;
export type Reading = (typeof READINGS)[number];

const Sex = z.enum(['female', 'male']);
export const NORM_HANDS = ['right', 'left', 'dominant', 'nondominant', 'best', 'unstated'] as const;
export type NormHand = (typeof NORM_HANDS)[number];

const COLUMNS = ['sex', 'ageBand', 'heightBandCm', 'hand', 'count', 'mean', 'sd', ...PERCENTILES] as const;
/** Kilogram-force or pound-force: no hand gives more than this. */
const Strength = z.number().positive().max(250);

/** "20-24" or "75+". */
const Band = z.string().transform((text, context) => {
  const match = /^(\d+)(?:-(\d+)|\+)$/.exec(text);
  const low = Number(match?.[1]);
  const high = match?.[2] === undefined ? Number.POSITIVE_INFINITY : Number(match[2]);
  if (match && low <= high) return { text, low, high };
  context.addIssue({ code: 'custom', message: `"${text}" is no band such as "20-24" or "75+".` });
  return z.NEVER;
});

const Percentiles = z.strictObject({
  P5: Strength.optional(),
  P10: Strength.optional(),
  P20: Strength.optional(),
  P30: Strength.optional(),
  P40: Strength.optional(),
  P50: Strength.optional(),
  P60: Strength.optional(),
  P70: Strength.optional(),
  P80: Strength.optional(),
  P90: Strength.optional(),
  P95: Strength.optional(),
});
const Cell = Percentiles.extend({
  sex: Sex,
  ageBand: Band,
  heightBandCm: Band.optional(),
  hand: z.enum(NORM_HANDS),
  count: z.int().positive().optional(),
  mean: Strength.optional(),
  sd: Strength.optional(),
}).refine((cell) => cell.mean !== undefined || cell.P50 !== undefined, {
  error: 'A cell needs a mean or a median.',
});
export type NormCell = z.output<typeof Cell>;

const Written = z.strictObject({
  id: z.string().min(1),
  source: z.string().min(1),
  reading: z.enum(READINGS),
  status: z.string().min(1),
  measure: z.enum(['grip', 'key-pinch']),
  unit: z.enum(['kg', 'lb']),
  score: z.string().min(1),
  sampleSizes: z.strictObject({ female: z.int().positive(), male: z.int().positive() }).optional(),
  /** Fingerprint of the rows of people that a computed table was made from. */
  rowsSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  columns: z.array(z.enum(COLUMNS)).min(3),
  rows: z.array(z.array(z.union([z.string(), z.number()]))).min(1),
});

/** A published table. Its cells stay in its own unit, which {@link NormTable.unit} names. */
export type NormTable = Omit<z.output<typeof Written>, 'columns' | 'rows'> & { cells: readonly NormCell[] };

/** What a reader takes a table for: a table in another unit is another table, whose figures are 2.2 times off. */
export type NormTableKind = Pick<NormTable, 'measure' | 'unit'>;

/** Why bands of whole numbers, in any order, do not follow each other without gap or overlap; null when they do. */
function faultOfBands(bands: readonly NormCell['ageBand'][]): string | null {
  const ascending = [...bands].sort((a, b) => a.low - b.low);
  for (const [i, band] of ascending.entries()) {
    const before = ascending[i - 1];
    if (before && band.low <= before.high) return `the bands ${before.text} and ${band.text} overlap`;
    if (before && band.low > before.high + 1) {
      return `no band lies between ${before.text} and ${band.text}`;
    }
  }
  return null;
}

/**
 * Within each sex and hand: age bands follow each other and begin and end as those of the others, and in each of them the
 * bands of height follow each other. A row that was lost on the way would otherwise be averaged away.
 */
function requireWholeBands(id: string, cells: readonly NormCell[]): void {
  const groups = Map.groupBy(cells, ({ sex, hand }) => `${hand} hand of ${sex} people`);
  for (const [who, own] of groups) {
    const byAge = [...Map.groupBy(own, ({ ageBand }) => ageBand.text).values()];
    const faults = [
      faultOfBands(byAge.map(([first]) => first!.ageBand)),
      ...byAge.map((ofAge) => {
        const heights = ofAge.flatMap(({ heightBandCm }) => heightBandCm ?? []);
        const fault = faultOfBands(heights);
        return fault && `${fault} cm at ${ofAge[0]!.ageBand.text} years`;
      }),
    ];
    const fault = faults.find((found) => found !== null);
    if (fault) throw new RangeError(`The norm table ${id} cannot be used: ${who}: ${fault}.`);
  }
  // A first or last band that was lost leaves no gap in its own hand: the other hands still have it.
  for (const { ageBand } of cells) {
    for (const [who, own] of groups) {
      if (!own.some(({ ageBand: { low, high } }) => low <= ageBand.low && high >= ageBand.low)) {
        throw new RangeError(
          `The norm table ${id} cannot be used: ${who}: there is no band ${ageBand.text}.`,
        );
      }
    }
  }
}

/**
 * A norm table from its file.
 * @param expected - measure and unit that the reader takes it for.
 * @throws RangeError with the table's name and the fault: unknown column, a row that is too short, a number that
 * is none or no strength, a band that cannot be read, two cells for the same people, a band that is missing between two
 * others or overlaps the next one (with sex and hand), another measure or unit than expected.
 */
export function parseNormTable(value: unknown, expected: NormTableKind): NormTable {
  const written = Written.safeParse(value);
  if (!written.success)
    throw new RangeError(`A norm table cannot be used. ${z.prettifyError(written.error)}`);
  const { columns, rows, ...table } = written.data;
  if (table.measure !== expected.measure || table.unit !== expected.unit) {
    throw new RangeError(
      `The norm table ${table.id} must hold ${expected.measure} in ${expected.unit}, not ${table.measure} in ${table.unit}.`,
    );
  }
  const seen = new Set<string>();
  const cells = rows.map((row, index) => {
    const fault = (why: string): RangeError =>
      new RangeError(`Row ${index + 1} of the norm table ${table.id} cannot be used. ${why}`);
    if (row.length !== columns.length)
      throw fault(`It has ${row.length} entries for ${columns.length} columns.`);
    const cell = Cell.safeParse(Object.fromEntries(columns.map((column, i) => [column, row[i]])));
    if (!cell.success) throw fault(z.prettifyError(cell.error));
    const key = [cell.data.sex, cell.data.ageBand.text, cell.data.heightBandCm?.text, cell.data.hand].join(
      ' ',
    );
    if (seen.has(key)) throw fault(`There is a second row for ${key}.`);
    seen.add(key);
    return cell.data;
  });
  requireWholeBands(table.id, cells);
  return { ...table, cells };
}

/**
 * The cell of a table for a person. @param ageYears - whole years.
 * @throws RangeError with a sentence when the table has no such band: a norm is never guessed from the next one.
 */
export function normCellOf(
  table: NormTable,
  sex: 'female' | 'male',
  ageYears: number,
  hand: NormHand,
  heightCm?: number,
): NormCell {
  const isIn = (value: number, band: { low: number; high: number }): boolean =>
    Math.floor(value) >= band.low && Math.floor(value) <= band.high;
  const found = table.cells.find(
    (cell) =>
      cell.sex === sex &&
      cell.hand === hand &&
      isIn(ageYears, cell.ageBand) &&
      (cell.heightBandCm === undefined || (heightCm !== undefined && isIn(heightCm, cell.heightBandCm))),
  );
  if (found) return found;
  const size = heightCm === undefined ? '' : ` and ${heightCm} cm`;
  throw new RangeError(
    `The norm table ${table.id} has no ${hand} hand of a ${sex} person of ${ageYears} years${size}.`,
  );
}

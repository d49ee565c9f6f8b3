/** How a delimited text file is written: its delimiter and decimal mark, found together from the rows themselves. */

export const DELIMITERS = [',', ';', '\t'] as const;
export const DECIMAL_SIGNS = ['.', ','] as const;
export interface Dialect {
  delimiter: (typeof DELIMITERS)[number];
  decimalSign: (typeof DECIMAL_SIGNS)[number];
}

/** A table found in the first lines of a file. */
export interface FoundTable extends Dialect {
  /** Index of the first row of numbers. */
  first: number;
  /** Rows of numbers among the lines that were looked at. */
  rows: number;
  /** Cells of the widest row. */
  width: number;
}

/** Fewer numeric rows than this are a stray line of a preamble, not a table. */
const MIN_TABLE_ROWS = 2;
/** A table begins within these lines or is not found. */
export const LINES_LOOKED_AT = 400;

/** Comma and decimal comma together need quoted cells, and are tried last. */
const DIALECTS: readonly Dialect[] = [
  { delimiter: ',', decimalSign: '.' },
  { delimiter: ';', decimalSign: '.' },
  { delimiter: ';', decimalSign: ',' },
  { delimiter: '\t', decimalSign: '.' },
  { delimiter: '\t', decimalSign: ',' },
  { delimiter: ',', decimalSign: ',' },
];

/** The cells of a line, trimmed; a quoted cell may hold the delimiter, and "" inside it is one quote. */
export function splitCells(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!;
    if (character === '"') {
      if (isQuoted && line[i + 1] === '"') {
        cell += '"';
        i++;
      } else isQuoted = !isQuoted;
    } else if (character === delimiter && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  cells.push(cell.trim());
  return cells;
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** A cell as a finite number; undefined when it is none in this dialect. */
export function numberOf(cell: string, decimalSign: Dialect['decimalSign']): number | undefined {
  if (decimalSign === ',' && cell.includes('.')) return undefined;
  const text = decimalSign === ',' ? cell.replace(',', '.') : cell;
  if (!NUMBER.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Words by which programs say that there is no value. */
const MISSING_WORDS = ['nan', 'na', 'n/a', '-', '--', 'null'];
export const isMissingWord = (cell: string): boolean => MISSING_WORDS.includes(cell.toLowerCase());

/** True when at least one cell is a number and every other one is empty or says that there is no value. */
export function isNumericRow(cells: readonly string[], decimalSign: Dialect['decimalSign']): boolean {
  const filled = cells.filter((c) => c !== '' && !isMissingWord(c));
  return filled.length > 0 && filled.every((c) => numberOf(c, decimalSign) !== undefined);
}

/** The table that a file holds when read in one dialect; null when there is none. */
export function tableOf(lines: readonly string[], dialect: Dialect): FoundTable | null {
  const { delimiter, decimalSign } = dialect;
  const sample = lines.slice(0, LINES_LOOKED_AT).map((line) => splitCells(line, delimiter));
  const first = sample.findIndex(
    (cells, i) =>
      isNumericRow(cells, decimalSign) &&
      (sample[i + 1] === undefined || isNumericRow(sample[i + 1]!, decimalSign)),
  );
  if (first < 0) return null;
  const numeric = sample.slice(first).filter((cells) => isNumericRow(cells, decimalSign));
  if (numeric.length < MIN_TABLE_ROWS) return null;
  return {
    delimiter,
    decimalSign,
    first,
    rows: numeric.length,
    width: Math.max(...numeric.map((cells) => cells.length)),
  };
}

/** The dialect that explains most of the file: more columns explain the same rows better, "1,5;2,5" is two cells, not one. */
export function bestTableOf(lines: readonly string[]): FoundTable | null {
  let best: FoundTable | null = null;
  for (const dialect of DIALECTS) {
    const table = tableOf(lines, dialect);
    if (table && (!best || table.width * table.rows > best.width * best.rows)) best = table;
  }
  return best;
}

/** The samples of a delimited text recording as Float64 columns, straight from the bytes and in slices. */
import { isMissingWord, numberOf } from './delimited-dialect.ts';
import type { RecordingLayout } from './recording-layout.ts';

export interface ParsedColumn {
  /** One value a row; NaN where the cell was empty or said so ("NaN", "n/a", "-"). */
  values: Float64Array;
  emptyCount: number;
  /** Cells that say in words that there is no value. */
  saidMissingCount: number;
}

export type SamplesProblem =
  | { kind: 'bad-cell'; line: number; column: number; text: string }
  | { kind: 'too-many-rows'; rows: number };

export type ParsedSamples =
  | { ok: true; rowCount: number; columns: readonly ParsedColumn[] }
  | { ok: false; problem: SamplesProblem };

/** Bytes of a file that are read; larger ones are refused with a sentence. */
export const MAX_RECORDING_BYTES = 64 * 1024 * 1024;
/** 4 million rows are an hour at 1,000 Hz. */
export const MAX_RECORDING_ROWS = 4_000_000;
const BYTES_PER_SLICE = 262_144;
/** Whole numbers below 10^15 and powers of ten up to 10^22 are exact: their quotient is the nearest double. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

const QUOTE = 0x22;
const isSpace = (byte: number) => byte === 0x20 || byte === 0x09 || byte === 0xa0;

/**
 * The number in a stretch of bytes, equal to what `Number` makes of its text; NaN when the fast way does not apply.
 * @param decimal - byte of the decimal mark.
 */
function fastNumber(bytes: Uint8Array, from: number, to: number, decimal: number): number {
  let position = from;
  const sign = bytes[position]!;
  if (sign === 0x2d || sign === 0x2b) position++;
  let mantissa = 0;
  let digits = 0;
  let decimals = -1;
  for (; position < to; position++) {
    const byte = bytes[position]!;
    if (byte >= 0x30 && byte <= 0x39) {
      mantissa = mantissa * 10 + (byte - 0x30);
      digits++;
      if (decimals >= 0) decimals++;
    } else if (byte === decimal && decimals < 0) decimals = 0;
    else return Number.NaN;
  }
  if (digits === 0 || digits > EXACT_DIGITS) return Number.NaN;
  const value = decimals > 0 ? mantissa / POWERS_OF_TEN[decimals]! : mantissa;
  return sign === 0x2d ? -value : value;
}

function countRows(bytes: Uint8Array, from: number): number {
  let rows = 1;
  for (let i = from; i < bytes.length; i++) if (bytes[i] === 10 || bytes[i] === 13) rows++;
  return rows;
}

/**
 * Reads the wanted columns of a file. Yields the share of it that is read, 0 to 1, about every 256 KB, so that a caller
 * can show progress, let others work, or stop.
 * @param columns - indices into `layout.columns`; only these must be numbers.
 * @returns one column for each wanted one, in that order, as long as the file has rows that are not blank; or the first
 * cell that is no number. Nothing is left out, filled in, sorted or resampled.
 * @throws RangeError when a wanted column is none of the layout's.
 */
export function* parseSamples(
  bytes: Uint8Array,
  layout: RecordingLayout,
  columns: readonly number[],
): Generator<number, ParsedSamples> {
  if (columns.some((c) => !Number.isInteger(c) || c < 0 || c >= layout.columns.length)) {
    throw new RangeError('a wanted column is none of the file');
  }
  const rows = countRows(bytes, layout.dataOffset);
  if (rows > MAX_RECORDING_ROWS) return { ok: false, problem: { kind: 'too-many-rows', rows } };
  const delimiter = layout.delimiter.charCodeAt(0);
  const decimal = layout.decimalSign.charCodeAt(0);
  const place = new Map(columns.map((column, index) => [column, index]));
  const parsed = columns.map(() => ({
    values: new Float64Array(rows).fill(Number.NaN),
    emptyCount: 0,
    saidMissingCount: 0,
  }));
  let position = layout.dataOffset;
  let line = layout.dataLine;
  let row = 0;
  let nextYield = position + BYTES_PER_SLICE;
  /** Which wanted columns the present row has. */
  const filled = new Uint8Array(parsed.length);
  while (position < bytes.length) {
    let isBlank = true;
    let column = 0;
    let start = position;
    let isQuoted = false;
    let isEnd = false;
    filled.fill(0);
    for (let i = position; !isEnd; i++) {
      const byte = i < bytes.length ? bytes[i]! : 10;
      isEnd = i >= bytes.length || byte === 10 || byte === 13;
      if (!isEnd && byte === QUOTE) isQuoted = !isQuoted;
      if (!isEnd && !(byte === delimiter && !isQuoted)) {
        if (isBlank && !isSpace(byte)) isBlank = false;
        continue;
      }
      if (!isEnd) isBlank = false;
      const index = place.get(column);
      if (index !== undefined && !isBlank) {
        const cell = cellAt(bytes, start, i, decimal);
        if (cell.text !== null) {
          return { ok: false, problem: { kind: 'bad-cell', line, column: column + 1, text: cell.text } };
        }
        const target = parsed[index]!;
        target.values[row] = cell.value;
        if (cell.kind === 'empty') target.emptyCount++;
        if (cell.kind === 'said-missing') target.saidMissingCount++;
        filled[index] = 1;
      }
      column++;
      start = i + 1;
      if (isEnd) position = byte === 13 && bytes[i + 1] === 10 ? i + 2 : i + 1;
    }
    if (!isBlank) {
      // A short row ends before these columns: their cells are empty.
      for (let index = 0; index < filled.length; index++) {
        if (filled[index] === 0) parsed[index]!.emptyCount++;
      }
      row++;
    }
    line++;
    if (position >= nextYield) {
      nextYield = position + BYTES_PER_SLICE;
      yield position / bytes.length;
    }
  }
  return {
    ok: true,
    rowCount: row,
    columns: parsed.map((column) => ({ ...column, values: column.values.slice(0, row) })),
  };
}

type Cell =
  | { kind: 'number' | 'empty' | 'said-missing'; value: number; text: null }
  | { kind: 'bad'; value: number; text: string };
const EMPTY: Cell = { kind: 'empty', value: Number.NaN, text: null };
const SAID_MISSING: Cell = { kind: 'said-missing', value: Number.NaN, text: null };

function cellAt(bytes: Uint8Array, from: number, to: number, decimal: number): Cell {
  let start = from;
  let end = to;
  while (start < end && (isSpace(bytes[start]!) || bytes[start] === QUOTE)) start++;
  while (end > start && (isSpace(bytes[end - 1]!) || bytes[end - 1] === QUOTE)) end--;
  if (start === end) return EMPTY;
  const fast = fastNumber(bytes, start, end, decimal);
  if (!Number.isNaN(fast)) return { kind: 'number', value: fast, text: null };
  let text = '';
  for (let i = start; i < Math.min(end, start + 60); i++) text += String.fromCharCode(bytes[i]!);
  const slow = numberOf(text, decimal === 0x2c ? ',' : '.');
  if (slow !== undefined) return { kind: 'number', value: slow, text: null };
  if (isMissingWord(text)) return SAID_MISSING;
  return { kind: 'bad', value: Number.NaN, text: text.slice(0, 40) };
}

/** Runs {@link parseSamples} to its end at once. */
export function parseAllSamples(
  bytes: Uint8Array,
  layout: RecordingLayout,
  columns: readonly number[],
): ParsedSamples {
  const work = parseSamples(bytes, layout, columns);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

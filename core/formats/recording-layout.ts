/**
 * What stands where in a delimited text recording, from its first bytes: dialect, preamble, header, first rows. Nothing
 * is converted here, and no unit is taken that the header does not state.
 */
import {
  bestTableOf,
  type Dialect,
  isMissingWord,
  isNumericRow,
  LINES_LOOKED_AT,
  splitCells,
  tableOf,
} from './delimited-dialect.ts';
import { statedUnitOf } from './delimited-recording.ts';
import { statedRecordingUnit, statedTimeUnit } from './recording-units.ts';
import { visibleText } from './visible-text.ts';

export interface LayoutColumn {
  /** As in the file, without characters that cannot be seen; `column 1` ... when there is no header. */
  name: string;
  /** The unit as the header writes it; null when it states none. */
  statedUnit: string | null;
}

export interface RecordingLayout extends Dialect {
  columns: readonly LayoutColumn[];
  /** Lines before the header, without characters that cannot be seen. */
  preamble: readonly string[];
  /** The first rows of numbers, cell by cell as written. */
  firstRows: readonly (readonly string[])[];
  /** Byte at which the first row of numbers begins. */
  dataOffset: number;
  /** Its line, counted from 1. */
  dataLine: number;
  encoding: 'utf-8' | 'latin-1';
  /**
   * True when the commas of a comma-delimited file may be decimal marks too ("0,05,12,1" is 0.05 and 12.1, or four whole
   * numbers), and only the person knows. It does not end by choosing how the file is written: no choice tells the commas
   * apart, so it is answered on its own.
   */
  isDecimalUncertain: boolean;
  /** Headings that name a column, 0 without any; beside the cells of a row it shows what is uncertain. */
  headingCount: number;
  /** Lines of numbers above the table, counted from 1: they are not read, and the person is told. */
  strayLines: readonly number[];
}

export type LayoutProblem = 'empty' | 'not-text' | 'no-numbers';
export type FoundLayout = { ok: true; layout: RecordingLayout } | { ok: false; problem: LayoutProblem };

/** The table begins within these bytes or is not found. */
const BYTES_LOOKED_AT = 262_144;
const ROWS_SHOWN = 8;

/**
 * Bytes as text: UTF-8, or Latin-1 when they are not valid UTF-8 (older instrument programs).
 * A character cut off at the end of the stretch looked at does not count against UTF-8.
 */
function decode(bytes: Uint8Array): { text: string; encoding: RecordingLayout['encoding'] } {
  let percent = '';
  let end = bytes.length;
  while (end > 0 && bytes.length - end < 4 && (bytes[end - 1]! & 0xc0) === 0x80) end--;
  if (end > 0 && bytes[end - 1]! >= 0xc0) end--;
  for (const byte of bytes.subarray(0, end)) {
    percent +=
      byte < 0x80 && byte !== 0x25 ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`;
  }
  try {
    return { text: decodeURIComponent(percent), encoding: 'utf-8' };
  } catch {
    return { text: latinText(bytes), encoding: 'latin-1' };
  }
}

function latinText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Lines with the byte at which each begins; the last may be cut off when the file goes on. */
function linesOf(bytes: Uint8Array, encoding: RecordingLayout['encoding']) {
  const lines: string[] = [];
  const offsets: number[] = [];
  let start = 0;
  for (let i = 0; i <= bytes.length && lines.length < LINES_LOOKED_AT + 1; i++) {
    const byte = bytes[i];
    if (i < bytes.length && byte !== 10 && byte !== 13) continue;
    const piece = bytes.subarray(start, i);
    lines.push(encoding === 'utf-8' ? decode(piece).text : latinText(piece));
    offsets.push(start);
    if (byte === 13 && bytes[i + 1] === 10) i++;
    start = i + 1;
  }
  return { lines, offsets };
}

/**
 * Finds the layout of a recording.
 * @param bytes - the whole file or its first part, at least 256 KB of it when it is longer.
 * @param wanted - delimiter and decimal mark that a person chose instead of the found ones.
 */
export function findLayout(bytes: Uint8Array, wanted: Dialect | null = null): FoundLayout {
  if (bytes.length === 0) return { ok: false, problem: 'empty' };
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const markBytes = hasMark ? 3 : 0;
  const head = bytes.subarray(markBytes, BYTES_LOOKED_AT);
  // UTF-16 and binary formats hold zero bytes, text does not.
  if (head.includes(0)) return { ok: false, problem: 'not-text' };
  const { encoding } = decode(head);
  const { lines, offsets } = linesOf(head, encoding);
  if (lines.every((line) => line.trim() === '')) return { ok: false, problem: 'empty' };
  const table = wanted === null ? bestTableOf(lines) : tableOf(lines, wanted);
  if (table === null) return { ok: false, problem: 'no-numbers' };
  const { delimiter, decimalSign, first, width } = table;
  const header = headerOf(lines, first, table);
  const rows = lines
    .slice(first)
    .map((line) => splitCells(line, delimiter))
    .filter((cells) => isNumericRow(cells, decimalSign));
  const isTableRow = (cells: readonly string[]) => cells.length === width && isNumericRow(cells, decimalSign);
  return {
    ok: true,
    layout: {
      delimiter,
      decimalSign,
      encoding,
      preamble: lines.slice(0, header.line).map(visibleText),
      firstRows: rows.slice(0, ROWS_SHOWN),
      dataOffset: markBytes + offsets[first]!,
      dataLine: first + 1,
      isDecimalUncertain: delimiter === ',' && areCommasUncertain(rows, header.filled),
      headingCount: header.filled,
      strayLines: lines
        .slice(0, first)
        .flatMap((line, index) => (isTableRow(splitCells(line, delimiter)) ? [index + 1] : [])),
      columns: header.columns,
    },
  };
}

/**
 * Whether the commas of a comma-delimited table may be decimal marks. Where they are, every cell is a whole number and a
 * row has more cells than headings, up to twice as many. Twice as many is asked about whatever is in them; an empty cell,
 * as after a comma at the end of a row, is none.
 */
function areCommasUncertain(rows: readonly (readonly string[])[], headings: number): boolean {
  const cells = Math.max(0, ...rows.map((row) => row.filter((cell) => cell !== '').length));
  if (cells < 2) return false;
  const isWhole = (cell: string) => isMissingWord(cell) || /^[+-]?\d*(e[+-]?\d+)?$/i.test(cell);
  if (headings > 0 && cells >= 2 * headings) return true;
  return cells > headings && rows.every((row) => row.every(isWhole));
}

/** A heading stands within these lines above the first row of numbers. */
const HEADER_LINES = 4;

/**
 * The headings: of the few lines above the numbers the one with most filled cells, the nearest of equals. A line of
 * nothing but units below the headings states the units.
 */
function headerOf(lines: readonly string[], first: number, table: Dialect & { width: number }) {
  const { delimiter, decimalSign, width } = table;
  const cellsAt = (line: number) =>
    splitCells(lines[line]!, delimiter)
      .slice(0, width)
      .map((cell) => visibleText(cell).trim());
  const filledIn = (cells: readonly string[]) => cells.filter((cell) => cell !== '').length;
  const isUnit = (cell: string) => statedRecordingUnit(cell) !== null || statedTimeUnit(cell) !== null;
  let line = first;
  let most = 0;
  let unitLine = -1;
  for (let i = first - 1; i >= Math.max(0, first - HEADER_LINES); i--) {
    const cells = cellsAt(i);
    const filled = filledIn(cells);
    if (filled === 0 || isNumericRow(cells, decimalSign)) continue;
    if (unitLine < 0 && line === first && cells.every((cell) => cell === '' || isUnit(cell))) unitLine = i;
    else if (filled > most) {
      line = i;
      most = filled;
    }
  }
  const names = line < first ? cellsAt(line) : [];
  const units = unitLine >= 0 ? cellsAt(unitLine) : [];
  // "Zeit, s,Kraft, N" names two columns: a unit among names is part of the name before it.
  const named = names.filter((cell) => !isUnit(cell));
  return {
    filled: Math.max(filledIn(named) || filledIn(names), filledIn(units)),
    line: line < first ? line : unitLine >= 0 ? unitLine : first,
    columns: Array.from({ length: width }, (_, c): LayoutColumn => {
      const name = names[c] || `column ${c + 1}`;
      return { name, statedUnit: units[c] || (names[c] ? statedUnitOf(names[c]!) : null) };
    }),
  };
}

/** What tells files of one device and setting from others: how the file is written and its headings. */
export const layoutSignature = (
  layout: Pick<RecordingLayout, 'delimiter' | 'decimalSign' | 'columns'>,
): string =>
  JSON.stringify([layout.delimiter, layout.decimalSign, ...layout.columns.map(({ name }) => name)]).slice(
    0,
    4000,
  );

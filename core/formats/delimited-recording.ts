/**
 * Reads a delimited text recording (comma, semicolon or tab; decimal point or comma) into named columns.
 * Delimiter and decimal sign are found together, a preamble is skipped, and a unit is taken only when the header
 * states it: a force unit is never guessed.
 */
import { FORCE_UNITS, type ForceUnit } from '../units/quantities.ts';
import {
  bestTableOf,
  type Dialect,
  isMissingWord,
  isNumericRow,
  numberOf,
  splitCells,
} from './delimited-dialect.ts';

export interface RecordingColumn {
  /** As in the file; `column 1` ... when there is no header. */
  name: string;
  /** Stated in the header as `name_N`, `name (N)` or `name [N]`; null when not stated. */
  statedUnit: string | null;
  /** One value a row; null where the cell was empty or said so ("NaN"). Length = rows of the file. */
  values: readonly (number | null)[];
}

export interface Recording {
  columns: readonly RecordingColumn[];
  delimiter: Dialect['delimiter'];
  decimalSign: Dialect['decimalSign'];
  /** Lines before the header, as they stand in the file. */
  preamble: readonly string[];
}

export type RecordingProblem =
  | { kind: 'empty' }
  | { kind: 'no-numbers' }
  | { kind: 'too-large'; lines: number }
  | { kind: 'bad-cell'; line: number; column: number; text: string };

export type ParsedRecording = { ok: true; recording: Recording } | { ok: false; problem: RecordingProblem };

/** security.md H1: larger files need their own path with progress. */
export const MAX_RECORDING_LINES = 200_000;
/** The unit that a header states, or null. Brackets win over a suffix. */
export function statedUnitOf(header: string): string | null {
  const bracket = /[([]\s*([^)\]]+?)\s*[)\]]\s*$/.exec(header);
  if (bracket) return bracket[1]!;
  const suffix = /_([A-Za-z%]+)$/.exec(header);
  const known: readonly string[] = [...FORCE_UNITS, 's', 'ms', 'us', 'mV', 'uV', 'V', 'deg', 'Hz'];
  return suffix && known.includes(suffix[1]!) ? suffix[1]! : null;
}

/** Narrowing of a stated unit to a force unit of the app. */
export function asForceUnit(unit: string | null): ForceUnit | null {
  const found = FORCE_UNITS.find(
    (u) => u === unit || (u === 'kg' && unit === 'kgf') || (u === 'lb' && unit === 'lbf'),
  );
  return found ?? null;
}

/**
 * Parses the text of a recording.
 * @param text - file content, UTF-8 already decoded; a byte-order mark is accepted.
 * @returns columns as wide as the widest row (short columns end in null), or the first problem with its line.
 */
export function parseDelimitedRecording(text: string): ParsedRecording {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((l) => l.replace(/\s+$/, (tail) => tail.replace(/[^\t]/g, '')));
  while (lines.length > 0 && lines.at(-1)!.trim() === '') lines.pop();
  if (lines.length === 0) return { ok: false, problem: { kind: 'empty' } };
  if (lines.length > MAX_RECORDING_LINES) {
    return { ok: false, problem: { kind: 'too-large', lines: lines.length } };
  }
  const best = bestTableOf(lines);
  if (!best) return { ok: false, problem: { kind: 'no-numbers' } };
  const { delimiter, decimalSign, first, width } = best;
  const headerCells = first > 0 ? splitCells(lines[first - 1]!, delimiter) : [];
  const hasHeader = headerCells.some((c) => c !== '') && !isNumericRow(headerCells, decimalSign);
  const columns: (number | null)[][] = Array.from({ length: width }, () => []);
  for (let i = first; i < lines.length; i++) {
    if (lines[i]!.trim() === '') continue;
    const cells = splitCells(lines[i]!, delimiter);
    for (let c = 0; c < width; c++) {
      const cell = cells[c] ?? '';
      const value = cell === '' || isMissingWord(cell) ? null : numberOf(cell, decimalSign);
      if (value === undefined) {
        return {
          ok: false,
          problem: { kind: 'bad-cell', line: i + 1, column: c + 1, text: cell.slice(0, 40) },
        };
      }
      columns[c]!.push(value);
    }
  }
  return {
    ok: true,
    recording: {
      delimiter,
      decimalSign,
      preamble: lines.slice(0, hasHeader ? first - 1 : first),
      columns: columns.map((values, c) => {
        const name = (hasHeader && headerCells[c]) || `column ${c + 1}`;
        return { name, statedUnit: hasHeader ? statedUnitOf(name) : null, values };
      }),
    },
  };
}

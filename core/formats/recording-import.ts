/**
 * From the bytes of a file and a complete mapping to a recording. The page shows what this answers, the host stores it:
 * both run the same code on the same bytes.
 */
import { type ClockFacts, type ClockProblem, clockFacts } from './recording-clock.ts';
import { findLayout, type LayoutProblem, type RecordingLayout } from './recording-layout.ts';
import { fitsLayout, type RecordingMapping } from './recording-mapping.ts';
import { MAX_RECORDING_BYTES, parseSamples, type SamplesProblem } from './recording-samples.ts';
import { secondsOf } from './stored-samples.ts';

export interface ImportedChannel {
  /** In the unit of the file, as in the file; NaN where it has none. */
  values: Float64Array;
  missingCount: number;
}

export interface ImportedRecording {
  layout: RecordingLayout;
  sampleCount: number;
  /** The file's own times in their own unit; null where a rate was stated. */
  fileTimes: Float64Array | null;
  /** Seconds after the first sample. */
  timeS: Float64Array;
  clock: ClockFacts;
  /** In the order of the mapping's channels. */
  channels: readonly ImportedChannel[];
  /** Rows at the end in which time and all wanted channels are empty: another column of the file is longer. */
  emptyTailCount: number;
}

export type ImportProblem =
  | { kind: LayoutProblem }
  | { kind: 'too-large'; bytes: number }
  | { kind: 'mapping-does-not-fit' }
  | { kind: 'no-values'; column: number }
  | SamplesProblem
  | ClockProblem;

export type ImportResult = { ok: true; recording: ImportedRecording } | { ok: false; problem: ImportProblem };

/**
 * Reads a file by its mapping. Yields the share that is read, 0 to 1; stop asking and the work is given up.
 * @returns the recording with every sample of the file, in its order; or the first thing that speaks against it.
 */
export function* importRecording(
  bytes: Uint8Array,
  mapping: RecordingMapping,
): Generator<number, ImportResult> {
  const refuse = (problem: ImportProblem): ImportResult => ({ ok: false, problem });
  if (bytes.length > MAX_RECORDING_BYTES) return refuse({ kind: 'too-large', bytes: bytes.length });
  const found = findLayout(bytes, mapping);
  if (!found.ok) return refuse({ kind: found.problem });
  const { layout } = found;
  if (!fitsLayout(mapping, layout)) return refuse({ kind: 'mapping-does-not-fit' });
  const { time } = mapping;
  const wanted = mapping.channels.map(({ column }) => column);
  const parsed = yield* parseSamples(
    bytes,
    layout,
    time.kind === 'column' ? [...wanted, time.column] : wanted,
  );
  if (!parsed.ok) return refuse(parsed.problem);
  const columns = parsed.columns.map(({ values }) => values);
  const sampleCount = filledRows(columns, parsed.rowCount);
  const emptyTailCount = parsed.rowCount - sampleCount;
  const cut = columns.map((values) => (emptyTailCount === 0 ? values : values.slice(0, sampleCount)));
  const fileTimes = time.kind === 'column' ? cut.at(-1)! : null;
  const timeS = secondsOf(time, fileTimes, sampleCount);
  const clock = clockFacts(timeS);
  if (!clock.ok) return refuse(clock.problem);
  const channels = cut.slice(0, wanted.length).map((values) => ({ values, missingCount: missingIn(values) }));
  const empty = channels.findIndex(({ missingCount }) => missingCount === sampleCount);
  if (empty >= 0) return refuse({ kind: 'no-values', column: wanted[empty]! + 1 });
  return {
    ok: true,
    recording: { layout, sampleCount, fileTimes, timeS, clock: clock.facts, channels, emptyTailCount },
  };
}

/** Runs {@link importRecording} to its end at once. */
export function importWhole(bytes: Uint8Array, mapping: RecordingMapping): ImportResult {
  const work = importRecording(bytes, mapping);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Rows up to the last one in which any column has a value. */
function filledRows(columns: readonly Float64Array[], rowCount: number): number {
  let rows = rowCount;
  while (rows > 0 && columns.every((values) => Number.isNaN(values[rows - 1]!))) rows--;
  return rows;
}

function missingIn(values: Float64Array): number {
  let count = 0;
  for (const value of values) if (Number.isNaN(value)) count++;
  return count;
}

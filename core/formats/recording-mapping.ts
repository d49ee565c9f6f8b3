/** Which column of a file is what, in which unit: proposed from what the file states, completed by a person. */
import type { Dialect } from './delimited-dialect.ts';
import type { RecordingLayout } from './recording-layout.ts';
import {
  type ChannelRole,
  type RecordingUnit,
  roleOfUnit,
  statedRecordingUnit,
  statedTimeUnit,
  type TimeUnit,
  UNITS_OF_ROLE,
} from './recording-units.ts';

/** Where the times come from: a column in a unit, or a rate that a person states. */
export type TimeMapping =
  | { kind: 'column'; column: number; unit: TimeUnit }
  | { kind: 'rate'; rateHz: number };

export interface ChannelMapping {
  /** Index into the file's columns. */
  column: number;
  role: ChannelRole;
  /** As the clinic calls it; the file's heading unless changed. */
  name: string;
  unit: RecordingUnit;
}

export interface RecordingMapping extends Dialect {
  time: TimeMapping;
  channels: readonly ChannelMapping[];
}

/** A mapping with everything that nobody has stated yet left open. */
export interface OpenMapping {
  time: { kind: 'column'; column: number; unit: TimeUnit | null } | { kind: 'rate'; rateHz: number | null };
  channels: readonly { column: number; role: ChannelRole | null; name: string; unit: RecordingUnit | null }[];
}

export const MAX_RECORDING_CHANNELS = 16;
export const SAMPLE_RATE_RANGE_HZ = [0.1, 100_000] as const;

const isTimeName = (name: string) => /^(x|t|time|zeit|temps|tiempo|tempo|tid|aika)\b/i.test(name.trim());

/**
 * What can be said of a file's columns without asking. A unit, or a role that only a unit tells, is taken from the header
 * or left null: a column named "force" is a force, in a unit that its reader has to state.
 * @returns every column but the time column; columns that are not wanted have a role of null.
 */
export function proposeMapping(layout: Pick<RecordingLayout, 'columns'>): OpenMapping {
  const timeColumn = layout.columns.findIndex(
    ({ name, statedUnit }) => statedTimeUnit(statedUnit) !== null || isTimeName(name),
  );
  const time: OpenMapping['time'] =
    timeColumn < 0
      ? { kind: 'rate', rateHz: null }
      : {
          kind: 'column',
          column: timeColumn,
          unit: statedTimeUnit(layout.columns[timeColumn]!.statedUnit),
        };
  return {
    time,
    channels: layout.columns.flatMap(({ name, statedUnit }, column) => {
      if (column === timeColumn) return [];
      const unit = statedRecordingUnit(statedUnit);
      // Times of another channel are no values.
      const isTime = statedTimeUnit(statedUnit) !== null;
      return [
        { column, name, unit, role: isTime ? null : unit === null ? roleOfName(name) : roleOfUnit(unit) },
      ];
    }),
  };
}

/** The role that a heading names in words. It tells what a column is, never in which unit. */
function roleOfName(name: string): ChannelRole | null {
  if (/\b(force|weight|load|kraft|pinch|grip|fx|fy|fz)\b/i.test(name)) return 'force';
  if (/\b(torque|moment|drehmoment)\b/i.test(name)) return 'torque';
  if (/\b(angle|winkel)\b/i.test(name)) return 'angle';
  return /\bemg\b/i.test(name) ? 'emg' : null;
}

/** What is still to be stated, one entry a question, in the order of the screen. */
export type MappingQuestion =
  | { kind: 'no-channel' }
  | { kind: 'too-many-channels' }
  | { kind: 'time-unit' }
  | { kind: 'rate' }
  | { kind: 'channel-unit'; column: number }
  | { kind: 'unit-of-another-role'; column: number };

/** Open questions of a mapping; none when it is complete. Columns without a role are ignored ones. */
export function openQuestions(mapping: OpenMapping): MappingQuestion[] {
  const questions: MappingQuestion[] = [];
  const { time } = mapping;
  if (time.kind === 'column' && time.unit === null) questions.push({ kind: 'time-unit' });
  if (time.kind === 'rate') {
    const [low, high] = SAMPLE_RATE_RANGE_HZ;
    if (time.rateHz === null || !(time.rateHz >= low && time.rateHz <= high))
      questions.push({ kind: 'rate' });
  }
  const used = mapping.channels.filter(({ role }) => role !== null);
  if (used.length === 0) questions.push({ kind: 'no-channel' });
  if (used.length > MAX_RECORDING_CHANNELS) questions.push({ kind: 'too-many-channels' });
  for (const { column, role, unit } of used) {
    if (unit === null) questions.push({ kind: 'channel-unit', column });
    else if (!(UNITS_OF_ROLE[role!] as readonly string[]).includes(unit))
      questions.push({ kind: 'unit-of-another-role', column });
  }
  return questions;
}

/** The complete mapping, or null while a question is open. */
export function completeMapping(mapping: OpenMapping, dialect: Dialect): RecordingMapping | null {
  if (openQuestions(mapping).length > 0) return null;
  return {
    delimiter: dialect.delimiter,
    decimalSign: dialect.decimalSign,
    time: mapping.time as TimeMapping,
    channels: mapping.channels
      .filter(({ role }) => role !== null)
      .map(({ column, role, name, unit }) => ({ column, role: role!, name, unit: unit! })),
  };
}

/** Does a mapping fit a file: are all its columns there, each used once? */
export function fitsLayout(mapping: RecordingMapping, layout: Pick<RecordingLayout, 'columns'>): boolean {
  const columns = mapping.channels.map(({ column }) => column);
  if (mapping.time.kind === 'column') columns.push(mapping.time.column);
  return (
    columns.every((column) => column >= 0 && column < layout.columns.length) &&
    new Set(columns).size === columns.length &&
    openQuestions(mapping).length === 0
  );
}

/** A mapping from last time laid over what this file states. What the file itself states now wins over memory. */
export function rememberedMapping(layout: RecordingLayout, last: RecordingMapping): OpenMapping | null {
  if (!fitsLayout(last, layout)) return null;
  const time: OpenMapping['time'] =
    last.time.kind === 'column'
      ? {
          ...last.time,
          unit: statedTimeUnit(layout.columns[last.time.column]!.statedUnit) ?? last.time.unit,
        }
      : last.time;
  const known = new Map(last.channels.map((channel) => [channel.column, channel]));
  const timeColumn = time.kind === 'column' ? time.column : null;
  return {
    time,
    channels: layout.columns.flatMap(({ name, statedUnit }, column): OpenMapping['channels'] => {
      if (column === timeColumn) return [];
      const before = known.get(column);
      const unit = statedRecordingUnit(statedUnit);
      // Ignored last time: offered as ignored again.
      if (before === undefined) return [{ column, name, unit, role: null }];
      return [{ ...before, unit: unit ?? before.unit, role: unit === null ? before.role : roleOfUnit(unit) }];
    }),
  };
}

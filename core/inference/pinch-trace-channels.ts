/** From a recording of one maximal key pinch to the trace that `wrist-state` reads. */
import type { ModelInput } from '../contract/schemas/judgement.ts';
import { PER_UNIT, type RecordingUnit } from '../formats/recording-units.ts';
import { type Crop, croppedRange } from '../formats/recording-view.ts';
import { zeroTrace } from '../signals/trace-onset.ts';
import { resampleTrace, TRACE_LEAD_S, TRACE_STEP_COUNT } from '../signals/trace-resample.ts';
import { type ForceTrace, TRACE_COMPONENT_COUNT, TRACE_COMPONENTS } from '../signals/trace-shape.ts';

interface NamedChannel {
  role: string;
  name: string;
}

/** The contract's names have 200 characters, a direction and its brackets at most 20. */
const MOST_HEADING = 180;

/** A channel's name without case, unit, side and the word force: "Force palmar (N)" is "palmar". */
const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[([].*?[)\]]/g, ' ')
    .replace(/[^a-z]+/g, ' ')
    .replace(/\b(force|f|pinch|left|right|l|r|n|kg|lb)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

export type PinchDirection = (typeof TRACE_COMPONENTS)[number];

/** The direction that a channel's name states; null where it states none. */
export const directionOf = (name: string): PinchDirection | null =>
  TRACE_COMPONENTS.find((direction) => plainName(name) === direction) ?? null;

/** A name that states a direction and keeps the file's own heading: "palmar (Fz)". @param direction - null: the heading alone. */
export const nameWithDirection = (heading: string, direction: PinchDirection | null): string =>
  direction === null || directionOf(heading) === direction
    ? heading
    : `${direction} (${heading
        .replace(/[()[\]]/g, ' ')
        .trim()
        .slice(0, MOST_HEADING)})`;

/**
 * Places of the palmar, longitudinal and transverse force among the channels of a recording, by name; null when one of
 * the three is missing or stands there twice: a direction is never guessed.
 */
export function pinchDirections(channels: readonly NamedChannel[]): [number, number, number] | null {
  const places = TRACE_COMPONENTS.map((direction) => {
    const found = channels.flatMap(({ role, name }, place) =>
      role === 'force' && directionOf(name) === direction ? [place] : [],
    );
    return found.length === 1 ? found[0]! : null;
  });
  return places.includes(null) ? null : (places as [number, number, number]);
}

/** Samples of the three directions, each in its own unit; equally long. */
export interface DirectedRecording {
  /** Seconds after the first sample. */
  timeS: Float64Array;
  directions: readonly { values: Float64Array; unit: RecordingUnit }[];
  /** As imported: what lies outside is not read. */
  crop: Crop | null;
}

export type PinchTraceOf =
  | {
      ok: true;
      /** Newtons, 60 steps of 0.08 s. */
      traceN: NonNullable<ModelInput['pinchTraceN']>;
      /** Where the first step begins, seconds after the first sample of the recording. */
      startS: number;
    }
  /** A sentence for the clinician. */
  | { ok: false; problem: string };

/** The trace of a recording as a network reads it, its quiet start taken off; or why it cannot be read. */
export function pinchTraceOf({ timeS, directions, crop }: DirectedRecording): PinchTraceOf {
  const { first, end } = croppedRange(timeS, crop);
  const count = Math.max(0, end - first);
  const forceN = new Float64Array(count * TRACE_COMPONENT_COUNT);
  directions.forEach(({ values, unit }, component) => {
    for (let i = 0; i < count; i += 1) {
      forceN[i * TRACE_COMPONENT_COUNT + component] = values[first + i]! * PER_UNIT[unit];
    }
  });
  const trace: ForceTrace = { timeS: timeS.slice(first, first + count), forceN };
  try {
    const { onsetS } = zeroTrace(trace);
    const flat = resampleTrace(trace, 1);
    return {
      ok: true,
      traceN: Array.from({ length: TRACE_STEP_COUNT }, (_, step) => {
        const at = step * TRACE_COMPONENT_COUNT;
        return [flat[at]!, flat[at + 1]!, flat[at + 2]!];
      }),
      startS: onsetS - TRACE_LEAD_S,
    };
  } catch (cause) {
    if (cause instanceof RangeError) return { ok: false, problem: cause.message };
    throw cause;
  }
}

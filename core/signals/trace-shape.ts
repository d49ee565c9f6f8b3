/**
 * A three-axis force recording of one pull: what the thumb does to the gauge. Component 0 is the palmar force (what a pinch
 * gauge reads, positive when the thumb pushes), 1 the force along the thumb (longitudinal, positive towards its tip), 2 across
 * it (transverse, positive towards the back of the hand), for either hand. The signs are those of the simulator's pad levers
 * (resources/biomechanics/lateral-pinch-contact.json): bending the end joint moves the pad towards the base of the thumb, the
 * wrist towards the palm, and both levers are negative there.
 */
export interface ForceTrace {
  /** Times of the samples, seconds, strictly increasing; need not start at 0 nor be evenly spaced. */
  timeS: Float64Array;
  /** Forces, newtons, [sample][component] row by row: three times as long as `timeS`. */
  forceN: Float64Array;
}

export const TRACE_COMPONENTS = ['palmar', 'longitudinal', 'transverse'] as const;
export const TRACE_COMPONENT_COUNT = TRACE_COMPONENTS.length;

/** Fewer samples than this are no trace. */
const MIN_SAMPLES = 10;

/**
 * Refuses what is no recording. Everything that reads a trace calls this first, so that a missing sample never
 * becomes a quiet NaN in a feature or in a network's input.
 * @throws RangeError with a sentence: wrong lengths, too few samples, a sample that is not a number, a clock that
 * stands still or runs backwards (as when force and time were swapped).
 */
export function checkForceTrace(trace: ForceTrace): void {
  const { timeS, forceN } = trace;
  if (forceN.length !== TRACE_COMPONENT_COUNT * timeS.length) {
    throw new RangeError('A trace needs three force components for every time.');
  }
  if (timeS.length < MIN_SAMPLES) {
    throw new RangeError(`A trace needs at least ${MIN_SAMPLES} samples; this one has ${timeS.length}.`);
  }
  for (let sample = 0; sample < timeS.length; sample += 1) {
    if (!Number.isFinite(timeS[sample]!)) {
      throw new RangeError(`Sample ${sample + 1} of the trace has no time.`);
    }
    if (sample > 0 && timeS[sample]! <= timeS[sample - 1]!) {
      throw new RangeError(`The clock of the trace does not run forward at sample ${sample + 1}.`);
    }
    for (let component = 0; component < TRACE_COMPONENT_COUNT; component += 1) {
      if (!Number.isFinite(forceN[sample * TRACE_COMPONENT_COUNT + component]!)) {
        throw new RangeError(
          `Sample ${sample + 1} of the trace has no ${TRACE_COMPONENTS[component]} force.`,
        );
      }
    }
  }
}

/** One component of a trace as an own array, newtons. */
export function traceComponent(trace: ForceTrace, component: 0 | 1 | 2): Float64Array {
  const values = new Float64Array(trace.timeS.length);
  for (let sample = 0; sample < values.length; sample += 1) {
    values[sample] = trace.forceN[sample * TRACE_COMPONENT_COUNT + component]!;
  }
  return values;
}

/**
 * A trace of a single-axis instrument: palmar force alone, the two others zero.
 * @throws RangeError when the lengths differ.
 */
export function singleAxisTrace(timeS: Float64Array, palmarN: ArrayLike<number>): ForceTrace {
  if (palmarN.length !== timeS.length) throw new RangeError('A trace needs one force for every time.');
  const forceN = new Float64Array(timeS.length * TRACE_COMPONENT_COUNT);
  for (let sample = 0; sample < timeS.length; sample += 1) {
    forceN[sample * TRACE_COMPONENT_COUNT] = palmarN[sample]!;
  }
  return { timeS, forceN };
}

/** What the clock of a recording shows. It is described, never repaired: gaps stay gaps, doubled times stay doubled. */

export interface ClockFacts {
  /** From the first to the last sample, seconds. */
  durationS: number;
  /** Middle step between samples, seconds; null with fewer than two samples. */
  medianStepS: number | null;
  /** True when every step is within 1 % of the middle one. */
  isEven: boolean;
  /** Steps of more than twice the middle one. */
  gapCount: number;
  /** The longest step, seconds; 0 with fewer than two samples. */
  longestStepS: number;
  /** Samples with the time of the one before. */
  repeatedCount: number;
}

export type ClockProblem =
  | { kind: 'missing-time'; row: number }
  | { kind: 'backwards'; row: number }
  | { kind: 'no-samples' };

const GAP_STEPS = 2;
const EVEN_SHARE = 0.01;

/**
 * Looks at the times of a recording.
 * @param timeS - seconds, in the order of the file; NaN where the file gave none.
 * @returns the facts, or why it is no clock; `row` counts the samples from 1.
 */
export function clockFacts(
  timeS: Float64Array,
): { ok: true; facts: ClockFacts } | { ok: false; problem: ClockProblem } {
  if (timeS.length === 0) return { ok: false, problem: { kind: 'no-samples' } };
  const steps = new Float64Array(Math.max(0, timeS.length - 1));
  let repeatedCount = 0;
  let longestStepS = 0;
  for (let i = 0; i < timeS.length; i++) {
    if (!Number.isFinite(timeS[i]!)) return { ok: false, problem: { kind: 'missing-time', row: i + 1 } };
    if (i === 0) continue;
    const step = timeS[i]! - timeS[i - 1]!;
    if (step < 0) return { ok: false, problem: { kind: 'backwards', row: i + 1 } };
    if (step === 0) repeatedCount++;
    if (step > longestStepS) longestStepS = step;
    steps[i - 1] = step;
  }
  const sorted = steps.slice().sort();
  const medianStepS = sorted.length === 0 ? null : sorted[sorted.length >> 1]!;
  let gapCount = 0;
  let isEven = true;
  if (medianStepS !== null) {
    for (const step of steps) {
      if (step > GAP_STEPS * medianStepS) gapCount++;
      // Printed times are rounded: half a step of their last digit is no unevenness of the clock, 1 % covers it.
      if (Math.abs(step - medianStepS) > EVEN_SHARE * medianStepS + 1e-12) isEven = false;
    }
  }
  return {
    ok: true,
    facts: {
      durationS: timeS.at(-1)! - timeS[0]!,
      medianStepS,
      isEven,
      gapCount,
      longestStepS,
      repeatedCount,
    },
  };
}

/** Where the app would put the marks of a trace, and why it puts none where it cannot say. */
import { zeroTrace } from '../signals/trace-onset.ts';
import { singleAxisTrace } from '../signals/trace-shape.ts';
import { tracePlateau } from './trace-plateau.ts';

export const TRACE_MARK_KINDS = ['onset', 'peak', 'plateau-start', 'plateau-end'] as const;
export type TraceMarkKind = (typeof TRACE_MARK_KINDS)[number];

export interface ProposedMark {
  kind: TraceMarkKind;
  /** Seconds after the first sample. */
  atS: number;
}

export interface MarkProposals {
  marks: readonly ProposedMark[];
  /** A sentence for each mark that cannot be proposed. */
  notes: readonly string[];
}

/**
 * Proposes onset, peak and plateau.
 * @param timeS - seconds after the first sample, never falling. @param values - any one unit; NaN where missing.
 */
export function proposeMarks(timeS: Float64Array, values: Float64Array): MarkProposals {
  const marks: ProposedMark[] = [];
  const notes: string[] = [];
  const peakIndex = highestSample(values);
  if (peakIndex < 0) return { marks, notes: ['No marks are proposed: there is no sample.'] };
  let onset = { index: 0, baseline: middleOfStart(values) };
  try {
    const zeroed = zeroTrace(singleAxisTrace(timeS, values));
    onset = { index: zeroed.onsetIndex, baseline: zeroed.baselineN[0] };
    marks.push({ kind: 'onset', atS: zeroed.onsetS });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    notes.push('No onset is proposed: it needs 0.3 s of rest, no gap and a clock that runs forward.');
  }
  marks.push({ kind: 'peak', atS: timeS[peakIndex]! });
  const plateau = tracePlateau(timeS, values, onset);
  if (plateau === null) notes.push('No plateau is proposed: no level was held for half a second.');
  else {
    marks.push({ kind: 'plateau-start', atS: timeS[plateau.fromIndex]! });
    marks.push({ kind: 'plateau-end', atS: timeS[plateau.toIndex]! });
  }
  return { marks, notes };
}

/** First sample with the largest value; -1 when all are missing. As `tracePeak`, without a copy of a long trace. */
function highestSample(values: Float64Array): number {
  let best = -1;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i]!) && (best < 0 || values[i]! > values[best]!)) best = i;
  }
  return best;
}

/** Middle value of the first tenth. */
function middleOfStart(values: Float64Array): number {
  const present = values
    .slice(0, Math.max(3, Math.floor(values.length / 10)))
    .filter((value) => !Number.isNaN(value))
    .sort();
  return present[present.length >> 1] ?? 0;
}

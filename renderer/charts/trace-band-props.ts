/** A stretch of a trace, seconds after its first sample. Same shape as the contract's `TimeBand`. */
export interface TraceBand {
  fromS: number;
  /** Later than `fromS`. */
  toS: number;
  /** Does the stretch speak for or against the answer that was given? */
  direction: 'for' | 'against';
}

/** One channel of a recording as it is drawn; a missing sample is NaN and stays a gap. */
export interface TraceSeries {
  /** Seconds after the first sample of the recording, never falling. */
  timeS: Float64Array;
  /** As long as `timeS`, in `unit`. */
  values: Float64Array;
  /** What is drawn, e.g. "force". */
  name: string;
  /** As printed beside every value, e.g. "N". */
  unit: string;
}

/** No judgement needs more than this; the contract refuses more. */
export const MAX_TRACE_BANDS = 12;

export interface TraceBandsProps {
  series: TraceSeries;
  /** The clinician's own bands, drawn above the plot. */
  bands: readonly TraceBand[];
  /** Absent: the bands are only shown, as after the lock. */
  onBands?: (bands: TraceBand[]) => void;
  /** Whose bands `bands` are, e.g. "yours" or a name. */
  bandsName?: string;
  /** The model's bands, drawn below the plot; only ever given after the lock. */
  modelBands?: readonly TraceBand[];
  /** What stands beside the model's bands, e.g. name and version with "Research use; not a medical device". */
  modelText?: string;
  /** What "for" and "against" are about, e.g. "four-corner fusion". */
  answerText?: string;
  /** Names the whole figure for a screen reader. */
  label: string;
}

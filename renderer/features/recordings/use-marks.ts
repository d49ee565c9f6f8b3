import { useEffect, useMemo, useState } from 'react';
import {
  type MarkProposals,
  proposeMarks,
  TRACE_MARK_KINDS,
  type TraceMarkKind,
} from '../../../core/clinical/trace-mark-proposals.ts';
import type { Recording, TraceMark } from '../../../core/contract/schemas/recording.ts';
import type { TraceSeries } from '../../charts/trace-band-props.ts';
import type { DrawnMark } from '../../charts/trace-marks.tsx';

export const MARK_NAMES: Readonly<Record<TraceMarkKind, string>> = {
  onset: 'onset',
  peak: 'peak',
  'plateau-start': 'plateau begins',
  'plateau-end': 'plateau ends',
};
/** Onset, peak and begin of the plateau are often close to each other. */
const ROWS: Readonly<Record<TraceMarkKind, number>> = {
  onset: 0,
  peak: 1,
  'plateau-start': 2,
  'plateau-end': 0,
};

export const authorText = ({ placedBy }: Pick<TraceMark, 'placedBy'>): string =>
  placedBy.kind === 'app' ? 'proposed by Prehensa' : `placed by ${placedBy.userName}`;

/** The marks of a recording: those that were kept, else the app's proposals, found after the trace is on screen. */
export function useMarks(recording: Recording, series: TraceSeries | null) {
  const [proposals, setProposals] = useState<{ series: TraceSeries; found: MarkProposals } | null>(null);
  useEffect(() => {
    if (series === null) return;
    // Two frames later the trace is on screen; only then may something slow begin.
    let timer: ReturnType<typeof setTimeout> | undefined;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        timer = setTimeout(() => setProposals({ series, found: proposeMarks(series.timeS, series.values) }));
      });
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [series]);
  const found = proposals !== null && proposals.series === series ? proposals.found : null;
  const proposed = useMemo<TraceMark[]>(
    () => found?.marks.map((mark) => ({ ...mark, placedBy: { kind: 'app' } })) ?? [],
    [found],
  );
  const marks = recording.view.marks ?? proposed;
  return {
    marks,
    proposed,
    notes: found?.notes ?? [],
    isLooking: found === null,
    drawn: marks.map(
      (mark): DrawnMark => ({
        id: mark.kind,
        name: MARK_NAMES[mark.kind],
        atS: mark.atS,
        placedBy: authorText(mark),
        row: ROWS[mark.kind],
      }),
    ),
  };
}

/** The marks with one put somewhere by a person; the host writes their name. */
export function withMark(marks: readonly TraceMark[], kind: TraceMarkKind, atS: number): TraceMark[] {
  const moved: TraceMark = { kind, atS, placedBy: { kind: 'person', userName: '' } };
  return TRACE_MARK_KINDS.flatMap((other) =>
    other === kind ? [moved] : marks.filter((mark) => mark.kind === other),
  );
}

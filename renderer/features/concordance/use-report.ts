import { useEffect, useState } from 'react';
import {
  type ConcordanceReport,
  type ConcordanceSelection,
  concordanceRun,
} from '../../../core/agreement/concordance-report.ts';
import type { ConcordanceRow } from '../../../core/contract/schemas/concordance.ts';

/** Work between two looks at the page, milliseconds: a press is answered within it. */
const WORK_MS = 40;
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));

export interface ReportState {
  /** The newest finished one; null before the first. */
  report: ConcordanceReport | null;
  /** 0..1 while a newer one is worked out; null when none is. */
  progress: number | null;
}

/** The report of the rows, worked out in slices; an older one stays on the page until the newer is there. */
export function useReport(
  rows: readonly ConcordanceRow[],
  { knowledge, flags }: ConcordanceSelection,
): ReportState {
  const [state, setState] = useState<ReportState>({ report: null, progress: 0 });
  useEffect(() => {
    let isCurrent = true;
    const work = async () => {
      const run = concordanceRun(rows, { knowledge, flags });
      let sliceStartMs = performance.now();
      for (;;) {
        const step = run.next();
        if (step.done) {
          setState({ report: step.value, progress: null });
          return;
        }
        if (performance.now() - sliceStartMs < WORK_MS) continue;
        const progress = step.value.done / step.value.total;
        setState((now) => ({ ...now, progress }));
        await nextTask();
        if (!isCurrent) return;
        sliceStartMs = performance.now();
      }
    };
    void work();
    return () => {
      isCurrent = false;
    };
  }, [rows, knowledge, flags]);
  return state;
}

import type { TraceMarkKind } from '../../../core/clinical/trace-mark-proposals.ts';
import type { TraceMark } from '../../../core/contract/schemas/recording.ts';
import { secondsText } from '../../charts/trace-text.ts';

/** Times that samples of the shown part have, seconds. */
export interface MarkSpan {
  firstS: number;
  lastS: number;
  /** Only a part of the recording is looked at. */
  isPart: boolean;
}

/**
 * Why a mark cannot stand where somebody wants it, as a sentence; null when it can. Nothing is moved to the nearest place
 * that would do: that time nobody said.
 */
export function markRefusal(
  kind: TraceMarkKind,
  atS: number,
  marks: readonly Pick<TraceMark, 'kind' | 'atS'>[],
  span: MarkSpan,
): string | null {
  const what = span.isPart ? 'The part looked at' : 'The recording';
  if (atS > span.lastS) return `${what} ends at ${secondsText(span.lastS)}.`;
  if (atS < span.firstS) return `${what} begins at ${secondsText(span.firstS)}.`;
  const at = (other: TraceMarkKind) =>
    other === kind ? atS : (marks.find((mark) => mark.kind === other)?.atS ?? null);
  const [onset, start, end] = [at('onset'), at('plateau-start'), at('plateau-end')];
  if (end === null || kind === 'peak') return null;
  const isAboutEnd = kind === 'plateau-end';
  if (kind !== 'plateau-start' && onset !== null && onset >= end) {
    return isAboutEnd
      ? `The plateau ends after the onset, ${secondsText(onset)}.`
      : `The onset lies before the plateau ends, ${secondsText(end)}.`;
  }
  if (kind !== 'onset' && start !== null && start >= end) {
    return isAboutEnd
      ? `The plateau ends after it begins, ${secondsText(start)}.`
      : `The plateau begins before it ends, ${secondsText(end)}.`;
  }
  return null;
}

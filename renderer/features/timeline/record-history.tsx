import { Button } from '@mantine/core';
import type {
  RecordHistory as History,
  RecordMerge,
  SessionMove,
} from '../../../core/contract/channels/records.ts';
import type { PatientId } from '../../../core/contract/schemas/clinical.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import styles from './record-history.module.css';
import type { RecordHistoryState } from './use-record-history.ts';

interface Entry {
  id: string;
  at: string;
  what: string;
  by: string;
  undo: { label: string; run: () => void } | null;
}

/** Merges and moved sessions of this record, newest first, each with its undo; nothing where none happened. */
export function RecordHistory(props: { patientId: PatientId; record: RecordHistoryState }) {
  const { history } = props.record;
  if (history.status === 'failed') {
    return (
      <p className={styles.failed}>
        The history of this record could not be read; the sessions are not touched by that.{' '}
        <Button variant="subtle" onClick={history.reload}>
          Read it again
        </Button>
      </p>
    );
  }
  const entries = history.value === null ? [] : entriesOf(history.value, props);
  if (entries.length === 0) return null;
  return (
    <section className={styles.history} aria-labelledby="record-history">
      <h2 id="record-history">History of this record</h2>
      <ul>
        {entries.map((entry) => (
          <li key={entry.id}>
            <span className={styles.when}>{shortDate(entry.at)}</span>
            <span className={styles.what}>
              {entry.what} <span className={styles.by}>{entry.by}</span>
            </span>
            {entry.undo && (
              <Button variant="subtle" onClick={entry.undo.run}>
                {entry.undo.label}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function entriesOf(
  history: History,
  { patientId, record }: { patientId: PatientId; record: RecordHistoryState },
): Entry[] {
  const merges = history.merges.map((merge) => ({
    id: merge.id,
    at: merge.at,
    what: mergeWords(merge, patientId),
    by: byWords(merge),
    undo:
      merge.undoneAt === null
        ? { label: 'Take back the merge', run: () => void record.undoMerge(merge.id) }
        : null,
  }));
  const moves = history.moves.map((move) => ({
    id: move.id,
    at: move.at,
    what: moveWords(move, patientId),
    by: byWords(move),
    undo: move.canUndo ? { label: 'Move it back', run: () => void record.undoMove(move.id) } : null,
  }));
  return [...merges, ...moves].sort((a, b) => (a.at < b.at ? 1 : -1));
}

const byWords = ({ userName, undoneAt }: { userName: string; undoneAt: string | null }) =>
  undoneAt === null ? `by ${userName}` : `by ${userName}; taken back on ${shortDate(undoneAt)}`;

const counted = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`;

function mergeWords(merge: RecordMerge, patientId: PatientId): string {
  const moved = `${counted(merge.sessionCount, 'session')}, ${counted(merge.episodeCount, 'episode')}`;
  return merge.keptId === patientId
    ? `The record of ${merge.mergedName} was merged into this one (${moved}).`
    : `This record was merged into that of ${merge.keptName} (${moved}).`;
}

function moveWords(move: SessionMove, patientId: PatientId): string {
  const session =
    move.sessionStartedAt === null ? 'A session' : `The session of ${shortDate(move.sessionStartedAt)}`;
  const reason = move.reason === '' ? '' : `: ${move.reason}`;
  return move.fromId === patientId
    ? `${session} was moved to ${move.toName}${reason}.`
    : `${session} came from ${move.fromName}${reason}.`;
}

import { Button } from '@mantine/core';
import { IconFileImport, IconWaveSine } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { WireError } from '../../../core/contract/errors.ts';
import type { PatientId, SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { Recording } from '../../../core/contract/schemas/recording.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { clockWords, recordingTitle } from './recording-words.ts';
import styles from './recordings.module.css';

/** The recordings of a patient, session by session, newest first. */
export function RecordingsScreen(props: {
  patientId: PatientId;
  onOpen: (sessionId: SessionId, recordingId: string) => void;
  onImport: (sessionId: SessionId) => void;
  onNewSession: () => void;
}) {
  const { patientId } = props;
  const api = useApi();
  const [error, setError] = useState<WireError | null>(null);
  const list = useCall(`recordings/${patientId}`, () => api['recordings.list']({ patientId }));
  const sessions = useCall(`recordings sessions/${patientId}`, () =>
    api['sessions.listForPatient']({ patientId, limit: 1, offset: 0 }),
  );
  const { reload } = list;
  useEffect(
    () =>
      api.on('patients.changed', ({ id }) => {
        if (id === patientId) reload();
      }),
    [api, patientId, reload],
  );
  const failed = [list, sessions].find((call) => call.status === 'failed');
  if (failed?.status === 'failed') {
    return (
      <FailureNotice {...errorText(failed.error)} incident={failed.error.incident} onRetry={failed.reload} />
    );
  }
  if (list.status !== 'ready' || sessions.status !== 'ready') {
    return <LoadingLines label="Reading the recordings" />;
  }
  const newest = sessions.value.rows[0]?.session ?? null;
  const isBlinded = list.value.some((recording) => recording.isBlinded);
  const importInto =
    newest === null
      ? 'Start a session to import into'
      : isBlinded || newest.isBlinded || newest.startedAt === null
        ? 'Import into the newest session'
        : `Import into the session of ${shortDate(newest.startedAt)}`;
  const importButton = (
    <Button
      leftSection={<IconFileImport size="1.125rem" aria-hidden="true" />}
      onClick={() => (newest === null ? props.onNewSession() : props.onImport(newest.id))}
    >
      {importInto}
    </Button>
  );
  const setAside = async (recording: Recording, isSetAside: boolean) => {
    const result = await api['recordings.setAside']({ recordingId: recording.id, isSetAside });
    setError(result.ok ? null : result.error);
    reload();
  };
  if (list.value.length === 0) {
    return (
      <EmptyState icon={<IconWaveSine size="2rem" />} title="No recording yet" action={importButton}>
        A recording is force, torque, angle or muscle activity over time, as a text file of the measuring
        device. It is imported into a session, with its units stated and its samples as they are.
      </EmptyState>
    );
  }
  const groups = Map.groupBy(list.value, (recording) => recording.sessionId);
  return (
    <section aria-label="Recordings, newest session first">
      <div className={styles.head}>
        <p className={styles.quiet}>
          {list.value.length} {list.value.length === 1 ? 'recording' : 'recordings'} in {groups.size}{' '}
          {groups.size === 1 ? 'session' : 'sessions'}
        </p>
        <div className={styles.entryActions}>
          {importButton}
          {newest !== null && (
            <Button variant="default" onClick={props.onNewSession}>
              New session
            </Button>
          )}
        </div>
      </div>
      {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
      {[...groups].map(([sessionId, recordings]) => (
        <div key={sessionId} className={styles.session}>
          <h2>
            {recordings[0]?.sessionStartedAt
              ? `Session of ${shortDate(recordings[0].sessionStartedAt)}`
              : 'Session, date hidden (blinded)'}
          </h2>
          <ul className={styles.list}>
            {recordings.map((recording) => (
              <Entry
                key={recording.id}
                recording={recording}
                onOpen={() => props.onOpen(recording.sessionId, recording.id)}
                onSetAside={(isSetAside) => void setAside(recording, isSetAside)}
              />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Entry(props: {
  recording: Recording;
  onOpen: () => void;
  onSetAside: (isSetAside: boolean) => void;
}) {
  const { recording } = props;
  const title = recordingTitle(recording);
  return (
    <li className={styles.entry} data-aside={recording.isSetAside || undefined}>
      <div className={styles.entryWords}>
        <p>
          <strong>
            <bdi>{title}</bdi>
          </strong>
          {recording.isSetAside && ' (set aside)'}
        </p>
        <p className={styles.quiet}>
          <bdi>{recording.header.mapping.channels.map(({ name }) => name).join(', ')}</bdi>;{' '}
          {clockWords(recording.sampleCount, recording.header.clock)}
          {recording.fileName !== '' && (
            <>
              ; <bdi>{recording.fileName}</bdi>
            </>
          )}
        </p>
      </div>
      <div className={styles.entryActions}>
        <Button variant="default" aria-label={`Open: ${title}`} onClick={props.onOpen}>
          Open
        </Button>
        <Button
          variant="subtle"
          color="gray"
          aria-label={recording.isSetAside ? `Undo: take back ${title}` : `Set aside: ${title}`}
          onClick={() => props.onSetAside(!recording.isSetAside)}
        >
          {recording.isSetAside ? 'Undo: take it back' : 'Set aside'}
        </Button>
      </div>
    </li>
  );
}

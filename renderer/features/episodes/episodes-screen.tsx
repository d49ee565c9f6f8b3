import { Button } from '@mantine/core';
import { IconPlus, IconStethoscope } from '@tabler/icons-react';
import { useState } from 'react';
import type { EpisodeRow } from '../../../core/contract/channels/episodes.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { PatientId } from '../../../core/contract/schemas/clinical.ts';
import type { EpisodeFields } from '../../../core/contract/schemas/episode.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { todayDate } from '../../ui/calendar-date.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { EpisodeCard } from './episode-card.tsx';
import { EpisodeForm } from './episode-form.tsx';
import styles from './episodes.module.css';
import { formOfEpisode, newEpisodeForm } from './read-episode-form.ts';

/** The episodes of care of a patient: what each is about, its operation, and when it went on. */
export function EpisodesScreen(props: { patientId: PatientId; onDone: () => void }) {
  const { patientId } = props;
  const api = useApi();
  const list = useCall(`episodes/${patientId}`, () => api['episodes.list']({ patientId }));
  const patient = useCall(`patient/${patientId}`, () => api['patients.get']({ id: patientId }));
  const [edited, setEdited] = useState<EpisodeRow | 'new' | null>(null);
  const [said, setSaid] = useState<{ title: string; undoId: string | null } | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const failed = list.error ?? patient.error;
  if (failed !== null) {
    return (
      <FailureNotice
        {...errorText(failed)}
        incident={failed.incident}
        onRetry={() => {
          list.reload();
          patient.reload();
        }}
      />
    );
  }
  if (list.value === null || patient.value === null) return <LoadingLines label="Reading the episodes" />;
  const { isHidden, episodes } = list.value;
  const save = async (fields: EpisodeFields): Promise<WireError | null> => {
    const episodeId = edited === null || edited === 'new' ? null : edited.id;
    const result = await api['episodes.save']({ patientId, episodeId, fields });
    if (!result.ok) return result.error;
    setEdited(null);
    setSaid({ title: 'The episode is saved.', undoId: null });
    list.reload();
    return null;
  };
  const setRemoved = async (episodeId: string, isRemoved: boolean) => {
    const result = await api['episodes.setRemoved']({ episodeId, isRemoved });
    setError(result.ok ? null : result.error);
    if (!result.ok) return;
    setSaid(
      isRemoved
        ? { title: 'The episode is removed; its sessions stay.', undoId: episodeId }
        : { title: 'The episode is back with its sessions.', undoId: null },
    );
    list.reload();
  };
  const add = () => {
    setSaid(null);
    setEdited('new');
  };
  return (
    <Page
      title="Episodes of care"
      lead="A new session belongs to the episode that goes on. Earlier versions of an episode stay in the records."
      width="form"
      actions={
        <>
          <Button variant="default" onClick={props.onDone}>
            Back to the patient
          </Button>
          {!isHidden && edited === null && episodes.length > 0 && (
            <Button leftSection={<IconPlus size={18} aria-hidden="true" />} onClick={add}>
              Add an episode
            </Button>
          )}
        </>
      }
    >
      <div role="status">
        {said !== null && (
          <Notice
            tone="info"
            title={said.title}
            action={
              said.undoId !== null && (
                <Button
                  variant="default"
                  onClick={() => said.undoId !== null && void setRemoved(said.undoId, false)}
                >
                  Undo
                </Button>
              )
            }
          />
        )}
      </div>
      {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
      {isHidden && (
        <Notice tone="info" title="Hidden while a blinded judgement of this patient is open.">
          Diagnosis, operation and dates of the episodes come back after the lock.
        </Notice>
      )}
      {edited === 'new' && (
        <EpisodeForm
          title="New episode"
          // Only the first one can be what the record of the patient says.
          initial={newEpisodeForm(episodes.length === 0 ? patient.value : null, todayDate())}
          onSave={save}
          onCancel={() => setEdited(null)}
        />
      )}
      {!isHidden && episodes.length === 0 && edited === null && (
        <EmptyState
          icon={<IconStethoscope size={40} stroke={1.25} />}
          title="No episode yet"
          action={<Button onClick={add}>Add the first episode</Button>}
        >
          An episode is one course of care: the side, what it is about, the operation. It helps when a patient
          comes back with the other hand, or years later.
        </EmptyState>
      )}
      <ul className={styles.list}>
        {episodes.map((episode) => (
          <li key={episode.id}>
            {edited !== null && edited !== 'new' && edited.id === episode.id ? (
              <EpisodeForm
                title="Change the episode"
                initial={formOfEpisode(episode)}
                onSave={save}
                onCancel={() => setEdited(null)}
              />
            ) : (
              <EpisodeCard
                episode={episode}
                isBusy={edited !== null}
                onEdit={() => {
                  setSaid(null);
                  setEdited(episode);
                }}
                onRemove={() => void setRemoved(episode.id, true)}
              />
            )}
          </li>
        ))}
      </ul>
    </Page>
  );
}

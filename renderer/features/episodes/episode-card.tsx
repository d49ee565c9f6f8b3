import { Button } from '@mantine/core';
import { operationName } from '../../../core/clinical/operation-names.ts';
import type { EpisodeRow } from '../../../core/contract/channels/episodes.ts';
import { spokenDate } from '../../ui/calendar-date.ts';
import styles from './episodes.module.css';

const SIDES = { right: 'right hand', left: 'left hand', both: 'both hands' } as const;

/** One episode in words, with what can be done. */
export function EpisodeCard(props: {
  episode: EpisodeRow;
  isBusy: boolean;
  onEdit: () => void;
  onRemove: () => void;
}) {
  const { episode } = props;
  const name = `${SIDES[episode.side]}, ${episode.diagnosis}`;
  return (
    <article className={styles.card} aria-label={name}>
      <div className={styles.words}>
        <h2>
          {episode.diagnosis} <span className={styles.side}>{SIDES[episode.side]}</span>
        </h2>
        <p>{operationWords(episode)}</p>
        <p className={styles.quiet}>
          {episode.endedOn === null
            ? `goes on since ${spokenDate(episode.startedOn)}`
            : `${spokenDate(episode.startedOn)} to ${spokenDate(episode.endedOn)}`}
          {' · '}
          {episode.sessionCount === 1 ? '1 session' : `${episode.sessionCount} sessions`}
        </p>
      </div>
      <div className={styles.actions}>
        <Button
          variant="default"
          disabled={props.isBusy}
          aria-label={`Change: ${name}`}
          onClick={props.onEdit}
        >
          Change
        </Button>
        <Button
          variant="subtle"
          color="gray"
          disabled={props.isBusy}
          aria-label={`Remove: ${name}`}
          onClick={props.onRemove}
        >
          Remove
        </Button>
      </div>
    </article>
  );
}

function operationWords({ operation, operationNote, operationDate }: EpisodeRow): string {
  const name = operationName(operation, operationNote);
  const note = operation !== 'other' && operationNote !== '' ? `, ${operationNote}` : '';
  if (operation === 'none') return name;
  return operationDate === null
    ? `${name}${note}, date not given`
    : `${name}${note}, ${spokenDate(operationDate)}`;
}

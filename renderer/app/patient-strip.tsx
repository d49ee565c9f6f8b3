import { Button } from '@mantine/core';
import { IconEyeOff, IconPencil, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { HANDED_NAMES, SEX_NAMES } from '../../core/clinical/side-names.ts';
import type { Patient, PatientId } from '../../core/contract/schemas/clinical.ts';
import type { Episode } from '../../core/contract/schemas/episode.ts';
import { affectedHandPhrase, sinceOperationPhrase } from '../features/patients/patient-words.ts';
import { completedYears, shortDate, todayDate } from '../ui/calendar-date.ts';
import { PatientMark } from '../ui/patient-mark.tsx';
import { personStyle } from '../ui/person-colour.ts';
import styles from './patient-strip.module.css';
import type { PatientInView } from './use-patient-in-view.ts';

/** Whose data these are, on every patient screen. A blinded session hides diagnosis and operation until the lock. */
export function PatientStrip(props: {
  view: PatientInView;
  onOpen: (patientId: PatientId) => void;
  onEdit: ((patientId: PatientId) => void) | null;
  /** What can be done with the record as a whole; null where the screen is about one session. */
  record: ReactNode;
  onNewSession: ((patientId: PatientId) => void) | null;
}) {
  const { patient, session, isBlinded } = props.view;
  // A hidden date shows the age of today, as the patient's own page does.
  const onDate = todayDate(session?.startedAt ? new Date(session.startedAt) : undefined);
  // The episode of care says what this visit is about; without one the patient's own fields do.
  const about = patient.episode ?? patient;
  const facts = [
    `born ${shortDate(patient.birthDate)} (${completedYears(patient.birthDate, onDate)})`,
    SEX_NAMES[patient.sex],
    HANDED_NAMES[patient.dominantHand],
  ];
  return (
    <section className={styles.strip} aria-label="Patient" style={personStyle(patient.id)}>
      <PatientMark id={patient.id} name={patient.displayName} size="large" />
      <div className={styles.who}>
        <button
          type="button"
          className={styles.name}
          title={patient.displayName}
          onClick={() => props.onOpen(patient.id)}
        >
          {patient.displayName}
        </button>
        <p className={styles.facts}>
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          <b>{affectedHandPhrase(isBlinded ? patient.affectedSide : sideOf(patient))}</b>
          {isBlinded ? (
            <span className={styles.blinded}>
              <IconEyeOff size={16} stroke={1.75} aria-hidden="true" />
              diagnosis and operation hidden until you lock
            </span>
          ) : (
            <>
              <b>{sinceOperationPhrase(about, onDate)}</b>
              {about.diagnosis !== '' && (
                <span className={styles.diagnosis} title={about.diagnosis}>
                  {about.diagnosis}
                </span>
              )}
              {patient.episode && <span>{episodePhrase(patient.episode)}</span>}
            </>
          )}
        </p>
      </div>
      <div className={styles.actions} data-no-print>
        {session !== null && (
          <span className={styles.session}>
            {session.startedAt === null
              ? 'Session, date hidden (blinded)'
              : `Session of ${shortDate(session.startedAt)}`}
          </span>
        )}
        {props.onEdit !== null && (
          <Button
            variant="subtle"
            leftSection={<IconPencil size={18} aria-hidden="true" />}
            onClick={() => props.onEdit?.(patient.id)}
          >
            Edit patient
          </Button>
        )}
        {props.record}
        {props.onNewSession !== null && (
          <Button
            leftSection={<IconPlus size={18} aria-hidden="true" />}
            aria-keyshortcuts="Alt+N"
            onClick={() => props.onNewSession?.(patient.id)}
          >
            New session
          </Button>
        )}
      </div>
    </section>
  );
}

const sideOf = (patient: Patient): Patient['affectedSide'] => patient.episode?.side ?? patient.affectedSide;

const episodePhrase = ({ startedOn, endedOn }: Episode) =>
  endedOn === null
    ? `episode since ${shortDate(startedOn)}`
    : `episode of ${shortDate(startedOn)} to ${shortDate(endedOn)}`;

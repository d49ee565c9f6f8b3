import { IconPencilExclamation } from '@tabler/icons-react';
import type { KeyboardEvent, Ref } from 'react';
import type { PatientRow } from '../../../core/contract/channels/patients.ts';
import type { PatientId } from '../../../core/contract/schemas/clinical.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { PatientMark } from '../../ui/patient-mark.tsx';
import styles from './patient-list.module.css';
import { affectedSideWord } from './patient-words.ts';

/** The rows of the patient list. The name is the button; a click anywhere on the row does the same. */
export function PatientTable(props: {
  ref?: Ref<HTMLTableElement>;
  rows: readonly PatientRow[];
  onOpen: (patientId: PatientId) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  return (
    // Keys bubble up from the buttons inside; the table itself takes no focus.
    <table ref={props.ref} className={styles.table} onKeyDown={props.onKeyDown}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Birth date</th>
          <th scope="col">Affected</th>
          <th scope="col">Diagnosis</th>
          <th scope="col" data-kind="number">
            Sessions
          </th>
          <th scope="col">Last session</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          // The button in the row is the keyboard's way; the row only enlarges it for the pointer.
          <tr key={row.id} data-standing={row.standing} onClick={() => props.onOpen(row.id)}>
            <th scope="row">
              <button
                type="button"
                className={styles.name}
                data-row-button
                onClick={(event) => {
                  event.stopPropagation();
                  props.onOpen(row.id);
                }}
              >
                <PatientMark id={row.id} name={row.displayName} />
                <span className={styles.nameText} title={row.displayName}>
                  {row.displayName}
                </span>
                {row.standing !== 'listed' && (
                  <>
                    {' '}
                    <span className={styles.standing}>{row.standing}</span>
                  </>
                )}
                {row.clinicNumber !== '' && (
                  <>
                    {' '}
                    <span className={styles.number}>{row.clinicNumber}</span>
                  </>
                )}
              </button>
            </th>
            <td>{shortDate(row.birthDate)}</td>
            <td>{affectedSideWord(row.affectedSide)}</td>
            <td className={styles.diagnosis} title={row.diagnosis}>
              {row.diagnosis}
            </td>
            <td data-kind="number">{row.sessionCount}</td>
            <td>
              {row.hasOpenDraft ? (
                <span className={styles.draft}>
                  <IconPencilExclamation size={18} stroke={1.75} aria-hidden="true" />
                  unfinished session
                </span>
              ) : (
                <span className={row.lastSessionAt === null ? styles.none : undefined}>
                  {row.lastSessionAt === null ? 'none yet' : shortDate(row.lastSessionAt)}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

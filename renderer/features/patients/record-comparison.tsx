import { IconEqual, IconEqualNot } from '@tabler/icons-react';
import { OPERATION_NAMES } from '../../../core/clinical/operation-names.ts';
import type { Patient } from '../../../core/contract/schemas/clinical.ts';
import { shortDate, spokenDate } from '../../ui/calendar-date.ts';
import { PatientMark } from '../../ui/patient-mark.tsx';
import styles from './merge-patient.module.css';
import { affectedHandPhrase } from './patient-words.ts';

const LINES: readonly { name: string; of: (patient: Patient) => string }[] = [
  { name: 'Clinic number', of: (p) => p.clinicNumber || 'none' },
  { name: 'Birth date', of: (p) => spokenDate(p.birthDate) },
  { name: 'Sex', of: (p) => p.sex },
  { name: 'Height', of: (p) => `${Math.round(p.heightM * 1000) / 10} cm` },
  { name: 'Weight', of: (p) => `${p.weightKg} kg` },
  { name: 'Dominant hand', of: (p) => p.dominantHand },
  { name: 'Affected', of: (p) => affectedHandPhrase(p.affectedSide) },
  { name: 'Diagnosis', of: (p) => hidden(p, p.diagnosis || 'none noted') },
  { name: 'Operation', of: (p) => hidden(p, operationOf(p)) },
  { name: 'In the records since', of: (p) => shortDate(p.createdAt) },
];

const hidden = (patient: Patient, text: string) => (patient.isBlinded ? 'hidden until the lock' : text);
const operationOf = (p: Patient) =>
  [OPERATION_NAMES[p.operation], p.operationNote, p.operationDate === null ? '' : spokenDate(p.operationDate)]
    .filter((part) => part !== '')
    .join(', ');

/**
 * What hardly ever differs between two records of one person, e.g. "birth date: 4 March 1968 and 4 March 1969".
 * Empty where both agree.
 */
export const doubtsOfOnePerson = (left: Patient, right: Patient): string[] =>
  LINES.filter(({ name, of }) => ['Birth date', 'Sex'].includes(name) && of(left) !== of(right)).map(
    ({ name, of }) => `${name.toLowerCase()}: ${of(left)} and ${of(right)}`,
  );

/** Two records line by line, and in words whether a line is the same. */
export function RecordComparison({ left, right }: { left: Patient; right: Patient }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className={styles.quiet}>compared</span>
            </th>
            {[left, right].map((patient) => (
              <th scope="col" key={patient.id}>
                <span className={styles.who}>
                  <PatientMark id={patient.id} name={patient.displayName} />
                  <span>{patient.displayName}</span>
                </span>
              </th>
            ))}
            <th scope="col">
              <span className={styles.quiet}>same?</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {LINES.map(({ name, of }) => {
            const isSame = of(left) === of(right);
            return (
              <tr key={name} data-differs={!isSame || undefined}>
                <th scope="row">{name}</th>
                <td>{of(left)}</td>
                <td>{of(right)}</td>
                <td>
                  <span className={styles.same}>
                    {isSame ? (
                      <IconEqual size={18} aria-hidden="true" />
                    ) : (
                      <IconEqualNot size={18} aria-hidden="true" />
                    )}
                    {isSame ? 'same' : 'differs'}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

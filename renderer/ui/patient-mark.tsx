import styles from './patient-mark.module.css';
import { initialsOf, personStyle } from './person-colour.ts';

/** Initials on the person's own quiet colour. The name always stands beside it, so it is not read out. */
export function PatientMark(props: { id: string; name: string; size?: 'small' | 'large' }) {
  return (
    <span
      className={styles.mark}
      data-size={props.size ?? 'small'}
      style={personStyle(props.id)}
      // Drawn, not written: the name beside it is the text.
      data-initials={initialsOf(props.name)}
      aria-hidden="true"
    />
  );
}

import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ANSWER_NAMES, FEATURE_NAMES } from '../../../core/clinical/answer-names.ts';
import type { Judgement } from '../../../core/contract/schemas/judgement.ts';
import styles from './result.module.css';

/** The locked judgement, exactly as it was made, and any that followed the reveal. */
export function YourJudgement(props: {
  judgement: Judgement;
  side: string | null;
  /** Versions it stood on, of trials corrected since; empty when none was. */
  judgedVersions: readonly number[];
  later: readonly Judgement[];
  children?: ReactNode;
}) {
  const { judgement, side, judgedVersions, later } = props;
  return (
    <section className={styles.yours} aria-labelledby="locked-judgement">
      <h2 id="locked-judgement" className={styles.columnTitle}>
        Your judgement
        <small className={styles.titleNote}>
          <IconLock size="0.875rem" aria-hidden="true" /> locked {clock(judgement.lockedAt)}
        </small>
      </h2>
      <p className={styles.yourAnswer}>
        {ANSWER_NAMES[judgement.answer]}
        {judgement.confidencePercent !== null && `, ${judgement.confidencePercent} %`}
      </p>
      <p className={styles.quiet}>
        {judgement.userName}
        {side && `, ${side} hand`}
        {judgement.isBlinded && ', blinded'}
      </p>
      {judgedVersions.length > 0 && (
        <p>
          <strong>made on version {judgedVersions.join(' and ')}</strong>
          <span className={styles.quiet}> of a value that was corrected since; out of the figures</span>
        </p>
      )}
      <h3 className={styles.smallTitle}>Your drivers</h3>
      {judgement.drivers.length === 0 ? (
        <p className={styles.quiet}>none named</p>
      ) : (
        <ol className={styles.yourDrivers}>
          {judgement.drivers.map((driver) => (
            <li key={driver.feature}>
              {FEATURE_NAMES[driver.feature]}{' '}
              <span data-direction={driver.direction} className={styles.driverDirection}>
                {driver.direction === 'for' ? '+ for' : '− against'}
              </span>
            </li>
          ))}
        </ol>
      )}
      {later.map((second) => (
        <p key={second.id}>
          Judged again {clock(second.lockedAt)}:{' '}
          <strong>
            {ANSWER_NAMES[second.answer]}
            {second.confidencePercent !== null && `, ${second.confidencePercent} %`}
          </strong>
          <span className={styles.quiet}> ({second.userName}; marked after the reveal, not counted)</span>
        </p>
      ))}
      {props.children}
    </section>
  );
}

export const clock = (instant: string) =>
  new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

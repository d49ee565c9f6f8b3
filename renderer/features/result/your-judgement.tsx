import { IconLock } from '@tabler/icons-react';
import { ANSWER_NAMES, FEATURE_NAMES } from '../../../core/clinical/answer-names.ts';
import type { Judgement } from '../../../core/contract/schemas/judgement.ts';
import styles from './result.module.css';

/** The locked judgement, exactly as it was made. */
export function YourJudgement({ judgement, side }: { judgement: Judgement | null; side: string | null }) {
  if (judgement === null) return null;
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
    </section>
  );
}

export const clock = (instant: string) =>
  new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

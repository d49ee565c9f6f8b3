import { IconFlag, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ANSWER_NAMES, FEATURE_NAMES } from '../../../core/clinical/answer-names.ts';
import { daysJudgedLater } from '../../../core/clinical/judged-later.ts';
import type { JudgementFlag } from '../../../core/clinical/judgement-flags.ts';
import { DIRECTION_WORDS, SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type { Judgement } from '../../../core/contract/schemas/judgement.ts';
import { useJudge } from '../../app/present-user.tsx';
import { clockTime } from '../../ui/calendar-date.ts';
import styles from './result.module.css';

/** The locked judgement, exactly as it was made, and any that followed the reveal. */
export function YourJudgement(props: {
  judgement: Judgement;
  flags: readonly JudgementFlag[];
  /** When the measurements were saved; null where blinding hides it. */
  measuredAt: string | null;
  side: 'right' | 'left' | null;
  /** Versions it stood on, of trials corrected since; empty when none was. */
  judgedVersions: readonly number[];
  later: readonly Judgement[];
  children?: ReactNode;
}) {
  const { judgement, side, judgedVersions, later } = props;
  const whose = useJudge();
  const { measuredAt } = props;
  const daysLater = measuredAt === null ? 0 : daysJudgedLater(measuredAt, judgement.lockedAt);
  return (
    <section className={styles.yours} aria-labelledby="locked-judgement">
      <h2 id="locked-judgement" className={styles.columnTitle}>
        {whose.judgement}
        <small className={styles.titleNote}>
          <IconLock size="0.875rem" aria-hidden="true" /> locked {clockTime(judgement.lockedAt)}
        </small>
      </h2>
      <p className={styles.yourAnswer}>
        {ANSWER_NAMES[judgement.answer]}
        {judgement.confidencePercent !== null && `, ${judgement.confidencePercent} %`}
      </p>
      <p className={styles.quiet}>
        {judgement.userName}
        {side && `, ${SIDE_NAMES[side]} hand`}
        {judgement.isBlinded && ', blinded'}
      </p>
      {daysLater > 0 && (
        <p>
          <strong>
            judged {daysLater} {daysLater === 1 ? 'day' : 'days'} later
          </strong>
          <span className={styles.quiet}> than measured</span>
        </p>
      )}
      {props.flags.length > 0 && (
        <p className={styles.flagged}>
          <IconFlag size="1.125rem" aria-hidden="true" />
          <span>
            {props.flags.map((flag) => FLAG_WORDS[flag]).join(' ')}{' '}
            <span className={styles.quiet}>
              It is kept and counts; figures are shown with and without such locks.
            </span>
          </span>
        </p>
      )}
      {judgedVersions.length > 0 && (
        <p>
          <strong>made on version {judgedVersions.join(' and ')}</strong>
          <span className={styles.quiet}>
            {' '}
            of a value that was corrected since; out of the figures where that came before the model’s first
            answer
          </span>
        </p>
      )}
      <h3 className={styles.smallTitle}>{whose.drivers}</h3>
      {judgement.drivers.length === 0 ? (
        <p className={styles.quiet}>none named</p>
      ) : (
        <ol className={styles.yourDrivers}>
          {judgement.drivers.map((driver) => (
            <li key={driver.feature}>
              {FEATURE_NAMES[driver.feature]}{' '}
              <span data-direction={driver.direction} className={styles.driverDirection}>
                {DIRECTION_WORDS[driver.direction]}
              </span>
            </li>
          ))}
        </ol>
      )}
      {judgement.bands && judgement.bands.length > 0 && (
        <p className={styles.quiet}>on the trace: {judgement.bands.map(bandText).join('; ')}</p>
      )}
      {later.map((second) => (
        <p key={second.id}>
          Judged again {clockTime(second.lockedAt)}:{' '}
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

const bandText = ({ fromS, toS, direction }: NonNullable<Judgement['bands']>[number]) =>
  `${fromS.toFixed(1)} to ${toS.toFixed(1)} s ${DIRECTION_WORDS[direction]}`;

/** Said after the lock, calmly: nothing is blocked and nobody is blamed. */
const FLAG_WORDS: Readonly<Record<JudgementFlag, string>> = {
  'under-3-seconds': 'Locked in under 3 seconds.',
  'repeated-pattern': 'The same answer, confidence and drivers as your last five.',
};

import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { answerText, blindingText } from '../../app/reading-words.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { Notice } from '../../ui/notice.tsx';
import styles from './result.module.css';

/** Second readings of this session. Nothing stands here unless a colleague was asked. */
export function ColleagueReadings({ sessionId }: { sessionId: SessionId }) {
  const api = useApi();
  const asked = useCall(`readings/${sessionId}`, () => api['readings.ofSession']({ sessionId }));
  const { value } = asked;
  if (value === null || !value.isAsked) return null;
  if (value.isWaitingForYou) {
    return (
      <Notice tone="info" title="A second reading of this session is asked for.">
        You have seen its result here: a reading of yours would be marked “not blinded”.
      </Notice>
    );
  }
  return (
    <section className={styles.compare} aria-labelledby="colleagues-title">
      <h2 id="colleagues-title">Second reading</h2>
      {value.readings.length === 0 ? (
        <p className={styles.quiet}>
          A colleague is asked. The session stands under Concordance, second readings; the answer follows
          here.
        </p>
      ) : (
        <ul className={styles.colleagues}>
          {value.readings.map((reading) => (
            <li key={reading.id}>
              <strong>{answerText(reading)}</strong>
              <span className={styles.quiet}>
                {' '}
                {reading.userName}; {blindingText(reading)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

import { SHORT_CLASS_NAMES } from '../../../core/clinical/answer-names.ts';
import type { Explanation } from '../../../core/contract/schemas/judgement.ts';
import type { DriverBar } from '../../charts/driver-bars.tsx';
import styles from './result.module.css';

/** The one driver to remember, read before the bars. */
export function StrongestDriver({ bar, explanation }: { bar: DriverBar | null; explanation: Explanation }) {
  if (bar === null) return null;
  const towards = bar.value >= 0 ? explanation.predictedClass : explanation.againstClass;
  return (
    <p className={styles.strongest}>
      <span className={styles.lineLabel}>Strongest driver</span>
      <span className={styles.strongestName}>{bar.name}</span>
      <span>
        {bar.measured}
        {bar.reference !== null && ` (reference ${bar.reference})`}, speaks for{' '}
        <strong>{SHORT_CLASS_NAMES[towards]}</strong>
      </span>
    </p>
  );
}

import { VisuallyHidden } from '@mantine/core';
import styles from './probability-bars.module.css';

export interface ProbabilityRow {
  id: string;
  name: string;
  /** 0..1 */
  probability: number;
  /** As printed, e.g. "64 %" or "below 1 %". */
  text: string;
  isInSet: boolean;
}

/** Classes with their probabilities; members of the prediction set have a filled bar, the others an outline. */
export function ProbabilityBars({ rows, label }: { rows: readonly ProbabilityRow[]; label: string }) {
  return (
    <table className={styles.probabilities}>
      <caption>
        <VisuallyHidden>{label}</VisuallyHidden>
      </caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-in-set={row.isInSet || undefined}>
            <th scope="row">{row.name}</th>
            <td className={styles.number}>{row.text}</td>
            <td className={styles.barCell}>
              <svg className={styles.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect
                  className={row.isInSet ? styles.inSet : styles.notInSet}
                  x={0}
                  y={0}
                  width={Math.max(0.6, 100 * row.probability)}
                  height={10}
                />
              </svg>
            </td>
            <td className={styles.inSetWord}>{row.isInSet ? 'possible' : 'unlikely'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

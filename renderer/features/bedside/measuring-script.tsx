import type { Protocol } from '../../../core/clinical/protocols.ts';
import styles from './entry-controls.module.css';

/** What to say and do, so that two people measure alike, and where it comes from. */
export function MeasuringScript({ protocol }: { protocol: Protocol }) {
  return (
    <details className={styles.script}>
      <summary>Script</summary>
      <ol>
        {protocol.script.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      <p className={styles.source}>{protocol.citation}</p>
    </details>
  );
}

import styles from './bedside.module.css';

/** What to say and do, so that two people measure alike (positions of the usual clinic protocol). */
export function MeasuringScript() {
  return (
    <details className={styles.script}>
      <summary>Script</summary>
      <ol>
        <li>Seated, upper arm at the side, elbow bent 90°, forearm and wrist in neutral.</li>
        <li>Gauge between the thumb pad and the side of the index finger; you hold its far end.</li>
        <li>“Squeeze as hard as you can … harder … and relax.” Three seconds.</li>
        <li>Change hands after each trial, so that one hand rests while the other works.</li>
        <li>Stop when it hurts more; note the pain and mark “stopped early”.</li>
      </ol>
    </details>
  );
}

import type { ElbowPrediction } from '../../../core/contract/schemas/analysis.ts';
import styles from '../../app/analysis/analysis.module.css';
import { CLOSE_NM, HORIZON_S } from './elbow-words.ts';

/** What the model is, what it read, and what it cannot know. */
export function ElbowMethod({ prediction }: { prediction: ElbowPrediction }) {
  return (
    <details className={styles.method}>
      <summary>Method</summary>
      <ul>
        <li>
          {prediction.modelId} {prediction.modelVersion}, hash <code>{prediction.bundleHash}</code>: five
          small recurrent networks, each a torque module and a fatigue module.
        </li>
        <li>
          Trained on simulated holds of simulated people with simulated surface EMG, at 30 to 80 % of maximal
          torque. It has never seen a patient. Research use; not a medical device.
        </li>
        <li>
          It read the first 30 s of four muscles at 2 Hz, sex, age, height, weight, the target and maximal
          torque ({prediction.maximalTorqueNm.toFixed(1)} N·m), and nothing after 30 s.
        </li>
        <li>
          Intervals made this way hold the true value for {Math.round(prediction.coverage * 10)} of 10
          simulated people of the same sex and age band, at each time by itself. Beyond {HORIZON_S} s nothing
          is said.
        </li>
        <li>Torque within ±{CLOSE_NM} N·m counts as close, as in the literature this analysis follows.</li>
      </ul>
    </details>
  );
}

import { AS_EXPECTED_PERCENT } from '../../../core/clinical/muscle-groups.ts';
import type { MusclePrediction } from '../../../core/contract/schemas/analysis.ts';
import styles from '../../app/analysis/analysis.module.css';
import { TIER_WORDS } from './muscle-words.ts';

/** What the model is, what it is held against, and what it cannot know. */
export function MuscleMethod({ prediction }: { prediction: MusclePrediction }) {
  return (
    <details className={styles.method}>
      <summary>Method</summary>
      <ul>
        <li>
          {prediction.modelId} {prediction.modelVersion}, hash <code>{prediction.bundleHash}</code>: five
          small networks, {TIER_WORDS[prediction.tier]}.
        </li>
        <li>
          Trained on simulated people with simulated, unoperated hands. It has never seen a patient. Research
          use; not a medical device.
        </li>
        <li>
          Percent of expected: strength of the muscles of a group times their moment arm, against the same of
          a simulated person of the same sex, age, height and weight. The model knows no left or right.
        </li>
        <li>
          Intervals made this way hold the true value for {Math.round(prediction.coverage * 10)} of 10
          simulated people; this is a promise over people, not for this one. Under another assumption of how
          the thumb pad holds they hold it less often: see the model’s facts page under Models.
        </li>
        <li>
          Identifiable: told better than from sex, age, size, key pinch and grip strength alone, under two
          contact models of the thumb pad. All others get no number.
        </li>
        <li>
          “Weaker” is below {AS_EXPECTED_PERCENT[0]} %, “stronger” above {AS_EXPECTED_PERCENT[1]} % of
          expected: a convention of this app. An answer agrees when the interval leaves it open.
        </li>
        <li>
          Direction of the pinch and a slow ramp would tell more muscles. They need a three-axis recording in
          three wrist postures, which no protocol of this version makes, so that model is not offered.
        </li>
      </ul>
    </details>
  );
}

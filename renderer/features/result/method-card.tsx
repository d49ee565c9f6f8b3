import { FEATURE_NAMES, SHORT_CLASS_NAMES } from '../../../core/clinical/answer-names.ts';
import type { Explanation, WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import { FactList } from '../../ui/fact-list.tsx';
import { checkLines } from './check-lines.ts';
import styles from './result.module.css';
import { setPromise } from './result-words.ts';

/** Seed of the repeated measurements and how they are numbered (core/inference/measured-again.ts). */
const REPEATS_SEED = 'explanation-noise';
/** Above this many measurements the repeats use occlusion, to stay within a second. */
const EXACT_REPEATS = 7;

/** How the drivers were worked out: everything a second program needs to come to the same bars. */
export function MethodCard(props: { explanation: Explanation; prediction: WristStatePrediction }) {
  const { explanation, prediction } = props;
  const predicted = SHORT_CLASS_NAMES[explanation.predictedClass];
  const against = SHORT_CLASS_NAMES[explanation.againstClass];
  const units = explanation.contributions.length + (explanation.traceContribution ? 1 : 0);
  const absent = prediction.features.filter(({ value }) => value === null).map(({ id }) => FEATURE_NAMES[id]);
  const facts = [
    {
      name: 'method',
      value: `exact Shapley values, averaged over the networks; the thin line spans the single networks`,
    },
    {
      name: 'what is explained',
      value: `margin ${predicted} against ${against}, in logits: today ${explanation.output.toFixed(2)}`,
    },
    {
      name: 'reference',
      value: `${explanation.referenceName}: ${explanation.referenceOutput.toFixed(2)}`,
    },
    {
      name: 'parameters',
      value: `all ${2 ** units} combinations of ${units} ${units === 1 ? 'measurement' : 'measurements'}; nothing is drawn at random`,
    },
    {
      name: 'sets',
      value: setPromise(prediction),
    },
    {
      name: 'left over',
      value: leftOverText(explanation.residual),
    },
    {
      name: 'repeats',
      value: `${explanation.repeated?.draws ?? 20} repeated measurements, ${units > EXACT_REPEATS ? 'compared by occlusion' : 'exact values again'}; seed “${REPEATS_SEED}”, the same each time`,
    },
    {
      name: 'model',
      value: `${prediction.modelId} ${prediction.modelVersion}, ${prediction.bundleHash.slice(0, 8)}; trained on simulated people, research use; not a medical device`,
    },
    {
      name: 'on the card today',
      value: `${units} ${units === 1 ? 'measurement' : 'measurements'}${explanation.traceContribution ? ', with the force trace' : ', no force trace'}${absent.length > 0 ? `; not measured, so not weighed: ${absent.join(', ')}` : ''}`,
    },
  ];
  return (
    <details className={styles.method}>
      <summary>Method and checks</summary>
      <FactList facts={facts} />
      <p className={styles.checksTitle}>Checks it had to pass</p>
      <ul>
        {checkLines(explanation).map(({ name, text }) => (
          <li key={name}>{text}</li>
        ))}
      </ul>
    </details>
  );
}

/** Below this a rest is the rounding of the sums. */
const ROUNDING = 1e-6;

const leftOverText = (residual: number) =>
  Math.abs(residual) < ROUNDING ? 'nothing beyond rounding' : `${residual.toFixed(4)} logits`;

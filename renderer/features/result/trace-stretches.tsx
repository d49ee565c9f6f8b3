import { SHORT_CLASS_NAMES } from '../../../core/clinical/answer-names.ts';
import type { Explanation, WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import { TRACE_STEP_S } from '../../../core/signals/trace-resample.ts';
import type { TraceBand } from '../../charts/trace-band-props.ts';
import { secondsText } from '../../charts/trace-text.ts';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import styles from './result.module.css';
import { percentText } from './result-words.ts';

type Stretch = NonNullable<Explanation['traceBands']>[number];

/** Below this share of the largest a stretch is not drawn: it hardly moved the answer. The table has all of them. */
const DRAWN_SHARE = 0.25;

const isDivided = ({ memberLow, memberHigh }: Stretch) => memberLow < 0 && memberHigh > 0;

/** Seconds of a stretch on the recording's own clock. @param startS - where the first step begins. */
const secondsOf = ({ fromStep, endStep }: Stretch, startS: number) => ({
  fromS: startS + fromStep * TRACE_STEP_S,
  toS: startS + endStep * TRACE_STEP_S,
});

/** The stretches that moved the answer, for or against the class that the model finds most probable; divided ones are left out. */
export function modelBands(stretches: readonly Stretch[], startS: number): TraceBand[] {
  const largest = Math.max(...stretches.map(({ value }) => Math.abs(value)));
  return stretches
    .filter((stretch) => Math.abs(stretch.value) >= DRAWN_SHARE * largest && !isDivided(stretch))
    .map((stretch) => ({ ...secondsOf(stretch, startS), direction: stretch.value > 0 ? 'for' : 'against' }));
}

/** Every stretch of the trace as the model weighed it, and what the answer keeps without it. */
export function TraceStretches(props: {
  stretches: readonly Stretch[];
  startS: number;
  explanation: Pick<Explanation, 'predictedClass' | 'againstClass' | 'referenceName'>;
  prediction: Pick<WristStatePrediction, 'probabilities'>;
}) {
  const { stretches, startS, explanation, prediction } = props;
  const predicted = SHORT_CLASS_NAMES[explanation.predictedClass];
  const against = SHORT_CLASS_NAMES[explanation.againstClass];
  const whole = Math.max(...(prediction.probabilities ?? [0]));
  return (
    <details className={styles.method}>
      <summary>Each stretch, and the answer without it</summary>
      <ScrollBox label="The model’s stretches of the trace" beyond="the other columns">
        <table className={styles.stretches}>
          <caption>
            Without it: this stretch alone as in {explanation.referenceName}; everything else stays as
            measured
          </caption>
          <thead>
            <tr>
              <th scope="col">stretch</th>
              <th scope="col">
                speaks for {predicted}, against {against}
              </th>
              <th scope="col">{predicted} without it</th>
            </tr>
          </thead>
          <tbody>
            {stretches.map((stretch) => {
              const { fromS, toS } = secondsOf(stretch, startS);
              return (
                <tr key={stretch.fromStep}>
                  <th scope="row">
                    {secondsText(Math.max(0, fromS))} to {secondsText(toS)}
                  </th>
                  <td>{isDivided(stretch) ? 'the networks disagree' : directionText(stretch.value)}</td>
                  <td>
                    {percentText(whole)} → {percentText(stretch.probabilityWithout)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
    </details>
  );
}

const directionText = (value: number): string =>
  value === 0 ? 'neither' : `${value > 0 ? '+ for' : '− against'}, ${Math.abs(value).toFixed(2)} logits`;

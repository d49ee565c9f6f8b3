import { ELBOW_BY_BAND } from '../../../core/clinical/elbow-hold.ts';
import type { ElbowJudgementFields, ElbowPrediction } from '../../../core/contract/schemas/analysis.ts';
import styles from '../../app/analysis/analysis.module.css';
import { AnalysisColumns, type AnalysisResultProps } from '../../app/analysis/analysis-columns.tsx';
import { AnalysisModelLine, InRangeLine, RefusedAnswer } from '../../app/analysis/analysis-parts.tsx';
import { ExplainedBars } from '../../app/analysis/explained-bars.tsx';
import { JudgeName } from '../../app/present-user.tsx';
import { signedNumber } from '../../app/signed-number.ts';
import { ElbowForecast } from './elbow-forecast.tsx';
import { ElbowMethod } from './elbow-method.tsx';
import { ELBOW_REFUSALS, middleText, ownRangeText } from './elbow-words.ts';
import { WholeHold } from './whole-hold.tsx';

/** The locked judgement beside the model's forecast; then the whole hold as it was. */
export function ElbowResult(props: AnalysisResultProps) {
  const { view, step } = props;
  const prediction = view.prediction?.analysis === 'elbow-torque-fatigue' ? view.prediction : null;
  const first = view.judgements[0]?.fields;
  const fields = first?.analysis === 'elbow-torque-fatigue' ? first : null;
  return (
    <div className={styles.frame}>
      <AnalysisColumns
        result={props}
        reading="The model reads the first 30 s…"
        own={({ id, fields }) =>
          fields.analysis === 'elbow-torque-fatigue' && (
            <OwnForecast
              fields={fields}
              // Whoever judged again has seen the end; of the first it is asked and looked up.
              isEndKnown={id !== view.judgements[0]?.id || fields.hasSeenEnd || view.wasEndKnown}
            />
          )
        }
        answer={prediction && <Answer {...props} prediction={prediction} fields={fields} />}
      />
      {prediction && step !== 'predicting' && (
        <JudgeName value={view.judgements[0]?.userName ?? null}>
          <WholeHold sessionId={view.session.id} fields={fields} />
        </JudgeName>
      )}
    </div>
  );
}

function OwnForecast({ fields, isEndKnown }: { fields: ElbowJudgementFields; isEndKnown: boolean }) {
  const { confidencePercent, fatigueStartS } = fields;
  return (
    <ul className={styles.answers}>
      <li>
        the hold fails
        <b>
          {ownRangeText(fields)}
          {confidencePercent !== null && `, ${confidencePercent} % sure`}
        </b>
      </li>
      <li>
        fatigue begins
        <b>{fatigueStartS === null ? 'not in the first 30 s, or not told' : `at ${fatigueStartS} s`}</b>
      </li>
      <li>
        target
        <b>{fields.setup.holdLevelPercent} % of maximal torque</b>
      </li>
      {isEndKnown && (
        <li>
          <span>
            <strong>End of the hold was known</strong>{' '}
            <span className={styles.quiet}>kept, and out of the figures</span>
          </span>
        </li>
      )}
    </ul>
  );
}

/** A share in the logarithm of time as percent of the time. */
const percentOfTime = (value: number) => `${signedNumber(100 * (Math.exp(value) - 1), 0)} %`;

function Answer(
  props: AnalysisResultProps & {
    prediction: ElbowPrediction;
    fields: ElbowJudgementFields | null;
  },
) {
  const { prediction, view, fields } = props;
  if (prediction.timeToFailure === null) {
    return (
      <>
        <AnalysisModelLine prediction={prediction} />
        <RefusedAnswer
          reasons={prediction.refusals.map((reason) => ELBOW_REFUSALS[reason])}
          isOutOfRange
          onMeasurements={props.onMeasure}
        />
        <ElbowMethod prediction={prediction} />
      </>
    );
  }
  return (
    <>
      <AnalysisModelLine prediction={prediction} />
      <InRangeLine />
      <ElbowForecast
        prediction={prediction}
        time={prediction.timeToFailure}
        fields={fields}
        measuredHoldS={view.measuredHoldS}
        isHoldStoppedEarly={view.isHoldStoppedEarly}
      />
      <ExplainedBars
        explanation={view.explanation}
        isComputing={props.step === 'explaining'}
        failure={props.explanationFailure}
        onRetry={props.onRetry}
        onOpened={props.onOpened}
        words={{
          titleOf: ({ asked }) =>
            asked === ELBOW_BY_BAND
              ? 'The same by stretch of the first 30 s, all muscles together'
              : `Time to failure: ${middleText(prediction.timeToFailure!)}`,
          nameOf: (name) => (name.endsWith(' s') ? name : `${name} activity`),
          // Stretches of time in the order of time; muscles keep theirs, the strongest first.
          placeOf: (name) => Number.parseFloat(name) || 0,
          textOf: percentOfTime,
          referenceOf: ({ referenceName, referenceOutput }) =>
            `Compared with ${referenceName}: ${Math.round(60 * Math.exp(referenceOutput))} s. Shares are percent of the time and multiply; person, level and torque are the same in both.`,
        }}
      />
      <ElbowMethod prediction={prediction} />
    </>
  );
}

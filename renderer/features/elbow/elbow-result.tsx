import { Button } from '@mantine/core';
import { ELBOW_BY_BAND } from '../../../core/clinical/elbow-hold.ts';
import type { AnalysisView } from '../../../core/contract/channels/analyses.ts';
import type {
  AnalysisJudgement,
  ElbowJudgementFields,
  ElbowPrediction,
} from '../../../core/contract/schemas/analysis.ts';
import styles from '../../app/analysis/analysis.module.css';
import {
  AnalysisModelLine,
  AnalysisNotices,
  clock,
  InRangeLine,
  RefusedAnswer,
  YourColumn,
} from '../../app/analysis/analysis-parts.tsx';
import { ExplainedBars } from '../../app/analysis/explained-bars.tsx';
import type { AnalysisState } from '../../app/analysis/use-analysis.ts';
import { failureWords, type RevealFailure } from '../../app/model-failure.ts';
import { signedNumber } from '../../app/signed-number.ts';
import { FailureNotice } from '../../ui/notice.tsx';
import { ElbowForecast } from './elbow-forecast.tsx';
import { ElbowMethod } from './elbow-method.tsx';
import { ELBOW_REFUSALS, middleText, ownRangeText } from './elbow-words.ts';
import { WholeHold } from './whole-hold.tsx';

/** The locked judgement beside the model's forecast; then the whole hold as it was. */
export function ElbowResult(props: {
  view: AnalysisView;
  step: AnalysisState['step'];
  failure: RevealFailure | null;
  explanationFailure: RevealFailure | null;
  onRetry: () => void;
  onAskAgain: () => void;
  onOpened: () => void;
  onJudgeAgain: () => void;
  onMeasure: () => void;
}) {
  const { view, step, failure } = props;
  const [first, ...later] = view.judgements;
  const prediction = view.prediction?.analysis === 'elbow-torque-fatigue' ? view.prediction : null;
  const fields = first?.fields.analysis === 'elbow-torque-fatigue' ? first.fields : null;
  const isWorking = step === 'predicting';
  return (
    <div className={styles.frame}>
      <div className={styles.columns} data-revealed="true">
        {first && fields ? (
          <YourColumn judgement={first}>
            <OwnForecast fields={fields} isEndKnown={fields.hasSeenEnd || view.wasEndKnown} />
            {later.map((again) => (
              <Later key={again.id} again={again} />
            ))}
            {prediction && !view.isHidden && (
              <div>
                <Button variant="default" onClick={props.onJudgeAgain}>
                  Judge again
                </Button>
              </div>
            )}
          </YourColumn>
        ) : (
          <section className={styles.yours}>
            <p className={styles.quiet}>
              {view.isWaitingForYou === true
                ? 'What was judged here is held back until you have read the session.'
                : 'What was judged here is hidden while a blinded judgement of this patient is open.'}
            </p>
          </section>
        )}
        <section className={styles.model} aria-labelledby="model-elbow" aria-busy={isWorking}>
          <h2 id="model-elbow" className={styles.columnTitle}>
            Model
          </h2>
          <AnalysisNotices
            view={view}
            isBusy={step !== 'done'}
            onAskAgain={props.onAskAgain}
            onSession={props.onMeasure}
          />
          {isWorking && (
            <p role="status" className={styles.quiet}>
              The model reads the first 30 s…
            </p>
          )}
          {failure && <FailureNotice {...failureWords(failure)} onRetry={props.onRetry} />}
          {prediction && !isWorking && <Answer {...props} prediction={prediction} fields={fields} />}
        </section>
      </div>
      {prediction && !isWorking && <WholeHold sessionId={view.session.id} fields={fields} />}
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

function Later({ again }: { again: AnalysisJudgement }) {
  if (again.fields.analysis !== 'elbow-torque-fatigue') return null;
  return (
    <details className={styles.method}>
      <summary>Judged again {clock(again.lockedAt)}</summary>
      <p className={styles.quiet}>{again.userName}; marked after the reveal, not counted.</p>
      <OwnForecast fields={again.fields} isEndKnown />
    </details>
  );
}

/** A share in the logarithm of time as percent of the time. */
const percentOfTime = (value: number) => `${signedNumber(100 * (Math.exp(value) - 1), 0)} %`;

function Answer(
  props: Parameters<typeof ElbowResult>[0] & {
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

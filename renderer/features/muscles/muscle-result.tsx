import { Button, Tabs } from '@mantine/core';
import { GROUP_ANSWER_NAMES, MUSCLE_GROUP_NAMES } from '../../../core/clinical/muscle-groups.ts';
import { muscleInputName, muscleOutputName } from '../../../core/clinical/muscle-parameter-names.ts';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type { AnalysisView } from '../../../core/contract/channels/analyses.ts';
import type { AnalysisJudgement, MusclePrediction } from '../../../core/contract/schemas/analysis.ts';
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
import { FailureNotice } from '../../ui/notice.tsx';
import { HillParameters } from './hill-parameters.tsx';
import { MuscleGroups } from './muscle-groups.tsx';
import { MuscleMethod } from './muscle-method.tsx';
import { MUSCLE_REFUSALS, outputText, pointsText, TIER_WORDS, WIDTH_WORDS } from './muscle-words.ts';

/** The locked judgement beside the model's groups; the single parameters in a second tab. */
export function MuscleResult(props: {
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
  const prediction = view.prediction?.analysis === 'muscle-parameters' ? view.prediction : null;
  const isWorking = step === 'predicting';
  return (
    <div className={styles.frame}>
      <div className={styles.columns} data-revealed="true">
        {first?.fields.analysis === 'muscle-parameters' ? (
          <YourColumn judgement={first}>
            <p className={styles.lead}>{SIDE_NAMES[first.fields.side]} hand</p>
            <OwnGroups judgement={first} />
            {later.map((again) => (
              <details key={again.id} className={styles.method}>
                <summary>Judged again {clock(again.lockedAt)}</summary>
                <p className={styles.quiet}>{again.userName}; marked after the reveal, not counted.</p>
                <OwnGroups judgement={again} />
              </details>
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
        <section className={styles.model} aria-labelledby="model-muscles" aria-busy={isWorking}>
          <h2 id="model-muscles" className={styles.columnTitle}>
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
              The model reads the measurements…
            </p>
          )}
          {failure && <FailureNotice {...failureWords(failure)} onRetry={props.onRetry} />}
          {prediction && !isWorking && (
            <Answer {...props} prediction={prediction} judgement={first ?? null} />
          )}
        </section>
      </div>
    </div>
  );
}

function OwnGroups({ judgement }: { judgement: AnalysisJudgement }) {
  if (judgement.fields.analysis !== 'muscle-parameters') return null;
  return (
    <ul className={styles.answers}>
      {judgement.fields.groups.map(({ group, answer, confidencePercent }) => (
        <li key={group}>
          {MUSCLE_GROUP_NAMES[group]}
          <b>
            {GROUP_ANSWER_NAMES[answer]}
            {confidencePercent !== null && `, ${confidencePercent} %`}
          </b>
        </li>
      ))}
    </ul>
  );
}

function Answer(
  props: Parameters<typeof MuscleResult>[0] & {
    prediction: MusclePrediction;
    judgement: AnalysisJudgement | null;
  },
) {
  const { prediction, view } = props;
  if (prediction.refusals.length > 0) {
    return (
      <>
        <AnalysisModelLine prediction={prediction} />
        <RefusedAnswer
          reasons={prediction.refusals.map((reason) => MUSCLE_REFUSALS[reason])}
          isOutOfRange={prediction.refusals.includes('out-of-range')}
          onMeasurements={props.onMeasure}
        />
        <MuscleMethod prediction={prediction} />
      </>
    );
  }
  return (
    <>
      <AnalysisModelLine prediction={prediction} />
      <InRangeLine />
      <Tabs defaultValue="groups" keepMounted={false}>
        <Tabs.List aria-label="What the model says">
          <Tabs.Tab value="groups" mih="var(--target)">
            Muscle groups
          </Tabs.Tab>
          <Tabs.Tab value="parameters" mih="var(--target)">
            Hill parameters
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="groups" pt="md">
          <MuscleGroups prediction={prediction} judgement={props.judgement} onMeasure={props.onMeasure} />
        </Tabs.Panel>
        <Tabs.Panel value="parameters" pt="md">
          <HillParameters prediction={prediction} />
        </Tabs.Panel>
      </Tabs>
      {prediction.widthReasons.length > 0 && (
        <p>
          <strong>Doubt:</strong> {prediction.widthReasons.map((reason) => WIDTH_WORDS[reason]).join('; ')}.{' '}
          <span className={styles.quiet}>Answered {TIER_WORDS[prediction.tier]}.</span>
        </p>
      )}
      <ExplainedBars
        explanation={view.explanation}
        isComputing={props.step === 'explaining'}
        failure={props.explanationFailure}
        onRetry={props.onRetry}
        onOpened={props.onOpened}
        words={{
          titleOf: ({ asked, output }) =>
            `${muscleOutputName(asked)}: ${outputText(output, '%')} of expected`,
          nameOf: muscleInputName,
          textOf: pointsText,
          referenceOf: ({ referenceName, referenceOutput }) =>
            `Compared with ${referenceName}: ${outputText(referenceOutput, '%')} of expected. Points are percent of expected.`,
        }}
      />
      <MuscleMethod prediction={prediction} />
    </>
  );
}

import { Tabs } from '@mantine/core';
import { GROUP_ANSWER_NAMES, MUSCLE_GROUP_NAMES } from '../../../core/clinical/muscle-groups.ts';
import { muscleInputName, muscleOutputName } from '../../../core/clinical/muscle-parameter-names.ts';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type {
  AnalysisJudgement,
  MuscleJudgementFields,
  MusclePrediction,
} from '../../../core/contract/schemas/analysis.ts';
import styles from '../../app/analysis/analysis.module.css';
import { AnalysisColumns, type AnalysisResultProps } from '../../app/analysis/analysis-columns.tsx';
import { AnalysisModelLine, InRangeLine, RefusedAnswer } from '../../app/analysis/analysis-parts.tsx';
import { ExplainedBars } from '../../app/analysis/explained-bars.tsx';
import { HillParameters } from './hill-parameters.tsx';
import { MuscleGroups } from './muscle-groups.tsx';
import { MuscleMethod } from './muscle-method.tsx';
import { MUSCLE_REFUSALS, outputText, pointsText, TIER_WORDS, WIDTH_WORDS } from './muscle-words.ts';

/** The locked judgement beside the model's groups; the single parameters in a second tab. */
export function MuscleResult(props: AnalysisResultProps) {
  const { view } = props;
  const prediction = view.prediction?.analysis === 'muscle-parameters' ? view.prediction : null;
  return (
    <div className={styles.frame}>
      <AnalysisColumns
        result={props}
        reading="The model reads the measurements…"
        own={({ fields }) => fields.analysis === 'muscle-parameters' && <OwnGroups fields={fields} />}
        answer={
          prediction && <Answer {...props} prediction={prediction} judgement={view.judgements[0] ?? null} />
        }
      />
    </div>
  );
}

function OwnGroups({ fields }: { fields: MuscleJudgementFields }) {
  return (
    <>
      <p className={styles.lead}>{SIDE_NAMES[fields.side]} hand</p>
      <ul className={styles.answers}>
        {fields.groups.map(({ group, answer, confidencePercent }) => (
          <li key={group}>
            {MUSCLE_GROUP_NAMES[group]}
            <b>
              {GROUP_ANSWER_NAMES[answer]}
              {confidencePercent !== null && `, ${confidencePercent} %`}
            </b>
          </li>
        ))}
      </ul>
    </>
  );
}

function Answer(
  props: AnalysisResultProps & {
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

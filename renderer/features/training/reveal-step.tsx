import { Button } from '@mantine/core';
import { useState } from 'react';
import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import { percentText } from '../../../core/clinical/percent-text.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import { JudgedClass, WRIST_CLASSES } from '../../../core/contract/schemas/clinical.ts';
import type { TrainingCaseView } from '../../../core/contract/schemas/training.ts';
import { errorText } from '../../app/error-text.ts';
import { MeasuredToday } from '../../app/judging/measured-today.tsx';
import { ProbabilityBars } from '../../charts/probability-bars.tsx';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { measurementsOfCase, personWords } from './case-measurements.ts';
import { caseLesson, modelAnswerText } from './model-words.ts';
import styles from './training.module.css';

type Judged = TrainingCaseView & {
  judgement: NonNullable<TrainingCaseView['judgement']>;
  model: NonNullable<TrainingCaseView['model']>;
};

const CHOICES = JudgedClass.options.map((value) => ({ value, label: ANSWER_NAMES[value] }));

/** After the lock: the model's answer, then the final one, then the truth. */
export function RevealStep(props: {
  view: Judged;
  number: number;
  isLast: boolean;
  /** @returns why it was not taken; null when it was. */
  onFinish: (finalAnswer: JudgedClass) => Promise<WireError | null>;
  onNext: () => void;
}) {
  const { view } = props;
  const { judgement, model, finalAnswer, truth } = view;
  const [chosen, setChosen] = useState<JudgedClass | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const finish = async () => {
    if (chosen === null) {
      setIsMissing(true);
      return;
    }
    setIsBusy(true);
    const refused = await props.onFinish(chosen);
    setIsBusy(false);
    setError(refused);
  };
  const sure = judgement.confidencePercent === null ? '' : `, ${judgement.confidencePercent} % sure`;
  return (
    <Section title={`Case ${props.number}`} lead={personWords(view)}>
      <MeasuredToday measured={measurementsOfCase(view)} side={view.input.side} />
      <div className={styles.columns}>
        <div>
          <h3 className={styles.subtitle}>Your answer, locked</h3>
          <p className={styles.answer}>
            {ANSWER_NAMES[judgement.answer]}
            {sure}
          </p>
        </div>
        <div>
          <h3 className={styles.subtitle}>Model</h3>
          <p className={styles.answer}>{modelAnswerText(model)}</p>
          {model.probabilities ? (
            <ProbabilityBars
              label="Probabilities of the three classes"
              rows={WRIST_CLASSES.map((id, place) => ({
                id,
                name: ANSWER_NAMES[id],
                probability: model.probabilities?.[place] ?? 0,
                text: percentText(model.probabilities?.[place] ?? 0),
                isInSet: model.predictionSet.includes(id),
              }))}
            />
          ) : (
            <p>It gives no class for these measurements.</p>
          )}
          <p className={styles.modelLine}>
            {model.modelId} {model.modelVersion} · <code>{model.bundleHash.slice(0, 8)}</code> · trained on
            simulated people, research use; not a medical device
          </p>
        </div>
      </div>
      {truth === null ? (
        <div className={styles.final}>
          <ChoiceRow
            label="Your final answer, with the model’s in view"
            choices={CHOICES}
            value={chosen}
            error={isMissing && chosen === null ? 'Choose an answer; “cannot tell” is one too.' : undefined}
            onChange={setChosen}
          />
          {error && (
            <FailureNotice {...errorText(error)} incident={error.incident} onRetry={() => void finish()} />
          )}
          <Button loading={isBusy} onClick={() => void finish()}>
            Answer and see the truth
          </Button>
        </div>
      ) : (
        <div className={styles.final} role="status">
          <Notice tone="info" title={`Simulated as: ${ANSWER_NAMES[truth]}.`}>
            {caseLesson(view)} Your final answer: {finalAnswer === null ? '' : ANSWER_NAMES[finalAnswer]}.
          </Notice>
          <Button autoFocus onClick={props.onNext}>
            {props.isLast ? 'See how it went' : 'Next case'}
          </Button>
        </div>
      )}
    </Section>
  );
}

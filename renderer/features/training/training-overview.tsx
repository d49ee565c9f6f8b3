import { Button, Progress } from '@mantine/core';
import { countedText, trainingFeedback } from '../../../core/agreement/training-feedback.ts';
import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import type { TrainingCaseView } from '../../../core/contract/schemas/training.ts';
import { IntervalRows } from '../../charts/interval-rows.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { Section } from '../../ui/page.tsx';
import { caseLesson, modelAnswerText, modelClassOf, modelConfidenceOf } from './model-words.ts';
import styles from './training.module.css';

type Finished = TrainingCaseView & {
  judgement: NonNullable<TrainingCaseView['judgement']>;
  model: NonNullable<TrainingCaseView['model']>;
  finalAnswer: NonNullable<TrainingCaseView['finalAnswer']>;
  truth: NonNullable<TrainingCaseView['truth']>;
};
export const isFinished = (view: TrainingCaseView): view is Finished => view.truth !== null;

/** How far one is, what the answers so far say of oneself, and the cases that were worked on. */
export function TrainingOverview(props: {
  cases: readonly TrainingCaseView[];
  onGo: () => void;
  onOpen: (id: string) => void;
}) {
  const { cases } = props;
  const finished = cases.filter(isFinished);
  const isDone = finished.length === cases.length;
  return (
    <>
      <Section
        title={isDone ? 'All cases are done' : `${finished.length} of ${cases.length} cases done`}
        lead="Each case: judge and lock, see the model’s answer, give a final one, then see how the person was simulated. About 20 seconds a case; go on whenever you like."
      >
        <Progress
          value={(100 * finished.length) / cases.length}
          aria-label={`${finished.length} of ${cases.length} cases done`}
          mb="md"
        />
        {!isDone && (
          <Button onClick={props.onGo}>{finished.length === 0 ? 'Begin' : 'Go on with the next case'}</Button>
        )}
      </Section>
      {finished.length > 0 && <Feedback finished={finished} />}
      {finished.length > 0 && (
        <Section title="Cases you have done">
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">case</th>
                  <th scope="col">you, before</th>
                  <th scope="col">model</th>
                  <th scope="col">you, after</th>
                  <th scope="col">simulated as</th>
                  <th scope="col">what it showed</th>
                </tr>
              </thead>
              <tbody>
                {finished.map((view) => (
                  <tr key={view.id}>
                    <th scope="row">
                      <Button
                        variant="subtle"
                        size="compact-md"
                        mih={44}
                        onClick={() => props.onOpen(view.id)}
                      >
                        {cases.indexOf(view) + 1}
                      </Button>
                    </th>
                    <td>{ANSWER_NAMES[view.judgement.answer]}</td>
                    <td>{modelAnswerText(view.model)}</td>
                    <td>{ANSWER_NAMES[view.finalAnswer]}</td>
                    <td>{ANSWER_NAMES[view.truth]}</td>
                    <td className={styles.words}>{caseLesson(view)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Section>
      )}
    </>
  );
}

function Feedback({ finished }: { finished: readonly Finished[] }) {
  const feedback = trainingFeedback(
    finished.map(({ judgement, model, finalAnswer, truth }) => ({
      answer: judgement.answer,
      confidencePercent: judgement.confidencePercent,
      modelAnswer: modelClassOf(model),
      modelConfidencePercent: modelConfidenceOf(model),
      finalAnswer,
      truth,
    })),
  );
  const judge = feedback.calibratedJudge;
  const said = (value: number | null) => (value === null ? '–' : `${Math.round(100 * value)} %`);
  return (
    <Section
      title="Your calibration"
      lead="How often you were right when you were so sure; figures appear from ten answers on. These cases were chosen so that the model is wrong more often than among simulated people at large: compare yourself with the well-calibrated judge beside you, who answers them with the model’s own probabilities and would look too sure here as well."
    >
      <div className={styles.columns}>
        <IntervalRows
          rows={feedback.calibration.map(({ name, same, n }) => ({
            id: name,
            name: `sure ${name}`,
            value: same.kind === 'figure' ? same.value : null,
            interval: same.kind === 'figure' ? same.interval : null,
            chance: null,
            instead: `too few to say: n = ${n}`,
          }))}
          from={0}
          to={1}
          ticks={[0, 0.25, 0.5, 0.75, 1]}
          tickText={(value) => `${100 * value} %`}
          label="Right answers by confidence; the numbers stand in the table beside it."
        />
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">how sure</th>
                <th scope="col">said on average</th>
                <th scope="col">right</th>
                <th scope="col">calibrated judge, same cases: said</th>
                <th scope="col">calibrated judge: right</th>
              </tr>
            </thead>
            <tbody>
              {feedback.calibration.map((band, place) => (
                <tr key={band.name}>
                  <th scope="row">{band.name}</th>
                  <td>{said(band.said)}</td>
                  <td className={styles.words}>{countedText(band.same)}</td>
                  <td>{said(judge.bands[place]?.said ?? null)}</td>
                  <td className={styles.words}>
                    {judge.bands[place] ? countedText(judge.bands[place].same) : '–'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
      <FactList
        facts={[
          { name: 'Model right', value: `${feedback.modelRight} of ${feedback.n}: the cases were chosen so` },
          {
            name: 'A well-calibrated judge here',
            value:
              judge.n === 0
                ? 'no case yet in which the model named a class'
                : `right in ${judge.right} of ${judge.n}, having said ${said(judge.said)} on average: so much of it is the choice of cases`,
          },
          { name: 'Right before', value: countedText(feedback.rightBefore) },
          { name: 'Right after', value: countedText(feedback.rightAfter) },
          {
            name: 'Over-reliance',
            value: `${countedText(feedback.overReliance)} (right before, then followed a wrong model)`,
          },
          {
            name: 'Under-reliance',
            value: `${countedText(feedback.underReliance)} (a right model not followed)`,
          },
        ]}
      />
    </Section>
  );
}

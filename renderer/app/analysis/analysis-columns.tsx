import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AnalysisView } from '../../../core/contract/channels/analyses.ts';
import type { AnalysisJudgement } from '../../../core/contract/schemas/analysis.ts';
import { clockTime } from '../../ui/calendar-date.ts';
import { FailureNotice } from '../../ui/notice.tsx';
import { failureWords } from '../model-failure.ts';
import { JudgeName } from '../present-user.tsx';
import styles from './analysis.module.css';
import { AnalysisNotices, YourColumn } from './analysis-parts.tsx';
import type { AnalysisResultState } from './use-analysis-judging.ts';

export interface AnalysisResultProps extends AnalysisResultState {
  view: AnalysisView;
  /** To the measurements of the session. */
  onMeasure: () => void;
}

/** The locked judgement on the left, the model's answer on the right: the same for every analysis. */
export function AnalysisColumns(props: {
  result: AnalysisResultProps;
  /** What the model works on, as it is said while it does. */
  reading: string;
  /** What a clinician said, in this analysis' words. */
  own: (judgement: AnalysisJudgement) => ReactNode;
  /** The model's answer; null while there is none. */
  answer: ReactNode;
}) {
  const { result, answer } = props;
  const { view, step, failure } = result;
  const [first, ...later] = view.judgements;
  const isWorking = step === 'predicting';
  return (
    <JudgeName value={first?.userName ?? null}>
      <div className={styles.columns} data-revealed="true">
        {first ? (
          <YourColumn judgement={first}>
            {props.own(first)}
            {later.map((again) => (
              <details key={again.id} className={styles.method}>
                <summary>Judged again {clockTime(again.lockedAt)}</summary>
                <p className={styles.quiet}>{again.userName}; marked after the reveal, not counted.</p>
                {props.own(again)}
              </details>
            ))}
            {view.prediction && !view.isHidden && (
              <div>
                <Button variant="default" onClick={result.onJudgeAgain}>
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
        <section className={styles.model} aria-labelledby="model-answer" aria-busy={isWorking}>
          <h2 id="model-answer" className={styles.columnTitle}>
            Model
          </h2>
          <AnalysisNotices
            view={view}
            isBusy={step !== 'done'}
            onAskAgain={result.onAskAgain}
            onSession={result.onMeasure}
          />
          {isWorking && (
            <p role="status" className={styles.quiet}>
              {props.reading}
            </p>
          )}
          {failure && <FailureNotice {...failureWords(failure)} onRetry={result.onRetry} />}
          {!isWorking && answer}
        </section>
      </div>
    </JudgeName>
  );
}

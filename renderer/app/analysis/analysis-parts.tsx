/** Parts that every analysis beside the wrist's state shows in the same way. */
import { Button } from '@mantine/core';
import { IconBan, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { AnalysisView } from '../../../core/contract/channels/analyses.ts';
import type { AnalysisJudgement, AnalysisPrediction } from '../../../core/contract/schemas/analysis.ts';
import { clockTime } from '../../ui/calendar-date.ts';
import { Notice } from '../../ui/notice.tsx';
import { useJudge } from '../present-user.tsx';
import { WaitingReadingNotice } from '../waiting-reading-notice.tsx';
import styles from './analysis.module.css';

/** The column where the answer will stand: nothing of it exists before the lock. */
export function ClosedModel() {
  return (
    <section className={styles.model} aria-labelledby="model-later">
      <h2 id="model-later" className={styles.columnTitle}>
        Model
      </h2>
      <div className={styles.closed}>
        <IconLock size="1.75rem" aria-hidden="true" />
        <p>opens after you lock</p>
        <small>Nothing is computed before. A locked judgement stays as it was made.</small>
      </div>
    </section>
  );
}

/** Which model spoke, and what it is not. Stands wherever an answer stands. */
export function AnalysisModelLine({ prediction }: { prediction: AnalysisPrediction }) {
  return (
    <p className={styles.modelLine}>
      {prediction.modelId} {prediction.modelVersion} · <code>{prediction.bundleHash.slice(0, 8)}</code> ·
      trained on simulated people. Research use; not a medical device
    </p>
  );
}

export function InRangeLine() {
  return <p className={styles.quietSmall}>within the range of the training people</p>;
}

/** A refusal is a result: an icon, a hatch, and what to do. */
export function RefusedAnswer(props: {
  reasons: readonly { what: string; todo: string }[];
  isOutOfRange: boolean;
  onMeasurements: () => void;
}) {
  return (
    <div className={styles.refusal} data-result="cannot-tell">
      <IconBan size="1.75rem" aria-hidden="true" />
      <div>
        <p className={styles.refusalTitle}>
          {props.isOutOfRange ? 'Out of range: cannot tell' : 'Cannot tell'}
        </p>
        {props.reasons.map(({ what, todo }) => (
          <p key={what}>
            {what} <span className={styles.quiet}>{todo}</span>
          </p>
        ))}
        <Button variant="default" mt="sm" onClick={props.onMeasurements}>
          Look at the measured values
        </Button>
      </div>
    </div>
  );
}

/** Title of the clinician's own column, with the time of the lock. */
export function YourColumn(props: { judgement: AnalysisJudgement; children: ReactNode }) {
  const { judgement } = props;
  const whose = useJudge();
  return (
    <section className={styles.yours} aria-labelledby="locked-judgement">
      <h2 id="locked-judgement" className={styles.columnTitle}>
        {whose.judgement}
        <small className={styles.titleNote}>
          <IconLock size="0.875rem" aria-hidden="true" /> locked {clockTime(judgement.lockedAt)}
        </small>
      </h2>
      <p className={styles.quiet}>
        {judgement.userName}
        {judgement.isBlinded && ', blinded'}
      </p>
      {props.children}
    </section>
  );
}

/** Hidden, outdated, or made on values that were corrected since: each said where the answer stands. */
export function AnalysisNotices(props: {
  view: AnalysisView;
  isBusy: boolean;
  onAskAgain: () => void;
  onSession: () => void;
}) {
  const { view } = props;
  return (
    <>
      {view.isWaitingForYou === true && <WaitingReadingNotice sessionId={view.session.id} />}
      {view.isForAnotherPerson === true && (
        <Notice tone="caution" title="Judged and answered for another person.">
          The session was put under this patient afterwards. Both stay as they were made, and out of the
          figures.
        </Notice>
      )}
      {view.isHidden && view.isWaitingForYou !== true && (
        <Notice
          tone="info"
          title="The model’s answer waits while a judgement of this patient is open."
          action={
            <Button variant="default" onClick={props.onSession}>
              Open the session
            </Button>
          }
        >
          Your judgement is locked and stays. The answer opens when the open session is judged, or closed
          without a judgement.
        </Notice>
      )}
      {view.isJudgementOutdated && !view.isHidden && (
        <p className={styles.quiet}>
          <strong>Made on values that were corrected since:</strong> the judgement is kept, and out of the
          figures where that came before the model’s first answer.
        </p>
      )}
      {view.isOutdated && (
        <Notice
          tone="caution"
          title="A value was corrected or added after this answer."
          action={
            <Button variant="default" disabled={props.isBusy} onClick={props.onAskAgain}>
              Ask the model again
            </Button>
          }
        >
          The answer below belongs to the earlier values.
        </Notice>
      )}
    </>
  );
}

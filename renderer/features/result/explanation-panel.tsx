import { Button } from '@mantine/core';
import { IconZoomQuestion } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { FEATURE_NAMES, SHORT_CLASS_NAMES } from '../../../core/clinical/answer-names.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type {
  Explanation,
  Judgement,
  ReasonOverlap,
  WristStatePrediction,
} from '../../../core/contract/schemas/judgement.ts';
import type { ForceUnit } from '../../../core/units/quantities.ts';
import { failureWords, type RevealFailure } from '../../app/model-failure.ts';
import { useJudge } from '../../app/present-user.tsx';
import { DriverBars } from '../../charts/driver-bars.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import type { InferenceClient } from '../../workers/inference-client.ts';
import { BandsOnTrace } from './bands-on-trace.tsx';
import { driverBarsOf } from './driver-bar-rows.ts';
import { MethodCard } from './method-card.tsx';
import styles from './result.module.css';
import { unexpectedDirections } from './unexpected-directions.ts';
import { WhatWouldChange } from './what-would-change.tsx';
import { withheldTexts } from './withheld-words.ts';

/** What the opener controls. */
export const EXPLANATION_ID = 'what-drove';

interface Props {
  sessionId: SessionId;
  inference: Pick<InferenceClient, 'callChanges'>;
  /** A value was corrected since: what would change the answer is asked after the model was. */
  isOutdated: boolean;
  prediction: WristStatePrediction;
  explanation: Explanation | null;
  overlap: ReasonOverlap | null;
  judgement: Judgement | null;
  /** Unit for key pinch on the screen. */
  pinchUnit: ForceUnit;
  isComputing: boolean;
  failure: RevealFailure | null;
  onRetry: () => void;
  onCompareMethods: () => void;
  /** The button that leads to the methods, for the focus on the way back. */
  toMethods: RefObject<HTMLButtonElement | null>;
}

/** What drove the answer, beside the clinician's own drivers; stands on the page only after it was asked for. */
export function ExplanationPanel(props: Props) {
  const { prediction, explanation, isComputing, failure } = props;
  if (prediction.probabilities === null) return null;
  return (
    <section className={styles.explanation} id={EXPLANATION_ID} aria-labelledby="what-drove-title">
      <h2 id="what-drove-title">What drove the model's answer</h2>
      <div className={styles.explanationBody}>
        {failure && (
          <>
            <FailureNotice {...failureWords(failure)} onRetry={props.onRetry} />
            <p className={styles.quiet}>The number above stands; it can be compared without its drivers.</p>
          </>
        )}
        {!failure && explanation === null && (
          <p role="status" className={styles.quiet}>
            {isComputing
              ? 'Working out what drove the answer…'
              : 'No explanation was stored for this result.'}
          </p>
        )}
        {explanation && !explanation.isShown && (
          <NoReliableExplanation explanation={explanation} prediction={prediction} />
        )}
        {explanation?.isShown && <Drivers {...props} explanation={explanation} />}
        {!isComputing && props.judgement && (
          <BandsOnTrace
            sessionId={props.sessionId}
            judgement={props.judgement}
            explanation={explanation}
            prediction={prediction}
          />
        )}
        {!isComputing && !props.isOutdated && (
          <WhatWouldChange
            sessionId={props.sessionId}
            prediction={prediction}
            pinchUnit={props.pinchUnit}
            inference={props.inference}
          />
        )}
        {explanation && <MethodCard explanation={explanation} prediction={prediction} />}
        {!isComputing && (
          <Button
            ref={props.toMethods}
            variant="subtle"
            className={styles.toMethods ?? ''}
            onClick={props.onCompareMethods}
          >
            Compare methods (for researchers)
          </Button>
        )}
      </div>
    </section>
  );
}

function NoReliableExplanation({
  explanation,
  prediction,
}: {
  explanation: Explanation;
  prediction: WristStatePrediction;
}) {
  return (
    <div className={styles.refusal} data-result="no-explanation">
      <IconZoomQuestion size="1.75rem" aria-hidden="true" />
      <div>
        <p className={styles.refusalTitle}>No reliable explanation</p>
        {withheldTexts(explanation, prediction).map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
    </div>
  );
}

function Drivers({
  prediction,
  explanation,
  overlap,
  judgement,
  pinchUnit,
}: Props & { explanation: Explanation }) {
  const judge = useJudge();
  const bars = driverBarsOf({ prediction, explanation, judgement, pinchUnit });
  const unexpected = unexpectedDirections(explanation, prediction);
  const unread = (judgement?.drivers ?? []).filter(({ feature }) => bars.every(({ id }) => id !== feature));
  return (
    <>
      <p className={styles.sentence}>{explanation.sentence}</p>
      <DriverBars
        bars={bars}
        readerName={judge.inLine}
        forName={SHORT_CLASS_NAMES[explanation.predictedClass]}
        againstName={SHORT_CLASS_NAMES[explanation.againstClass]}
        caption={`Compared with ${explanation.referenceName}`}
      />
      {unread.length > 0 && (
        <p className={styles.quiet}>
          {judge.subject} also named {unread.map(({ feature }) => FEATURE_NAMES[feature]).join(', ')}: the
          model did not read it.
        </p>
      )}
      {unexpected !== null && <p>{unexpected}</p>}
      <p className={styles.overlap}>
        {overlap && overlap.named > 0 ? (
          <>
            <strong>
              overlap {overlap.overlap} of {overlap.named} named
            </strong>{' '}
            (chance {overlap.chance.toFixed(1)} of {overlap.named})
            {overlap.sameSign !== null && `; same direction ${overlap.sameSign} of ${overlap.overlap}`}
            {overlap.sameSign === null && overlap.overlap > 0 && <NotComparedDirections {...explanation} />}
          </>
        ) : (
          `${judge.subject} named no driver, so there is no overlap to show.`
        )}
      </p>
      <p className={styles.quiet}>
        A driver shows what moved this model; it does not show that the answer is right.
      </p>
    </>
  );
}

/** Directions speak for or against the clinician's answer; the bars compare two classes, which may be others. */
function NotComparedDirections(props: Pick<Explanation, 'predictedClass' | 'againstClass'>) {
  const judge = useJudge();
  return (
    <small className={styles.quiet}>
      {' '}
      directions are not compared: {judge.answer} is neither {SHORT_CLASS_NAMES[props.predictedClass]} nor{' '}
      {SHORT_CLASS_NAMES[props.againstClass]}
    </small>
  );
}

import { Button } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { JudgementFields } from '../../../core/contract/schemas/judgement.ts';
import { ForecastButton } from '../../app/forecast-button.tsx';
import { LaterTruth } from '../../app/later-truth.tsx';
import { pinchUnitOf } from '../../app/measured-quantity.ts';
import { failureWords } from '../../app/model-failure.ts';
import { JudgeName } from '../../app/present-user.tsx';
import { WaitingReadingNotice } from '../../app/waiting-reading-notice.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import type { InferenceClient } from '../../workers/inference-client.ts';
import { ColleagueReadings } from './colleague-readings.tsx';
import { type ComparisonFields, ComparisonForm, SavedComparison } from './comparison-form.tsx';
import { earlierResult } from './earlier-result.ts';
import { ExplanationPanel } from './explanation-panel.tsx';
import { JudgeAgain } from './judge-again.tsx';
import { MeasuredValuesList } from './measured-values-list.tsx';
import { ModelAnswer, ModelLine } from './model-answer.tsx';
import { qualityChecks } from './quality-checks.ts';
import styles from './result.module.css';
import { isResultOutdated, judgedVersions, ownJudgement } from './result-freshness.ts';
import { EndActions, NoResult, Outdated, saveErrorText } from './result-notices.tsx';
import { StrongestDriver } from './strongest-driver.tsx';
import { useMethodsInPlace } from './use-methods-in-place.ts';
import { useReveal } from './use-reveal.ts';
import { YourJudgement } from './your-judgement.tsx';

export interface ResultScreenProps {
  sessionId: SessionId;
  inference: InferenceClient;
  onAddWristStrength: () => void;
  /** To the trials as typed and their corrections. */
  onMeasurements: () => void;
  /** Every method of explanation side by side, in place of the result; what was typed here stays. */
  methods: (onBack: () => void, isOutdated: boolean) => ReactNode;
  /** To the forecast of the next visit. */
  onForecast?: () => void;
  onDone: () => void;
}

/** The locked judgement beside the model's answer, then its drivers, then the comparison. */
export function ResultScreen(props: ResultScreenProps) {
  const { sessionId, inference, onMeasurements, onDone } = props;
  const api = useApi();
  const reveal = useReveal(sessionId, inference);
  const { view, step, failure } = reveal;
  const patientId = view?.patient.id ?? null;
  const course = useCall(`earlier/${patientId}`, () =>
    patientId === null
      ? Promise.resolve({ ok: true as const, value: { rows: [], total: 0 } })
      : api['sessions.listForPatient']({ patientId, limit: 50, offset: 0 }),
  );
  const hasLock = view !== null && ownJudgement(view) !== null;
  const flags = useCall(`flags/${sessionId}/${hasLock}`, () =>
    hasLock
      ? api['judgements.flags']({ sessionId })
      : Promise.resolve({ ok: true as const, value: { flags: [] } }),
  );
  const [saveError, setSaveError] = useState<WireError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const methods = useMethodsInPlace();
  const [isExplained, setIsExplained] = useState(false);
  const wasExplained = useRef(false);
  /** On demand, after the number; the first opening is written down. */
  const toggleExplained = () => {
    if (!wasExplained.current) void api['predictions.logExplanationOpened']({ sessionId });
    wasExplained.current = true;
    setIsExplained(!isExplained);
  };

  if (view === null) {
    return failure ? (
      <FailureNotice {...failureWords(failure)} onRetry={reveal.goOn} />
    ) : (
      <LoadingLines label="Opening the session" />
    );
  }
  const { state } = view.session;
  if (state === 'measuring' || state === 'saved') {
    return (
      <Notice tone="info" title="The model opens after you lock your judgement.">
        Nothing was computed for this session yet.
      </Notice>
    );
  }

  const judgement = ownJudgement(view);
  if (view.isWaitingForYou === true) {
    return <WaitingReadingNotice sessionId={sessionId} onLooked={reveal.goOn} />;
  }
  if (judgement === null) {
    return (
      <Notice
        tone="info"
        title="This session holds measurements only."
        action={<Button onClick={onMeasurements}>See the measurements</Button>}
      >
        It was closed without a judgement, so the model was not asked.
      </Notice>
    );
  }

  const settle = async (work: () => Promise<WireError | null>) => {
    if (isBusy) return;
    setIsBusy(true);
    setSaveError(null);
    const refused = await work();
    setIsBusy(false);
    setSaveError(refused);
  };
  const close = async (): Promise<WireError | null> => {
    const result = await api['sessions.close']({ sessionId });
    if (!result.ok) return result.error;
    onDone();
    return null;
  };
  const compare = (comparison: ComparisonFields, isClosing: boolean) =>
    settle(async () => {
      const result = await api['sessions.compare']({ sessionId, comparison });
      if (!result.ok) return result.error;
      reveal.setView(result.value);
      return isClosing ? close() : null;
    });

  const judgeAgain = async (second: JudgementFields): Promise<boolean> => {
    let isTaken = false;
    await settle(async () => {
      const result = await api['sessions.judgeAgain']({ sessionId, judgement: second });
      if (!result.ok) return result.error;
      reveal.setView(result.value);
      isTaken = true;
      return null;
    });
    return isTaken;
  };

  const { prediction } = view;
  const isWithoutResult = prediction === null && step === 'done' && failure === null;
  // The host hides results of this patient while another judgement is open; else there is none, and there was none.
  const isHidden = isWithoutResult && (state !== 'closed' || isAnotherOpen(course.value?.rows));
  const isOutdated = isResultOutdated(view);
  const judgedOn = judgedVersions(view);
  return (
    <>
      {methods.isOpen && (
        <div ref={methods.place} tabIndex={-1} className={styles.methods}>
          {props.methods(methods.close, isOutdated)}
        </div>
      )}
      <JudgeName value={judgement?.userName ?? null}>
        <div className={styles.frame} hidden={methods.isOpen}>
          <div className={styles.screen}>
            <h1 className={styles.title}>Result</h1>
            <div className={styles.columns}>
              <YourJudgement
                judgement={judgement}
                flags={flags.value?.flags ?? []}
                measuredAt={view.session.savedAt ?? view.session.startedAt}
                side={view.session.judgedSide}
                judgedVersions={judgedOn}
                later={view.judgements.filter(({ isAfterReveal }) => isAfterReveal)}
              >
                <MeasuredValuesList view={view} onMeasurements={onMeasurements} />
              </YourJudgement>
              <section
                className={styles.model}
                aria-labelledby="model-answer"
                aria-busy={step === 'predicting'}
              >
                <h2 id="model-answer" className={styles.columnTitle}>
                  Model
                </h2>
                {prediction && step !== 'predicting' && (
                  <>
                    <ModelLine prediction={prediction} />
                    {isOutdated && (
                      <Outdated
                        isForAnotherPerson={view.isForAnotherPerson === true}
                        isTraceChanged={view.isTraceChanged === true}
                        onAskAgain={reveal.askAgain}
                      />
                    )}
                    <ModelAnswer
                      prediction={prediction}
                      checks={qualityChecks(view, prediction)}
                      own={judgement?.answer ?? null}
                      pinchUnit={pinchUnitOf(view)}
                      earlier={earlierResult(view, course.value?.rows ?? [])}
                      canAdd={state !== 'closed'}
                      onAddWristStrength={props.onAddWristStrength}
                      onMeasurements={onMeasurements}
                    >
                      <StrongestDriver
                        isOpen={isExplained}
                        onToggle={toggleExplained}
                        prediction={prediction}
                        explanation={view.explanation}
                        judgement={judgement}
                        pinchUnit={pinchUnitOf(view)}
                      />
                    </ModelAnswer>
                  </>
                )}
                {step === 'predicting' && (
                  <p role="status" className={styles.quiet}>
                    The model reads the measurements…
                  </p>
                )}
                {isHidden && (
                  <Notice
                    tone="info"
                    title="The model's result is hidden while a judgement of this patient is open."
                  >
                    It comes back when the newer session is locked, or closed without a judgement.
                  </Notice>
                )}
                {isWithoutResult && !isHidden && (
                  <Notice tone="info" title="This session was closed without a model result.">
                    The judgement and the measured values are kept.
                  </Notice>
                )}
                {failure && <NoResult failure={failure} onRetry={reveal.goOn} />}
              </section>
            </div>
            {isExplained && prediction && step !== 'predicting' && (
              <ExplanationPanel
                prediction={prediction}
                explanation={view.explanation}
                overlap={view.overlap}
                judgement={judgement}
                sessionId={sessionId}
                inference={inference}
                isOutdated={isOutdated}
                pinchUnit={pinchUnitOf(view)}
                isComputing={step === 'explaining'}
                failure={reveal.explanationFailure}
                onRetry={reveal.goOn}
                onCompareMethods={() => {
                  // What was seen before a verdict belongs to it.
                  void api['predictions.logMethodsCompared']({ sessionId });
                  methods.open();
                }}
                toMethods={methods.opener}
              />
            )}
            {prediction && state === 'revealed' && (
              <ComparisonForm
                // A verdict on one answer must not stand under another: a new answer starts with an empty form.
                key={JSON.stringify([prediction.probabilities, prediction.refusals])}
                isBusy={isBusy}
                onCompare={(fields, isClosing) => void compare(fields, isClosing)}
                onJudgeAgain={judgeAgain}
              />
            )}
            {view.comparison && <SavedComparison comparison={view.comparison} />}
            {view.comparison?.secondLook?.askColleague && <ColleagueReadings sessionId={sessionId} />}
            {prediction &&
              step === 'done' &&
              state !== 'revealed' &&
              (view.comparison?.verdict === 'disagree' || judgedOn.length > 0) && (
                <JudgeAgain isBusy={isBusy} onJudge={judgeAgain} />
              )}
            {prediction && step === 'done' && <LaterTruth sessionId={sessionId} />}
            {saveError && (
              <FailureNotice {...saveErrorText(saveError, state)} incident={saveError.incident} />
            )}
            {(state === 'compared' || state === 'closed' || isHidden || (failure && !prediction)) && (
              <EndActions
                canClose={state === 'compared' || (state === 'locked' && failure !== null)}
                isBusy={isBusy}
                onClose={() => void settle(close)}
                onDone={onDone}
              >
                {props.onForecast && <ForecastButton onForecast={props.onForecast} />}
              </EndActions>
            )}
          </div>
        </div>
      </JudgeName>
    </>
  );
}

/** Whether a judgement of this patient is open, as the host sees it: it then hides every result. */
const isAnotherOpen = (rows: readonly Omit<SessionView, 'patient'>[] | undefined) =>
  rows === undefined ||
  rows[0]?.session.state === 'saved' ||
  rows.some(({ session }) => session.state === 'measuring');

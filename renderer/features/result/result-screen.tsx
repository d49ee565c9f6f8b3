import { Button } from '@mantine/core';
import { useState } from 'react';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { FORCE_UNITS, type ForceUnit } from '../../../core/units/quantities.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import type { InferenceClient } from '../../workers/inference-client.ts';
import { type ComparisonFields, ComparisonForm, SavedComparison } from './comparison-form.tsx';
import { earlierResult } from './earlier-result.ts';
import { ExplanationPanel } from './explanation-panel.tsx';
import { ModelAnswer, ModelLine } from './model-answer.tsx';
import styles from './result.module.css';
import { useReveal } from './use-reveal.ts';
import { YourJudgement } from './your-judgement.tsx';

export interface ResultScreenProps {
  sessionId: SessionId;
  inference: InferenceClient;
  onAddWristStrength: () => void;
  onDone: () => void;
}

/** The locked judgement beside the model's answer, then its drivers, then the comparison. */
export function ResultScreen(props: ResultScreenProps) {
  const { sessionId, inference, onDone } = props;
  const api = useApi();
  const reveal = useReveal(sessionId, inference);
  const { view, step, error } = reveal;
  const patientId = view?.patient.id ?? null;
  const course = useCall(`earlier/${patientId}`, () =>
    patientId === null
      ? Promise.resolve({ ok: true as const, value: { rows: [], total: 0 } })
      : api['sessions.listForPatient']({ patientId, limit: 50, offset: 0 }),
  );
  const [saveError, setSaveError] = useState<WireError | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  if (view === null) {
    return error ? (
      <FailureNotice {...errorText(error)} incident={error.incident} onRetry={reveal.retry} />
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

  if (view.judgements.length === 0) {
    return (
      <Notice
        tone="info"
        title="This session holds measurements only."
        action={<Button onClick={onDone}>Back to the patient</Button>}
      >
        It was closed without a judgement, so the model was not asked.
      </Notice>
    );
  }

  const settle = async (work: () => Promise<WireError | null>) => {
    if (isBusy) return;
    setIsBusy(true);
    setSaveError(null);
    const failure = await work();
    setIsBusy(false);
    setSaveError(failure);
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

  const judgement =
    view.judgements.find((candidate) => !candidate.isAfterReveal) ?? view.judgements[0] ?? null;
  const { prediction } = view;
  // The host hides results of this patient while another judgement is open.
  const isHidden = prediction === null && step === 'done' && error === null;
  return (
    <div className={styles.frame}>
      <div className={styles.screen}>
        <h1 className={styles.title}>Result</h1>
        <div className={styles.columns}>
          <YourJudgement judgement={judgement} side={view.session.judgedSide} />
          <section className={styles.model} aria-labelledby="model-answer" aria-busy={step === 'predicting'}>
            <h2 id="model-answer" className={styles.columnTitle}>
              Model
            </h2>
            {prediction && step !== 'predicting' && (
              <>
                <ModelLine prediction={prediction} />
                <ModelAnswer
                  prediction={prediction}
                  earlier={earlierResult(view, course.value?.rows ?? [])}
                  canAdd={state !== 'closed'}
                  onAddWristStrength={props.onAddWristStrength}
                />
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
            {error && <NoResult error={error} onRetry={reveal.retry} />}
          </section>
        </div>
        {prediction && step !== 'predicting' && (
          <ExplanationPanel
            prediction={prediction}
            explanation={view.explanation}
            overlap={view.overlap}
            judgement={judgement}
            pinchUnit={pinchUnitOf(view)}
            isComputing={step === 'explaining'}
            error={reveal.explanationError}
            onRetry={reveal.retry}
            onOpened={() => void api['predictions.logExplanationOpened']({ sessionId })}
          />
        )}
        {prediction && state === 'revealed' && (
          <ComparisonForm
            isBusy={isBusy}
            onCompare={(fields, isClosing) => void compare(fields, isClosing)}
          />
        )}
        {view.comparison && <SavedComparison comparison={view.comparison} />}
        {saveError && <FailureNotice {...errorText(saveError)} incident={saveError.incident} />}
        {(state === 'compared' || state === 'closed' || isHidden || (error && !prediction)) && (
          <EndActions view={view} isBusy={isBusy} onClose={() => void settle(close)} onDone={onDone} />
        )}
      </div>
    </div>
  );
}

/** The unit the pinch of this session was typed in; the model speaks newtons. */
function pinchUnitOf(view: SessionView): ForceUnit {
  const typed = view.trials.find((t) => t.measure === 'lateral-pinch' && t.valueSi !== null)?.typedUnit;
  return FORCE_UNITS.find((unit) => unit === typed) ?? 'N';
}

function NoResult({ error, onRetry }: { error: WireError; onRetry: () => void }) {
  return (
    <>
      <FailureNotice {...errorText(error)} incident={error.incident} onRetry={onRetry} />
      <p className={styles.quiet}>
        Your judgement is locked and safe. The model can be asked again at any time.
      </p>
    </>
  );
}

function EndActions(props: { view: SessionView; isBusy: boolean; onClose: () => void; onDone: () => void }) {
  const canClose = props.view.session.state === 'compared';
  return (
    <footer className={styles.actions}>
      <Button variant={canClose ? 'default' : 'filled'} onClick={props.onDone}>
        Back to the patient
      </Button>
      {canClose && (
        <Button loading={props.isBusy} onClick={props.onClose}>
          Close the session
        </Button>
      )}
    </footer>
  );
}

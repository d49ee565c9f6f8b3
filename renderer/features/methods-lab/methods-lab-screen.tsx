import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import { LAYER_WISE_RELEVANCE_DEFAULT } from '../../../core/explain/relevance/availability.ts';
import { errorText } from '../../app/error-text.ts';
import { failureWords } from '../../app/model-failure.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import type { InferenceClient } from '../../workers/inference-client.ts';
import type { MethodsQuestion } from '../../workers/inference-protocol.ts';
import { ComparedView } from './compared-view.tsx';
import { NOTHING_SHOWN } from './lab-words.ts';
import styles from './methods-lab.module.css';
import { MoreMethods } from './more-methods.tsx';
import { openShownResult, type ShownResult } from './open-shown-result.ts';
import { useEscape } from './use-escape.ts';
import { type MethodsState, useMethodsRun } from './use-methods-run.ts';
import { WITHHELD_MEANING, withheldTitle } from './withheld-explanation.ts';

export interface MethodsLabScreenProps {
  sessionId: SessionId;
  inference: InferenceClient;
  /** A value that the model read was corrected since it answered. */
  isOutdated: boolean;
  onResult: () => void;
}

/** Every method of explanation on one shown result. Nothing is computed before the reveal, and nothing is stored. */
export function MethodsLabScreen({ sessionId, inference, isOutdated, onResult }: MethodsLabScreenProps) {
  const api = useApi();
  const opened = useCall(`methods-lab/${sessionId}`, () => openShownResult(api, sessionId));
  useEscape(onResult);
  const back = (
    <Button
      variant="default"
      leftSection={<IconArrowLeft size="1.125rem" aria-hidden="true" />}
      onClick={onResult}
    >
      Back to the result
    </Button>
  );
  return (
    <Page
      title="Compare methods"
      lead={
        <>
          Several ways to ask the same networks what moved this answer. Where they disagree, no single picture
          of the drivers should be trusted.
          <strong className={styles.always}>{NOTHING_SHOWN}</strong>
        </>
      }
      actions={back}
    >
      {opened.status === 'loading' && <LoadingLines label="Opening the result" />}
      {opened.status === 'failed' && (
        <FailureNotice
          {...errorText(opened.error)}
          incident={opened.error.incident}
          onRetry={opened.reload}
        />
      )}
      {isOutdated && (
        <Notice tone="caution" title="A value was corrected after this answer.">
          Everything below explains the answer to the value before, not to today’s. Go back to ask the model
          again.
        </Notice>
      )}
      {opened.status === 'ready' &&
        (opened.value === null ? (
          <Notice tone="info" title="There is no answer to explain here.">
            Methods are compared on a result that is shown: after your judgement is locked, while no other
            judgement of this patient is open, and where the model gave its probabilities.
          </Notice>
        ) : (
          <Comparison key={sessionId} {...opened.value} inference={inference} />
        ))}
      {opened.status === 'ready' && opened.value !== null && <div className={styles.end}>{back}</div>}
    </Page>
  );
}

function Comparison({
  prediction,
  input,
  pinchUnit,
  withheld,
  inference,
}: ShownResult & { inference: InferenceClient }) {
  const [level, setLevel] = useState<MethodsQuestion['level']>('measurements');
  const [layerWiseRelevance, setLayerWiseRelevance] = useState(LAYER_WISE_RELEVANCE_DEFAULT);
  const { state, cancel, again } = useMethodsRun(inference, {
    input,
    prediction,
    level,
    layerWiseRelevance,
  });
  const hasTrace = prediction.inputPattern === 'C' && (input.pinchTraceN ?? null) !== null;
  return (
    <div className={styles.lab}>
      {withheld !== null && (
        <Notice tone="caution" title={withheldTitle(withheld)}>
          {WITHHELD_MEANING}
        </Notice>
      )}
      {hasTrace && (
        <div className={styles.controls}>
          <ChoiceRow
            label="What is compared"
            choices={[
              { value: 'measurements', label: 'measurements' },
              { value: 'time-bands', label: 'time bands of the trace' },
            ]}
            value={level}
            onChange={setLevel}
          />
        </div>
      )}
      {state.status === 'done' ? (
        <ComparedView
          compared={state.compared}
          prediction={prediction}
          pinchUnit={pinchUnit}
          withheld={withheld}
        />
      ) : (
        <Waiting state={state} prediction={prediction} onCancel={cancel} onAgain={again} />
      )}
      <MoreMethods layerWiseRelevance={layerWiseRelevance} onChange={setLayerWiseRelevance} />
    </div>
  );
}

function Waiting(props: {
  state: Exclude<MethodsState, { status: 'done' }>;
  prediction: WristStatePrediction;
  onCancel: () => void;
  onAgain: () => void;
}) {
  const { state } = props;
  switch (state.status) {
    case 'running': {
      const { done, total } = state.progress ?? { done: 0, total: null };
      return (
        <div className={styles.progress}>
          <p role="status">
            {total === null
              ? 'Waiting for the model…'
              : `Method ${Math.min(done + 1, total)} of ${total} runs; this takes some seconds.`}
          </p>
          <progress aria-label="Methods done" max={total ?? 1} value={done} />
          <Button variant="default" onClick={props.onCancel}>
            Cancel
          </Button>
        </div>
      );
    }
    case 'cancelled':
      return (
        <Notice
          tone="info"
          title="The comparison was stopped."
          action={<Button onClick={props.onAgain}>Compare again</Button>}
        >
          The result and its explanation stay as they are.
        </Notice>
      );
    case 'other-version':
      return (
        <Notice tone="info" title="This result was made by another version of the model.">
          It is of {props.prediction.modelId} {props.prediction.modelVersion}; this computer runs{' '}
          {state.running}. Only the networks that gave an answer can explain it.
        </Notice>
      );
    case 'failed':
      return <FailureNotice {...failureWords(state.failure)} onRetry={props.onAgain} />;
  }
}

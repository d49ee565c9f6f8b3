import { Button } from '@mantine/core';
import { IconBarbell } from '@tabler/icons-react';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { useAnalysisJudging } from '../../app/analysis/use-analysis-judging.ts';
import { failureWords } from '../../app/model-failure.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import type { AnalysisClient } from '../../workers/inference-client.ts';
import { MuscleJudgementForm } from './muscle-judgement-form.tsx';
import { MuscleResult } from './muscle-result.tsx';

export interface MuscleParametersScreenProps {
  sessionId: SessionId;
  inference: AnalysisClient;
  /** To the measurements of the session. */
  onMeasure: () => void;
  onDone: () => void;
}

/** Four muscle groups: the clinician's own answer, locked, then the model's beside it. */
export function MuscleParametersScreen(props: MuscleParametersScreenProps) {
  const { sessionId, inference, onMeasure, onDone } = props;
  const { reveal, isAgain, form, result } = useAnalysisJudging(sessionId, 'muscle-parameters', inference);
  const { view, failure } = reveal;

  if (view === null) {
    return failure ? (
      <FailureNotice {...failureWords(failure)} onRetry={reveal.goOn} />
    ) : (
      <LoadingLines label="Opening the muscle parameters" />
    );
  }
  const back = (
    <Button variant="default" onClick={onDone}>
      Back to the patient
    </Button>
  );
  if (view.state === 'not-measured-enough') {
    return (
      <Page title="Muscle parameters" actions={back}>
        <EmptyState
          icon={<IconBarbell size={40} stroke={1.5} />}
          title="Key pinch of this session is not measured yet"
          action={<Button onClick={onMeasure}>Open the measurements</Button>}
        >
          Muscle groups are judged, and then estimated by the model, from key pinch. Key pinch with the wrist
          flexed and extended 20° and grip on the second handle let the model tell more.
        </EmptyState>
      </Page>
    );
  }
  const [first] = view.judgements;
  const judged = first?.fields.analysis === 'muscle-parameters' ? first : undefined;
  if (view.state === 'ready-to-judge' || isAgain) {
    return (
      <Page
        title="Muscle parameters"
        lead={
          isAgain
            ? 'A further judgement: kept beside the first, marked as made after the reveal, never counted.'
            : 'Your own answer first. The model’s opens after you lock.'
        }
        actions={back}
      >
        <MuscleJudgementForm
          key={isAgain ? 'again' : 'first'}
          view={view}
          fixedSide={isAgain && judged?.fields.analysis === 'muscle-parameters' ? judged.fields.side : null}
          {...form}
          onMeasure={onMeasure}
        />
      </Page>
    );
  }
  return (
    <Page title="Muscle parameters" actions={back}>
      <MuscleResult view={view} {...result} onMeasure={onMeasure} />
    </Page>
  );
}

import { Button } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import { useState } from 'react';
import type { Output } from '../../../core/contract/contract.ts';
import type { TrainingCaseView } from '../../../core/contract/schemas/training.ts';
import { errorText } from '../../app/error-text.ts';
import { ClosedWords, JudgementForm, JudgingNote, LeaveButton } from '../../app/judging/judgement-form.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { measurementsOfCase, personWords } from './case-measurements.ts';
import { RevealStep } from './reveal-step.tsx';
import { TrainingOverview } from './training-overview.tsx';

type Cases = Output<'training.cases'>;

/** Simulated cases with a known class: judged first, like a patient, and in no figure of concordance. */
export function TrainingScreen({ onDone }: { onDone: () => void }) {
  const api = useApi();
  const call = useCall<Cases>('training/cases', () => api['training.cases']({}));
  if (call.status === 'failed') {
    return <FailureNotice {...errorText(call.error)} incident={call.error.incident} onRetry={call.reload} />;
  }
  if (call.status === 'loading') return <LoadingLines label="Opening the training cases" />;
  return <Training read={call.value} onDone={onDone} />;
}

function Training({ read, onDone }: { read: Cases; onDone: () => void }) {
  const api = useApi();
  const [cases, setCases] = useState(read.cases);
  const [openId, setOpenId] = useState<string | null>(null);
  const place = cases.findIndex(({ id }) => id === openId);
  const view = cases[place];
  const take = (next: TrainingCaseView) =>
    setCases((before) => before.map((each) => (each.id === next.id ? next : each)));
  const next = (among: readonly TrainingCaseView[]) => {
    const after = [...among.slice(place + 1), ...among].find(({ truth }) => truth === null);
    setOpenId(after?.id ?? null);
  };
  if (view && view.judgement === null) {
    return (
      <JudgementForm
        key={view.id}
        title={`Case ${place + 1} of ${cases.length}`}
        measured={measurementsOfCase(view)}
        judgedSide={view.input.side}
        notes={
          <JudgingNote icon={<IconSchool size="1.125rem" aria-hidden="true" />}>
            {personWords(view)} It may be nonimpaired. Training: in no figure of concordance.
          </JudgingNote>
        }
        closedTitle="Model"
        closed={
          <ClosedWords title="opens after you lock">
            The model’s answer comes first, how the person was simulated last.
          </ClosedWords>
        }
        lockLabel="Lock and show the model"
        leave={<LeaveButton onClick={() => setOpenId(null)}>Leave this case for later</LeaveButton>}
        onLeave={() => setOpenId(null)}
        onLock={async ({ fields }) => {
          const { answer, confidencePercent, drivers, durationMs } = fields;
          const result = await api['training.lock']({
            caseId: view.id,
            judgement: { answer, confidencePercent, drivers, durationMs },
          });
          if (!result.ok) return result.error;
          take(result.value);
          return null;
        }}
      />
    );
  }
  return (
    <Page
      title="Training cases"
      lead={`${cases.length} simulated people whose class is known. In some of them the model is wrong or cannot tell: they were chosen so. Nothing of it enters the concordance figures.`}
      width="wide"
      actions={
        view ? (
          <Button variant="default" onClick={() => setOpenId(null)}>
            All cases
          </Button>
        ) : (
          <Button variant="default" onClick={onDone}>
            Back to concordance
          </Button>
        )
      }
    >
      {view?.judgement && view.model ? (
        <RevealStep
          key={view.id}
          view={{ ...view, judgement: view.judgement, model: view.model }}
          number={place + 1}
          isLast={cases.every(({ id, truth }) => truth !== null || id === view.id)}
          onFinish={async (finalAnswer) => {
            const result = await api['training.finish']({ caseId: view.id, finalAnswer });
            if (!result.ok) return result.error;
            take(result.value);
            return null;
          }}
          onNext={() => next(cases)}
        />
      ) : (
        <TrainingOverview cases={cases} onGo={() => next(cases)} onOpen={setOpenId} />
      )}
    </Page>
  );
}

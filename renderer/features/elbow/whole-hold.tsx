import { type ElbowJudgementFields, EMG_CHANNELS } from '../../../core/contract/schemas/analysis.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useJudge } from '../../app/present-user.tsx';
import { EnvelopeChart } from '../../charts/envelope-chart.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Treatment } from './first-seconds.tsx';

/** The whole hold after the answer, as a picture: the model read its first 30 s only. */
export function WholeHold(props: { sessionId: SessionId; fields: ElbowJudgementFields | null }) {
  const { sessionId, fields } = props;
  const api = useApi();
  const judge = useJudge();
  const whole = useCall(`whole-hold/${sessionId}`, () => api['analyses.elbowWhole']({ sessionId }));
  return (
    <Section
      title="The whole hold"
      lead="What was recorded, for looking at. The model read the first 30 s only."
    >
      {whole.status === 'failed' ? (
        <FailureNotice {...errorText(whole.error)} incident={whole.error.incident} onRetry={whole.reload} />
      ) : whole.value === null ? (
        <LoadingLines label="Reading the whole hold" />
      ) : whole.value.problem !== null ? (
        <Notice tone="caution" title="The rest of this hold cannot be drawn.">
          {whole.value.problem}
        </Notice>
      ) : (
        <>
          <EnvelopeChart
            channels={EMG_CHANNELS}
            envelopes={whole.value.envelopes}
            stepS={0.5}
            marks={[
              { atS: 30, name: 'read until here' },
              ...(fields?.fatigueStartS != null
                ? [{ atS: fields.fatigueStartS, name: `fatigue, ${judge.inLine}` }]
                : []),
            ]}
            label="Muscle activity of the whole hold, percent of the amplitude at maximal effort"
          />
          <Treatment view={whole.value} />
        </>
      )}
    </Section>
  );
}

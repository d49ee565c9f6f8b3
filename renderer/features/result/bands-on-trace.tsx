import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { Explanation, Judgement } from '../../../core/contract/schemas/judgement.ts';
import { TraceOfRecording } from '../../app/judging/judged-trace.tsx';
import { TraceBands } from '../../charts/trace-bands.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import styles from './result.module.css';

/** The clinician's brushed bands as they were locked, and what the model made of the trace. */
export function BandsOnTrace(props: {
  sessionId: SessionId;
  judgement: Judgement;
  explanation: Explanation | null;
}) {
  const { sessionId, judgement, explanation } = props;
  const api = useApi();
  const list = useCall(`recordings/${sessionId}`, () => api['recordings.listForSession']({ sessionId }));
  const recording = list.value?.find(({ id }) => id === judgement.recordingId);
  if (!recording || !judgement.bands || judgement.bands.length === 0) return null;
  return (
    <section aria-labelledby="bands-title" className={styles.bands}>
      <h3 id="bands-title">Your bands on the trace</h3>
      <TraceOfRecording recording={recording}>
        {(series) => (
          <TraceBands
            series={series}
            bands={judgement.bands ?? []}
            bandsName="your bands"
            answerText={ANSWER_NAMES[judgement.answer]}
            label="Force over time with your bands, as locked"
          />
        )}
      </TraceOfRecording>
      <p className={styles.quiet}>
        {explanation?.traceContribution
          ? 'The model weighed the trace as a whole, one bar above; its time bands stand under “Compare methods”.'
          : 'The model read no trace today, so it has no bands to lay beside yours.'}
      </p>
    </section>
  );
}

import { useEffect } from 'react';
import type { ElbowEnvelopeView } from '../../../core/contract/channels/analyses.ts';
import { type ElbowSetup, EMG_CHANNELS } from '../../../core/contract/schemas/analysis.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import styles from '../../app/analysis/analysis.module.css';
import { errorText } from '../../app/error-text.ts';
import { EnvelopeChart } from '../../charts/envelope-chart.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';

/** The same 30 s that the model reads, and nothing after them. */
export function FirstSeconds(props: {
  sessionId: SessionId;
  /** Null while the description of the hold is incomplete. */
  setup: ElbowSetup | null;
  fatigueStartS: number | null;
  onShown: (isShown: boolean) => void;
}) {
  const { sessionId, setup } = props;
  const api = useApi();
  const key = setup ? JSON.stringify([setup.recordingId, setup.startS, setup.maximalAmplitudes]) : '';
  const answer = useCall<ElbowEnvelopeView | null>(`first-seconds/${key}`, () => {
    if (setup === null) return Promise.resolve({ ok: true as const, value: null });
    const { recordingId, startS, maximalAmplitudes } = setup;
    return api['analyses.elbowStart']({ sessionId, recordingId, startS, maximalAmplitudes });
  });
  const isShown = answer.value !== null && answer.value.problem === null;
  const { onShown } = props;
  useEffect(() => onShown(isShown), [isShown, onShown]);
  if (setup === null) {
    return (
      <p className={styles.quiet}>The first 30 s are drawn here when the description above is complete.</p>
    );
  }
  if (answer.status === 'failed') {
    return (
      <FailureNotice {...errorText(answer.error)} incident={answer.error.incident} onRetry={answer.reload} />
    );
  }
  if (answer.value === null) return <LoadingLines label="Reading the first 30 s" />;
  if (answer.value.problem !== null) {
    return (
      <Notice tone="caution" title="These 30 s cannot be read.">
        {answer.value.problem} Nothing of the recording was changed.
      </Notice>
    );
  }
  const marks = props.fatigueStartS === null ? [] : [{ atS: props.fatigueStartS, name: 'fatigue, you' }];
  return (
    <div>
      <EnvelopeChart
        channels={EMG_CHANNELS}
        envelopes={answer.value.envelopes}
        stepS={0.5}
        marks={marks}
        label="Muscle activity of the first 30 s, percent of the amplitude at maximal effort"
      />
      <Treatment view={answer.value} />
    </div>
  );
}

/** What was done to each channel, said and not hidden. */
export function Treatment({ view }: { view: ElbowEnvelopeView }) {
  const words = view.treatments.map(({ channel, source, kind }) => {
    const how =
      kind === 'raw-rectified' ? 'raw EMG, its mean taken off and rectified' : 'envelope as recorded';
    return `${channel} from “${source}” (${how})`;
  });
  return (
    <details className={styles.method}>
      <summary>What was done to the recording</summary>
      <p className={styles.quiet}>
        Mean over each half second, divided by the amplitude at maximal effort: {words.join('; ')}. The
        samples themselves stay as they were imported.
      </p>
    </details>
  );
}

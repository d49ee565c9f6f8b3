import { ANSWER_NAMES, SHORT_CLASS_NAMES } from '../../../core/clinical/answer-names.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type {
  Explanation,
  Judgement,
  ModelInput,
  WristStatePrediction,
} from '../../../core/contract/schemas/judgement.ts';
import type { Recording } from '../../../core/contract/schemas/recording.ts';
import { TraceOfRecording } from '../../app/judging/judged-trace.tsx';
import { useJudge } from '../../app/present-user.tsx';
import { TraceBands } from '../../charts/trace-bands.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import styles from './result.module.css';
import { modelBands, TraceStretches } from './trace-stretches.tsx';

interface Props {
  sessionId: SessionId;
  judgement: Judgement;
  explanation: Explanation | null;
  prediction: WristStatePrediction;
}

/** The clinician's brushed bands as they were locked above the trace, what the model made of the same one below it. */
export function BandsOnTrace(props: Props) {
  const { sessionId } = props;
  const api = useApi();
  const list = useCall(`recordings/${sessionId}`, () => api['recordings.listForSession']({ sessionId }));
  const pinches = list.value?.filter(({ measure }) => measure.startsWith('lateral-pinch')) ?? [];
  return pinches.length === 0 ? null : <Bands {...props} recordings={pinches} />;
}

function Bands(props: Props & { recordings: readonly Recording[] }) {
  const { sessionId, judgement, explanation, prediction } = props;
  const api = useApi();
  const judge = useJudge();
  const shown = useCall(`shown-input/${sessionId}/${prediction.bundleHash}`, () =>
    api['predictions.shownInput']({ sessionId }),
  );
  const source = shown.value?.modelInput.pinchTraceSource;
  const bands = judgement.bands ?? [];
  const recording = props.recordings.find(
    ({ id }) => id === (bands.length > 0 ? judgement.recordingId : source?.recordingId),
  );
  if (!recording || shown.value === null) return null;
  const startS = source?.recordingId === recording.id ? source.startS : null;
  const stretches = explanation?.isShown === true ? explanation.traceBands : undefined;
  const model = stretches && startS !== null ? { stretches, startS } : null;
  const yours = judge.isOwn ? 'your bands' : `bands of ${judge.subject}`;
  return (
    <section aria-labelledby="bands-title" className={styles.bands}>
      <h3 id="bands-title">On the trace</h3>
      <TraceOfRecording recording={recording}>
        {(series) => (
          <TraceBands
            series={series}
            bands={bands}
            bandsName={yours}
            answerText={ANSWER_NAMES[judgement.answer]}
            label={`Force over time with ${yours}, as locked${model === null ? '' : ', and the model’s'}`}
            {...(model !== null &&
              explanation && {
                modelBands: modelBands(model.stretches, model.startS),
                modelText: `the model’s stretches, for ${SHORT_CLASS_NAMES[explanation.predictedClass]} rather than ${SHORT_CLASS_NAMES[explanation.againstClass]}`,
              })}
          />
        )}
      </TraceOfRecording>
      <p className={styles.quiet}>{whatWasRead(source, prediction, explanation, recording.id)}</p>
      {model !== null && explanation && (
        <TraceStretches {...model} explanation={explanation} prediction={prediction} />
      )}
    </section>
  );
}

/** What the model took of the trace, in words. */
function whatWasRead(
  source: ModelInput['pinchTraceSource'],
  { inputPattern }: WristStatePrediction,
  explanation: Explanation | null,
  recordingId: string,
): string {
  if (source === undefined) {
    return 'The model read no trace: it reads one in three directions, named palmar, longitudinal and transverse, that was there before the lock.';
  }
  if (source.problem !== null) return `The model could not read the trace. ${source.problem}`;
  if (inputPattern !== 'C') {
    return 'The model read no trace: it does only together with wrist strength and key pinch in three more wrist postures.';
  }
  if (source.recordingId !== recordingId) return 'The model read another recording of this session.';
  const treated =
    'The model read 4.8 s from 0.32 s before the onset, as means of 0.08 s in three directions; the curve shows every sample of the palmar force.';
  return explanation?.isShown === true
    ? `${treated} A stretch shows what moved this model; it does not show that the answer is right.`
    : treated;
}

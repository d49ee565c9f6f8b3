import { Button } from '@mantine/core';
import { IconWaveSine } from '@tabler/icons-react';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type { AnalysisView } from '../../../core/contract/channels/analyses.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { useAnalysisJudging } from '../../app/analysis/use-analysis-judging.ts';
import { failureWords } from '../../app/model-failure.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import type { AnalysisClient } from '../../workers/inference-client.ts';
import styles from './elbow.module.css';
import { ElbowJudgementForm } from './elbow-judgement-form.tsx';
import { ElbowResult } from './elbow-result.tsx';

export interface ElbowScreenProps {
  sessionId: SessionId;
  inference: AnalysisClient;
  onImport: () => void;
  /** To the measurements of the session. */
  onMeasure: () => void;
  onDone: () => void;
}

/** A sustained elbow flexion: the clinician forecasts from the first 30 s, locked, then the model does. */
export function ElbowScreen(props: ElbowScreenProps) {
  const { sessionId, inference, onDone } = props;
  const { reveal, isAgain, form, result } = useAnalysisJudging(sessionId, 'elbow-torque-fatigue', inference);
  const { view, failure } = reveal;

  if (view === null) {
    return failure ? (
      <FailureNotice {...failureWords(failure)} onRetry={reveal.goOn} />
    ) : (
      <LoadingLines label="Opening the elbow" />
    );
  }
  const back = (
    <Button variant="default" onClick={onDone}>
      Back to the patient
    </Button>
  );
  if (view.state === 'not-measured-enough') {
    return (
      <Page title="Elbow: torque and fatigue" actions={back}>
        <NotEnough view={view} onImport={props.onImport} onMeasure={props.onMeasure} />
      </Page>
    );
  }
  const first = view.judgements[0]?.fields;
  const setup = first?.analysis === 'elbow-torque-fatigue' ? first.setup : null;
  if (view.state === 'ready-to-judge' || (isAgain && setup)) {
    return (
      <Page
        title="Elbow: torque and fatigue"
        lead={
          isAgain
            ? 'A further judgement of the same 30 s: kept beside the first, marked as made after the reveal, never counted.'
            : 'You and the model see the same first 30 s. Your own answer first; the model’s opens after you lock.'
        }
        actions={back}
      >
        <ElbowJudgementForm
          key={isAgain ? 'again' : 'first'}
          view={view}
          fixedSetup={isAgain ? setup : null}
          {...form}
        />
      </Page>
    );
  }
  return (
    <Page title="Elbow: torque and fatigue" actions={back}>
      <ElbowResult view={view} {...result} onMeasure={props.onMeasure} />
    </Page>
  );
}

/** What is missing, and how to get it. */
function NotEnough(props: { view: AnalysisView; onImport: () => void; onMeasure: () => void }) {
  const { recordings } = props.view;
  return (
    <EmptyState
      icon={<IconWaveSine size={40} stroke={1.5} />}
      title={
        recordings.length === 0
          ? 'This session has no recording of a hold yet'
          : 'No recording of this session is enough'
      }
      action={
        <div className={styles.emptyBody}>
          {recordings.map((recording) => (
            <section key={recording.id} className={styles.lacks}>
              <h3>{recording.name === '' ? 'Recording (name hidden)' : <bdi>{recording.name}</bdi>}</h3>
              <ul>
                {lacksOf(recording).map((lack) => (
                  <li key={lack}>{lack}</li>
                ))}
              </ul>
            </section>
          ))}
          <div className={styles.buttons}>
            <Button onClick={props.onImport}>Import a recording</Button>
            <Button variant="default" onClick={props.onMeasure}>
              Open the measurements
            </Button>
          </div>
        </div>
      }
    >
      It needs three things: a recording of at least 30 s of sustained elbow flexion with EMG of biceps,
      brachialis, brachioradialis and triceps (name the channels so when you import it), the arm it was made
      of, and that arm’s elbow flexion strength in this session.
    </EmptyState>
  );
}

function lacksOf(recording: AnalysisView['recordings'][number]): string[] {
  const missing = Object.entries(recording.channels).flatMap(([name, channel]) => (channel ? [] : [name]));
  return [
    ...(missing.length > 0 ? [`no channel named ${missing.join(', ')}`] : []),
    ...(recording.rateHz === null ? ['its times are not evenly spaced'] : []),
    ...(recording.side === null ? ['it does not say which arm'] : []),
    ...(recording.side !== null && recording.maximalTorqueNm === null
      ? [`no elbow flexion strength of the ${SIDE_NAMES[recording.side]} arm in this session`]
      : []),
  ];
}

import { lazy, Suspense } from 'react';
import type { AppState } from '../../core/contract/channels/app.ts';
import type { AnalysisId } from '../../core/contract/schemas/analysis.ts';
import type { PatientId } from '../../core/contract/schemas/clinical.ts';
import { EditPatientScreen } from '../features/patients/edit-patient-screen.tsx';
import { NewPatientScreen } from '../features/patients/new-patient-screen.tsx';
import { PatientListScreen } from '../features/patients/patient-list-screen.tsx';
import { TimelineScreen } from '../features/timeline/timeline-screen.tsx';
import { useApi } from '../platform/api.tsx';
import { LoadingLines } from '../ui/loading-lines.tsx';
import { AnalysisLinks } from './analysis/analysis-links.tsx';
import type { Confirmation } from './confirmation.tsx';
import { discardedConfirmation } from './discarded-session.ts';
import { useInference } from './inference.tsx';
import { PatientTabs } from './patient-tabs.tsx';
import { type PatientTab, type Route, routeOfSession } from './routes.ts';

const BedsideScreen = lazy(() =>
  import('../features/bedside/bedside-screen.tsx').then((m) => ({ default: m.BedsideScreen })),
);
const AddWristStrengthScreen = lazy(() =>
  import('../features/bedside/add-wrist-strength-screen.tsx').then((m) => ({
    default: m.AddWristStrengthScreen,
  })),
);
const JudgementScreen = lazy(() =>
  import('../features/judgement/judgement-screen.tsx').then((m) => ({ default: m.JudgementScreen })),
);
const ResultScreen = lazy(() =>
  import('../features/result/result-screen.tsx').then((m) => ({ default: m.ResultScreen })),
);
const MethodsLabScreen = lazy(() =>
  import('../features/methods-lab/methods-lab-screen.tsx').then((m) => ({ default: m.MethodsLabScreen })),
);
const TrendsScreen = lazy(() =>
  import('../features/trends/trends-screen.tsx').then((m) => ({ default: m.TrendsScreen })),
);
const SessionScreen = lazy(() =>
  import('../features/session/session-screen.tsx').then((m) => ({ default: m.SessionScreen })),
);
const HelpScreen = lazy(() =>
  import('../features/help/help-screen.tsx').then((m) => ({ default: m.HelpScreen })),
);
const SettingsScreen = lazy(() =>
  import('../features/settings/settings-screen.tsx').then((m) => ({ default: m.SettingsScreen })),
);
const ModelsScreen = lazy(() =>
  import('../features/models/models-screen.tsx').then((m) => ({ default: m.ModelsScreen })),
);

const ConcordanceScreen = lazy(() =>
  import('../features/concordance/concordance-screen.tsx').then((m) => ({ default: m.ConcordanceScreen })),
);
const TrainingScreen = lazy(() =>
  import('../features/training/training-screen.tsx').then((m) => ({ default: m.TrainingScreen })),
);
const ReadingsScreen = lazy(() =>
  import('../features/readings/readings-screen.tsx').then((m) => ({ default: m.ReadingsScreen })),
);
const SecondReadingScreen = lazy(() =>
  import('../features/readings/second-reading-screen.tsx').then((m) => ({ default: m.SecondReadingScreen })),
);
const RecordingsScreen = lazy(() =>
  import('../features/recordings/recordings-screen.tsx').then((m) => ({ default: m.RecordingsScreen })),
);
const RecordingScreen = lazy(() =>
  import('../features/recordings/recording-screen.tsx').then((m) => ({ default: m.RecordingScreen })),
);
const ImportRecordingScreen = lazy(() =>
  import('../features/recordings/import-recording-screen.tsx').then((m) => ({
    default: m.ImportRecordingScreen,
  })),
);
const ReportScreen = lazy(() =>
  import('../features/reports/report-screen.tsx').then((m) => ({ default: m.ReportScreen })),
);
const MuscleParametersScreen = lazy(() =>
  import('../features/muscles/muscle-parameters-screen.tsx').then((m) => ({
    default: m.MuscleParametersScreen,
  })),
);
const ElbowScreen = lazy(() =>
  import('../features/elbow/elbow-screen.tsx').then((m) => ({ default: m.ElbowScreen })),
);
const ForecastScreen = lazy(() =>
  import('../features/forecast/forecast-screen.tsx').then((m) => ({ default: m.ForecastScreen })),
);
const EpisodesScreen = lazy(() =>
  import('../features/episodes/episodes-screen.tsx').then((m) => ({ default: m.EpisodesScreen })),
);
const MergePatientScreen = lazy(() =>
  import('../features/patients/merge-patient-screen.tsx').then((m) => ({ default: m.MergePatientScreen })),
);
const TryToFoolScreen = lazy(() =>
  import('../features/try-to-fool/try-to-fool-screen.tsx').then((m) => ({ default: m.TryToFoolScreen })),
);

const SAVED: Confirmation = {
  title: 'The measurements are saved.',
  text: 'The session can be judged later, or closed without a judgement. Until then earlier model results of this patient stay hidden.',
};

interface ScreensProps {
  route: Route;
  state: AppState;
  /** Whose session it is, once known; null sends the way back to the list. */
  patientId: PatientId | null;
  onGo: (route: Route, confirmation?: Confirmation) => void;
  onNewSession: (patientId: PatientId) => void;
  onReread: () => void;
  onReplayGuide: () => void;
}

/** The screen of a route, with its ways on. The first page holds the list; the rest is loaded when needed. */
export function Screens(props: ScreensProps) {
  return (
    <Suspense fallback={<LoadingLines label="Opening the screen" />}>
      <ScreenOf {...props} />
    </Suspense>
  );
}

function ScreenOf({ route, state, patientId, onGo, onNewSession, onReread, onReplayGuide }: ScreensProps) {
  const api = useApi();
  const toPatient = (confirmation?: Confirmation, tab: PatientTab = 'timeline') =>
    onGo(patientId === null ? { screen: 'patients' } : { screen: 'patient', patientId, tab }, confirmation);
  const toAnalysis = (analysis: AnalysisId) => {
    if (!('sessionId' in route)) return;
    const screen = analysis === 'muscle-parameters' ? 'muscle-parameters' : 'elbow';
    onGo({ screen, sessionId: route.sessionId });
  };
  switch (route.screen) {
    case 'patients':
      return (
        <PatientListScreen
          onOpen={(id) => onGo({ screen: 'patient', patientId: id, tab: 'timeline' })}
          onNew={() => onGo({ screen: 'new-patient' })}
        />
      );
    case 'new-patient':
      return (
        <NewPatientScreen
          onCreated={(id) => onGo({ screen: 'patient', patientId: id, tab: 'timeline' })}
          onCancel={() => onGo({ screen: 'patients' })}
        />
      );
    case 'edit-patient': {
      const back: Route = { screen: 'patient', patientId: route.patientId, tab: 'timeline' };
      return (
        <EditPatientScreen
          patientId={route.patientId}
          onSaved={() => onGo(back)}
          onCancel={() => onGo(back)}
        />
      );
    }
    case 'patient':
      return (
        <PatientTabs
          tab={route.tab}
          onTab={(tab) => onGo({ ...route, tab })}
          views={{
            timeline: (
              <TimelineScreen
                patientId={route.patientId}
                onOpenSession={(sessionId, sessionState) => onGo(routeOfSession(sessionId, sessionState))}
                onOpenMeasurements={(sessionId) => onGo({ screen: 'session', sessionId })}
                onForecast={(sessionId) => onGo({ screen: 'forecast', sessionId })}
                onNewSession={() => onNewSession(route.patientId)}
                onOpenPatient={(id) => onGo({ screen: 'patient', patientId: id, tab: 'timeline' })}
              />
            ),
            trends: <TrendsScreen patientId={route.patientId} isSample={state.storeKind === 'sample'} />,
            recordings: (
              <RecordingsScreen
                patientId={route.patientId}
                onOpen={(sessionId, recordingId) => onGo({ screen: 'recording', sessionId, recordingId })}
                onImport={(sessionId) => onGo({ screen: 'import-recording', sessionId })}
                onNewSession={() => onNewSession(route.patientId)}
              />
            ),
            report: (
              // A conclusion half typed by one user is not finished, and signed, by another.
              <ReportScreen
                key={state.user?.id ?? ''}
                patientId={route.patientId}
                isSample={state.storeKind === 'sample'}
              />
            ),
          }}
        />
      );
    case 'episodes':
      return (
        <EpisodesScreen
          patientId={route.patientId}
          onDone={() => onGo({ screen: 'patient', patientId: route.patientId, tab: 'timeline' })}
        />
      );
    case 'merge-patient':
      return (
        <MergePatientScreen
          patientId={route.patientId}
          onMerged={(keptId, confirmation) =>
            onGo({ screen: 'patient', patientId: keptId, tab: 'timeline' }, confirmation)
          }
          onCancel={() => onGo({ screen: 'patient', patientId: route.patientId, tab: 'timeline' })}
        />
      );
    case 'recording':
      return (
        <RecordingScreen
          sessionId={route.sessionId}
          recordingId={route.recordingId}
          onDone={() => toPatient(undefined, 'recordings')}
        />
      );
    case 'import-recording':
      return (
        <ImportRecordingScreen
          sessionId={route.sessionId}
          onImported={(recordingId) =>
            onGo(
              route.isBeforeJudging === true
                ? { screen: 'judgement', sessionId: route.sessionId }
                : { screen: 'recording', sessionId: route.sessionId, recordingId },
            )
          }
          onCancel={() =>
            route.isBeforeJudging === true
              ? onGo({ screen: 'judgement', sessionId: route.sessionId })
              : toPatient(undefined, 'recordings')
          }
        />
      );
    case 'muscle-parameters':
      return (
        <MuscleParametersOfSession
          sessionId={route.sessionId}
          onMeasure={() => onGo({ screen: 'session', sessionId: route.sessionId })}
          onDone={() => toPatient()}
        />
      );
    case 'elbow':
      return (
        <ElbowOfSession
          sessionId={route.sessionId}
          onImport={() => onGo({ screen: 'import-recording', sessionId: route.sessionId })}
          onMeasure={() => onGo({ screen: 'session', sessionId: route.sessionId })}
          onDone={() => toPatient()}
        />
      );
    case 'forecast':
      return <ForecastOfSession sessionId={route.sessionId} onDone={() => toPatient()} />;
    case 'readings':
      return (
        <ReadingsScreen
          onOpen={(sessionId) => onGo({ screen: 'second-reading', sessionId })}
          onResult={(sessionId) => onGo({ screen: 'result', sessionId })}
        />
      );
    case 'second-reading':
      return <SecondReadingScreen sessionId={route.sessionId} onDone={() => onGo({ screen: 'readings' })} />;
    case 'concordance':
      return (
        <ConcordanceScreen
          isSample={state.storeKind === 'sample'}
          onTraining={() => onGo({ screen: 'training' })}
          onReadings={() => onGo({ screen: 'readings' })}
        />
      );
    case 'training':
      return <TrainingScreen onDone={() => onGo({ screen: 'concordance' })} />;
    case 'try-to-fool':
      return <FoolOfApp onDone={() => onGo({ screen: 'models' })} />;
    case 'bedside':
      return (
        <BedsideScreen
          sessionId={route.sessionId}
          onJudge={() => onGo({ screen: 'judgement', sessionId: route.sessionId })}
          onJudgeEarlier={(sessionId) => onGo({ screen: 'judgement', sessionId })}
          onSavedOnly={() => toPatient(SAVED)}
          onDiscarded={(draft) => toPatient(discardedConfirmation(api, patientId, draft))}
          onBack={() => toPatient()}
        />
      );
    case 'add-wrist-strength':
      return (
        <AddWristStrengthScreen
          sessionId={route.sessionId}
          onDone={() =>
            onGo({ screen: route.isFromSession ? 'session' : 'result', sessionId: route.sessionId })
          }
        />
      );
    case 'judgement':
      return (
        <JudgementScreen
          sessionId={route.sessionId}
          onLocked={() => onGo({ screen: 'result', sessionId: route.sessionId })}
          onSavedOnly={() => toPatient(SAVED)}
          onCorrect={() => onGo({ screen: 'session', sessionId: route.sessionId })}
          onImport={() =>
            onGo({ screen: 'import-recording', sessionId: route.sessionId, isBeforeJudging: true })
          }
        />
      );
    case 'session':
      return (
        <>
          <SessionScreen
            sessionId={route.sessionId}
            onAdd={() =>
              onGo({ screen: 'add-wrist-strength', sessionId: route.sessionId, isFromSession: true })
            }
            onJudge={() => onGo({ screen: 'judgement', sessionId: route.sessionId })}
            onResult={() => onGo({ screen: 'result', sessionId: route.sessionId })}
            onDone={() => toPatient()}
          />
          <AnalysisLinks sessionId={route.sessionId} onOpen={toAnalysis} />
        </>
      );
    case 'result':
      return (
        <>
          <ResultOfSession
            sessionId={route.sessionId}
            onAddWristStrength={() => onGo({ screen: 'add-wrist-strength', sessionId: route.sessionId })}
            onMeasurements={() => onGo({ screen: 'session', sessionId: route.sessionId })}
            onForecast={() => onGo({ screen: 'forecast', sessionId: route.sessionId })}
            onDone={() => toPatient()}
          />
          <AnalysisLinks sessionId={route.sessionId} onOpen={toAnalysis} />
        </>
      );
    case 'help':
      return <HelpScreen appVersion={state.appVersion} onReplayGuide={onReplayGuide} />;
    case 'settings':
      return (
        <SettingsScreen state={state} onUsersChanged={onReread} onHelp={() => onGo({ screen: 'help' })} />
      );
    case 'models':
      return <ModelsOfApp onTryToFool={() => onGo({ screen: 'try-to-fool' })} />;
  }
}

function ResultOfSession(
  props: Pick<
    Parameters<typeof ResultScreen>[0],
    'sessionId' | 'onAddWristStrength' | 'onMeasurements' | 'onForecast' | 'onDone'
  >,
) {
  const inference = useInference();
  return (
    <ResultScreen
      {...props}
      inference={inference}
      methods={(onBack, isOutdated) => (
        // Its own wait, or the result would leave the page while the methods are loaded.
        <Suspense fallback={<LoadingLines label="Opening the methods" />}>
          <MethodsLabScreen
            sessionId={props.sessionId}
            inference={inference}
            isOutdated={isOutdated}
            onResult={onBack}
          />
        </Suspense>
      )}
    />
  );
}

function ForecastOfSession(props: Omit<Parameters<typeof ForecastScreen>[0], 'inference'>) {
  return <ForecastScreen {...props} inference={useInference()} />;
}

function ModelsOfApp(props: Pick<Parameters<typeof ModelsScreen>[0], 'onTryToFool'>) {
  return <ModelsScreen {...props} inference={useInference()} />;
}

function FoolOfApp(props: Pick<Parameters<typeof TryToFoolScreen>[0], 'onDone'>) {
  return <TryToFoolScreen {...props} inference={useInference()} />;
}

/** Screens of the analyses are given the worker; they start none. */
function MuscleParametersOfSession(props: Omit<Parameters<typeof MuscleParametersScreen>[0], 'inference'>) {
  return <MuscleParametersScreen {...props} inference={useInference()} />;
}

function ElbowOfSession(props: Omit<Parameters<typeof ElbowScreen>[0], 'inference'>) {
  return <ElbowScreen {...props} inference={useInference()} />;
}

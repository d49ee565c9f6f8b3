import { useEffect, useRef, useState } from 'react';
import type { AppState } from '../../core/contract/channels/app.ts';
import type { OpenSession } from '../../core/contract/channels/records.ts';
import type { Result, WireError } from '../../core/contract/errors.ts';
import type { PatientId, SessionId } from '../../core/contract/schemas/clinical.ts';
import type { Api } from '../../core/contract/wire.ts';
import { useApi } from '../platform/api.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNotice } from '../ui/notice.tsx';
import { useClockQuestion } from './clock-question.tsx';
import { type Confirmation, ConfirmationNotice } from './confirmation.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { errorText } from './error-text.ts';
import styles from './frame.module.css';
import { Guide } from './guide.tsx';
import { useWarmInference } from './inference.tsx';
import { useGuardedMove } from './leave-guard.tsx';
import { OpenSessionsMenu } from './open-sessions-menu.tsx';
import { PatientStrip } from './patient-strip.tsx';
import { PresentUserName } from './present-user.tsx';
import { RecordMenu } from './record-menu.tsx';
import { type Route, routeKey, sectionOf } from './routes.ts';
import { SampleBanner } from './sample-banner.tsx';
import { Screens } from './screens.tsx';
import { ShortcutTable } from './shortcut-table.tsx';
import { startSession } from './start-session.ts';
import { SwitchUserDialog } from './switch-user-dialog.tsx';
import { TopBar } from './top-bar.tsx';
import { useUnfinishedQuestion } from './unfinished-session.tsx';
import { useFrameShortcuts } from './use-frame-shortcuts.ts';
import { useNoteOpened } from './use-note-opened.ts';
import { nextOpenSession, routeOfOpen, useOpenSessions } from './use-open-sessions.ts';
import { usePatientInView } from './use-patient-in-view.ts';
import { beginsAnew, switchedConfirmation } from './user-switch-words.ts';

/** Everything around a screen once the records are open: top bar, sample banner, patient strip, guide. */
export function Frame(props: { state: AppState; onState: (state: AppState) => void; onReread: () => void }) {
  const { state, onState, onReread } = props;
  const api = useApi();
  const [route, setRoute] = useState<Route>({ screen: 'patients' });
  const [isListingShortcuts, setIsListingShortcuts] = useState(false);
  const [failure, setFailure] = useState<WireError | null>(null);
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);
  const guarded = useGuardedMove();
  const clock = useClockQuestion();
  const unfinished = useUnfinishedQuestion();
  const [resetCount, setResetCount] = useState(0);
  const main = useRef<HTMLElement>(null);
  const isStarting = useRef(false);
  const inView = usePatientInView(route);
  const openSessions = useOpenSessions();
  const [isSwitching, setIsSwitching] = useState(false);
  // Nobody could take over in a sample clinic of one invented user.
  const canSwitch = state.storeKind !== 'sample' || state.users.length > 1;
  useNoteOpened(inView?.patient.id ?? null, state.user?.id ?? null);
  useWarmInference();

  const goAtOnce = (next: Route, done: Confirmation | null = null) => {
    setFailure(null);
    setConfirmation(done);
    setRoute(next);
  };
  const go = (next: Route, done: Confirmation | null = null) => guarded.move(() => goAtOnce(next, done));
  /** Started, or an unfinished one; null where neither is wanted. */
  const sessionToGoOnWith = async (patientId: PatientId): Promise<Result<SessionId> | null> => {
    const answer = await unfinished.ask(patientId);
    if (answer === null) return null;
    if ('goOnWith' in answer) return { ok: true, value: answer.goOnWith };
    const clockNote = await clock.ask();
    return clockNote === null ? null : startSession(api, patientId, { clockNote, leaves: answer.leaves });
  };
  const newSession = async (patientId: Parameters<typeof startSession>[1]) => {
    // A second press while the first is under way must not open two sessions.
    if (isStarting.current) return;
    isStarting.current = true;
    const result = await sessionToGoOnWith(patientId);
    isStarting.current = false;
    if (result === null) return;
    if (result.ok) go({ screen: 'bedside', sessionId: result.value });
    else setFailure(result.error);
  };
  const lock = () =>
    guarded.move(async () => {
      const result = await api['app.lock']({});
      if (result.ok) onState(result.value);
      else setFailure(result.error);
    });
  const switched = (next: AppState) => {
    setIsSwitching(false);
    setFailure(null);
    setConfirmation(switchedConfirmation(route.screen, next.user?.name ?? 'Another user'));
    onState(next);
  };
  const closeUnjudged = async ({ sessionId, patientId, displayName }: OpenSession) => {
    const result = await api['sessions.close']({ sessionId });
    if (!result.ok) return setFailure(result.error);
    const done = {
      title: `The session of ${displayName} is closed without a judgement.`,
      text: 'Its measurements stay.',
    };
    // Its judgement, where that was on screen, can no longer be given.
    if (isOnScreen(sessionId)) goAtOnce({ screen: 'patient', patientId, tab: 'timeline' }, done);
    else setConfirmation(done);
  };
  const isOnScreen = (sessionId: string) => 'sessionId' in route && route.sessionId === sessionId;
  /** What is typed on its own screen would go with it. */
  const askToClose = (session: OpenSession) => {
    if (isOnScreen(session.sessionId)) guarded.move(() => void closeUnjudged(session));
    else void closeUnjudged(session);
  };
  const askToSwitch = () => {
    if (!canSwitch) return;
    // Only where the screen begins anew is what is typed lost.
    if (beginsAnew(route.screen)) guarded.beforeSwitch(() => setIsSwitching(true));
    else setIsSwitching(true);
  };
  const archive = async (patientId: PatientId, name: string) => {
    const result = await api['records.setArchived']({ patientId, isArchived: true });
    if (!result.ok) return setFailure(result.error);
    goAtOnce({ screen: 'patients' }, archivedConfirmation(api, patientId, name));
  };
  const setGuideDone = async (isDone: boolean) => {
    const result = await api['app.setGuideDone']({ isDone });
    if (result.ok) onReread();
    else setFailure(result.error);
  };

  useFrameShortcuts({
    goTo: (section) => go({ screen: section }),
    lock,
    showShortcuts: () => setIsListingShortcuts(true),
    switchUser: askToSwitch,
    nextOpen: (step) => {
      const next = nextOpenSession(openSessions, route, step);
      if (next !== null) go(routeOfOpen(next));
    },
    startNew: newThingOf(route, go, newSession),
    isBareKeyAllowed: route.screen === 'patients',
  });

  const place = `${routeKey(route)}/${resetCount}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the place changes
  useEffect(() => {
    // A screen may have put the cursor where typing starts; otherwise reading starts at the top of the screen.
    if (main.current !== null && !main.current.contains(document.activeElement)) main.current.focus();
    window.scrollTo(0, 0);
  }, [place]);

  return (
    <div className={styles.frame}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        Go to the content
      </button>
      <div className={styles.head} data-no-print>
        <TopBar
          section={sectionOf(route)}
          isSample={state.storeKind === 'sample'}
          userName={state.user?.name ?? null}
          openSessions={
            <OpenSessionsMenu
              sessions={openSessions}
              presentId={'sessionId' in route ? route.sessionId : null}
              onOpen={(session) => go(routeOfOpen(session))}
              onCloseUnjudged={askToClose}
            />
          }
          onSwitchUser={canSwitch ? askToSwitch : null}
          onGo={(section) => go({ screen: section })}
          onLock={lock}
        />
        {state.storeKind === 'sample' && (
          <SampleBanner
            onReset={(next) => {
              onState(next);
              setResetCount((count) => count + 1);
              goAtOnce({ screen: 'patients' });
            }}
          />
        )}
      </div>
      {inView !== null && (
        <PatientStrip
          view={inView}
          onOpen={(patientId) => go({ screen: 'patient', patientId, tab: 'timeline' })}
          onEdit={
            route.screen === 'patient' ? (patientId) => go({ screen: 'edit-patient', patientId }) : null
          }
          record={
            route.screen === 'patient' && (
              <RecordMenu
                onEpisodes={() => go({ screen: 'episodes', patientId: route.patientId })}
                onMerge={() => go({ screen: 'merge-patient', patientId: route.patientId })}
                onArchive={() => void archive(route.patientId, inView.patient.displayName)}
              />
            )
          }
          onNewSession={route.screen === 'patient' ? newSession : null}
        />
      )}
      {!state.isGuideDone && <Guide screen={route.screen} onClose={() => setGuideDone(true)} />}
      <main id="main" ref={main} className={styles.main} tabIndex={-1}>
        <div role="status">
          {confirmation !== null && (
            <div className={styles.failure}>
              <ConfirmationNotice key={confirmation.title} confirmation={confirmation} />
            </div>
          )}
        </div>
        {failure !== null && (
          <div className={styles.failure}>
            <FailureNotice {...errorText(failure)} incident={failure.incident} />
          </div>
        )}
        <ErrorBoundary resetKey={place} key={resetCount}>
          {guarded.provide(
            <PresentUserName value={state.user?.name ?? null}>
              <Screens
                key={`${routeKey(route)}/${beginsAnew(route.screen) ? (state.user?.id ?? '') : ''}`}
                route={route}
                state={state}
                patientId={inView?.patient.id ?? null}
                onGo={go}
                onNewSession={newSession}
                onReread={onReread}
                onReplayGuide={() => {
                  go({ screen: 'patients' });
                  void setGuideDone(false);
                }}
              />
            </PresentUserName>,
          )}
        </ErrorBoundary>
      </main>
      {guarded.question}
      <SwitchUserDialog
        isOpen={isSwitching}
        state={state}
        hasRecordInView={inView !== null}
        keepsScreen={!beginsAnew(route.screen)}
        onSwitched={switched}
        onLock={lock}
        onClose={() => setIsSwitching(false)}
      />
      {unfinished.dialog}
      {clock.dialog}
      <Dialog
        isOpen={isListingShortcuts}
        title="Keyboard shortcuts"
        closeLabel="Close the list of shortcuts"
        size="xl"
        onClose={() => setIsListingShortcuts(false)}
      >
        <ShortcutTable />
      </Dialog>
    </div>
  );
}

type StartSession = (patientId: Parameters<typeof startSession>[1]) => void;

function newThingOf(route: Route, go: (route: Route) => void, newSession: StartSession) {
  if (route.screen === 'patients') return () => go({ screen: 'new-patient' });
  if (route.screen === 'patient') return () => newSession(route.patientId);
  return null;
}

const archivedConfirmation = (api: Api, patientId: PatientId, name: string): Confirmation => ({
  title: `${name} is archived.`,
  text: 'The record is out of the list and nothing of it is deleted; “Show archived” finds it.',
  undo: {
    done: `${name} is back in the list.`,
    run: async () => {
      const result = await api['records.setArchived']({ patientId, isArchived: false });
      return result.ok ? null : result.error;
    },
  },
});

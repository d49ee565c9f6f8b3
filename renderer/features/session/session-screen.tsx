import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { CellKey } from '../../../core/clinical/entry-walk.ts';
import { MEASURE_NAMES, measuredValues } from '../../../core/clinical/measured-values.ts';
import { trialVersions, versionsBehind } from '../../../core/clinical/trial-versions.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { LaterTruth } from '../../app/later-truth.tsx';
import { useLeaveGuard } from '../../app/leave-guard.tsx';
import { WaitingReadingNotice } from '../../app/waiting-reading-notice.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import {
  type Correction,
  type CorrectionDraft,
  CorrectionForm,
  isCorrectionTyped,
  untouchedCorrection,
} from './correction-form.tsx';
import { deviceOfTrial, devicesFor, deviceTitle } from './measured-with.ts';
import styles from './session.module.css';
import { isDateHiddenOf, SessionFacts } from './session-facts.tsx';
import { SessionPlace } from './session-place.tsx';
import { SwapHands } from './swap-hands.tsx';
import { TrialHistory } from './trial-history.tsx';
import { TrialTable } from './trial-table.tsx';

export interface SessionScreenProps {
  sessionId: SessionId;
  /** To further measurements of this session; absent where there is no way there. */
  onAdd?: () => void;
  /** To the judgement of a saved session. */
  onJudge: () => void;
  /** To the result of a judged session. */
  onResult: () => void;
  onDone: () => void;
}

/** What was measured in one session, as typed, with the way to correct a value; nothing of a model stands here. */
export function SessionScreen(props: SessionScreenProps) {
  const { sessionId } = props;
  const api = useApi();
  const session = useCall<SessionView>(`session/${sessionId}`, () => api['sessions.get']({ sessionId }));
  if (session.status === 'failed') {
    return (
      <FailureNotice
        {...errorText(session.error)}
        incident={session.error.incident}
        onRetry={session.reload}
      />
    );
  }
  if (session.status === 'loading') return <LoadingLines label="Opening the session" />;
  if (session.value.session.state === 'measuring') {
    return (
      <Notice tone="info" title="The measurements of this session are not saved yet.">
        Resume the draft from the timeline and save them; they then stand here.
      </Notice>
    );
  }
  return <Measurements {...props} key={sessionId} opened={session.value} />;
}

function Measurements(props: SessionScreenProps & { opened: SessionView }) {
  const { sessionId } = props;
  const api = useApi();
  const [view, setView] = useState(props.opened);
  const [openKey, setOpenKey] = useState<CellKey | null>(null);
  /** Corrections that are typed and not saved, by their trial. */
  const [typed, setTyped] = useState<ReadonlyMap<CellKey, CorrectionDraft>>(new Map());
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useLeaveGuard(!isSaving && [...typed.values()].some(isCorrectionTyped));

  // Without the list, what the session itself names is still shown.
  const devices = useCall('devices', () => api['devices.list']({})).value ?? [];
  const trials = trialVersions(view.trials, view.history);
  const { session } = view;
  const judgement = view.judgements.find(({ isAfterReveal }) => !isAfterReveal) ?? null;
  const judgedOn = judgement === null ? [] : versionsBehind(trials, judgement.lockedAt);
  const open = trials.find(({ key }) => key === openKey) ?? null;
  const openDevice = open && deviceOfTrial(open.newest, view, devices);
  const corrected = trials.filter(({ earlier }) => earlier.length > 0);

  const keepTyped = (key: CellKey, draft: CorrectionDraft | null) =>
    setTyped((before) => {
      const next = new Map(before);
      if (draft === null) next.delete(key);
      else next.set(key, draft);
      return next;
    });
  const close = (key: CellKey) => {
    setOpenKey(null);
    keepTyped(key, null);
    setError(null);
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>(`[data-correct="${key}"]`)?.focus());
  };
  const readAgain = async () => {
    const result = await api['sessions.get']({ sessionId });
    if (result.ok) setView(result.value);
    else setError(result.error);
  };
  const save = async ({ entry, reason, isDeviceOfAll }: Correction, key: CellKey) => {
    if (isSaving) return;
    setIsSaving(true);
    setError(null);
    const result = await api['sessions.correctTrial']({
      sessionId,
      trial: entry,
      reason,
      ...(isDeviceOfAll && { isDeviceOfAll }),
    });
    setIsSaving(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    setView(result.value);
    setDone('The correction is saved. The earlier value stays in the history below.');
    close(key);
  };

  return (
    <div className={styles.frame}>
      <div className={styles.screen} ref={root}>
        <h1>Measurements</h1>
        <SessionFacts
          view={view}
          devices={devices}
          values={measuredValues(view.trials, session.summaryRule)}
        />
        <div role="status">
          {done !== null && (
            <p className={styles.done}>
              <IconCheck size="1.25rem" aria-hidden="true" /> {done}
            </p>
          )}
        </div>
        {view.isWaitingForYou === true && (
          <WaitingReadingNotice sessionId={sessionId} onLooked={() => void readAgain()} />
        )}
        {judgedOn.length > 0 && (
          <Notice
            tone="info"
            title="The locked judgement was made on the values before the correction."
            action={
              <Button variant="default" onClick={props.onResult}>
                To the result
              </Button>
            }
          >
            It stays as it was made, marked “made on version {judgedOn.join(' and ')}”. It is out of the
            figures where the correction came before the model’s first answer, as both did not see the same
            values then. The result offers to ask the model again and to judge again.
          </Notice>
        )}
        <TrialTable
          trials={trials}
          deviceName={({ newest }) => {
            const device = deviceOfTrial(newest, view, devices);
            return device === null ? '' : deviceTitle(device);
          }}
          openKey={openKey}
          form={
            open && (
              <CorrectionForm
                key={open.key}
                trial={open}
                others={trials.filter((other) => other !== open)}
                typed={typed.get(open.key) ?? untouchedCorrection(open)}
                onTyped={(draft) => keepTyped(open.key, draft)}
                devices={devicesFor(open.newest, devices, openDevice)}
                presentDevice={openDevice}
                isSaving={isSaving}
                onSave={(correction) => void save(correction, open.key)}
                onCancel={() => close(open.key)}
              />
            )
          }
          onCorrect={(key) => {
            setDone(null);
            setError(null);
            setOpenKey(key);
          }}
        />
        {error && <FailureNotice {...errorText(error)} incident={error.incident} />}
        <SwapHands
          view={view}
          onSwapped={(swapped, measure) => {
            setView(swapped);
            setDone(
              `Right and left of ${MEASURE_NAMES[measure]} are swapped. The earlier values stay in the history below.`,
            );
          }}
        />
        {corrected.length > 0 && (
          <TrialHistory
            trials={corrected}
            lockedAt={judgement?.lockedAt ?? null}
            isDateHidden={isDateHiddenOf(view)}
          />
        )}
        {judgement !== null && <LaterTruth sessionId={sessionId} />}
        <SessionPlace view={view} onView={setView} />
        <footer className={styles.actions}>
          <Button variant="default" onClick={props.onDone}>
            Back to the patient
          </Button>
          {props.onAdd && takesMore(view) && (
            <Button variant="default" onClick={props.onAdd}>
              Add measurements
            </Button>
          )}
          {session.state === 'saved' && <Button onClick={props.onJudge}>Judge</Button>}
          {session.state !== 'saved' && judgement !== null && (
            <Button onClick={props.onResult}>To the result</Button>
          )}
        </footer>
      </div>
    </div>
  );
}

/** A closed session takes what was typed for it before; nobody adds to one whose draft is hidden. */
const takesMore = ({ session, draft, isWaitingForYou }: SessionView): boolean =>
  isWaitingForYou !== true &&
  session.startedAt !== null &&
  (TAKES_MORE.includes(session.state) || (session.state === 'closed' && draft !== null));

/** States in which a session takes further trials. */
const TAKES_MORE: readonly SessionView['session']['state'][] = ['saved', 'locked', 'revealed', 'compared'];

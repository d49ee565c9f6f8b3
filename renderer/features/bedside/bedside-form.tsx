import { Button, Checkbox, Textarea } from '@mantine/core';
import { IconKeyboard, IconPlus } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import { cellKey, entryWalk, SIDES } from '../../../core/clinical/entry-walk.ts';
import { draftToEntries, emptySessionDraft, typedValues } from '../../../core/clinical/session-entries.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { AffectedSide, Device, SessionDraft, Side } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import styles from './bedside.module.css';
import type { BedsideScreenProps } from './bedside-screen.tsx';
import { createDraftSaver, type DraftStatus } from './draft-saver.ts';
import {
  draftReducer,
  withCell,
  withConfirmed,
  withForceUnit,
  withNotTested,
  withPain,
  withStoppedEarly,
  withTorqueUnit,
} from './draft-state.ts';
import { DraftStatusLine } from './draft-status-line.tsx';
import { EntryHeader } from './entry-header.tsx';
import { EntryMessages } from './entry-messages.tsx';
import { InlineQuestion } from './inline-question.tsx';
import { NumberPad } from './number-pad.tsx';
import { PinchGrid } from './pinch-grid.tsx';
import { RestTimer } from './rest-timer.tsx';
import type { UnitChange } from './unit-question.tsx';
import { useEntryCells } from './use-entry-cells.ts';
import { useEntryKeys } from './use-entry-keys.ts';
import { WristStrengths } from './wrist-strengths.tsx';

interface Props extends BedsideScreenProps {
  view: SessionView;
  devices: readonly Device[];
  onDevicesChanged: () => void;
}

/** Hands whose wrist strength Enter walks through: the affected one; the other stays reachable with Tab. */
const wristSidesOf = (affected: AffectedSide): readonly Side[] =>
  affected === 'both' ? SIDES : affected === 'none' ? [] : [affected];

export function BedsideForm(props: Props) {
  const { sessionId, view, devices } = props;
  const api = useApi();
  const [{ draft, past }, dispatch] = useReducer(draftReducer, null, () => ({
    draft: view.draft ?? emptySessionDraft(),
    past: [],
    lastPlace: null,
  }));
  const [status, setStatus] = useState<DraftStatus>({ kind: 'unchanged' });
  const [saver] = useState(() =>
    createDraftSaver((form) => api['sessions.saveDraft']({ sessionId, draft: form }), setStatus),
  );
  const [restSinceMs, setRestSinceMs] = useState<number | null>(null);
  const [hasPad, setHasPad] = useState(() => window.matchMedia?.('(pointer: coarse)').matches ?? false);
  const [unitChange, setUnitChange] = useState<UnitChange | null>(null);
  const [isDiscardAsked, setIsDiscardAsked] = useState(false);
  const [formProblem, setFormProblem] = useState<string | null>(null);
  /** What failed, and the same thing once more: a failed discard must not be repeated as a save. */
  const [failure, setFailure] = useState<{ error: WireError; again: () => void } | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  /** Set at once, while the state follows with the next drawing: no key may slip in between. */
  const isBusyNow = useRef(false);
  const judgeButton = useRef<HTMLButtonElement>(null);

  const firstDraft = useRef(draft);
  useEffect(() => {
    if (draft === firstDraft.current) return;
    firstDraft.current = draft;
    saver.change(draft);
  }, [draft, saver]);
  // Leaving the screen sends what is waiting.
  useEffect(() => () => void saver.flush(), [saver]);

  const edit = (place: string, change: (draft: SessionDraft) => SessionDraft) => {
    // What is on its way to be stored must not change under it; the form is shut meanwhile.
    if (isBusyNow.current) return;
    setFormProblem(null);
    dispatch({ type: 'edit', place, change });
  };
  const walk = entryWalk(draft.trialCount, SIDES, wristSidesOf(view.patient.affectedSide));
  const cells = useEntryCells({
    draft,
    walk,
    onText: (key, text) => edit(key, (form) => withCell(form, key, text)),
    onConfirm: (key) => edit(`confirm ${key}`, (form) => withConfirmed(form, key)),
    onValueDone: () => {
      dispatch({ type: 'leave' });
      setRestSinceMs(performance.now());
    },
    onWalkEnd: () => judgeButton.current?.focus(),
  });

  const { focusCell } = cells;
  const firstCell = useRef(walk.find((key) => (draft.cells[key] ?? '') === '') ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor is put once, when the form opens
  useLayoutEffect(() => {
    focusCell(firstCell.current);
  }, []);

  const hasPinchValues = SIDES.some((side) => typedValues(draft, 'lateral-pinch', side).length > 0);
  const hasWristValues = Object.keys(draft.cells).some((key) => key.startsWith('wrist-'));
  const askUnit = (change: UnitChange) => {
    const isFilled = change.of === 'force' ? hasPinchValues : hasWristValues;
    if (isFilled) setUnitChange(change);
    else applyUnit(change);
  };
  const applyUnit = (change: UnitChange) => {
    setUnitChange(null);
    edit('unit', (form) =>
      change.of === 'force' ? withForceUnit(form, change.unit) : withTorqueUnit(form, change.unit),
    );
  };

  /** One thing at a time with the form shut; when it fails the form opens again, with the cursor where it was. */
  const alone = async (work: () => Promise<WireError | null>, again: () => void) => {
    const cursor = cells.activeKey;
    isBusyNow.current = true;
    setIsBusy(true);
    setFailure(null);
    await saver.flush();
    const error = await work();
    isBusyNow.current = false;
    if (error === null) return;
    setIsBusy(false);
    setFailure({ error, again });
    requestAnimationFrame(() => focusCell(cursor));
  };
  const save = async (whenSaved: () => void) => {
    if (isBusyNow.current) return;
    cells.judgeAll();
    setFailure(null);
    setFormProblem(null);
    const { entries, problems, questions } = draftToEntries(draft);
    const stop = problems[0] ?? questions[0];
    if (stop) {
      if (stop.key === 'form') setFormProblem(stop.sentence);
      else focusCell(stop.key);
      return;
    }
    await alone(
      async () => {
        const result = await api['sessions.saveMeasurements']({ sessionId, trials: entries, draft });
        if (!result.ok) return result.error;
        saver.stop();
        whenSaved();
        return null;
      },
      () => again.current.save(whenSaved),
    );
  };
  const discard = async () => {
    if (isBusyNow.current) return;
    setIsDiscardAsked(false);
    await alone(
      async () => {
        const result = await api['sessions.discard']({ sessionId });
        if (!result.ok) return result.error;
        // Only now: while the session exists, what is typed must reach the store.
        saver.stop();
        props.onDiscarded();
        return null;
      },
      () => again.current.discard(),
    );
  };
  /** "Try again" takes the form as it is then, not as it was when it failed. */
  const again = useRef({ save, discard });
  useEffect(() => {
    again.current = { save, discard };
  });
  useEntryKeys({
    undo: () => {
      if (isBusyNow.current) return;
      const last = past.at(-1);
      dispatch({ type: 'undo' });
      if (last) focusCell(last.place.replace('confirm ', ''));
    },
    saveOnly: () => void save(props.onSavedOnly),
    saveAndJudge: () => void save(props.onJudge),
  });

  const shared = {
    ...cells.handlers,
    draft,
    affectedSide: view.patient.affectedSide,
    problems: cells.sentences,
    askedKeys: new Set<string>(cells.questions.map(({ key }) => key)),
    hasPad,
    onNotTested: (hands: string[], reason: SessionDraft['notTested'][string] | null) =>
      edit(`not tested ${hands[0]}`, (form) => withNotTested(form, hands, reason)),
  };

  const messages = (
    <EntryMessages
      problems={cells.problems}
      questions={cells.questions}
      onGo={focusCell}
      onConfirm={(key) => edit(`confirm ${key}`, (form) => withConfirmed(form, key))}
    />
  );

  return (
    <div className={styles.frame}>
      <div className={styles.screen} ref={cells.root} inert={isBusy} aria-busy={isBusy}>
        <EntryHeader
          draft={draft}
          devices={devices}
          unitChange={unitChange}
          onEdit={edit}
          onAskUnit={askUnit}
          onApplyUnit={applyUnit}
          onKeepUnit={() => setUnitChange(null)}
          onDevicesChanged={props.onDevicesChanged}
        />

        <div className={styles.columns}>
          <section className={styles.pinch} aria-label="Lateral pinch trials">
            <PinchGrid
              {...shared}
              onPain={(hand, text) => edit(hand, (form) => withPain(form, hand, text))}
              onStoppedEarly={(hand, isStopped) =>
                edit(`stopped ${hand}`, (form) => withStoppedEarly(form, hand, isStopped))
              }
            />
            <div className={styles.underGrid}>
              <button
                type="button"
                className={styles.quietButton}
                disabled={draft.trialCount >= 20}
                onClick={() => {
                  const added = draft.trialCount + 1;
                  edit('trials', (form) => ({ ...form, trialCount: added }));
                  // The next key belongs into the new trial; on the button it would add another one.
                  requestAnimationFrame(() => focusCell(cellKey('lateral-pinch', 'right', added)));
                }}
              >
                <IconPlus size="1rem" aria-hidden="true" /> one more trial
              </button>
              <button
                type="button"
                className={styles.quietButton}
                aria-pressed={hasPad}
                onClick={() => setHasPad(!hasPad)}
              >
                <IconKeyboard size="1.125rem" aria-hidden="true" /> number pad
              </button>
              <RestTimer sinceMs={restSinceMs} />
            </div>
            {!hasPad && messages}
            <div className={styles.lower}>
              <div className={styles.remarks}>
                <Textarea
                  label="Note"
                  rows={2}
                  resize="vertical"
                  maxLength={2000}
                  value={draft.note}
                  onChange={(event) => {
                    const note = event.currentTarget.value;
                    edit('note', (form) => ({ ...form, note }));
                  }}
                />
                <Checkbox
                  label="Blinded judgement"
                  description="Diagnosis, operation and dates stay hidden until the judgement is locked."
                  checked={draft.isBlinded}
                  onChange={(event) => {
                    const isBlinded = event.currentTarget.checked;
                    edit('blinded', (form) => ({ ...form, isBlinded }));
                  }}
                />
              </div>
            </div>
          </section>
          <WristStrengths
            {...shared}
            sides={SIDES}
            onTorqueUnit={(unit) => askUnit({ of: 'torque', unit })}
          />
        </div>

        {formProblem && <Notice tone="caution" title={formProblem} />}
        {failure && (
          <FailureNotice
            {...errorText(failure.error)}
            incident={failure.error.incident}
            onRetry={failure.again}
          />
        )}
        {isDiscardAsked && (
          <InlineQuestion
            yes="Discard the session"
            no="Keep it"
            onYes={() => void discard()}
            onNo={() => setIsDiscardAsked(false)}
          >
            Discard this session? What is typed here is taken back; the history keeps that it was started.
          </InlineQuestion>
        )}
        <footer className={styles.actions} data-pad={hasPad || undefined}>
          {hasPad && <NumberPad onKey={cells.pressPad} />}
          {hasPad && <div className={styles.besidePad}>{messages}</div>}
          <div className={styles.buttons}>
            <DraftStatusLine status={status} onRetry={() => void saver.flush()} />
            <p className={styles.keys} aria-hidden="true">
              Enter = next · Ctrl+Z = undo
            </p>
            <Button variant="subtle" color="gray" onClick={() => setIsDiscardAsked(true)}>
              Discard
            </Button>
            <Button
              variant="default"
              aria-keyshortcuts="S Control+S"
              rightSection={<kbd className={styles.kbd}>S</kbd>}
              onClick={() => void save(props.onSavedOnly)}
            >
              Save measurements only
            </Button>
            <Button
              ref={judgeButton}
              loading={isBusy}
              aria-keyshortcuts="Control+Enter"
              rightSection={<kbd className={styles.kbd}>Ctrl+Enter</kbd>}
              onClick={() => void save(props.onJudge)}
            >
              Save and judge
            </Button>
          </div>
        </footer>
      </div>
    </div>
  );
}

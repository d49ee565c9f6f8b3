import { Button } from '@mantine/core';
import { useLayoutEffect, useReducer, useRef, useState } from 'react';
import { entryWalk, SIDES, WRIST_MEASURES } from '../../../core/clinical/entry-walk.ts';
import { draftToEntries, emptySessionDraft } from '../../../core/clinical/session-entries.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { SessionId, Side } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import styles from './bedside.module.css';
import { draftReducer, withCell, withConfirmed, withTorqueUnit } from './draft-state.ts';
import { EntryMessages } from './entry-messages.tsx';
import { NumberPad } from './number-pad.tsx';
import { type UnitChange, UnitQuestion } from './unit-question.tsx';
import { useEntryCells } from './use-entry-cells.ts';
import { useEntryKeys } from './use-entry-keys.ts';
import { WristStrengths } from './wrist-strengths.tsx';

export interface AddWristStrengthScreenProps {
  sessionId: SessionId;
  onDone: () => void;
}

/** Adds the four wrist strengths to a session that is already saved. */
export function AddWristStrengthScreen({ sessionId, onDone }: AddWristStrengthScreenProps) {
  const api = useApi();
  const session = useCall<SessionView>(`wrist/${sessionId}`, () => api['sessions.get']({ sessionId }));
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
  return <WristForm view={session.value} onDone={onDone} />;
}

/** Hands the form asks for: the judged one, else the affected one, else both. */
function sidesOf(view: SessionView): readonly Side[] {
  if (view.session.judgedSide) return [view.session.judgedSide];
  const { affectedSide } = view.patient;
  return affectedSide === 'both' || affectedSide === 'none' ? SIDES : [affectedSide];
}

function WristForm({ view, onDone }: { view: SessionView; onDone: () => void }) {
  const api = useApi();
  const sides = sidesOf(view);
  const measured = WRIST_MEASURES.filter((measure) =>
    view.trials.some((t) => t.measure === measure && sides.includes(t.side) && t.valueSi !== null),
  );
  const [{ draft, past }, dispatch] = useReducer(draftReducer, null, () => ({
    draft: emptySessionDraft(),
    past: [],
    lastPlace: null,
  }));
  const [unitChange, setUnitChange] = useState<UnitChange | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const isSavingNow = useRef(false);
  const [hasPad] = useState(() => window.matchMedia?.('(pointer: coarse)').matches ?? false);
  const saveButton = useRef<HTMLButtonElement>(null);
  const edit = (place: string, change: (form: typeof draft) => typeof draft) => {
    if (isSavingNow.current) return;
    setProblem(null);
    dispatch({ type: 'edit', place, change });
  };
  const cells = useEntryCells({
    draft,
    walk: entryWalk(0, [], sides),
    onText: (key, text) => edit(key, (form) => withCell(form, key, text)),
    onConfirm: (key) => edit(`confirm ${key}`, (form) => withConfirmed(form, key)),
    onValueDone: () => dispatch({ type: 'leave' }),
    onWalkEnd: () => saveButton.current?.focus(),
  });
  const { focusCell } = cells;
  const firstCell = useRef(entryWalk(0, [], sides)[0] ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor is put once, when the form opens
  useLayoutEffect(() => {
    focusCell(firstCell.current);
  }, []);

  const save = async () => {
    cells.judgeAll();
    setError(null);
    const { entries, problems, questions } = draftToEntries(draft);
    const stop = problems[0] ?? questions[0];
    if (stop) {
      if (stop.key === 'form') setProblem('Type at least one wrist strength, or go back.');
      else focusCell(stop.key);
      return;
    }
    if (isSavingNow.current) return;
    isSavingNow.current = true;
    setIsSaving(true);
    const result = await api['sessions.addTrials']({
      sessionId: view.session.id,
      trials: entries.map((entry) => ({ ...entry, trialNumber: nextTrial(view, entry.measure, entry.side) })),
    });
    isSavingNow.current = false;
    setIsSaving(false);
    if (result.ok) onDone();
    else setError(result.error);
  };
  useEntryKeys({
    undo: () => {
      if (isSavingNow.current) return;
      const last = past.at(-1);
      dispatch({ type: 'undo' });
      if (last) focusCell(last.place.replace('confirm ', ''));
    },
    saveOnly: () => void save(),
    saveAndJudge: () => void save(),
  });
  const applyUnit = (unit: typeof draft.torqueUnit) => {
    setUnitChange(null);
    edit('unit', (form) => withTorqueUnit(form, unit));
  };

  return (
    <div className={styles.frame}>
      <div className={`${styles.screen} ${styles.narrow}`} ref={cells.root} inert={isSaving}>
        <header className={styles.head}>
          <h1>Add wrist strength</h1>
          <p className={styles.lead}>
            The largest torque in each direction, about 20 seconds. A judgement that is already locked stays
            as it is.
          </p>
        </header>
        {measured.length > 0 && (
          <Notice tone="info" title="Some wrist strengths of this session are already saved.">
            A value typed here is added as a further trial; both stay.
          </Notice>
        )}
        {unitChange?.of === 'torque' && (
          <UnitQuestion
            change={unitChange}
            draft={draft}
            onYes={() => applyUnit(unitChange.unit)}
            onNo={() => setUnitChange(null)}
          />
        )}
        <WristStrengths
          {...cells.handlers}
          draft={draft}
          sides={sides}
          affectedSide={view.patient.affectedSide}
          problems={cells.sentences}
          askedKeys={new Set<string>(cells.questions.map(({ key }) => key))}
          hasPad={hasPad}
          onTorqueUnit={(unit) => {
            if (Object.keys(draft.cells).length > 0) setUnitChange({ of: 'torque', unit });
            else applyUnit(unit);
          }}
        />
        <EntryMessages
          problems={cells.problems}
          questions={cells.questions}
          onGo={focusCell}
          onConfirm={(key) => edit(`confirm ${key}`, (form) => withConfirmed(form, key))}
        />
        {problem && <Notice tone="caution" title={problem} />}
        {error && (
          <FailureNotice {...errorText(error)} incident={error.incident} onRetry={() => void save()} />
        )}
        <footer className={styles.actions} data-pad={hasPad || undefined}>
          {hasPad && <NumberPad onKey={cells.pressPad} />}

          <div className={styles.buttons}>
            <Button variant="default" onClick={onDone}>
              Back without adding
            </Button>
            <Button ref={saveButton} loading={isSaving} onClick={() => void save()}>
              Add to the session
            </Button>
          </div>
        </footer>
      </div>
    </div>
  );
}

/** The first free trial number: an added value never replaces an earlier one. */
function nextTrial(view: SessionView, measure: string, side: Side): number {
  const used = view.trials.filter((t) => t.measure === measure && t.side === side);
  return 1 + Math.max(0, ...used.map((t) => t.trialNumber));
}

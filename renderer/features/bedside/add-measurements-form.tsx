import { Button, NativeSelect } from '@mantine/core';
import { useLayoutEffect, useReducer, useRef, useState } from 'react';
import { entryWalk, SIDES } from '../../../core/clinical/entry-walk.ts';
import { measureOf } from '../../../core/clinical/measures.ts';
import {
  BLOCKS,
  blockOf,
  type MeasureBlock,
  measuresWithContent,
  roleOfBlock,
} from '../../../core/clinical/protocols.ts';
import { draftToEntries, trialsOf } from '../../../core/clinical/session-entries.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { Device, SessionDraft, Side } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import styles from './bedside.module.css';
import {
  draftReducer,
  withCell,
  withConfirmed,
  withNotTested,
  withPain,
  withStoppedEarly,
} from './draft-state.ts';
import { DraftStatusLine } from './draft-status-line.tsx';
import { type UnitChange, valuesOfRole, withUnit } from './draft-units.ts';
import controls from './entry-controls.module.css';
import grid from './entry-grid.module.css';
import { EntryMessages } from './entry-messages.tsx';
import { NumberPad } from './number-pad.tsx';
import { RoleControls, RoleQuestions } from './role-controls.tsx';
import { TrialGrid } from './trial-grid.tsx';
import { useDraftSaver } from './use-draft-saver.ts';
import { useEntryCells } from './use-entry-cells.ts';
import { useEntryKeys } from './use-entry-keys.ts';
import { ValueList } from './value-list.tsx';

/** Hands a block is asked for here: of wrist strength the judged one, else the affected one, else both. */
function sidesOf(view: SessionView, block: MeasureBlock): readonly Side[] {
  if (!block.measures.every((measure) => measureOf(measure).isSided)) return ['right'];
  if (block.walkSides === 'both') return SIDES;
  if (view.session.judgedSide) return [view.session.judgedSide];
  const { affectedSide } = view.patient;
  return affectedSide === 'both' || affectedSide === 'none' ? SIDES : [affectedSide];
}

export function AddMeasurementsForm(props: {
  view: SessionView;
  devices: readonly Device[];
  /** With its devices and units; nothing is typed on it. */
  emptyForm: SessionDraft;
  onDevicesChanged: () => void;
  onDone: () => void;
}) {
  const { view, emptyForm, onDone } = props;
  const api = useApi();
  const sessionId = view.session.id;
  /** What was typed here before and not added yet. */
  const kept = view.draft !== null && measuresWithContent(view.draft).length > 0 ? view.draft : null;
  const [block, setBlock] = useState(() =>
    blockOf((kept && measuresWithContent(kept)[0]) ?? 'wrist-extension'),
  );
  const sides = sidesOf(view, block);
  const isMeasured = view.trials.some((t) => block.measures.includes(t.measure) && t.valueSi !== null);
  const [{ draft, past }, dispatch] = useReducer(draftReducer, null, () => ({
    draft: kept ?? emptyForm,
    past: [],
    lastPlace: null,
  }));
  const [unitChange, setUnitChange] = useState<UnitChange | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const { saver, status } = useDraftSaver({ sessionId, draft, isBusy: isSaving });
  const isSavingNow = useRef(false);
  const [hasPad] = useState(() => window.matchMedia?.('(pointer: coarse)').matches ?? false);
  const saveButton = useRef<HTMLButtonElement>(null);
  const edit = (place: string, change: (form: SessionDraft) => SessionDraft) => {
    if (isSavingNow.current) return;
    setProblem(null);
    dispatch({ type: 'edit', place, change });
  };
  const measures = block.measures.map((measure) => ({ measure, trialCount: trialsOf(draft, measure) }));
  const walk = entryWalk([{ measures, sides }]);
  const cells = useEntryCells({
    draft,
    walk,
    onText: (key, text) => edit(key, (form) => withCell(form, key, text)),
    onConfirm: (key) => edit(`confirm ${key}`, (form) => withConfirmed(form, key)),
    onValueDone: () => dispatch({ type: 'leave' }),
    onWalkEnd: () => saveButton.current?.focus(),
  });
  const { focusCell } = cells;
  const firstCell = useRef(walk[0] ?? null);
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
      if (stop.key === 'form') setProblem(`Type at least one ${valueWord(block)}, or go back.`);
      else focusCell(stop.key);
      return;
    }
    if (isSavingNow.current) return;
    isSavingNow.current = true;
    setIsSaving(true);
    // A draft that arrives after the trials would offer them a second time.
    await saver.flush();
    const result = await api['sessions.addTrials']({
      sessionId,
      // An added value never replaces an earlier one.
      trials: entries.map((entry) => ({
        ...entry,
        trialNumber: lastTrial(view, entry.measure, entry.side) + entry.trialNumber,
      })),
    });
    isSavingNow.current = false;
    setIsSaving(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    saver.stop();
    onDone();
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
  const applyUnit = (change: UnitChange) => {
    setUnitChange(null);
    edit('unit', (form) => withUnit(form, change));
  };
  const isTyped = measuresWithContent(draft).length > 0;
  const role = roleOfBlock(block);
  const roleEdits = {
    draft,
    devices: props.devices,
    unitChange,
    onEdit: edit,
    onAskUnit: (change: UnitChange) => {
      if (valuesOfRole(draft, change.of).length > 0) setUnitChange(change);
      else applyUnit(change);
    },
    onApplyUnit: (change: UnitChange) => {
      applyUnit(change);
      cells.backToCell();
    },
    onKeepUnit: () => {
      setUnitChange(null);
      cells.backToCell();
    },
    onDevicesChanged: props.onDevicesChanged,
  };
  const entry = {
    ...cells.handlers,
    draft,
    block,
    affectedSide: view.patient.affectedSide,
    problems: cells.sentences,
    askedKeys: new Set<string>(cells.questions.map(({ key }) => key)),
    hasPad,
  };

  return (
    <div className={styles.frame}>
      <div className={`${styles.screen} ${styles.narrow}`} ref={cells.root} inert={isSaving}>
        <header className={controls.head}>
          <h1>Add {block.title.toLowerCase()}</h1>
          <NativeSelect
            className={controls.protocol}
            label="What is added"
            value={block.title}
            // Typed values of two blocks would be saved together with one of them out of sight.
            disabled={isTyped}
            onChange={(event) => {
              const chosen = BLOCKS.find(({ title }) => title === event.currentTarget.value);
              if (chosen) setBlock(chosen);
            }}
            data={BLOCKS.map(({ title }) => title)}
          />
          {role !== null && <RoleControls {...roleEdits} role={role} />}
          <p className={styles.lead}>
            {block.walkSides === 'affected' ? 'The largest torque in each direction, about 20 seconds. ' : ''}
            A judgement that is already locked stays as it is.
          </p>
        </header>
        {kept !== null && (
          <Notice tone="info" title="Typed here before and not added yet.">
            Go on with it, or clear the form.
          </Notice>
        )}
        {isMeasured && (
          <Notice tone="info" title={`Some values of ${block.title.toLowerCase()} are already saved.`}>
            A value typed here is added as a further trial; both stay.
          </Notice>
        )}
        {role !== null && <RoleQuestions {...roleEdits} role={role} />}
        <section className={grid.block} data-layout={block.layout} data-alone aria-label={block.title}>
          {block.layout === 'list' ? (
            <ValueList {...entry} sides={sides} />
          ) : (
            <TrialGrid
              {...entry}
              onPain={(hands, text) => edit(hands[0] ?? '', (form) => withPain(form, hands, text))}
              onStoppedEarly={(hands, isStopped) =>
                edit(`stopped ${hands[0]}`, (form) => withStoppedEarly(form, hands, isStopped))
              }
              onNotTested={(hands, reason) =>
                edit(`not tested ${hands[0]}`, (form) => withNotTested(form, hands, reason))
              }
            />
          )}
        </section>
        <EntryMessages
          problems={cells.problems}
          questions={cells.questions}
          onGo={focusCell}
          onConfirm={cells.confirm}
        />
        {problem && <Notice tone="caution" title={problem} />}
        {error && (
          <FailureNotice {...errorText(error)} incident={error.incident} onRetry={() => void save()} />
        )}
        <footer className={styles.actions} data-pad={hasPad || undefined}>
          {hasPad && <NumberPad onKey={cells.pressPad} />}
          <div className={styles.buttons}>
            <DraftStatusLine status={status} onRetry={() => void saver.flush()} />
            {isTyped && (
              <Button
                variant="subtle"
                color="gray"
                onClick={() => {
                  edit('clear', (form) => cleared(form));
                  focusCell(walk[0] ?? null);
                }}
              >
                Clear the form
              </Button>
            )}
            <Button variant="default" onClick={onDone}>
              {isTyped ? 'Back, the draft is kept' : 'Back without adding'}
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

/** The form with its devices and units and nothing on it; Ctrl+Z gives everything back. */
const cleared = (form: SessionDraft): SessionDraft => ({
  ...form,
  cells: {},
  pain: {},
  stoppedEarly: [],
  notTested: {},
  confirmedUnusual: [],
});

const valueWord = (block: MeasureBlock) => (block.spoken === 'wrist' ? 'wrist strength' : 'value');

const lastTrial = (view: SessionView, measure: string, side: Side): number =>
  Math.max(
    0,
    ...view.trials.filter((t) => t.measure === measure && t.side === side).map((t) => t.trialNumber),
  );

import { useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import { cellKey } from '../../../core/clinical/entry-walk.ts';
import {
  BLOCKS,
  blockOf,
  keptBlocks,
  type MeasureBlock,
  measuresWithContent,
  protocolOf,
  roleOfBlock,
  SCORE_BLOCK,
} from '../../../core/clinical/protocols.ts';
import { emptySessionDraft, trialsOf, walkOf } from '../../../core/clinical/session-entries.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { Device, Measure, SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import styles from './bedside.module.css';
import type { BedsideScreenProps } from './bedside-screen.tsx';
import { BlockSection } from './block-section.tsx';
import {
  draftReducer,
  MAX_TRIALS,
  withCell,
  withConfirmed,
  withNotTested,
  withOneMoreTrial,
  withPain,
  withStoppedEarly,
  withSwappedHands,
} from './draft-state.ts';
import { type UnitChange, valuesOfRole, withUnit } from './draft-units.ts';
import { EntryFooter } from './entry-footer.tsx';
import { EntryHeader } from './entry-header.tsx';
import { EntryMessages } from './entry-messages.tsx';
import { EntryRemarks } from './entry-remarks.tsx';
import { EntryToolbar } from './entry-toolbar.tsx';
import { UnjudgedSession } from './unjudged-session.tsx';
import { useEntryCells } from './use-entry-cells.ts';
import { useEntryKeys } from './use-entry-keys.ts';
import { useSaveAndDiscard } from './use-save-and-discard.ts';

interface Props extends BedsideScreenProps {
  view: SessionView;
  devices: readonly Device[];
  onDevicesChanged: () => void;
}

export function BedsideForm(props: Props) {
  const { sessionId, view, devices } = props;
  const [{ draft, past }, dispatch] = useReducer(draftReducer, null, () => ({
    draft: view.draft ?? emptySessionDraft(),
    past: [],
    lastPlace: null,
  }));
  const [restSinceMs, setRestSinceMs] = useState<number | null>(null);
  const [hasPad, setHasPad] = useState(() => window.matchMedia?.('(pointer: coarse)').matches ?? false);
  const [unitChange, setUnitChange] = useState<UnitChange | null>(null);
  const primaryButton = useRef<HTMLButtonElement>(null);

  const saving = useSaveAndDiscard({
    sessionId,
    draft,
    activeKey: () => cells.activeKey,
    focusCell: (key) => cells.focusCell(key),
    judgeAll: () => cells.judgeAll(),
    onDiscarded: props.onDiscarded,
  });
  const { isBusyNow, clearProblem } = saving;
  // The same function at every drawing, so that parts of the form that a key does not touch are not drawn again.
  const edit = useCallback(
    (place: string, change: (draft: SessionDraft) => SessionDraft) => {
      // What is on its way to be stored must not change under it; the form is shut meanwhile.
      if (isBusyNow.current) return;
      clearProblem();
      dispatch({ type: 'edit', place, change });
    },
    [isBusyNow, clearProblem],
  );
  const { affectedSide } = view.patient;
  const walk = walkOf(draft, affectedSide);
  const cells = useEntryCells({
    draft,
    walk,
    onText: (key, text) => edit(key, (form) => withCell(form, key, text)),
    onConfirm: (key) => edit(`confirm ${key}`, (form) => withConfirmed(form, key)),
    onValueDone: () => {
      dispatch({ type: 'leave' });
      setRestSinceMs(performance.now());
    },
    onWalkEnd: () => primaryButton.current?.focus(),
  });
  const { focusCell } = cells;
  const firstCell = useRef(walk.find((key) => (draft.cells[key] ?? '') === '') ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor is put once, when the form opens
  useLayoutEffect(() => {
    focusCell(firstCell.current);
  }, []);
  const shownProtocol = useRef(draft.protocol);
  useEffect(() => {
    if (shownProtocol.current === draft.protocol) return;
    shownProtocol.current = draft.protocol;
    cells.forgetActive();
  });

  const applyUnit = (change: UnitChange) => {
    setUnitChange(null);
    edit('unit', (form) => withUnit(form, change));
  };
  const askUnit = (change: UnitChange) => {
    if (valuesOfRole(draft, change.of).length > 0) setUnitChange(change);
    else applyUnit(change);
  };
  const protocol = protocolOf(draft);
  const typedMeasures = measuresWithContent(draft);
  const { main, aside, kept } = placesOf(draft, cells.activeKey);
  const isPinchTyped = Object.keys(draft.cells).some((key) => key.startsWith('lateral-pinch/'));
  const canJudge = isPinchTyped || protocol.blocks.some(({ measures }) => measures.includes('lateral-pinch'));

  useEntryKeys({
    undo: () => {
      if (saving.isBusyNow.current) return;
      const last = past.at(-1);
      dispatch({ type: 'undo' });
      if (last) focusCell(last.place.replace('confirm ', ''));
    },
    saveOnly: () => void saving.save(props.onSavedOnly),
    saveAndJudge: () => void saving.save(canJudge ? props.onJudge : props.onSavedOnly),
  });

  const role = {
    devices,
    unitChange,
    onEdit: edit,
    onAskUnit: askUnit,
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
    affectedSide,
    problems: cells.sentences,
    askedKeys: new Set<string>(cells.questions.map(({ key }) => key)),
    hasPad,
  };
  const messages = {
    onGo: focusCell,
    onConfirm: cells.confirm,
  };
  const section = (block: MeasureBlock, isAlone: boolean) => (
    <BlockSection
      key={block.title}
      {...entry}
      {...messages}
      block={block}
      isTitleHidden={block === protocol.blocks[0] && block.title === protocol.heading}
      hasRole={hasOwnRole(block, protocol.blocks)}
      role={role}
      isAlone={isAlone}
      messages={hasPad ? { problems: [], questions: [] } : cells}
      onPain={(hands, text) => edit(hands[0] ?? '', (form) => withPain(form, hands, text))}
      onStoppedEarly={(hands, isStopped) =>
        edit(`stopped ${hands[0]}`, (form) => withStoppedEarly(form, hands, isStopped))
      }
      onNotTested={(hands, reason) =>
        edit(`not tested ${hands[0]}`, (form) => withNotTested(form, hands, reason))
      }
    />
  );
  const typedBlocks = BLOCKS.filter(
    (block) => block !== SCORE_BLOCK && block.measures.some((measure) => typedMeasures.includes(measure)),
  );
  const isActive = ({ measures }: MeasureBlock) =>
    measures.some((measure) => cells.activeKey?.startsWith(`${measure}/`));
  /** The block with the cursor, where something is typed in it; else the first one with something typed. */
  const swapped = typedBlocks.find(isActive) ?? typedBlocks[0] ?? null;
  const trialMeasure = measureOfNextTrial(main, kept, cells.activeKey);

  return (
    <div className={styles.frame}>
      <div className={styles.screen} ref={cells.root} inert={saving.isBusy} aria-busy={saving.isBusy}>
        <EntryHeader {...role} draft={draft} />
        <EntryToolbar
          blocks={protocol.blocks}
          walk={walk}
          draft={draft}
          activeKey={cells.activeKey}
          onGo={focusCell}
          addTrial={
            trialMeasure && {
              label: trialMeasure.isOnly ? 'one more trial' : `one more trial: ${trialMeasure.title}`,
              isFull: trialsOf(draft, trialMeasure.measure) >= MAX_TRIALS,
              onAdd: () => {
                const { measure } = trialMeasure;
                const added = trialsOf(draft, measure) + 1;
                edit('trials', (form) => withOneMoreTrial(form, measure));
                // The next key belongs into the new trial; on the button it would add another one.
                requestAnimationFrame(() => focusCell(cellKey(measure, 'right', added)));
              },
            }
          }
          swap={
            swapped && {
              label:
                typedBlocks.length === 1
                  ? 'swap right and left'
                  : `swap right and left: ${swapped.title.toLowerCase()}`,
              onSwap: () => {
                dispatch({ type: 'leave' });
                edit('swap', (form) => withSwappedHands(form, swapped.measures));
                cells.backToCell();
              },
            }
          }
          hasPad={hasPad}
          onPad={() => setHasPad(!hasPad)}
        />
        <div className={styles.columns} data-aside={aside.length > 0 || undefined}>
          <div className={styles.main}>
            {main.map((block) => section(block, true))}
            {kept.length > 0 && (
              <section className={styles.kept} aria-label="Typed before the change">
                <Notice tone="info" title="Typed before, not part of this protocol.">
                  These values stay on the form and are saved with the rest.
                </Notice>
                {kept.map((block) => section(block, true))}
              </section>
            )}
          </div>
          {aside.length > 0 && (
            <div className={styles.aside}>{aside.map((block) => section(block, false))}</div>
          )}
          <EntryRemarks {...entry} {...messages} onEdit={edit} messages={hasPad ? null : cells} />
        </div>

        {saving.formProblem && <Notice tone="caution" title={saving.formProblem} />}
        {saving.failure && (
          <FailureNotice
            {...errorText(saving.failure.error)}
            incident={saving.failure.error.incident}
            onRetry={saving.failure.again}
          />
        )}
        <UnjudgedSession patientId={view.patient.id} sessionId={sessionId} onJudge={props.onJudgeEarlier} />
        <EntryFooter
          status={saving.status}
          isBusy={saving.isBusy}
          canJudge={canJudge}
          primaryButton={primaryButton}
          restSeconds={protocol.restSeconds}
          restSinceMs={restSinceMs}
          hasPad={hasPad}
          onPadKey={cells.pressPad}
          messages={<EntryMessages problems={cells.problems} questions={cells.questions} {...messages} />}
          onRetryDraft={saving.flush}
          onDiscard={() => void saving.discard()}
          onSaveOnly={() => void saving.save(props.onSavedOnly)}
          onJudge={() => void saving.save(props.onJudge)}
        />
      </div>
    </div>
  );
}

/** Grids stand wide on the left, lists beside them; a form of lists alone has them on the left. */
function placesOf(draft: SessionDraft, activeKey: string | null) {
  const { blocks } = protocolOf(draft);
  const grids = blocks.filter(({ layout }) => layout === 'trials');
  const lists = blocks.filter(({ layout }) => layout === 'list');
  const kept = keptBlocks(draft);
  // A kept block whose last value is being taken out stays while the cursor is in it.
  const active = activeKey === null ? null : blockOf(activeKey.split('/')[0] as Measure);
  const isShown = (block: MeasureBlock) =>
    block.measures[0] === 'score-quickdash' || [...blocks, ...kept].includes(block);
  return {
    main: grids.length > 0 ? grids : lists,
    aside: grids.length > 0 ? lists : [],
    kept: active !== null && !isShown(active) ? [...kept, active] : kept,
  };
}

/** A block names its device where the blocks above it were measured with another one. */
function hasOwnRole(block: MeasureBlock, blocks: readonly MeasureBlock[]): boolean {
  const index = blocks.indexOf(block);
  const above = index < 0 ? blocks : blocks.slice(0, index);
  const role = roleOfBlock(block);
  return role !== null && (index > 0 || index < 0) && !above.some((other) => roleOfBlock(other) === role);
}

/** Which measure gets one more trial: the one with the cursor, else the first that has several. */
function measureOfNextTrial(
  main: readonly MeasureBlock[],
  kept: readonly MeasureBlock[],
  activeKey: string | null,
) {
  const grids = [...main, ...kept].filter(({ layout }) => layout === 'trials');
  const block = grids.find(({ measures }) => activeKey?.startsWith(`${measures[0]}/`)) ?? grids[0];
  const measure = block?.measures[0];
  return block && measure
    ? { measure, title: block.title.toLowerCase(), isOnly: grids.length === 1 && main.includes(block) }
    : null;
}

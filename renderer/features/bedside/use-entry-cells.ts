import { useRef, useState } from 'react';
import { type CellKey, nextInWalk, previousInWalk } from '../../../core/clinical/entry-walk.ts';
import { parseMeasurement } from '../../../core/clinical/parse-measurement.ts';
import { cellText, draftToEntries } from '../../../core/clinical/session-entries.ts';
import type { SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import { type PadKey, typePadKey } from './number-pad.tsx';
import type { CellHandlers } from './strength-cell.tsx';

interface Options {
  draft: SessionDraft;
  walk: readonly CellKey[];
  onText: (key: CellKey, text: string) => void;
  onConfirm: (key: CellKey) => void;
  /** A value was typed and left. */
  onValueDone: () => void;
  /** Enter on the last cell. */
  onWalkEnd: () => void;
}

/**
 * Moving through the cells: Enter walks, Shift+Enter goes back, up and down change the hand. A value is judged
 * (readable? usual?) when it is left or entered, never while it is being typed.
 */
export function useEntryCells(options: Options) {
  const { draft, walk } = options;
  const root = useRef<HTMLDivElement>(null);
  const [typingKey, setTypingKey] = useState<CellKey | null>(null);
  const [activeKey, setActiveKey] = useState<CellKey | null>(null);
  const [isSavingTried, setIsSavingTried] = useState(false);

  const { problems, questions } = draftToEntries(draft);
  const shownProblems = problems.filter(
    ({ key, isOfSaving }) => key !== typingKey && key !== 'form' && (isSavingTried || !isOfSaving),
  );
  const shownQuestions = questions.filter((question) => question.key !== typingKey);
  const sentences = new Map(
    [...shownProblems, ...shownQuestions].map(({ key, sentence }) => [key as string, sentence]),
  );

  const find = (key: string | null) =>
    key === null ? null : (root.current?.querySelector<HTMLInputElement>(`[data-cell="${key}"]`) ?? null);
  const focusCell = (key: string | null): boolean => {
    const input =
      find(key) ??
      root.current?.querySelector<HTMLInputElement | HTMLSelectElement>(
        `[data-hand="${key}"], [data-reason="${key}"]`,
      );
    if (!input || input.disabled) return false;
    // A folded part is opened first: the cursor never goes where nobody sees it.
    input.closest('details')?.setAttribute('open', '');
    input.focus();
    if (input instanceof HTMLInputElement) input.select();
    return true;
  };

  const step = (from: CellKey, isBack: boolean) => {
    let next = isBack ? previousInWalk(walk, from) : nextInWalk(walk, from);
    while (next !== null && !focusCell(next))
      next = isBack ? previousInWalk(walk, next) : nextInWalk(walk, next);
    if (next === null && !isBack) options.onWalkEnd();
  };

  /** Enter: stay at what cannot be read, ask once about what is unusual, then go on. */
  const enter = (key: CellKey, isBack: boolean) => {
    const wasTyping = typingKey === key;
    setTypingKey(null);
    const text = cellText(draft, key).trim();
    if (text !== '' && !parseMeasurement(text).ok) {
      find(key)?.select();
      return;
    }
    const isAsked = questions.some((question) => question.key === key);
    if (isAsked && wasTyping) {
      find(key)?.select();
      return;
    }
    if (isAsked) options.onConfirm(key);
    if (text !== '' && (wasTyping || isAsked)) options.onValueDone();
    step(key, isBack);
  };

  /** "Yes, keep it": as Enter on the cell does, the cursor goes on to the next one. */
  const confirm = (key: CellKey) => {
    options.onConfirm(key);
    step(key, false);
  };

  const write = (key: CellKey, text: string) => {
    setTypingKey(key);
    options.onText(key, text);
  };

  const handlers: CellHandlers = {
    onText: write,
    onFocus: setActiveKey,
    onLeave: (key) => {
      if (typingKey !== key) return;
      setTypingKey(null);
      if (parseMeasurement(cellText(draft, key)).ok) options.onValueDone();
    },
    onKeyDown: (key, event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Enter') {
        event.preventDefault();
        enter(key, event.shiftKey);
      } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
        event.preventDefault();
        const [measure, side, trial] = key.split('/');
        const other = side === 'right' ? 'left' : 'right';
        focusCell(`${measure}/${other}/${trial}`);
      }
    },
  };

  const pressPad = (pad: PadKey) => {
    const key = activeKey ?? walk[0] ?? null;
    const input = find(key);
    if (key === null || !input) return;
    const hadFocus = document.activeElement === input;
    if (!hadFocus) focusCell(key);
    if (pad === 'next') {
      enter(key, false);
      return;
    }
    const text = cellText(draft, key);
    const isAllSelected =
      text !== '' && input.selectionStart === 0 && input.selectionEnd === text.length && typingKey !== key;
    write(key, typePadKey(text, pad, isAllSelected));
  };

  return {
    root,
    handlers,
    pressPad,
    focusCell,
    confirm,
    /** To the cell that was typed in last, from a control that goes away. */
    backToCell: () => void (focusCell(activeKey) || focusCell(walk[0] ?? null)),
    sentences,
    questions: shownQuestions,
    problems: shownProblems,
    activeKey,
    /** After a change of protocol no cell has the cursor. */
    forgetActive: () => setActiveKey(null),
    /** Shows every problem and question, also of the cell being typed. */
    judgeAll: () => {
      setTypingKey(null);
      setIsSavingTried(true);
    },
  };
}

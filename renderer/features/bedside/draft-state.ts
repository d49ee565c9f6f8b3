import { trialsOf } from '../../../core/clinical/session-entries.ts';
import type { Measure, SessionConditions, SessionDraft } from '../../../core/contract/schemas/clinical.ts';

/** What an edit touched: consecutive edits of the same place are undone together. */
export type EditPlace = string;

export interface DraftState {
  draft: SessionDraft;
  past: readonly { draft: SessionDraft; place: EditPlace }[];
  lastPlace: EditPlace | null;
}

export type DraftAction =
  | { type: 'load'; draft: SessionDraft }
  | { type: 'edit'; place: EditPlace; change: (draft: SessionDraft) => SessionDraft }
  /** Ends a run of edits, so that the next one is undone on its own. */
  | { type: 'leave' }
  | { type: 'undo' };

const MAX_UNDO = 200;

export function draftReducer(state: DraftState, action: DraftAction): DraftState {
  switch (action.type) {
    case 'load':
      return { draft: action.draft, past: [], lastPlace: null };
    case 'leave':
      return state.lastPlace === null ? state : { ...state, lastPlace: null };
    case 'edit': {
      const draft = action.change(state.draft);
      if (draft === state.draft) return state;
      const isSameRun = state.lastPlace === action.place;
      const past = isSameRun
        ? state.past
        : [...state.past, { draft: state.draft, place: action.place }].slice(-MAX_UNDO);
      return { draft, past, lastPlace: action.place };
    }
    case 'undo': {
      const last = state.past.at(-1);
      return last ? { draft: last.draft, past: state.past.slice(0, -1), lastPlace: null } : state;
    }
  }
}

/** Text of one cell; a changed value must be asked about again. */
export function withCell(draft: SessionDraft, key: string, text: string): SessionDraft {
  const cells = { ...draft.cells };
  if (text === '') delete cells[key];
  else cells[key] = text.slice(0, 40);
  return {
    ...draft,
    cells,
    confirmedUnusual: draft.confirmedUnusual.filter((confirmed) => confirmed !== key),
  };
}

export function withConfirmed(draft: SessionDraft, key: string): SessionDraft {
  return draft.confirmedUnusual.includes(key)
    ? draft
    : { ...draft, confirmedUnusual: [...draft.confirmedUnusual, key] };
}

export function withPain(draft: SessionDraft, hands: readonly string[], text: string): SessionDraft {
  const pain = { ...draft.pain };
  for (const hand of hands) {
    if (text === '') delete pain[hand];
    else pain[hand] = text.slice(0, 4);
  }
  return { ...draft, pain };
}

export function withStoppedEarly(
  draft: SessionDraft,
  hands: readonly string[],
  isStopped: boolean,
): SessionDraft {
  const others = draft.stoppedEarly.filter((key) => !hands.includes(key));
  return { ...draft, stoppedEarly: isStopped ? [...others, ...hands] : others };
}

/** Sets or clears the reason for several hands and measures at once. */
export function withNotTested(
  draft: SessionDraft,
  hands: readonly string[],
  reason: SessionDraft['notTested'][string] | null,
): SessionDraft {
  const notTested = { ...draft.notTested };
  for (const hand of hands) {
    if (reason === null) delete notTested[hand];
    else notTested[hand] = reason;
  }
  return { ...draft, notTested };
}

/** Trials a hand that the contract takes. */
export const MAX_TRIALS = 20;

/** One trial more of a measure, for both hands. */
export function withOneMoreTrial(draft: SessionDraft, measure: Measure): SessionDraft {
  const count = Math.min(MAX_TRIALS, trialsOf(draft, measure) + 1);
  return measure === 'lateral-pinch'
    ? { ...draft, trialCount: count }
    : { ...draft, trialCounts: { ...draft.trialCounts, [measure]: count } };
}

const NOTHING_NOTED: SessionConditions = { splint: null, positionNote: '', clockNote: '' };

/** Splint and position; what was said about the clock at the start stays. */
export const withConditions = (draft: SessionDraft, change: Partial<SessionConditions>): SessionDraft => ({
  ...draft,
  conditions: { ...(draft.conditions ?? NOTHING_NOTED), ...change },
});

const OTHER_SIDE: Readonly<Record<string, string>> = { right: 'left', left: 'right' };

/** Right and left of these measures exchanged, with everything that stands with a hand: values, pain, flags, reasons. */
export function withSwappedHands(draft: SessionDraft, measures: readonly Measure[]): SessionDraft {
  const swapped = (key: string): string => {
    const [measure, side = '', ...rest] = key.split('/');
    return measures.some((each) => each === measure)
      ? [measure, OTHER_SIDE[side] ?? side, ...rest].join('/')
      : key;
  };
  const swappedIn = <T>(part: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(part).map(([key, value]) => [swapped(key), value]));
  return {
    ...draft,
    cells: swappedIn(draft.cells),
    pain: swappedIn(draft.pain),
    notTested: swappedIn(draft.notTested),
    stoppedEarly: draft.stoppedEarly.map(swapped),
    confirmedUnusual: draft.confirmedUnusual.map(swapped),
  };
}

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptySessionDraft } from '../../../core/clinical/session-entries.ts';
import { type DraftState, draftReducer, withCell, withConfirmed, withForceUnit } from './draft-state.ts';

const start = (): DraftState => ({ draft: emptySessionDraft(), past: [], lastPlace: null });
const type = (state: DraftState, key: string, text: string) =>
  draftReducer(state, { type: 'edit', place: key, change: (draft) => withCell(draft, key, text) });

describe('draft state', () => {
  it('takes back a whole value, not a character', () => {
    let state = start();
    for (const text of ['7', '7.', '7.2']) state = type(state, 'a', text);
    state = type(state, 'b', '4');
    state = draftReducer(state, { type: 'undo' });
    expect(state.draft.cells).toEqual({ a: '7.2' });
    state = draftReducer(state, { type: 'undo' });
    expect(state.draft.cells).toEqual({});
    expect(draftReducer(state, { type: 'undo' })).toEqual(state);
  });

  it('law: undoing everything gives the form as it was opened', () => {
    const edits = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.string({ maxLength: 5 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(edits, (list) => {
        let state = start();
        for (const [key, text] of list) state = type(state, key, text);
        while (state.past.length > 0) state = draftReducer(state, { type: 'undo' });
        expect(state.draft).toEqual(emptySessionDraft());
      }),
    );
  });

  it('asks again about a value that was confirmed and then changed, or whose unit changed', () => {
    const confirmed = withConfirmed(withCell(emptySessionDraft(), 'a', '72'), 'a');
    expect(confirmed.confirmedUnusual).toEqual(['a']);
    expect(withCell(confirmed, 'a', '73').confirmedUnusual).toEqual([]);
    const inPounds = withForceUnit(confirmed, 'lb');
    expect(inPounds.confirmedUnusual).toEqual([]);
    expect(inPounds.cells).toEqual({ a: '72' });
  });
});

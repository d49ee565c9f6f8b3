import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftToEntries, emptySessionDraft, trialsOf } from '../../../core/clinical/session-entries.ts';
import type { DeviceId, SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import {
  type DraftState,
  draftReducer,
  withCell,
  withConditions,
  withConfirmed,
  withOneMoreTrial,
  withSwappedHands,
} from './draft-state.ts';
import { withDevice, withUnit } from './draft-units.ts';

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
    const inPounds = withUnit(confirmed, { of: 'pinch', unit: 'lb' });
    expect(inPounds.confirmedUnusual).toEqual([]);
    expect(inPounds.cells).toEqual({ a: '72' });
  });
});

describe('units and devices of the roles', () => {
  const typed = (cells: Record<string, string>) => ({ ...emptySessionDraft(), cells });

  it('a pinch gauge in pounds does not change what was typed of grip', () => {
    const draft = typed({ 'grip-2/left/1': '31' });
    const inPounds = withUnit(draft, { of: 'pinch', unit: 'lb' });
    expect(draftToEntries(inPounds).entries).toEqual(draftToEntries(draft).entries);
    // Until something of grip is typed, it follows the gauge.
    expect(withUnit(typed({}), { of: 'pinch', unit: 'lb' }).gripUnit).toBeUndefined();
  });

  it('the pinch gauge is the device of the session too; the others are of their role', () => {
    const id = '00000000-0000-4000-8000-000000000701' as DeviceId;
    expect(withDevice(typed({}), 'pinch', id)).toMatchObject({ deviceId: id, devices: { pinch: id } });
    expect(withDevice(typed({}), 'grip', id)).toMatchObject({ deviceId: null, devices: { grip: id } });
    expect(withDevice(withDevice(typed({}), 'pinch', id), 'pinch', null).deviceId).toBeNull();
  });

  it('conditions are changed one by one', () => {
    const worn = withConditions(typed({}), { splint: 'worn' });
    const both = withConditions(
      { ...worn, conditions: { splint: 'worn', positionNote: '', clockNote: 'right' } },
      { positionNote: 'standing' },
    );
    expect(both.conditions).toEqual({ splint: 'worn', positionNote: 'standing', clockNote: 'right' });
  });

  it('adds a trial to one measure only', () => {
    const more = withOneMoreTrial(withOneMoreTrial(typed({}), 'tip-pinch'), 'lateral-pinch');
    expect([trialsOf(more, 'tip-pinch'), trialsOf(more, 'lateral-pinch'), trialsOf(more, 'grip-2')]).toEqual([
      4, 4, 3,
    ]);
  });

  it('swaps the hands of a block with all that stands with them, and twice is nothing', () => {
    const draft: SessionDraft = {
      ...typed({ 'lateral-pinch/right/1': '7.2', 'lateral-pinch/left/2': '4.1', 'grip-2/right/1': '31' }),
      pain: { 'lateral-pinch/right': '8' },
      stoppedEarly: ['lateral-pinch/right'],
      notTested: { 'lateral-pinch/left': 'pain' },
      confirmedUnusual: ['lateral-pinch/right/1'],
    };
    const swapped = withSwappedHands(draft, ['lateral-pinch']);
    expect(swapped).toMatchObject({
      cells: { 'lateral-pinch/left/1': '7.2', 'lateral-pinch/right/2': '4.1', 'grip-2/right/1': '31' },
      pain: { 'lateral-pinch/left': '8' },
      stoppedEarly: ['lateral-pinch/left'],
      notTested: { 'lateral-pinch/right': 'pain' },
      confirmedUnusual: ['lateral-pinch/left/1'],
    });
    expect(withSwappedHands(swapped, ['lateral-pinch'])).toEqual(draft);
  });
});

import { describe, expect, it } from 'vitest';
import type { TrialEntry } from '../contract/schemas/clinical.ts';
import { measuredValues, typedTrialText } from './measured-values.ts';
import { draftToEntries, emptySessionDraft } from './session-entries.ts';

const trialsOf = (cells: Record<string, string>, change: object = {}): TrialEntry[] =>
  draftToEntries({ ...emptySessionDraft(), cells, ...change }).entries;

describe('measured values', () => {
  it('sums up each hand in the unit it was typed in and names the formula', () => {
    const trials = trialsOf(
      { 'lateral-pinch/right/1': '16.2', 'lateral-pinch/right/2': '16,8', 'wrist-flexion/left/1': '40' },
      { forceUnit: 'lb', torqueUnit: 'kg.cm' },
    );
    expect(measuredValues([...trials].reverse(), 'mean-of-three')).toEqual([
      {
        measure: 'lateral-pinch',
        side: 'right',
        text: '16.5 lb',
        formula: 'mean of 2 trials, spread 1.8 % (population SD ÷ mean)',
      },
      { measure: 'wrist-flexion', side: 'left', text: '40.0 kg·cm', formula: '1 trial only' },
    ]);
    // The broken twin takes the largest of the pinch, which is another rule.
    expect(measuredValues(trials, 'maximum')[0]?.text).toBe('16.8 lb');
  });

  it('says nothing of trials under a score, which has none', () => {
    expect(measuredValues(trialsOf({ 'score-quickdash/right/1': '34.1' }), 'mean-of-three')).toMatchObject([
      { text: '34.1 points', formula: '' },
    ]);
  });

  it('says why a hand has no value, and leaves out what has no trial', () => {
    const trials = trialsOf(
      { 'lateral-pinch/right/1': '7' },
      { notTested: { 'lateral-pinch/left': 'splint or cast' } },
    );
    expect(measuredValues(trials, 'mean-of-three').map(({ side, text }) => [side, text])).toEqual([
      ['right', '7.0 kg'],
      ['left', 'not tested: splint or cast'],
    ]);
  });

  it('shows a trial exactly as typed', () => {
    const trials = trialsOf({ 'lateral-pinch/right/1': '7,20', 'wrist-flexion/right/1': '3' });
    expect(trials.map(typedTrialText)).toEqual(['7,20 kg', '3 N·m']);
  });
});

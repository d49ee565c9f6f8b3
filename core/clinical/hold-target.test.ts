import { describe, expect, it } from 'vitest';
import { holdTargetText } from './hold-target.ts';
import { emptySessionDraft } from './session-entries.ts';

const draft = {
  ...emptySessionDraft(),
  cells: { 'lateral-pinch/left/1': '7.2', 'lateral-pinch/left/2': '7.6', 'elbow-flexion/right/1': '41' },
};

describe('what is held in a sustained test', () => {
  it('is half of the largest trial of the same hand, in its unit', () => {
    expect(holdTargetText(draft, 'pinch-endurance', 'left')).toBe('3.8 kg');
    expect(holdTargetText(draft, 'elbow-endurance', 'right')).toBe('20.5 N·m');
  });

  it('is not known before the strength is typed, nor for other measures', () => {
    expect(holdTargetText(draft, 'pinch-endurance', 'right')).toBeNull();
    expect(holdTargetText(draft, 'grip-2', 'left')).toBeNull();
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionsForValues, handsOnSeconds } from './keystroke-level.ts';

const SIX = ['7.2', '4.1', '7.6', '4.3', '7.4', '4.0'];

describe('hands-on time', () => {
  it('six trials take at most 30 keys and 30 seconds, by keyboard and by touch', () => {
    const keyboard = actionsForValues(SIX, 'keyboard');
    expect(keyboard.keys).toBeLessThanOrEqual(30);
    expect(handsOnSeconds(keyboard)).toBeLessThanOrEqual(30);
    expect(handsOnSeconds(actionsForValues(SIX, 'touch'))).toBeLessThanOrEqual(30);
    expect(handsOnSeconds(keyboard)).toBeCloseTo(24 * 0.28 + 6 * 1.2, 9);
  });

  it('would catch a form that asks to be confirmed for each value', () => {
    // The broken twin: one dialogue a value costs a decision, a touch on the mouse and two Tabs more.
    const base = actionsForValues(SIX, 'touch');
    const twin = { keys: base.keys, touches: base.touches + 6 * 3, decisions: base.decisions + 6 };
    expect(handsOnSeconds(twin)).toBeGreaterThan(30);
  });

  it('law: more typing never takes less time', () => {
    const texts = fc.array(fc.stringMatching(/^[0-9]{1,3}$/), { maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(handsOnSeconds(actionsForValues([...a, ...b], 'keyboard'))).toBeGreaterThanOrEqual(
          handsOnSeconds(actionsForValues(a, 'keyboard')),
        );
      }),
    );
  });

  it('refuses counts that are not counts', () => {
    expect(() => handsOnSeconds({ keys: -1, touches: 0, decisions: 0 })).toThrow(RangeError);
    expect(() => handsOnSeconds({ keys: 0.5, touches: 0, decisions: 0 })).toThrow(RangeError);
  });
});

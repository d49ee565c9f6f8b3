import { describe, expect, it } from 'vitest';
import { completedWeeks, daysJudgedLater, measuredAgoText } from './judged-later.ts';

/** An instant by the computer's own calendar, wherever the test runs. */
const local = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).toISOString();

describe('judged later', () => {
  it('counts calendar days, not 24 hours: late in the evening and early next morning is a day later', () => {
    expect(daysJudgedLater(local(24, 8), local(24, 23, 50))).toBe(0);
    expect(daysJudgedLater(local(24, 23, 50), local(25, 0, 10))).toBe(1);
    // Twin: counting whole days of 24 hours would call both "the same day".
    expect(Math.floor((Date.parse(local(25, 0, 10)) - Date.parse(local(24, 23, 50))) / 86_400_000)).toBe(0);
    expect(daysJudgedLater(local(24, 8), local(27, 7))).toBe(3);
  });
  it('takes a clock that was put back for the same day', () => {
    expect(daysJudgedLater(local(24, 8), local(20, 8))).toBe(0);
    expect(measuredAgoText(local(24, 8), local(24, 7))).toBe('just now');
  });
  it('counts completed weeks in calendar days, of dates and instants, across a change of the clock', () => {
    expect(completedWeeks('2026-03-22', '2026-04-05')).toBe(2);
    expect(completedWeeks('2026-05-12', '2026-05-18')).toBe(0);
    expect(completedWeeks('2026-05-12', '2026-05-11')).toBe(-1);
    expect(completedWeeks('2026-11-08', local(24, 23, 50))).toBe(2);
    expect(completedWeeks('2026-11-03', local(24, 0, 10))).toBe(3);
  });
  it('says how long ago in words', () => {
    expect(measuredAgoText(local(24, 8), local(24, 8))).toBe('just now');
    expect(measuredAgoText(local(24, 8), local(24, 8, 1))).toBe('1 minute ago');
    expect(measuredAgoText(local(24, 8), local(24, 11, 20))).toBe('3 hours 20 minutes ago');
    expect(measuredAgoText(local(24, 8), local(25, 8))).toBe('1 day ago');
  });
});

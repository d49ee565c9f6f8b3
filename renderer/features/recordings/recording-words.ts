import { measureOf } from '../../../core/clinical/measures.ts';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type { Recording } from '../../../core/contract/schemas/recording.ts';
import type { ClockFacts } from '../../../core/formats/recording-clock.ts';
import type { Tare } from '../../../core/formats/recording-view.ts';
import { secondsText, valueWithUnit } from '../../charts/trace-text.ts';

export const sideWords = (side: Recording['side']): string =>
  side === null ? 'no one side' : `${SIDE_NAMES[side]} side`;

/** What a recording is called in a list. */
export function recordingTitle(recording: Pick<Recording, 'measure' | 'side' | 'name'>): string {
  const words = [measureOf(recording.measure).name, sideWords(recording.side), recording.name]
    .filter((part) => part !== '')
    .join(', ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** Beyond these a file is more likely read in a wrong unit of time than measured so. */
const ASK_RATE_HZ = 5000;
const ASK_SHORTER_S = 1;
const ASK_LONGER_S = 6 * 3600;

/** "600.0 s", "0.0200 s": three figures at least, so that a wrong unit of time shows; hours beside what is long. */
export function durationText(durationS: number): string {
  const digits = durationS > 0 ? Math.min(9, Math.max(1, 2 - Math.floor(Math.log10(durationS)))) : 1;
  const text = durationS.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return durationS > 3600 ? `${text} s (${(durationS / 3600).toFixed(1)} h)` : `${text} s`;
}

/**
 * What is asked before a recording with such a clock is stored: 20,000 samples a second over 0.02 s are milliseconds read
 * as microseconds. Null where nothing is unusual; nothing is changed either way.
 */
export function clockQuestion(clock: ClockFacts, isTyped: boolean): string | null {
  const rateHz = clock.medianStepS === null || clock.medianStepS === 0 ? 0 : 1 / clock.medianStepS;
  // A step of exactly 1/5000 s is not above it, however the binary number lies.
  const isFast = rateHz > ASK_RATE_HZ * (1 + 1e-9);
  if (!isFast && clock.durationS >= ASK_SHORTER_S && clock.durationS <= ASK_LONGER_S) return null;
  const what = isTyped ? 'rate' : 'unit of time';
  return `The whole lasts ${durationText(clock.durationS)} at ${rateWords(clock)}. Is the ${what} right?`;
}

/** "600,000 samples over 600.0 s, 1,000 per second". A rate is said only where the clock is even. */
export function clockWords(sampleCount: number, clock: ClockFacts): string {
  const count = `${sampleCount.toLocaleString('en')} ${sampleCount === 1 ? 'sample' : 'samples'}`;
  return `${count} over ${durationText(clock.durationS)}, ${rateWords(clock)}`;
}

export function rateWords(clock: ClockFacts): string {
  if (clock.medianStepS === null || clock.medianStepS === 0) return 'rate unknown';
  const rate = (1 / clock.medianStepS).toLocaleString('en', { maximumFractionDigits: 1 });
  return clock.isEven ? `${rate} Hz` : `about ${rate} Hz, uneven`;
}

/** What the clock shows that a reader should know. Nothing of it was repaired. */
export function clockNotes(clock: ClockFacts, emptyTailCount: number): string[] {
  const times = (count: number) => (count === 1 ? 'once' : `${count.toLocaleString('en')} times`);
  return [
    ...(clock.gapCount > 0
      ? [`The clock jumps ${times(clock.gapCount)}; the longest step is ${secondsText(clock.longestStepS)}.`]
      : []),
    ...(clock.repeatedCount > 0
      ? [`A sample has the time of the one before it ${times(clock.repeatedCount)}.`]
      : []),
    ...(!clock.isEven && clock.gapCount === 0 ? ['The steps between samples are uneven.'] : []),
    ...(emptyTailCount > 0
      ? [`${emptyTailCount.toLocaleString('en')} rows at the end hold nothing in the chosen columns.`]
      : []),
  ];
}

export function tareWords(tare: Tare | null, unit: string, offset: number | null): string {
  if (tare === null) return 'none';
  if (tare.kind === 'constant') return `${valueWithUnit(tare.value, unit)} taken off`;
  const from = `rest from ${secondsText(tare.fromS)} to ${secondsText(tare.toS)}`;
  return offset === null ? from : `${valueWithUnit(offset, unit)} taken off (${from})`;
}

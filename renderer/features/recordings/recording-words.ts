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

/** "600,000 samples over 600.0 s, 1,000 per second". A rate is said only where the clock is even. */
export function clockWords(sampleCount: number, clock: ClockFacts): string {
  const count = `${sampleCount.toLocaleString('en')} ${sampleCount === 1 ? 'sample' : 'samples'}`;
  return `${count} over ${clock.durationS.toFixed(1)} s, ${rateWords(clock)}`;
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

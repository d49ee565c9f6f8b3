import { referenceDataFolder } from '../population/survey-rows.ts';
import { type Figures, joinFigures } from './figures.ts';
import { collapseFigures } from './pinch-collapse.ts';
import { pinchLawFigures } from './pinch-laws.ts';
import { realRecordingFigures } from './pinch-real-recordings.ts';
import { staticsFigures } from './pinch-statics.ts';
import { surgeryFigures } from './pinch-surgery-figures.ts';
import { traceFigures } from './pinch-trace-figures.ts';

/** How many simulated hands each part uses. */
export interface PinchFigureCounts {
  surgery: number;
  collapse: number;
  laws: number;
  traces: number;
}
const COUNTS: PinchFigureCounts = { surgery: 3000, collapse: 4000, laws: 100, traces: 200 };

/**
 * The pinch simulator and its instruments by themselves, no network involved: worked results and laws (checks), the
 * tuning of surgery, the known collapse, what traces look like, and the trace features on real recordings.
 * @param log - progress, one line a step. @param counts - fewer hands for a quick look; intervals widen.
 */
export async function pinchFigures(log: (line: string) => void, counts = COUNTS): Promise<Figures> {
  const parts: [string, () => Figures][] = [
    ['statics', staticsFigures],
    ['laws', () => pinchLawFigures(counts.laws)],
    ['surgery', () => surgeryFigures(counts.surgery)],
    ['known collapse', () => collapseFigures(counts.collapse)],
    ['traces', () => traceFigures(counts.traces)],
    ['real recordings', () => realRecordingFigures(referenceDataFolder())],
  ];
  return joinFigures(
    parts.map(([name, make]) => {
      log(`pinch: ${name}`);
      return make();
    }),
  );
}

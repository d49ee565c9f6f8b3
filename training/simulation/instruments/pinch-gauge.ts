import { checkForceTrace, type ForceTrace, traceComponent } from '../../../core/signals/trace-shape.ts';
import { type ForceUnit, fromNewtons, toNewtons } from '../../../core/units/quantities.ts';

/** A gauge that shows the peak of the palmar force and nothing else, as most clinics have. */
export interface PinchGauge {
  /** Unit of the dial. */
  unit: ForceUnit;
  /** Smallest step that is read, in `unit`. */
  resolution: number;
  /** Full scale, in `unit`: the needle stops there. */
  fullScale: number;
  /** What it shows for 1 of true force; 1 is a gauge without error. */
  gain: number;
}

/**
 * Two dials of one hydraulic gauge. 60 lb full scale and marks of 1 lb are usual for such gauges (recalled); reading
 * to half a mark, and to 0.1 kg, is the protocol assumed here.
 */
export const KILOGRAM_GAUGE: Readonly<PinchGauge> = { unit: 'kg', resolution: 0.1, fullScale: 27, gain: 1 };
export const POUND_GAUGE: Readonly<PinchGauge> = { unit: 'lb', resolution: 0.5, fullScale: 60, gain: 1 };

/**
 * What a gauge shows for a peak force.
 * @param peakN - true peak, newtons, zero or more.
 * @returns in the gauge's unit, a multiple of its resolution, at most its full scale.
 * @throws RangeError when the force is negative or no number, or the gauge is impossible.
 */
export function readGauge(peakN: number, gauge: Readonly<PinchGauge>): number {
  if (!(peakN >= 0)) throw new RangeError('A gauge reads a force of zero or more.');
  if (!(gauge.resolution > 0 && gauge.fullScale > 0 && gauge.gain > 0)) {
    throw new RangeError('A gauge needs a resolution, a full scale and a gain above zero.');
  }
  const shown = Math.min(gauge.fullScale, gauge.gain * fromNewtons(peakN, gauge.unit));
  return Math.round(shown / gauge.resolution) * gauge.resolution;
}

/** A reading in newtons. */
export const gaugeNewtons = (reading: number, gauge: Readonly<PinchGauge>): number =>
  toNewtons(reading, gauge.unit);

/** The needle follows a mean of this many seconds (assumption): oil and spring do not follow a single sample. */
const NEEDLE_S = 0.05;

/**
 * What a gauge shows after a recorded pull: the peak of the palmar force.
 * @throws RangeError when the trace is unreadable.
 */
export function readGaugeOfTrace(trace: ForceTrace, gauge: Readonly<PinchGauge>): number {
  checkForceTrace(trace);
  const palmarN = traceComponent(trace, 0);
  const { timeS } = trace;
  let peakN = 0;
  let from = 0;
  let sum = 0;
  for (let sample = 0; sample < palmarN.length; sample += 1) {
    sum += palmarN[sample]!;
    while (timeS[sample]! - timeS[from]! >= NEEDLE_S) {
      sum -= palmarN[from]!;
      from += 1;
    }
    peakN = Math.max(peakN, sum / (sample - from + 1));
  }
  return readGauge(peakN, gauge);
}

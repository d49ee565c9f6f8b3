/** A key pinch in three directions and in three more wrist postures, of one simulated hand, at the strength that was typed. */
import type { WristClass } from '../../core/contract/schemas/clinical.ts';
import { TRACE_COMPONENT_COUNT, TRACE_COMPONENTS } from '../../core/signals/trace-shape.ts';
import { toNewtons } from '../../core/units/quantities.ts';
import { drawVirtualPerson } from '../../training/population/virtual-person.ts';
import { drawLoadCell, recordThreeAxes } from '../../training/simulation/instruments/load-cell.ts';
import { maximalPinch } from '../../training/simulation/pinch/maximal-pinch.ts';
import { pinchMechanics } from '../../training/simulation/pinch/pinch-mechanics.ts';
import { pinchTrace } from '../../training/simulation/pinch/pinch-trace.ts';
import { drawArmFactor, operatedHand } from '../../training/simulation/pinch/surgery.ts';
import { kilograms } from './course.ts';
import type { SampleVisit } from './sample-person.ts';
import type { SampleRecording } from './sample-recordings.ts';

const SEED = 'sample clinic';
const RATE_HZ = 100;
const POSTURES = [
  ['flexion-20', 'lateral-pinch-flexion-20'],
  ['extension-20', 'lateral-pinch-extension-20'],
  ['ulnar-10', 'lateral-pinch-ulnar-10'],
] as const;

export interface DirectedPinch {
  recording: SampleRecording;
  /** Best pinch in the other postures, as typed. */
  further: NonNullable<SampleVisit['further']>;
}

/**
 * @param subject - of the simulated people of the sample clinic. @param bestKg - best trial with the wrist straight: the
 * simulated hand is brought to it, so that only its directions and its postures are the simulation's.
 */
export function directedPinch(
  subject: number,
  className: WristClass,
  side: 'right' | 'left',
  bestKg: number,
): DirectedPinch {
  const { hand: unoperated, law, demographics } = drawVirtualPerson(SEED, subject);
  const hand =
    className === 'nonimpaired'
      ? unoperated
      : operatedHand(unoperated, className, drawArmFactor(SEED, subject, className));
  const maximum = maximalPinch(hand, 'neutral', law);
  const share = toNewtons(bestKg, 'kg') / maximum.forceN;
  const pull = { seed: SEED, subject, name: 'directed pinch' };
  const trace = pinchTrace(pinchMechanics(hand, 'neutral', law, maximum), {
    ...pull,
    sex: demographics.sex,
    capacityFactor: 0.97,
    sampleRateHz: RATE_HZ,
  });
  const cell = { ...drawLoadCell(SEED, subject), sampleRateHz: RATE_HZ };
  const { timeS, forceN } = recordThreeAxes(trace, cell, pull);
  const lines = [`Time (s),${TRACE_COMPONENTS.map((name) => `Force ${name} (N)`).join(',')}`];
  timeS.forEach((atS, i) => {
    const forces = forceN.slice(i * TRACE_COMPONENT_COUNT, (i + 1) * TRACE_COMPONENT_COUNT);
    lines.push([atS.toFixed(2), ...Array.from(forces, (force) => (share * force).toFixed(2))].join(','));
  });
  return {
    recording: {
      fileName: `key-pinch-${side}.csv`,
      name: `Key pinch in three directions, ${side}`,
      text: `${lines.join('\n')}\n`,
      mapping: {
        delimiter: ',',
        decimalSign: '.',
        time: { kind: 'column', column: 0, unit: 's' },
        channels: TRACE_COMPONENTS.map((name, k) => ({
          column: k + 1,
          role: 'force',
          name: `Force ${name}`,
          unit: 'N',
        })),
      },
    },
    further: POSTURES.map(([posture, measure]) => ({
      measure,
      side,
      values: [kilograms((bestKg * maximalPinch(hand, posture, law).forceN) / maximum.forceN)],
    })),
  };
}

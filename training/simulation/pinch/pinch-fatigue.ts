import * as z from 'zod';
import table from '../../../resources/biomechanics/lateral-pinch-fatigue.json' with { type: 'json' };
import type { FatigueConstants } from '../elbow/three-compartment-fatigue.ts';

const Constants = z.strictObject({
  fatiguePerS: z.number().positive(),
  recoveryPerS: z.number().positive(),
  restMultiplier: z.number().min(1),
});
const Group = z.strictObject({ region: z.string().min(1), female: Constants, male: Constants });
const FatigueTable = z.strictObject({
  source: z.string().min(1),
  units: z.record(z.string(), z.string()),
  groups: z.strictObject({ thumb: Group, forearm: Group }),
});

/** Fatigue constants of a sex: muscles that lie in the hand, and those in the forearm (long thumb and wrist muscles). */
export interface PinchFatigueConstants {
  thumb: FatigueConstants;
  forearm: FatigueConstants;
}

/**
 * Reads a table of fatigue constants (resources/biomechanics/lateral-pinch-fatigue.json).
 * @throws ZodError naming the field that is missing or not positive.
 */
export function readPinchFatigue(content: unknown): Record<'female' | 'male', PinchFatigueConstants> {
  const { thumb, forearm } = FatigueTable.parse(content).groups;
  return {
    female: { thumb: thumb.female, forearm: forearm.female },
    male: { thumb: thumb.male, forearm: forearm.male },
  };
}

export const PINCH_FATIGUE = readPinchFatigue(table);

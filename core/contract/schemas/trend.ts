import * as z from 'zod';
import { DeviceId, Instant, Measure, SessionId, Side, Unit } from './clinical.ts';

/** One measure of one hand at one visit, summed up so that visits can be compared. */
export const TrendPoint = z.strictObject({
  sessionId: SessionId,
  at: Instant,
  measure: Measure,
  side: Side,
  /**
   * In the stored unit of the measure: the mean of the first three trials where a session's rule would decide, whatever
   * that rule was (a maximum after a mean would look like a gain); the largest trial or the only one elsewhere.
   */
  valueSi: z.number(),
  /** Population standard deviation of the trials behind the value, same unit; null below two. */
  spreadSi: z.number().nullable(),
  trialCount: z.int(),
  /** Unit in which the first of its trials was typed. */
  typedUnit: Unit,
  /** Null where no device is recorded, or where the trials were taken with several. */
  deviceId: DeviceId.nullable(),
  /** Empty where no device is named. */
  deviceName: z.string(),
});
export type TrendPoint = z.output<typeof TrendPoint>;

/** What happened to a hand between visits, as a mark on its course. */
export const INTERVENTION_KINDS = ['splint', 'injection', 'therapy-change', 'other'] as const;
export const InterventionKind = z.enum(INTERVENTION_KINDS);
export type InterventionKind = z.output<typeof InterventionKind>;

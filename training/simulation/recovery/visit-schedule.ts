import { randomStream } from '../../../core/numerics/random-stream.ts';
import { FIRST_WEEKS } from './recovery-course.ts';

/**
 * When a clinic sees its patients: assumptions. First visit 4 to 10 weeks after surgery, then every 2 to 6 weeks in the
 * first quarter and every 4 to 12 weeks later, until 15 months.
 */
export const VISIT_SCHEDULE = {
  firstWeeks: [FIRST_WEEKS, 10],
  earlyGapWeeks: [2, 6],
  lateGapWeeks: [4, 12],
  earlyUntilWeeks: 13,
  lastWeeks: 65,
} as const;

/**
 * Weeks since surgery of one patient's visits, ascending, to a tenth of a week; at least two.
 */
export function drawVisitWeeks(seed: number | string, subject: number): number[] {
  const stream = randomStream(seed, 'visit-weeks', subject);
  const between = ([low, high]: readonly [number, number]): number =>
    Math.round(10 * (low + stream.uniform() * (high - low))) / 10;
  const visits = [between(VISIT_SCHEDULE.firstWeeks)];
  for (;;) {
    const last = visits.at(-1)!;
    const gap = between(
      last < VISIT_SCHEDULE.earlyUntilWeeks ? VISIT_SCHEDULE.earlyGapWeeks : VISIT_SCHEDULE.lateGapWeeks,
    );
    const next = Math.round(10 * (last + gap)) / 10;
    if (next > VISIT_SCHEDULE.lastWeeks) return visits;
    visits.push(next);
  }
}

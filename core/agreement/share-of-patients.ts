import { normalTails } from '../numerics/normal-distribution.ts';
import { studentQuantile } from '../numerics/student-t.ts';
import { wilsonInterval } from '../uncertainty/wilson-interval.ts';

/** What one patient adds to a share: `part` of `whole` answers. */
export interface PatientPart {
  part: number;
  whole: number;
}

export interface PatientShare {
  value: number;
  interval: [number, number];
  /** As many independent answers as these are worth, 1..whole. */
  effectiveCount: number;
  /** True where every patient gives one answer: Wilson as it stands. */
  isOneEach: boolean;
}

/**
 * A share of answers of which several may come from one patient, with its interval (ADR 26). One answer each: Wilson.
 * Otherwise Wilson with as many answers as the spread between patients is worth, and Student's t with one degree of freedom
 * fewer than there are patients in the place of the normal quantile.
 *
 * The variance is that of a ratio of sums over clusters (Cochran 1977, Sampling Techniques, 6.3 and 9A); the effective count and
 * the t quantile are those of Korn & Graubard 1998 (Surv Methodol 24:193), put into Wilson's interval. Where all answers are alike
 * nothing tells how far patients resemble themselves: each patient then counts as one answer.
 *
 * Of simulated patients (5 to 40 of them, 15 to 120 answers, correlation within a patient 0 to 0.5) it held in 92 to 100 %;
 * Wilson over sessions in 62 to 99 %, a percentile bootstrap over patients in 82 to 99 % of those that gave one.
 * @param patients - two or more, each with at least one answer. @param alpha - of the interval, above 0 and below 1.
 * @throws RangeError for fewer patients, or counts that are not whole or do not fit.
 */
export function shareOfPatients(patients: readonly PatientPart[], alpha = 0.05): PatientShare {
  const count = patients.length;
  if (count < 2) throw new RangeError('a share of patients needs two of them');
  for (const { part, whole } of patients) {
    if (!(Number.isInteger(part) && Number.isInteger(whole) && part >= 0 && part <= whole && whole >= 1)) {
      throw new RangeError('a patient adds 0 <= part <= whole in whole numbers, whole at least 1');
    }
  }
  const whole = patients.reduce((sum, each) => sum + each.whole, 0);
  const part = patients.reduce((sum, each) => sum + each.part, 0);
  const value = part / whole;
  if (whole === count) {
    return {
      value,
      interval: wilsonInterval(part, whole, alpha),
      effectiveCount: whole,
      isOneEach: true,
    };
  }
  const effectiveCount = effectiveCountOf(patients, value, whole);
  // Wilson's interval takes the quantile as an alpha: the one at which the normal quantile is Student's.
  const quantile = studentQuantile(1 - alpha / 2, count - 1);
  const interval = wilsonInterval(value * effectiveCount, effectiveCount, 2 * normalTails(quantile).upper);
  return { value, interval, effectiveCount, isOneEach: false };
}

function effectiveCountOf(patients: readonly PatientPart[], value: number, whole: number): number {
  const count = patients.length;
  if (value === 0 || value === 1) return count;
  const squares = patients.reduce((sum, each) => sum + (each.part - value * each.whole) ** 2, 0);
  const variance = ((count / (count - 1)) * squares) / whole ** 2;
  // Patients more alike than chance would make them: by chance. Never worth more than as many answers that stand alone.
  const most = whole / repeatsOf(patients);
  return Math.max(1, variance > 0 ? Math.min(most, (value * (1 - value)) / variance) : most);
}

/** How often every answer stands, if all stand equally often: copies of answers are no further answers. */
const repeatsOf = (patients: readonly PatientPart[]): number =>
  patients.reduce((common, { part, whole }) => greatestDivisor(greatestDivisor(common, part), whole), 0);

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/** Months after which a calibration is pointed out; usual practice of clinics, no device's own rule. */
export const CALIBRATION_MONTHS = 12;

export type CalibrationAge = 'unknown' | 'current' | 'old';

/**
 * Whether a device was calibrated within the last twelve months. Said at the entry, never a reason to refuse a value.
 * @param calibratedOn calendar date, YYYY-MM-DD; null when nobody knows. @param today calendar date.
 */
export function calibrationAge(calibratedOn: string | null, today: string): CalibrationAge {
  if (calibratedOn === null) return 'unknown';
  const until = `${Number(calibratedOn.slice(0, 4)) + 1}${calibratedOn.slice(4)}`;
  return today > until ? 'old' : 'current';
}

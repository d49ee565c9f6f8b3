const DAY_MS = 86_400_000;

const DATE_CHARACTERS = 'YYYY-MM-DD'.length;

/**
 * Midnight of a calendar day, as if in UTC: whole days then differ by 24 h. Of an instant it is the day where the computer
 * stands; a calendar date is that day wherever it stands.
 */
const dayOf = (instantOrDate: string): number => {
  const at = new Date(instantOrDate.length === DATE_CHARACTERS ? `${instantOrDate}T12:00:00` : instantOrDate);
  return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
};

/**
 * Calendar days between measuring and judging, by the computer's own calendar: 0 on the same day.
 * @param measuredAt, judgedAt - UTC instants. A judgement before the measurement (a clock put back) counts as the same day.
 */
export const daysJudgedLater = (measuredAt: string, judgedAt: string): number =>
  Math.max(0, daysBetween(measuredAt, judgedAt));

/**
 * Calendar days between two instants or calendar dates, by the computer's own calendar; below 0 when the second is earlier.
 */
export const daysBetween = (from: string, to: string): number =>
  Math.round((dayOf(to) - dayOf(from)) / DAY_MS);

/**
 * Completed weeks in calendar days, the one way in which weeks since surgery are told: 17 days are 2. Below 0 when the second
 * is earlier.
 */
export const completedWeeks = (from: string, to: string): number => Math.floor(daysBetween(from, to) / 7);

/** "2 hours 5 minutes ago", "3 days ago"; "just now" below a minute. */
export function measuredAgoText(measuredAt: string, now: string): string {
  const days = daysJudgedLater(measuredAt, now);
  if (days > 0) return `${counted(days, 'day')} ago`;
  const minutes = Math.floor((Date.parse(now) - Date.parse(measuredAt)) / 60_000);
  if (!(minutes >= 1)) return 'just now';
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${counted(minutes, 'minute')} ago`;
  return `${counted(hours, 'hour')}${rest === 0 ? '' : ` ${counted(rest, 'minute')}`} ago`;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

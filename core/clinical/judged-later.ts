const DAY_MS = 86_400_000;

/** Midnight of an instant's calendar day where the computer stands, as if in UTC: whole days then differ by 24 h. */
const dayOf = (instant: string): number => {
  const at = new Date(instant);
  return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
};

/**
 * Calendar days between measuring and judging, by the computer's own calendar: 0 on the same day.
 * @param measuredAt, judgedAt - UTC instants. A judgement before the measurement (a clock put back) counts as the same day.
 */
export const daysJudgedLater = (measuredAt: string, judgedAt: string): number =>
  Math.max(0, daysBetween(measuredAt, judgedAt));

/** Calendar days from one instant to another, by the computer's own calendar; below 0 when the second is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((dayOf(to) - dayOf(from)) / DAY_MS);

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

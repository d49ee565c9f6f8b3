/** "64 %"; the ends are words, because 0 % and 100 % would claim certainty. @param probability - 0..1. */
export function percentText(probability: number): string {
  const percent = 100 * probability;
  if (percent < 1) return 'below 1 %';
  if (percent > 99) return 'above 99 %';
  return `${Math.round(percent)} %`;
}

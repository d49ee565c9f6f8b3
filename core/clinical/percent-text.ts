/** "64 %"; the ends are words, because 0 % and 100 % would claim certainty. @param probability - 0..1. */
export function percentText(probability: number): string {
  const percent = 100 * probability;
  if (percent < 1) return 'below 1 %';
  if (percent > 99) return 'above 99 %';
  return `${Math.round(percent)} %`;
}

/**
 * Lowest and highest of the networks of a model in words: "the five networks 58 % to 71 %", "all five networks below 1 %".
 * @param band - 0..1 each. @param ofWhat - who is spoken of before it.
 */
export function networksText([low, high]: readonly [number, number], ofWhat: 'the' | 'its' = 'the'): string {
  const [from, to] = [percentText(low), percentText(high)];
  if (from === to) return `all ${ofWhat === 'its' ? 'its ' : ''}five networks ${from}`;
  return `${ofWhat} five networks ${from} to ${to}`;
}

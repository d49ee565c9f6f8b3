/** "1.53", "−0.20"; with `plus` "+" in front of what is above zero. Nothing that rounds to zero has a sign. */
export function signedNumber(value: number, digits: number, plus = '+'): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : plus}${text}`;
}

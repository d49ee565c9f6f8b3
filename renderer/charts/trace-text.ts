/** A time on a trace: milliseconds count within a minute, tenths beyond need no more digits than the clock gives. */
export const secondsText = (atS: number): string => `${atS.toFixed(3)} s`;

/** Four figures: enough to read, none that a gauge did not measure. */
export function valueText(value: number): string {
  if (Number.isNaN(value)) return 'no value';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(2);
  return value.toFixed(Math.max(0, Math.min(6, 3 - Math.floor(Math.log10(size)))));
}

export const valueWithUnit = (value: number, unit: string): string =>
  Number.isNaN(value) ? 'no value' : `${valueText(value)} ${unit}`;

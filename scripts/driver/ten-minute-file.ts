export const TEN_MINUTE_SAMPLES = 600_000;
const RATE_HZ = 1000;

/** Ten minutes of an invented held pull as an instrument with decimal commas writes it, its unit unstated: rest, rise, a slow decline with tremor, release. */
export function tenMinuteFile(sampleCount = TEN_MINUTE_SAMPLES): string {
  const rows: string[] = ['Zeit (s);Kraft'];
  for (let i = 0; i < sampleCount; i++) {
    const t = i / RATE_HZ;
    const held =
      40 * (1 - Math.exp(-(t - 3) / 0.4)) * (t < (sampleCount / RATE_HZ) * 0.8 ? 1 - t / 2000 : 0.1);
    const force = (t < 3 ? 0.2 : held) + Math.sin(i * 1.7) * 0.1 + Math.sin(t * 3) * 0.4;
    rows.push(`${t.toFixed(3)};${force.toFixed(4)}`.replaceAll('.', ','));
  }
  return `${rows.join('\r\n')}\r\n`;
}

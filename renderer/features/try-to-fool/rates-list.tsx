import type { MeasuredFigure } from '../../app/model-evaluation.ts';
import type { PublishedRate } from './published-rates.ts';
import styles from './try-to-fool.module.css';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

export const refusedText = ({ value, low, high, n }: MeasuredFigure): string =>
  `refused for ${percent(value)} of ${n.toLocaleString('en-GB')} simulated people (95 % interval ${percent(low)} to ${percent(high)})`;

/** What is known of mistakes like these: one line each, with the people behind it. */
export function RatesList({ rates }: { rates: readonly PublishedRate[] }) {
  return (
    <ul className={styles.rates}>
      {rates.map(({ what, refused, note }) => (
        <li key={what}>
          <strong>{what}</strong>:{' '}
          {refused === null ? 'no figure was published for these measurements' : refusedText(refused)}.
          {note !== undefined && <span className={styles.quiet}> {note}</span>}
        </li>
      ))}
    </ul>
  );
}

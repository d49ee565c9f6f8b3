import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type { ForecastRow } from '../../../core/contract/schemas/forecast.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { Section } from '../../ui/page.tsx';
import styles from './forecast.module.css';
import { halfRangeOf, outcomeWords, rangeText } from './forecast-words.ts';

/** Forecasts of other visits of this patient, newest first, with what came of each. */
export function EarlierForecasts({ rows }: { rows: readonly ForecastRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Section title="Forecasts at other visits">
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">locked</th>
              <th scope="col">hand</th>
              <th scope="col">by</th>
              <th scope="col">50 % range</th>
              <th scope="col">model</th>
              <th scope="col">what came of it</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const { clinician, model } = row;
              const half = halfRangeOf(model);
              return (
                <tr key={clinician.id}>
                  <td>{shortDate(clinician.lockedAt)}</td>
                  <td>{SIDE_NAMES[clinician.side]}</td>
                  <td className={styles.words}>{clinician.userName}</td>
                  <td>{rangeText([clinician.lowN, clinician.highN], clinician.unit)}</td>
                  <td>{half ? rangeText(half, clinician.unit) : model ? 'out of range' : 'none'}</td>
                  <td className={styles.words}>{outcomeWords(row, clinician.unit)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

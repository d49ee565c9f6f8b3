import { useId } from 'react';
import type { ReportContent, ReportRow } from '../../../core/clinical/report/report-content.ts';
import { unbrokenUnits } from '../../ui/unbroken-units.ts';
import styles from './paper.module.css';

/** Rows that fit on one sheet with the longest names; the others stand in the session's measurements. */
const MOST_ROWS = 7;
/** So much of a conclusion takes the room of one row; the model's result takes that of one, too. */
const CONCLUSION_CHARACTERS_A_ROW = 300;

const rowsThatFit = ({ conclusion, model, errorNotes }: ReportContent): number =>
  MOST_ROWS -
  Math.ceil((conclusion?.length ?? 0) / CONCLUSION_CHARACTERS_A_ROW) -
  Math.floor(errorNotes.join(' ').length / CONCLUSION_CHARACTERS_A_ROW) -
  (model === null ? 0 : 1);

/** One page that a surgeon reads in a minute. */
export function SurgeonPage({ content }: { content: ReportContent }) {
  const titleId = useId();
  const ordered = [
    ...content.rows.filter((row) => row.isAffected),
    ...content.rows.filter((row) => !row.isAffected),
  ];
  const shown = ordered.slice(0, rowsThatFit(content));
  const leftOut = ordered.length - shown.length;
  const notes = [...content.notes, ...content.errorNotes];
  const has = (column: 'otherHand' | 'change' | 'norm') => shown.some((row) => row[column] !== null);
  return (
    <article
      className={styles.paper}
      data-paper="surgeon"
      data-mantine-color-scheme="light"
      aria-labelledby={titleId}
    >
      <header className={styles.head}>
        <h2 id={titleId}>{content.title}</h2>
        {content.sampleWords !== null && <p className={styles.sample}>{content.sampleWords}</p>}
        <p className={styles.person}>{content.person}</p>
        <p>
          {content.visit}; {content.history}
        </p>
      </header>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Value</th>
            {has('otherHand') && <th scope="col">Other hand</th>}
            {has('change') && <th scope="col">Change</th>}
            {has('norm') && <th scope="col">Published norm</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={`${row.measure}${row.side}`} data-affected={row.isAffected || undefined}>
              <th scope="row">
                {row.name}
                {row.hand !== '' && <span className={styles.hand}>{row.hand}</span>}
                {row.device !== null && <span className={styles.hand}>{row.device}</span>}
              </th>
              <td>
                <span className={styles.value}>{unbrokenUnits(row.value)}</span>
                <Details row={row} />
              </td>
              {has('otherHand') && (
                <td>
                  {unbrokenUnits(row.otherHand ?? '–')}
                  {row.otherHand !== null && row.otherValue !== null && (
                    <span className={styles.hand}>{unbrokenUnits(row.otherValue)}</span>
                  )}
                </td>
              )}
              {has('change') && (
                <td>
                  {unbrokenUnits(row.change ?? '–')}
                  {row.sinceFirst !== null && (
                    <span className={styles.course}>{unbrokenUnits(row.sinceFirst)}</span>
                  )}
                </td>
              )}
              {has('norm') && (
                <td>
                  {row.norm === null ? (
                    '–'
                  ) : (
                    <>
                      {unbrokenUnits(row.norm.text)}; {row.norm.label}
                    </>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {leftOut > 0 && (
        <p className={styles.quiet}>
          {leftOut} more {leftOut === 1 ? 'value stands' : 'values stand'} with the session’s measurements.
        </p>
      )}
      {notes.length > 0 && <p className={styles.quiet}>{unbrokenUnits(notes.join(' '))}</p>}
      {content.model !== null && (
        <section className={styles.block}>
          <h3>Model</h3>
          <p className={styles.answer}>{content.model.answer}</p>
          {content.model.probabilities !== null && <p>{content.model.probabilities}</p>}
          <p className={styles.quiet}>{content.model.facts}</p>
        </section>
      )}
      {content.conclusion !== null && (
        <section className={styles.block}>
          <h3>Conclusion</h3>
          <p className={styles.conclusion}>{content.conclusion}</p>
        </section>
      )}
    </article>
  );
}

function Details({ row }: { row: ReportRow }) {
  const lines = [
    [row.rule, row.trials].filter((part) => part !== null && part !== '').join(': '),
    row.spread === null ? null : `spread ${row.spread}`,
  ];
  return (
    <>
      {lines
        .filter((line): line is string => line !== null && line !== '')
        .map((line) => (
          <span key={line} className={styles.detail}>
            {unbrokenUnits(line)}
          </span>
        ))}
    </>
  );
}

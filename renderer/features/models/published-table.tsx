import type { EvaluationTable } from '../../app/model-evaluation.ts';
import styles from './measured.module.css';

/** A table of the evaluation as it was published, with its caption. */
export function PublishedTable({ table }: { table: EvaluationTable }) {
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls with the keyboard too */}
      <section className={styles.scroll} aria-label={table.title} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.join('|')}>
                {row.map((cell, index) => (
                  <td key={table.columns[index]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {table.caption !== '' && <p className={styles.quiet}>{table.caption}</p>}
    </>
  );
}

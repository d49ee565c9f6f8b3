import { VisuallyHidden } from '@mantine/core';
import type { MethodsLab } from '../../../core/inference/methods-lab.ts';
import { signedNumber } from './lab-words.ts';
import styles from './methods-lab.module.css';
import { ScrollBox } from './scroll-box.tsx';

/** How alike every two methods are: each pair once, methods by number across. */
export function AgreementTable({ lab }: { lab: MethodsLab }) {
  const pairOf = (a: number, b: number) =>
    lab.agreements.find(
      ({ first, second }) => first === lab.rows[b]!.method && second === lab.rows[a]!.method,
    );
  return (
    <ScrollBox label="Agreement of the methods">
      <table className={styles.table} data-compact>
        <caption>Rank correlation, below it the share of values with the same sign</caption>
        <thead>
          <tr>
            <th scope="col" className={styles.method}>
              method
            </th>
            {lab.rows.slice(0, -1).map(({ method, title }, place) => (
              <th key={method} scope="col" className={styles.numberHead} title={title}>
                {place + 1} <VisuallyHidden>{title}</VisuallyHidden>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lab.rows.map(({ method, title }, row) => (
            <tr key={method}>
              <th scope="row" className={styles.method}>
                <span className={styles.place}>{row + 1}</span> {title}
              </th>
              {lab.rows.slice(0, -1).map((other, column) => {
                const pair = column < row ? pairOf(row, column) : undefined;
                return (
                  <td key={other.method} className={styles.pair}>
                    {pair && (pair.spearman === null ? 'cannot say' : signedNumber(pair.spearman, 2, ''))}
                    {pair && pair.signAgreement !== null && (
                      <small>{Math.round(100 * pair.signAgreement)} %</small>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

import { VisuallyHidden } from '@mantine/core';
import { signAgreement } from '../../../core/agreement/sign-agreement.ts';
import type { LabRow, MethodsLab } from '../../../core/inference/methods-lab.ts';
import { signedNumber } from '../../app/signed-number.ts';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import styles from './methods-lab.module.css';

/** How alike every two methods are: each pair once, methods by number across. */
export function AgreementTable({ lab }: { lab: MethodsLab }) {
  const pairOf = (a: number, b: number) =>
    lab.agreements.find(
      ({ first, second }) => first === lab.rows[b]!.method && second === lab.rows[a]!.method,
    );
  return (
    <ScrollBox label="Agreement of the methods" beyond="the other methods">
      <table className={styles.table} data-compact>
        <caption>Rank correlation, below it values in the same direction</caption>
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
          {lab.rows.map((row, place) => (
            <tr key={row.method}>
              <th scope="row" className={styles.method}>
                <span className={styles.place}>{place + 1}</span> {row.title}
              </th>
              {lab.rows.slice(0, -1).map((other, column) => {
                const pair = column < place ? pairOf(place, column) : undefined;
                return (
                  <td key={other.method} className={styles.pair}>
                    {pair && (pair.spearman === null ? 'cannot say' : signedNumber(pair.spearman, 2, ''))}
                    {pair && pair.signAgreement !== null && <Directions first={other} second={row} />}
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

function Directions({ first, second }: { first: LabRow; second: LabRow }) {
  const { agreeing, count, chance } = signAgreement(first.values, second.values);
  if (chance === null) return <small>no direction</small>;
  return (
    <>
      <small>
        {agreeing} of {count} <VisuallyHidden>same direction</VisuallyHidden>
      </small>
      <small>chance {(chance * count).toFixed(1)}</small>
    </>
  );
}

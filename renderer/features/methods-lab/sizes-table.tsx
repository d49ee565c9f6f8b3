import type { MethodsLab } from '../../../core/inference/methods-lab.ts';
import { signedNumber } from '../../app/signed-number.ts';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { againText, digitsFor, unitName, unitWords } from './lab-words.ts';
import styles from './methods-lab.module.css';
import { AGAIN_HEAD } from './values-table.tsx';

/** Methods without a direction apart from the others: their numbers are on another scale, so they have no bars. */
export function SizesTable({ lab }: { lab: MethodsLab }) {
  const rows = lab.rows.filter(({ isSigned }) => !isSigned);
  if (rows.length === 0) return null;
  return (
    <div>
      <p className={styles.legend}>
        These sizes have no direction. Each is per unit of its own measurement: the largest need not be the
        strongest driver.
      </p>
      <ScrollBox label="Sizes without a direction" beyond="the check">
        <table className={styles.table}>
          <caption>
            Sizes only, on another scale:{' '}
            {[...new Set(rows.map(({ attribution }) => unitWords(attribution.unit)))].join('; ')}
          </caption>
          <thead>
            <tr>
              <th scope="col" className={styles.method}>
                method
              </th>
              {lab.units.map((unit) => (
                <th key={unit} scope="col" className={styles.unit}>
                  {unitName(unit)}
                </th>
              ))}
              <th scope="col" className={styles.checkHead}>
                {AGAIN_HEAD}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ method, title, values, maxSensitivity }) => (
              <tr key={method} data-method={method}>
                <th scope="row" className={styles.method}>
                  {title}
                </th>
                {lab.units.map((unit, place) => (
                  <td key={unit} className={styles.value}>
                    {signedNumber(values[place]!, digitsFor(values), '')}
                  </td>
                ))}
                <td className={styles.check}>{againText(maxSensitivity)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </div>
  );
}

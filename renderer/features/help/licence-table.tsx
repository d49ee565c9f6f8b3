import notice from '../../../NOTICE?raw';
import { Markdown } from '../../ui/markdown.tsx';
import styles from './licence-table.module.css';
import { LICENCES } from './licences.ts';

/** The notice of the project (constants of others, patents) and the packages with their licences. */
export function LicenceTable() {
  return (
    <div className={styles.licences}>
      <Markdown text={notice} headingLevel={3} />
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Package</th>
            <th scope="col">What it does here</th>
            <th scope="col">Licence</th>
          </tr>
        </thead>
        <tbody>
          {LICENCES.map((entry) => (
            <tr key={entry.name}>
              <th scope="row">{entry.name}</th>
              <td>{entry.what}</td>
              <td>{entry.licence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { VisuallyHidden } from '@mantine/core';
import type { CSSProperties } from 'react';
import type { LabRow } from '../../../core/inference/methods-lab.ts';
import type { ComparedMethods } from '../../workers/inference-protocol.ts';
import {
  againText,
  deletionWords,
  digitsFor,
  directionWords,
  FAMILY_WORDS,
  gapText,
  membersText,
  signedNumber,
  strongestOf,
  unitName,
} from './lab-words.ts';
import styles from './methods-lab.module.css';
import { ScrollBox } from './scroll-box.tsx';

/** One row a method, one column a unit, then what was measured of the method itself. */
export function ValuesTable({ compared }: { compared: ComparedMethods }) {
  const { lab } = compared;
  const names = lab.units.map(unitName);
  const words = directionWords(compared.classes);
  const signed = lab.rows.filter(({ isSigned }) => isSigned).flatMap(({ values }) => Array.from(values));
  const digits = digitsFor(signed);
  return (
    <>
      <p className={styles.legend}>
        <span className={styles.for}>+ speaks for {words.for}</span>
        <span className={styles.against}>− speaks for {words.against}</span>
        <span>
          <span className={styles.frame}>framed</span> strongest of its row
        </span>
      </p>
      <ScrollBox label="Values of every method">
        <table className={styles.table}>
          <caption>Values in {lab.unit}s; a bar is as long as its share of the row's strongest value</caption>
          <thead>
            <tr>
              <th scope="col" className={styles.method}>
                method
              </th>
              {names.map((name) => (
                <th key={name} scope="col" className={styles.unit}>
                  {name}
                </th>
              ))}
              <th scope="col" className={styles.checkHead}>
                left over
              </th>
              <th scope="col" className={styles.checkHead}>
                order better than chance
              </th>
              <th scope="col" className={styles.checkHead}>
                networks with its strongest sign
              </th>
              <th scope="col" className={styles.checkHead}>
                changes when measured again
              </th>
            </tr>
          </thead>
          <tbody>
            {lab.rows.map((row) => (
              <MethodRow
                key={row.method}
                row={row}
                names={names}
                digits={row.isSigned ? digits : digitsFor(row.values)}
              />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}

function MethodRow({ row, names, digits }: { row: LabRow; names: readonly string[]; digits: number }) {
  const strongest = strongestOf(row.values);
  const deletion = deletionWords(row.deletion, names.length);
  return (
    <tr data-method={row.method}>
      <th scope="row" className={styles.method}>
        {row.title}
        <small>
          {FAMILY_WORDS[row.family]}
          {!row.isSigned && `; sizes only, ${row.attribution.unit}`}
        </small>
      </th>
      {names.map((name, place) => (
        <ValueCell
          key={name}
          value={row.values[place]!}
          isSigned={row.isSigned}
          digits={digits}
          isStrongest={place === strongest}
          share={strongest === null ? 0 : Math.abs(row.values[place]! / row.values[strongest]!)}
        />
      ))}
      <td>{gapText(row)}</td>
      <td>
        {deletion.isBetter !== null && <strong>{deletion.isBetter ? 'yes' : 'no'}</strong>}
        <small>{deletion.detail}</small>
      </td>
      <td>{membersText(row.signAgreement)}</td>
      <td>{againText(row.maxSensitivity)}</td>
    </tr>
  );
}

interface ValueProps {
  value: number;
  isSigned: boolean;
  digits: number;
  isStrongest: boolean;
  share: number;
}

function ValueCell({ value, isSigned, digits, isStrongest, share }: ValueProps) {
  const direction = !isSigned ? 'size' : value > 0 ? 'for' : 'against';
  return (
    <td className={styles.value} data-strongest={isStrongest || undefined}>
      <span className={isStrongest ? styles.frame : undefined}>
        {signedNumber(value, digits, isSigned ? '+' : '')}
        {isStrongest && (
          <>
            {' '}
            <VisuallyHidden>strongest</VisuallyHidden>
          </>
        )}
      </span>
      <span
        className={styles.bar}
        data-direction={direction}
        style={{ '--share': `${Math.round(100 * share)}%` } as CSSProperties}
        aria-hidden="true"
      />
    </td>
  );
}

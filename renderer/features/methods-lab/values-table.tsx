import { VisuallyHidden } from '@mantine/core';
import type { CSSProperties } from 'react';
import type { LabRow } from '../../../core/inference/methods-lab.ts';
import { signedNumber } from '../../app/signed-number.ts';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import type { ComparedMethods } from '../../workers/inference-protocol.ts';
import {
  againText,
  deletionWords,
  digitsFor,
  directionWords,
  FAMILY_WORDS,
  gapText,
  membersText,
  strongestOf,
  unitName,
  unitWords,
} from './lab-words.ts';
import styles from './methods-lab.module.css';

export const CHANCE_HEAD = 'order against chance';
export const MEMBERS_HEAD = 'networks that agree on the direction';
export const AGAIN_HEAD = 'when measured again';

/** Methods with a direction: one row a method, one column a unit, then what was measured of the method itself. */
export function ValuesTable({ compared }: { compared: ComparedMethods }) {
  const { lab } = compared;
  const names = lab.units.map(unitName);
  const words = directionWords(compared.classes);
  const signed = lab.rows.filter(({ isSigned }) => isSigned);
  const digits = digitsFor(signed.flatMap(({ values }) => Array.from(values)));
  return (
    <>
      <p className={styles.legend}>
        <span className={styles.for}>+ speaks for {words.for}</span>
        <span className={styles.against}>− speaks for {words.against}</span>
        <span>
          <span className={styles.frame}>framed</span> strongest of its row
        </span>
        <span>length of a bar: share of the row's strongest value</span>
      </p>
      <ScrollBox label="Values of every method" beyond="the checks">
        <table className={styles.table}>
          <caption>Values: {unitWords(lab.unit)}</caption>
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
              {['not accounted for', CHANCE_HEAD, MEMBERS_HEAD, AGAIN_HEAD].map((head) => (
                <th key={head} scope="col" className={styles.checkHead}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {signed.map((row) => (
              <MethodRow
                key={row.method}
                row={row}
                names={names}
                digits={digits}
                networkCount={compared.networkCount}
              />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}

function MethodRow(props: { row: LabRow; names: readonly string[]; digits: number; networkCount: number }) {
  const { row, names } = props;
  const strongest = strongestOf(row.values);
  return (
    <tr data-method={row.method}>
      <th scope="row" className={styles.method}>
        {row.title}
        <small>{FAMILY_WORDS[row.family]}</small>
      </th>
      {names.map((name, place) => (
        <ValueCell
          key={name}
          value={row.values[place]!}
          digits={props.digits}
          isStrongest={place === strongest}
          share={strongest === null ? 0 : Math.abs(row.values[place]! / row.values[strongest]!)}
        />
      ))}
      <td className={styles.check}>{gapText(row)}</td>
      <td className={styles.check}>{deletionWords(row.deletion, names.length)}</td>
      <td className={styles.check}>{membersText(row.signAgreement, props.networkCount)}</td>
      <td className={styles.check}>{againText(row.maxSensitivity)}</td>
    </tr>
  );
}

interface ValueProps {
  value: number;
  digits: number;
  isStrongest: boolean;
  share: number;
}

function ValueCell({ value, digits, isStrongest, share }: ValueProps) {
  return (
    <td className={styles.value} data-strongest={isStrongest || undefined}>
      <span className={isStrongest ? styles.frame : undefined}>
        {signedNumber(value, digits)}
        {isStrongest && (
          <>
            {' '}
            <VisuallyHidden>strongest</VisuallyHidden>
          </>
        )}
      </span>
      <span
        className={styles.bar}
        data-direction={value > 0 ? 'for' : 'against'}
        style={{ '--share': `${Math.round(100 * share)}%` } as CSSProperties}
        aria-hidden="true"
      />
    </td>
  );
}

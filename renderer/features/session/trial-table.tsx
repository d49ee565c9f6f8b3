import { Button, VisuallyHidden } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import type { CellKey } from '../../../core/clinical/entry-walk.ts';
import { MEASURE_NAMES, typedTrialText } from '../../../core/clinical/measured-values.ts';
import type { TrialVersions } from '../../../core/clinical/trial-versions.ts';
import styles from './session.module.css';

/** Every trial exactly as it was typed, with pain and flags; the form of a correction opens in its own row. */
export function TrialTable(props: {
  trials: readonly TrialVersions[];
  openKey: CellKey | null;
  form: ReactNode;
  onCorrect: (key: CellKey) => void;
}) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>
          <VisuallyHidden>Trials as typed</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">measure</th>
            <th scope="col">hand</th>
            <th scope="col">trial</th>
            <th scope="col">as typed</th>
            <th scope="col">remarks</th>
            <th scope="col">
              <VisuallyHidden>correct a value</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.trials.map((trial, index) => {
            const { key, newest } = trial;
            const above = props.trials[index - 1]?.newest;
            const isNewHand = above?.measure !== newest.measure || above.side !== newest.side;
            const place = trialPlace(trial);
            return (
              <Fragment key={key}>
                <tr data-trial={key} data-first={isNewHand || undefined}>
                  <td>{MEASURE_NAMES[newest.measure]}</td>
                  <td>{newest.side}</td>
                  <td className={styles.number}>{newest.trialNumber}</td>
                  <td className={styles.typed}>{typedTrialText(newest)}</td>
                  <td>{remarksOf(trial)}</td>
                  <td className={styles.rowAction}>
                    <Button
                      variant="subtle"
                      data-correct={key}
                      aria-label={`Correct ${place}`}
                      aria-expanded={props.openKey === key}
                      leftSection={<IconPencil size="1.125rem" aria-hidden="true" />}
                      onClick={() => props.onCorrect(key)}
                    >
                      Correct
                    </Button>
                  </td>
                </tr>
                {props.openKey === key && (
                  <tr>
                    <td className={styles.formCell} colSpan={6}>
                      {props.form}
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** "key pinch, left, trial 2". */
export const trialPlace = ({ newest }: TrialVersions) =>
  `${MEASURE_NAMES[newest.measure]}, ${newest.side}, trial ${newest.trialNumber}`;

function remarksOf({ newest, earlier }: TrialVersions): string {
  const remarks = [
    newest.pain !== null && `pain ${newest.pain} of 10`,
    newest.isStoppedEarly && 'stopped early',
    newest.isConfirmedUnusual && 'unusual value, confirmed',
    earlier.length > 0 && `corrected, version ${newest.version}`,
  ].filter((remark) => remark !== false);
  return remarks.length === 0 ? '–' : remarks.join('; ');
}

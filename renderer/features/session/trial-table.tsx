import { Button, VisuallyHidden } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import type { CellKey } from '../../../core/clinical/entry-walk.ts';
import { MEASURE_NAMES, sidedName, typedTrialText } from '../../../core/clinical/measured-values.ts';
import { MEASURES, type MeasureGroup, measureOf } from '../../../core/clinical/measures.ts';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type { TrialVersions } from '../../../core/clinical/trial-versions.ts';
import styles from './session.module.css';

const GROUP_NAMES: Readonly<Record<MeasureGroup, string>> = {
  pinch: 'Pinch',
  'pinch-posture': 'Pinch in other wrist postures',
  grip: 'Grip',
  'wrist-strength': 'Strength of wrist and elbow',
  range: 'Range of motion',
  endurance: 'Time held',
  score: 'Questionnaire scores',
};
const GROUPS = Object.keys(GROUP_NAMES) as MeasureGroup[];
const groupOf = ({ newest }: TrialVersions) => measureOf(newest.measure).group;
/** What belongs together stands together, whatever the order in which measures were added to the app. */
const grouped = (trials: readonly TrialVersions[]) =>
  [...trials].sort(
    (a, b) =>
      GROUPS.indexOf(groupOf(a)) - GROUPS.indexOf(groupOf(b)) ||
      MEASURES.indexOf(a.newest.measure) - MEASURES.indexOf(b.newest.measure),
  );

/** Every trial exactly as it was typed, with pain and flags; the form of a correction opens in its own row. */
export function TrialTable(props: {
  trials: readonly TrialVersions[];
  /** Name of the device of a trial; empty where none is named. */
  deviceName: (trial: TrialVersions) => string;
  openKey: CellKey | null;
  form: ReactNode;
  onCorrect: (key: CellKey) => void;
}) {
  const trials = grouped(props.trials);
  const hasGroups = new Set(trials.map(groupOf)).size > 1;
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
            <th scope="col">device</th>
            <th scope="col">
              <VisuallyHidden>correct a value</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {trials.map((trial, index) => {
            const { key, newest } = trial;
            const previous = trials[index - 1];
            const above = previous?.newest;
            const isNewGroup = hasGroups && (!previous || groupOf(previous) !== groupOf(trial));
            const isNewHand = above?.measure !== newest.measure || above.side !== newest.side;
            const place = trialPlace(trial);
            return (
              <Fragment key={key}>
                {isNewGroup && (
                  <tr data-first>
                    <th scope="rowgroup" colSpan={7} className={styles.group}>
                      {GROUP_NAMES[groupOf(trial)]}
                    </th>
                  </tr>
                )}
                <tr data-trial={key} data-first={isNewHand || undefined}>
                  <td>{MEASURE_NAMES[newest.measure]}</td>
                  <td>{measureOf(newest.measure).isSided ? newest.side : '–'}</td>
                  <td className={styles.number}>{newest.trialNumber}</td>
                  <td className={styles.typed}>{typedTrialText(newest)}</td>
                  <td>{remarksOf(trial)}</td>
                  <td className={styles.device}>{props.deviceName(trial) || '–'}</td>
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
                    <td className={styles.formCell} colSpan={7}>
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
  measureOf(newest.measure).isSided
    ? `${MEASURE_NAMES[newest.measure]}, ${SIDE_NAMES[newest.side]}, trial ${newest.trialNumber}`
    : `${sidedName(newest.measure, newest.side)}, entry ${newest.trialNumber}`;

function remarksOf({ newest, earlier }: TrialVersions): string {
  const remarks = [
    newest.pain !== null && `pain ${newest.pain} of 10`,
    newest.isStoppedEarly && 'stopped early',
    newest.isConfirmedUnusual && 'unusual value, confirmed',
    earlier.length > 0 && `corrected, version ${newest.version}`,
  ].filter((remark) => remark !== false);
  return remarks.length === 0 ? '–' : remarks.join('; ');
}

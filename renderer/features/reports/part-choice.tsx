import { Checkbox } from '@mantine/core';
import {
  isPatientPart,
  REPORT_PARTS,
  type ReportPart,
  type ReportParts,
} from '../../../core/clinical/report/report-parts.ts';
import styles from './report.module.css';

/** What stands on the page; each user's choice is remembered. */
export function PartChoice(props: {
  page: 'surgeon' | 'patient';
  parts: ReportParts;
  onChange: (parts: ReportParts) => void;
}) {
  const toggle = (part: ReportPart, isOn: boolean) => {
    const parts = new Set(props.parts);
    if (isOn) parts.add(part);
    else parts.delete(part);
    props.onChange(parts);
  };
  return (
    <fieldset className={styles.parts}>
      <legend>What stands on the page</legend>
      {REPORT_PARTS.filter(({ id }) => isPatientPart(id) === (props.page === 'patient')).map(
        ({ id, label }) => (
          <Checkbox
            key={id}
            label={label}
            checked={props.parts.has(id)}
            onChange={(event) => toggle(id, event.currentTarget.checked)}
          />
        ),
      )}
    </fieldset>
  );
}

import { IconAlertTriangle } from '@tabler/icons-react';
import { CALIBRATION_MONTHS, calibrationAge } from '../../../core/clinical/device-calibration.ts';
import type { Device } from '../../../core/contract/schemas/clinical.ts';
import { shortDate, todayDate } from '../../ui/calendar-date.ts';
import styles from './entry-controls.module.css';

/** Serial number and calibration of the chosen device; an old calibration is said and blocks nothing. */
export function DeviceFacts({ device }: { device: Device }) {
  const age = calibrationAge(device.calibratedOn, todayDate());
  const serial = device.serial === '' ? 'no serial number' : `serial ${device.serial}`;
  const calibrated =
    device.calibratedOn === null
      ? 'no calibration date'
      : `calibrated ${shortDate(device.calibratedOn)}${age === 'old' ? `, more than ${CALIBRATION_MONTHS} months ago` : ''}`;
  return (
    <p className={styles.facts} data-old={age === 'old' || undefined}>
      {age === 'old' && <IconAlertTriangle size="1rem" aria-hidden="true" />}
      <span>
        {serial} · {calibrated}
      </span>
    </p>
  );
}

import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DeviceRole } from '../../../core/clinical/measures.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { Device } from '../../../core/contract/schemas/clinical.ts';
import { FORCE_UNITS, type ForceUnit } from '../../../core/units/quantities.ts';
import { errorText } from '../../app/error-text.ts';
import { useDateReader } from '../../app/typed-date.ts';
import { useApi } from '../../platform/api.tsx';
import { todayDate } from '../../ui/calendar-date.ts';
import { FailureNotice } from '../../ui/notice.tsx';
import styles from './entry-controls.module.css';
import { UnitChoice } from './unit-choice.tsx';

const NEW: Readonly<Record<DeviceRole, { legend: string; kind: Device['kind']; example: string }>> = {
  pinch: { legend: 'New pinch gauge', kind: 'pinch-gauge', example: 'B&L pinch gauge' },
  grip: { legend: 'New grip dynamometer', kind: 'dynamometer', example: 'Hydraulic hand dynamometer' },
  torque: { legend: 'New torque device', kind: 'load-cell', example: 'Wrist load cell' },
};

/** A device that is not in the list yet, added without leaving the form. */
export function NewDevice(props: {
  role: DeviceRole;
  onCancel: () => void;
  onAdded: (device: Device) => void;
}) {
  const api = useApi();
  const [name, setName] = useState('');
  const [serial, setSerial] = useState('');
  const [calibrated, setCalibrated] = useState('');
  const [unit, setUnit] = useState<ForceUnit | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const { legend, kind, example } = NEW[props.role];
  const dates = useDateReader();
  const date = dates.read(calibrated);
  const isFuture = date !== null && date > todayDate();
  const isDateWrong = calibrated.trim() !== '' && (date === null || isFuture);
  const add = async () => {
    if (unit === null || isDateWrong) return;
    const result = await api['devices.create']({
      name: name.trim(),
      serial: serial.trim(),
      kind,
      unit,
      calibratedOn: date,
    });
    if (result.ok) props.onAdded(result.value);
    else setError(result.error);
  };
  return (
    <fieldset className={styles.newDevice}>
      <legend>{legend}</legend>
      <TextInput
        label="Name"
        placeholder={example}
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Serial number"
        maxLength={60}
        value={serial}
        onChange={(event) => setSerial(event.currentTarget.value)}
      />
      <TextInput
        label="Calibrated on (optional)"
        placeholder={dates.placeholder}
        maxLength={20}
        value={calibrated}
        error={isDateWrong ? (isFuture ? 'This date is in the future.' : dates.hint) : undefined}
        onChange={(event) => setCalibrated(event.currentTarget.value)}
      />
      <UnitChoice
        label={props.role === 'torque' ? 'Unit its sensor shows' : 'Unit on its dial'}
        units={FORCE_UNITS}
        unit={unit}
        onUnit={setUnit}
      />
      <Button disabled={name.trim() === '' || unit === null || isDateWrong} onClick={() => void add()}>
        Add device
      </Button>
      <Button variant="default" onClick={props.onCancel}>
        Cancel
      </Button>
      {error && <FailureNotice {...errorText(error)} incident={error.incident} />}
    </fieldset>
  );
}

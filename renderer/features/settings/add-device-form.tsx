import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { WireError } from '../../../core/contract/errors.ts';
import type { Device } from '../../../core/contract/schemas/clinical.ts';
import { FORCE_UNITS } from '../../../core/units/quantities.ts';
import { errorText } from '../../app/error-text.ts';
import { useDateReader } from '../../app/typed-date.ts';
import { useApi } from '../../platform/api.tsx';
import { spokenDate, todayDate } from '../../ui/calendar-date.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { DEVICE_KIND_WORDS } from './device-words.ts';
import styles from './settings.module.css';

const KINDS = Object.entries(DEVICE_KIND_WORDS) as [Device['kind'], string][];
type Problems = { name?: string; kind?: string; unit?: string; calibratedOn?: string };

/** A new device: its name, what it is, the unit its scale shows, and when it was calibrated. */
export function AddDeviceForm(props: { onAdded: () => void; onCancel: () => void }) {
  const api = useApi();
  const [name, setName] = useState('');
  const [serial, setSerial] = useState('');
  const [kind, setKind] = useState<Device['kind'] | null>(null);
  const [unit, setUnit] = useState<Device['unit'] | null>(null);
  const [calibratedOn, setCalibratedOn] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const [error, setError] = useState<WireError | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const dates = useDateReader();
  const date = dates.read(calibratedOn);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found: Problems = {};
    if (name.trim() === '') found.name = 'Type what is written on the device.';
    if (kind === null) found.kind = 'Choose what kind of device it is.';
    if (unit === null) found.unit = 'Choose the unit that its scale shows.';
    if (calibratedOn.trim() !== '' && (date === null || date > todayDate())) {
      found.calibratedOn = date === null ? dates.hint : 'This date is in the future.';
    }
    setProblems(found);
    if (Object.keys(found).length > 0 || kind === null || unit === null) return;
    setIsSaving(true);
    const result = await api['devices.create']({
      name: name.trim(),
      serial: serial.trim(),
      kind,
      unit,
      calibratedOn: date,
    });
    setIsSaving(false);
    if (result.ok) props.onAdded();
    else setError(result.error);
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Stack gap="md">
        {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
        <div className={styles.pair}>
          <TextInput
            label="Name"
            placeholder="B&L pinch gauge"
            autoFocus
            autoComplete="off"
            maxLength={120}
            value={name}
            error={problems.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="Serial number (optional)"
            autoComplete="off"
            maxLength={60}
            value={serial}
            onChange={(event) => setSerial(event.currentTarget.value)}
          />
        </div>
        <ChoiceRow
          label="Kind"
          choices={KINDS.map(([value, word]) => ({ value, label: word[0]?.toUpperCase() + word.slice(1) }))}
          value={kind}
          error={problems.kind}
          onChange={setKind}
        />
        <ChoiceRow
          label="Unit on its scale"
          choices={FORCE_UNITS.map((value) => ({ value, label: value }))}
          value={unit}
          error={problems.unit}
          onChange={setUnit}
        />
        <div className={styles.pair}>
          <TextInput
            label="Calibrated on (optional)"
            placeholder={dates.placeholder}
            inputMode="numeric"
            autoComplete="off"
            maxLength={10}
            description={date === null ? dates.placeholder : spokenDate(date)}
            value={calibratedOn}
            error={problems.calibratedOn}
            onChange={(event) => setCalibratedOn(event.currentTarget.value)}
          />
        </div>
        <Group gap="sm">
          <Button type="submit" loading={isSaving}>
            Add device
          </Button>
          <Button variant="subtle" onClick={props.onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

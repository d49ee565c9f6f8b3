import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { WireError } from '../../../core/contract/errors.ts';
import type { Device, DeviceId } from '../../../core/contract/schemas/clinical.ts';
import { FORCE_UNITS, type ForceUnit } from '../../../core/units/quantities.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import styles from './bedside.module.css';
import { UnitChoice } from './unit-choice.tsx';

const ADD = 'add';

export const deviceTitle = (device: Device) => [device.name, device.serial].filter(Boolean).join(' ');

/** The gauge in use. It is part of every value: a trend breaks where it changes. */
export function DeviceChoice(props: {
  devices: readonly Device[];
  deviceId: DeviceId | null;
  onDevice: (device: Device | null) => void;
  onAdded: (device: Device) => void;
}) {
  const [isAdding, setIsAdding] = useState(false);
  return (
    <>
      <NativeSelect
        className={styles.device}
        label="Device"
        value={isAdding ? ADD : (props.deviceId ?? '')}
        onChange={(event) => {
          const value = event.currentTarget.value;
          setIsAdding(value === ADD);
          if (value !== ADD) props.onDevice(props.devices.find((device) => device.id === value) ?? null);
        }}
        data={[
          { value: '', label: 'not named' },
          ...props.devices.map((device) => ({
            value: device.id,
            label: `${deviceTitle(device)} (${device.unit})`,
          })),
          { value: ADD, label: 'Add a device…' },
        ]}
      />
      {isAdding && (
        <NewDevice
          onCancel={() => setIsAdding(false)}
          onAdded={(device) => {
            setIsAdding(false);
            props.onAdded(device);
          }}
        />
      )}
    </>
  );
}

function NewDevice({ onCancel, onAdded }: { onCancel: () => void; onAdded: (device: Device) => void }) {
  const api = useApi();
  const [name, setName] = useState('');
  const [serial, setSerial] = useState('');
  const [unit, setUnit] = useState<ForceUnit | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const add = async () => {
    if (unit === null) return;
    const result = await api['devices.create']({
      name: name.trim(),
      serial: serial.trim(),
      kind: 'pinch-gauge',
      unit,
      calibratedOn: null,
    });
    if (result.ok) onAdded(result.value);
    else setError(result.error);
  };
  return (
    <fieldset className={styles.newDevice}>
      <legend>New pinch gauge</legend>
      <TextInput
        label="Name"
        placeholder="B&L pinch gauge"
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
      <UnitChoice label="Unit on its dial" units={FORCE_UNITS} unit={unit} onUnit={setUnit} />
      <Button disabled={name.trim() === '' || unit === null} onClick={() => void add()}>
        Add device
      </Button>
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      {error && <FailureNotice {...errorText(error)} incident={error.incident} />}
    </fieldset>
  );
}

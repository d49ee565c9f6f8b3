import { NativeSelect } from '@mantine/core';
import { useRef, useState } from 'react';
import type { DeviceRole } from '../../../core/clinical/measures.ts';
import type { Device, DeviceId } from '../../../core/contract/schemas/clinical.ts';
import { DeviceFacts } from './device-facts.tsx';
import styles from './entry-controls.module.css';
import { NewDevice } from './new-device.tsx';

const ADD = 'add';

export const deviceTitle = (device: Device) => [device.name, device.serial].filter(Boolean).join(' ');

const LABELS = { pinch: 'Device', grip: 'Grip device', torque: 'Torque device' } as const;
const KINDS: Readonly<Record<DeviceRole, readonly Device['kind'][]>> = {
  pinch: ['pinch-gauge', 'load-cell'],
  grip: ['dynamometer', 'load-cell'],
  torque: ['load-cell', 'dynamometer'],
};
/** Devices that can measure a role; what is chosen already stays in the list whatever its kind. */
const fitting = (devices: readonly Device[], role: DeviceRole, chosen: DeviceId | null) =>
  devices.filter(({ kind, id }) => KINDS[role].includes(kind) || id === chosen);

/** The device in use for one role. It is part of every value: a trend breaks where it changes. */
export function DeviceChoice(props: {
  role: DeviceRole;
  devices: readonly Device[];
  deviceId: DeviceId | null;
  onDevice: (device: Device | null) => void;
  onAdded: (device: Device) => void;
}) {
  const { role, devices, deviceId } = props;
  const [isAdding, setIsAdding] = useState(false);
  const select = useRef<HTMLSelectElement>(null);
  /** The cursor stands on a button that goes away: it goes back to the list. */
  const close = () => {
    setIsAdding(false);
    select.current?.focus();
  };
  const chosen = devices.find(({ id }) => id === deviceId) ?? null;
  return (
    <>
      <div className={styles.device}>
        <NativeSelect
          ref={select}
          label={LABELS[role]}
          value={isAdding ? ADD : (deviceId ?? '')}
          onChange={(event) => {
            const value = event.currentTarget.value;
            setIsAdding(value === ADD);
            if (value !== ADD) props.onDevice(devices.find((device) => device.id === value) ?? null);
          }}
          data={[
            { value: '', label: 'not named' },
            ...fitting(devices, role, deviceId).map((device) => ({
              value: device.id,
              label: `${deviceTitle(device)} (${device.unit})`,
            })),
            { value: ADD, label: 'Add a device…' },
          ]}
        />
        {chosen !== null && !isAdding && <DeviceFacts device={chosen} />}
      </div>
      {isAdding && (
        <NewDevice
          role={role}
          onCancel={close}
          onAdded={(device) => {
            close();
            props.onAdded(device);
          }}
        />
      )}
    </>
  );
}

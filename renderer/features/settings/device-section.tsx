import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Device } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { AddDeviceForm } from './add-device-form.tsx';
import { DEVICE_KIND_WORDS } from './device-words.ts';
import styles from './settings.module.css';

/** The measuring devices of the clinic. A device is never edited: a trend breaks where the device changes. */
export function DeviceSection() {
  const api = useApi();
  const devices = useCall('devices', () => api['devices.list']({}));
  const [isAdding, setIsAdding] = useState(false);
  return (
    <Section
      title="Measuring devices"
      lead="A value belongs to the device it was read from. After a repair or a new calibration, add the device again; trends then show the break."
    >
      {devices.status === 'loading' && <LoadingLines label="Reading the devices" lines={2} />}
      {devices.status === 'failed' && (
        <FailureNotice
          {...errorText(devices.error)}
          incident={devices.error.incident}
          onRetry={devices.reload}
        />
      )}
      {devices.status === 'ready' && <DeviceList devices={devices.value} />}
      {isAdding ? (
        <AddDeviceForm
          onAdded={() => {
            setIsAdding(false);
            devices.reload();
          }}
          onCancel={() => setIsAdding(false)}
        />
      ) : (
        <Button
          mt="md"
          variant="default"
          leftSection={<IconPlus size={18} aria-hidden="true" />}
          onClick={() => setIsAdding(true)}
        >
          Add a device
        </Button>
      )}
    </Section>
  );
}

function DeviceList({ devices }: { devices: readonly Device[] }) {
  if (devices.length === 0) {
    return <p className={styles.quiet}>No device yet. Add the gauge you read your first value from.</p>;
  }
  return (
    <ul className={styles.list}>
      {devices.map((device) => (
        <li key={device.id}>
          <span className={styles.itemName}>{device.name}</span>
          <span>
            {DEVICE_KIND_WORDS[device.kind]}, shows {device.unit}
          </span>
          <span className={styles.quiet}>
            {device.serial === '' ? 'no serial number' : `serial ${device.serial}`},{' '}
            {device.calibratedOn === null
              ? 'calibration not known'
              : `calibrated ${shortDate(device.calibratedOn)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

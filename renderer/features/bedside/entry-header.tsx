import { Button, NativeSelect } from '@mantine/core';
import type { Device, SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import { FORCE_UNITS } from '../../../core/units/quantities.ts';
import { Notice } from '../../ui/notice.tsx';
import styles from './bedside.module.css';
import { DeviceChoice, deviceTitle } from './device-choice.tsx';
import { MeasuringScript } from './measuring-script.tsx';
import { UnitChoice } from './unit-choice.tsx';
import { type UnitChange, UnitQuestion } from './unit-question.tsx';

/** With what, in which unit and by which rule is measured; and the questions that follow from a change of unit. */
export function EntryHeader(props: {
  draft: SessionDraft;
  devices: readonly Device[];
  unitChange: UnitChange | null;
  onEdit: (place: string, change: (draft: SessionDraft) => SessionDraft) => void;
  onAskUnit: (change: UnitChange) => void;
  onApplyUnit: (change: UnitChange) => void;
  onKeepUnit: () => void;
  onDevicesChanged: () => void;
}) {
  const { draft, devices, unitChange, onEdit, onAskUnit } = props;
  const device = devices.find(({ id }) => id === draft.deviceId) ?? null;
  const chooseDevice = (chosen: Device | null) => {
    onEdit('device', (form) => ({ ...form, deviceId: chosen?.id ?? null }));
    if (chosen && chosen.unit !== draft.forceUnit) onAskUnit({ of: 'force', unit: chosen.unit });
  };
  return (
    <>
      <header className={styles.head}>
        <h1>Lateral pinch</h1>
        <DeviceChoice
          devices={devices}
          deviceId={draft.deviceId}
          onDevice={chooseDevice}
          onAdded={(added) => {
            props.onDevicesChanged();
            chooseDevice(added);
          }}
        />
        <UnitChoice
          label="Unit of pinch"
          units={FORCE_UNITS}
          unit={draft.forceUnit}
          onUnit={(unit) => onAskUnit({ of: 'force', unit })}
        />
        <NativeSelect
          className={styles.rule}
          label="Rule"
          value={draft.summaryRule}
          onChange={(event) => {
            const summaryRule = event.currentTarget.value === 'maximum' ? 'maximum' : 'mean-of-three';
            onEdit('rule', (form) => ({ ...form, summaryRule }));
          }}
          data={[
            { value: 'mean-of-three', label: 'mean of 3' },
            { value: 'maximum', label: 'maximum' },
          ]}
        />
        <MeasuringScript />
      </header>

      {unitChange && (
        <UnitQuestion
          change={unitChange}
          draft={draft}
          onYes={() => props.onApplyUnit(unitChange)}
          onNo={props.onKeepUnit}
        />
      )}
      {!unitChange && device && device.unit !== draft.forceUnit && (
        <Notice
          tone="caution"
          title={`${deviceTitle(device)} shows ${device.unit}; this form is set to ${draft.forceUnit}.`}
          action={
            <Button variant="default" onClick={() => onAskUnit({ of: 'force', unit: device.unit })}>
              Use {device.unit}
            </Button>
          }
        />
      )}
    </>
  );
}

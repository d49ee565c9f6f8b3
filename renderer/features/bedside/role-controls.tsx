import { Button } from '@mantine/core';
import type { DeviceRole } from '../../../core/clinical/measures.ts';
import { deviceOfRole } from '../../../core/clinical/session-entries.ts';
import { unitText } from '../../../core/clinical/stored-value.ts';
import type { Device, SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import { Notice } from '../../ui/notice.tsx';
import { DeviceChoice, deviceTitle } from './device-choice.tsx';
import { UNITS_OF_ROLE, type UnitChange, unitOfRole, withDevice } from './draft-units.ts';
import { UnitChoice } from './unit-choice.tsx';
import { UnitQuestion } from './unit-question.tsx';

export interface RoleEdits {
  devices: readonly Device[];
  unitChange: UnitChange | null;
  onEdit: (place: string, change: (draft: SessionDraft) => SessionDraft) => void;
  onAskUnit: (change: UnitChange) => void;
  onApplyUnit: (change: UnitChange) => void;
  onKeepUnit: () => void;
  onDevicesChanged: () => void;
}

const UNIT_LABELS = { pinch: 'Unit of pinch', grip: 'Unit of grip', torque: 'Unit of torque' } as const;

const changeOf = (role: DeviceRole, unit: string): UnitChange => ({ of: role, unit }) as UnitChange;

/** With what and in which unit one role is measured: pinch, grip or torque. */
export function RoleControls(props: RoleEdits & { role: DeviceRole; draft: SessionDraft }) {
  const { role, draft, devices } = props;
  const choose = (chosen: Device | null) => {
    props.onEdit(`device ${role}`, (form) => withDevice(form, role, chosen?.id ?? null));
    // A torque is no reading of the sensor: its unit is chosen by hand.
    const isOtherUnit = role !== 'torque' && chosen !== null && chosen.unit !== unitOfRole(draft, role);
    if (isOtherUnit) props.onAskUnit(changeOf(role, chosen.unit));
  };
  return (
    <>
      <DeviceChoice
        role={role}
        devices={devices}
        deviceId={deviceOfRole(draft, role)}
        onDevice={choose}
        onAdded={(added) => {
          props.onDevicesChanged();
          choose(added);
        }}
      />
      <UnitChoice<string>
        label={UNIT_LABELS[role]}
        units={UNITS_OF_ROLE[role]}
        unit={unitOfRole(draft, role)}
        onUnit={(unit) => props.onAskUnit(changeOf(role, unit))}
      />
    </>
  );
}

/** What follows from a change of unit, or from a device that shows another one. */
export function RoleQuestions(props: RoleEdits & { role: DeviceRole; draft: SessionDraft }) {
  const { role, draft, unitChange } = props;
  const device = props.devices.find(({ id }) => id === deviceOfRole(draft, role));
  if (unitChange?.of === role) {
    return (
      <UnitQuestion
        change={unitChange}
        draft={draft}
        onYes={() => props.onApplyUnit(unitChange)}
        onNo={props.onKeepUnit}
      />
    );
  }
  const typed = unitOfRole(draft, role);
  if (device === undefined || role === 'torque' || device.unit === typed) return null;
  return (
    <Notice
      tone="caution"
      title={`${deviceTitle(device)} shows ${device.unit}; this form is set to ${unitText(typed)}.`}
      action={
        <Button variant="default" onClick={() => props.onAskUnit(changeOf(role, device.unit))}>
          Use {device.unit}
        </Button>
      }
    />
  );
}

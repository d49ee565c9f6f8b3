import { type DeviceRole, measureOf } from '../../../core/clinical/measures.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { Device, TrialEntry } from '../../../core/contract/schemas/clinical.ts';

export const deviceTitle = (device: Device) => [device.name, device.serial].filter(Boolean).join(', ');

/** What a trial was taken with: its own device, or for pinch, where none is named (records of earlier versions), the session's. */
export function deviceOfTrial(
  trial: TrialEntry,
  view: Pick<SessionView, 'device'>,
  devices: readonly Device[],
): Device | null {
  const known = view.device === null ? devices : [view.device, ...devices];
  const own = known.find(({ id }) => id === trial.deviceId);
  if (own) return own;
  return measureOf(trial.measure).deviceRole === 'pinch' ? view.device : null;
}

const ROLES: readonly DeviceRole[] = ['pinch', 'grip', 'torque'];
const ROLE_NAMES = { pinch: 'device', grip: 'grip device', torque: 'torque device' } as const;

/** The devices of a session by role, each with what its dial shows; "not named" where none was given. */
export function devicesByRole(
  view: SessionView,
  devices: readonly Device[],
): { name: string; value: string }[] {
  return ROLES.flatMap((role) => {
    const trials = view.trials.filter(({ measure }) => measureOf(measure).deviceRole === role);
    if (trials.length === 0) return [];
    const used = new Set(trials.map((trial) => deviceOfTrial(trial, view, devices)));
    const texts = [...used].map((device) =>
      device === null ? 'not named' : `${deviceTitle(device)}, shows ${device.unit}`,
    );
    return [{ name: ROLE_NAMES[role], value: texts.join('; ') }];
  });
}

const KINDS: Readonly<Record<DeviceRole, readonly Device['kind'][]>> = {
  pinch: ['pinch-gauge', 'load-cell'],
  grip: ['dynamometer', 'load-cell'],
  torque: ['load-cell', 'dynamometer'],
};

/** Devices a measure can be taken with, and the present one whatever its kind; none where no device is recorded. */
export function devicesFor(
  { measure }: TrialEntry,
  devices: readonly Device[],
  present: Device | null,
): readonly Device[] {
  const role = measureOf(measure).deviceRole;
  if (role === null) return [];
  const fitting = devices.filter(({ kind, id }) => KINDS[role].includes(kind) && id !== present?.id);
  return present === null ? fitting : [present, ...fitting];
}

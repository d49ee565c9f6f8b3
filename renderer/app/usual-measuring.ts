import { type DeviceRole, measureOf, type Quantity } from '../../core/clinical/measures.ts';
import type { Preferences } from '../../core/contract/channels/preferences.ts';
import type { SessionView } from '../../core/contract/channels/sessions.ts';
import type { Device, SessionDraft } from '../../core/contract/schemas/clinical.ts';
import type { ForceUnit, TorqueUnit } from '../../core/units/quantities.ts';

export type EarlierVisit = Pick<SessionView, 'session' | 'trials'>;

/**
 * With what, and in which units, a new form starts. A device is that of the patient's newest trials of its role, as a
 * trend breaks where it changes; else the clinic's only one of its kind. A unit is that of the newest trials, then of the
 * device, then the user's own: what one reader prefers must not turn the same gauge from kilograms into pounds.
 * @param visits - newest first. Torque is no reading of a device: its unit is never taken from one.
 */
export function usualMeasuring(
  devices: readonly Device[],
  visits: readonly EarlierVisit[],
  preferences: Preferences,
): Pick<SessionDraft, 'forceUnit' | 'torqueUnit' | 'gripUnit' | 'deviceId'> & {
  devices: NonNullable<SessionDraft['devices']>;
} {
  const pinch = lastDevice('pinch', devices, visits) ?? onlyOne(devices, 'pinch-gauge');
  const grip = lastDevice('grip', devices, visits) ?? onlyOne(devices, 'dynamometer');
  const torque = lastDevice('torque', devices, visits);
  const gripUnit = lastUnit<ForceUnit>('grip', 'force', visits) ?? grip?.unit;
  return {
    forceUnit: lastUnit<ForceUnit>('pinch', 'force', visits) ?? pinch?.unit ?? preferences.forceUnit,
    torqueUnit: lastUnit<TorqueUnit>('torque', 'torque', visits) ?? preferences.torqueUnit,
    ...(gripUnit && { gripUnit }),
    deviceId: pinch?.id ?? null,
    devices: { pinch: pinch?.id ?? null, grip: grip?.id ?? null, torque: torque?.id ?? null },
  };
}

/** The device of this kind, where the clinic has exactly one. */
function onlyOne(devices: readonly Device[], kind: Device['kind']): Device | undefined {
  const fitting = devices.filter((device) => device.kind === kind);
  return fitting.length === 1 ? fitting[0] : undefined;
}

const hasRole =
  (role: DeviceRole) =>
  ({ measure }: EarlierVisit['trials'][number]) =>
    measureOf(measure).deviceRole === role;

/** What the newest visit with a trial of this role was measured with; of pinch, older records name it with the session. */
function lastDevice(
  role: DeviceRole,
  devices: readonly Device[],
  visits: readonly EarlierVisit[],
): Device | undefined {
  const visit = visits.find(({ trials }) => trials.some(hasRole(role)));
  const ofTrial = visit?.trials.find((trial) => hasRole(role)(trial) && trial.deviceId)?.deviceId;
  const id = ofTrial ?? (role === 'pinch' ? visit?.session.deviceId : null);
  return devices.find((device) => device.id === id);
}

/** The unit of the newest trial that has a value of this quantity. */
function lastUnit<U>(role: DeviceRole, quantity: Quantity, visits: readonly EarlierVisit[]): U | undefined {
  for (const { trials } of visits) {
    const trial = trials.find(
      (each) => hasRole(role)(each) && each.valueSi !== null && measureOf(each.measure).quantity === quantity,
    );
    if (trial) return trial.typedUnit as U;
  }
  return undefined;
}

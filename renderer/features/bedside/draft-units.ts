import { SIDES } from '../../../core/clinical/entry-walk.ts';
import type { DeviceRole } from '../../../core/clinical/measures.ts';
import { MEASURES, measureOf, UNITS_OF_QUANTITY } from '../../../core/clinical/measures.ts';
import { typedValues } from '../../../core/clinical/session-entries.ts';
import type { DeviceId, SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import {
  FORCE_UNITS,
  type ForceUnit,
  TORQUE_UNITS,
  type TorqueUnit,
} from '../../../core/units/quantities.ts';

/** A unit belongs to the device that shows it: one for pinch, one for grip, one for torque. */
export type UnitChange =
  | { of: 'pinch'; unit: ForceUnit }
  | { of: 'grip'; unit: ForceUnit }
  | { of: 'torque'; unit: TorqueUnit };

export const UNITS_OF_ROLE = { pinch: FORCE_UNITS, grip: FORCE_UNITS, torque: TORQUE_UNITS } as const;

/** Unit in which values of a role are typed on this form. */
export function unitOfRole(draft: SessionDraft, role: DeviceRole): ForceUnit | TorqueUnit {
  if (role === 'torque') return draft.torqueUnit;
  return role === 'grip' ? (draft.gripUnit ?? draft.forceUnit) : draft.forceUnit;
}

const ROLE_MEASURES = (role: DeviceRole) =>
  MEASURES.filter((measure) => {
    const { deviceRole, quantity } = measureOf(measure);
    return deviceRole === role && UNITS_OF_QUANTITY[quantity].length > 1;
  });

/** Readable values that would read otherwise in another unit of this role, in the typed unit. */
export const valuesOfRole = (draft: SessionDraft, role: DeviceRole): number[] =>
  ROLE_MEASURES(role).flatMap((measure) =>
    SIDES.flatMap((side) => typedValues(draft, measure, side).map(({ value }) => value)),
  );

/** A new unit: the characters stay as typed, and every unusual value is asked about again. */
export function withUnit(draft: SessionDraft, change: UnitChange): SessionDraft {
  if (unitOfRole(draft, change.of) === change.unit) return draft;
  const asked = { ...draft, confirmedUnusual: [] };
  switch (change.of) {
    case 'torque':
      return { ...asked, torqueUnit: change.unit };
    case 'grip':
      return { ...asked, gripUnit: change.unit };
    case 'pinch': {
      // Grip follows the pinch gauge only until something of it is typed: a typed value never changes its unit unasked.
      const isGripTyped = valuesOfRole(draft, 'grip').length > 0;
      return {
        ...asked,
        forceUnit: change.unit,
        ...(isGripTyped && { gripUnit: unitOfRole(draft, 'grip') as ForceUnit }),
      };
    }
  }
}

/** The device of a role; the pinch gauge is the session's own device too. */
export const withDevice = (
  draft: SessionDraft,
  role: DeviceRole,
  deviceId: DeviceId | null,
): SessionDraft => ({
  ...draft,
  devices: { ...draft.devices, [role]: deviceId },
  ...(role === 'pinch' && { deviceId }),
});

import { measureOf } from '../../core/clinical/measures.ts';
import { storedUnitOf, toStored } from '../../core/clinical/stored-value.ts';
import type { DeviceId, Measure, Side, TrialEntry, Unit } from '../../core/contract/schemas/clinical.ts';
import type { DeviceKey, SampleVisit } from './sample-person.ts';

const WRIST = ['wrist-extension', 'wrist-flexion', 'wrist-radial', 'wrist-ulnar'] as const;
const SIDES: readonly Side[] = ['right', 'left'];

/** The device of a measure at a visit: the visit's own gauge for pinches, the dynamometer and the load cell for the rest. */
export function deviceKeyOf(measure: Measure, visit: SampleVisit): DeviceKey | null {
  switch (measureOf(measure).deviceRole) {
    case 'pinch':
      return visit.device;
    case 'grip':
      return 'grip';
    case 'torque':
      return 'wrist';
    default:
      return null;
  }
}

/** Forces are typed in kilograms, torques in newton metres, the rest in the unit it has. */
const typedUnitOf = (measure: Measure): Unit =>
  measureOf(measure).quantity === 'force' ? 'kg' : storedUnitOf(measure);

/** One trial as typed. @throws RangeError when the unit is none of the measure's. */
export function typedTrial(
  at: { measure: Measure; side: Side; trialNumber: number },
  typedText: string,
  rest: Partial<TrialEntry> = {},
): TrialEntry {
  const typedUnit = rest.typedUnit ?? typedUnitOf(at.measure);
  const valueSi = toStored(at.measure, Number(typedText), typedUnit);
  if (valueSi === null) throw new RangeError(`${at.measure} is not measured in ${typedUnit}`);
  return {
    ...at,
    isStoppedEarly: false,
    notTestedReason: null,
    isConfirmedUnusual: false,
    pain: null,
    ...rest,
    typedText,
    typedUnit,
    valueSi,
  };
}

/** The trials of a visit, in the order in which they are taken. */
export function visitTrials(visit: SampleVisit, devices: ReadonlyMap<string, DeviceId>): TrialEntry[] {
  const deviceId = (measure: Measure) => devices.get(deviceKeyOf(measure, visit) ?? '') ?? null;
  const pinches = ([0, 1, 2] as const).flatMap((index) =>
    SIDES.map((side) =>
      typedTrial({ measure: 'lateral-pinch', side, trialNumber: index + 1 }, visit[side][index], {
        pain: visit.pain ?? null,
        deviceId: deviceId('lateral-pinch'),
      }),
    ),
  );
  const torques = SIDES.flatMap((side) =>
    (visit.torquesNm?.[side] ?? []).map((text, index) => {
      const measure = WRIST[index] as (typeof WRIST)[number];
      return typedTrial({ measure, side, trialNumber: 1 }, text, { deviceId: deviceId(measure) });
    }),
  );
  const further = (visit.further ?? []).flatMap(({ measure, side, values }) =>
    values.map((text, index) =>
      typedTrial({ measure, side, trialNumber: index + 1 }, text, { deviceId: deviceId(measure) }),
    ),
  );
  return [...pinches, ...torques, ...further];
}

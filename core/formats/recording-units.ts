/** Units that a recording's channels may be in, and what a header must say for one to count as stated. */
import { NEWTON_METRE_PER_UNIT, NEWTON_PER_UNIT } from '../units/quantities.ts';

export const CHANNEL_ROLES = ['force', 'torque', 'angle', 'emg'] as const;
export type ChannelRole = (typeof CHANNEL_ROLES)[number];

/** The first is the unit of the system of units that a role's values are converted to. */
export const UNITS_OF_ROLE = {
  force: ['N', 'kg', 'lb'],
  torque: ['N.m', 'kg.cm', 'lb.in'],
  angle: ['deg'],
  emg: ['V', 'mV', 'uV'],
} as const satisfies Record<ChannelRole, readonly string[]>;
export const RECORDING_UNITS = [
  ...UNITS_OF_ROLE.force,
  ...UNITS_OF_ROLE.torque,
  ...UNITS_OF_ROLE.angle,
  ...UNITS_OF_ROLE.emg,
] as const;
export type RecordingUnit = (typeof RECORDING_UNITS)[number];

export const TIME_UNITS = ['s', 'ms', 'us'] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];
export const SECONDS_PER_UNIT: Readonly<Record<TimeUnit, number>> = { s: 1, ms: 1e-3, us: 1e-6 };

/** What one of a unit is in the first unit of its role. */
export const PER_UNIT: Readonly<Record<RecordingUnit, number>> = {
  ...NEWTON_PER_UNIT,
  ...NEWTON_METRE_PER_UNIT,
  deg: 1,
  V: 1,
  mV: 1e-3,
  uV: 1e-6,
};

/** Spellings of headers. Letter case counts where it changes the meaning: "Nm" is a torque, "nm" a length. */
const SPELLINGS: Readonly<Record<string, RecordingUnit | TimeUnit>> = {
  ...{ N: 'N', newton: 'N', newtons: 'N', Newton: 'N', Newtons: 'N' },
  ...{ kg: 'kg', KG: 'kg', Kg: 'kg', kgf: 'kg', lb: 'lb', lbs: 'lb', lbf: 'lb', LB: 'lb', LBS: 'lb' },
  ...{ Nm: 'N.m', 'N.m': 'N.m', N·m: 'N.m', 'N m': 'N.m', 'N*m': 'N.m' },
  ...{ 'kg.cm': 'kg.cm', kgcm: 'kg.cm', 'kg cm': 'kg.cm', 'kgf.cm': 'kg.cm' },
  ...{ 'lb.in': 'lb.in', 'lbf.in': 'lb.in', 'in-lb': 'lb.in', 'lb-in': 'lb.in', 'in.lbf': 'lb.in' },
  ...{ deg: 'deg', degree: 'deg', degrees: 'deg', '°': 'deg' },
  ...{ V: 'V', mV: 'mV', uV: 'uV', µV: 'uV', μV: 'uV' },
  ...{
    s: 's',
    sec: 's',
    secs: 's',
    second: 's',
    seconds: 's',
    ms: 'ms',
    msec: 'ms',
    us: 'us',
    µs: 'us',
    μs: 'us',
  },
};

const spelling = (stated: string | null) =>
  stated !== null && Object.hasOwn(SPELLINGS, stated) ? SPELLINGS[stated] : undefined;

/** The unit of a channel that a header states; null when it states none, or one that is not known here. */
export function statedRecordingUnit(stated: string | null): RecordingUnit | null {
  const unit = spelling(stated);
  return RECORDING_UNITS.find((known) => known === unit) ?? null;
}

/** As {@link statedRecordingUnit}, for a column of times. */
export function statedTimeUnit(stated: string | null): TimeUnit | null {
  const unit = spelling(stated);
  return TIME_UNITS.find((known) => known === unit) ?? null;
}

/** The role whose units hold this one. */
export function roleOfUnit(unit: RecordingUnit): ChannelRole {
  const role = CHANNEL_ROLES.find((name) => (UNITS_OF_ROLE[name] as readonly string[]).includes(unit));
  if (role === undefined) throw new RangeError(`no role has the unit ${unit}`);
  return role;
}

import * as z from 'zod';
import { FORCE_UNITS, TORQUE_UNITS } from '../../units/quantities.ts';
import { call } from '../definition.ts';
import { PROTOCOL_IDS, SummaryRule } from '../schemas/clinical.ts';

/** Idle time after which a clinic locks, in minutes. */
export const LOCK_MINUTES = { min: 1, max: 60 } as const;
/** Size of all text, in percent of the screen's own. */
export const TEXT_SIZES_PERCENT = [100, 115, 130, 150, 175, 200] as const;
export const DATE_ORDERS = ['year-month-day', 'day-month-year', 'month-day-year'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/**
 * What a user or a clinic has chosen. None of it changes a stored value: a measurement keeps the unit and the rule it
 * was taken with.
 */
export const Preferences = z.strictObject({
  /** Unit of a new form when no device says another: a value belongs to the unit of its device. */
  forceUnit: z.enum(FORCE_UNITS),
  torqueUnit: z.enum(TORQUE_UNITS),
  /** In tables that leave the app (CSV). A typed number may have either, always. */
  decimalMark: z.enum(['.', ',']),
  /** In which order a typed date is read; a shown date has its month in letters. */
  dateOrder: z.enum(DATE_ORDERS),
  theme: z.enum(['system', 'light', 'dark']),
  textSizePercent: z.literal(TEXT_SIZES_PERCENT),
  /** Parts of the report that are ticked at first; null leaves it to the report. */
  reportParts: z.array(z.string().min(1).max(40)).max(40).nullable(),
  defaultProtocol: z.enum(PROTOCOL_IDS),
  /** For a patient's first session; a later one keeps the rule of the session before. */
  summaryRule: SummaryRule,
  lockMinutes: z.int().min(LOCK_MINUTES.min).max(LOCK_MINUTES.max),
});
export type Preferences = z.output<typeof Preferences>;
export type PreferenceName = keyof Preferences;
/** Choices to change; the absent ones stay. */
export const PreferenceChange = Preferences.partial();
export type PreferenceChange = z.output<typeof PreferenceChange>;

export const PREFERENCE_DEFAULTS: Preferences = {
  forceUnit: 'kg',
  torqueUnit: 'N.m',
  decimalMark: '.',
  dateOrder: 'year-month-day',
  theme: 'system',
  textSizePercent: 100,
  reportParts: null,
  defaultProtocol: 'pinch-and-wrist',
  summaryRule: 'mean-of-three',
  lockMinutes: 10,
};

/** Whose choice it is: of the user who made it, or of the whole clinic, since colleagues measure the same patients. */
export const PREFERENCE_OWNERS: Readonly<Record<PreferenceName, 'user' | 'clinic'>> = {
  forceUnit: 'user',
  torqueUnit: 'user',
  decimalMark: 'user',
  dateOrder: 'user',
  theme: 'user',
  textSizePercent: 'user',
  reportParts: 'user',
  defaultProtocol: 'clinic',
  summaryRule: 'clinic',
  lockMinutes: 'clinic',
};

export const preferenceChannels = {
  'preferences.get': call({
    access: 'read',
    doc: 'All choices that hold for the user who is signed in: their own, the clinic’s, and defaults for the rest.',
    input: z.strictObject({}),
    output: Preferences,
  }),
  'preferences.set': call({
    access: 'write',
    doc: 'Changes the named choices, of the user or of the clinic as each belongs to; the others stay.',
    input: PreferenceChange,
    output: Preferences,
  }),
};

import { Stack } from '@mantine/core';
import { unitText } from '../../../core/clinical/stored-value.ts';
import type { DateOrder, Preferences } from '../../../core/contract/channels/preferences.ts';
import { FORCE_UNITS, TORQUE_UNITS } from '../../../core/units/quantities.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { Section } from '../../ui/page.tsx';
import { useSavedChoice } from './use-saved-choice.tsx';

const DATE_ORDER_CHOICES: { value: DateOrder; label: string }[] = [
  { value: 'year-month-day', label: 'Year, month, day: 2026-05-12' },
  { value: 'day-month-year', label: 'Day, month, year: 12.5.2026' },
  { value: 'month-day-year', label: 'Month, day, year: 5/12/2026' },
];
const MARKS: { value: Preferences['decimalMark']; label: string }[] = [
  { value: '.', label: 'Point: 7.2' },
  { value: ',', label: 'Comma: 7,2' },
];

/** Units and the ways of writing numbers and dates, of the user who is signed in. */
export function UnitsSection() {
  const preferences = usePreferences();
  const { save, failure } = useSavedChoice();
  return (
    <Section
      title="Units and dates"
      lead="Yours. A value keeps the unit it was typed in, and a device its own; these are for a new form without a device."
    >
      <Stack gap="md">
        {failure}
        <ChoiceRow
          label="Force"
          choices={FORCE_UNITS.map((value) => ({ value, label: value }))}
          value={preferences.forceUnit}
          onChange={(forceUnit) => void save({ forceUnit })}
        />
        <ChoiceRow
          label="Torque"
          choices={TORQUE_UNITS.map((value) => ({ value, label: unitText(value) }))}
          value={preferences.torqueUnit}
          onChange={(torqueUnit) => void save({ torqueUnit })}
        />
        <ChoiceRow
          label="How you type a date"
          description="A date that begins with the year is understood in any case. Dates are shown with the month in letters, so that day and month cannot be mixed up."
          choices={DATE_ORDER_CHOICES}
          value={preferences.dateOrder}
          onChange={(dateOrder) => void save({ dateOrder })}
        />
        <ChoiceRow
          label="Decimal mark in exported tables"
          description="You may type either mark anywhere, always: 7.2 and 7,2 are the same. On screen there is a point."
          choices={MARKS}
          value={preferences.decimalMark}
          onChange={(decimalMark) => void save({ decimalMark })}
        />
      </Stack>
    </Section>
  );
}

// @vitest-environment jsdom
import './testing/jsdom-gaps.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { MantineProvider, NumberInput } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { parseMeasurement } from '../../core/clinical/parse-measurement.ts';
import { numberOf } from '../../core/formats/delimited-dialect.ts';
import { typedNumber } from '../features/elbow/elbow-words.ts';
import { EMPTY_PATIENT_FORM, readPatientForm } from '../features/patients/read-patient-form.ts';
import { quoted } from '../features/trends/trend-csv.ts';
import { readDecimal } from '../ui/read-decimal.ts';
import { theme } from './theme.ts';

type Reader = (typed: string) => number | null;

const measurement: Reader = (typed) => {
  const parsed = parseMeasurement(typed);
  return parsed.ok ? parsed.value : null;
};
/** A whole form around one weight: its other fields say nothing here. */
const weight: Reader = (typed) => {
  const form = {
    ...EMPTY_PATIENT_FORM,
    displayName: 'A',
    birthDate: '1970-01-01',
    sex: 'female',
    heightCm: '170',
    weightKg: typed,
    dominantHand: 'right',
    affectedSide: 'none',
    operation: 'none',
  } as const;
  const read = readPatientForm(form, '2026-01-01');
  return read.ok ? read.fields.weightKg : null;
};

/** Every field of the app in which a decimal number is typed, by its file, with what reads it. */
const FIELDS: Readonly<Record<string, Reader | 'number-input'>> = {
  'features/bedside/strength-cell.tsx': measurement,
  'features/session/correction-form.tsx': measurement,
  'features/forecast/forecast-form.tsx': measurement,
  'features/patients/patient-form-fields.tsx': weight,
  'features/elbow/elbow-judgement-form.tsx': typedNumber,
  'features/elbow/elbow-setup.tsx': typedNumber,
  'features/recordings/mark-time-field.tsx': readDecimal,
  'ui/decimal-field.tsx': readDecimal,
};

const root = join(import.meta.dirname, '..');
const sources = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx$/.test(entry.name) && !entry.name.includes('.test.'))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

describe('a decimal comma', () => {
  it('has a known reader behind every field in which it can be typed', () => {
    const fields = sources.filter((file) =>
      /inputMode=(\{[^}]*'decimal'|"decimal")|<NumberInput/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(fields.sort()).toEqual(Object.keys(FIELDS).sort());
    // Browsers read type="number" by the language of the system: neither mark would be safe.
    expect(
      sources.filter((file) =>
        /<(?:TextInput|input)\b[^>]*type="number"/.test(readFileSync(join(root, file), 'utf8')),
      ),
    ).toEqual([]);
  });

  it.each(
    Object.entries(FIELDS).flatMap(([file, reader]) =>
      reader === 'number-input' ? [] : [[file, reader] as const],
    ),
  )('%s: means what a point means, and two marks are refused', (_file, read) => {
    expect(read('67,5')).toBe(67.5);
    expect(read('67.5')).toBe(67.5);
    for (const typed of ['6,7,5', '6.7,5', '6,7.5', '6.7.5', ',', '67,5 kg', '6 7']) {
      expect(read(typed), typed).toBeNull();
    }
  });

  it('means the same in a field with steps, typed or pasted', async () => {
    const values: unknown[] = [];
    render(
      <MantineProvider theme={theme}>
        <NumberInput label="Seconds" onChange={(value) => values.push(value)} />
      </MantineProvider>,
    );
    const user = userEvent.setup();
    const field = screen.getByLabelText('Seconds');
    await user.type(field, '7,25');
    expect(values.at(-1)).toBe(7.25);
    await user.clear(field);
    await user.click(field);
    await user.paste('3,5');
    expect(values.at(-1)).toBe(3.5);
  });

  it('is read in an imported file by the mark of that file, never by the other one', () => {
    expect(numberOf('7,2', ',')).toBe(7.2);
    expect(numberOf('7.2', '.')).toBe(7.2);
    for (const [cell, mark] of [
      ['7,2', '.'],
      ['7.2', ','],
      ['1.234,5', ','],
      ['1,234.5', '.'],
    ] as const) {
      expect(numberOf(cell, mark) ?? 'not a number').not.toSatisfy(
        (value: unknown) => value === 72 || value === 12345,
      );
    }
  });

  it('leaves in a table with the mark that the user chose, and no cell is read as two', () => {
    expect(quoted('7.25', ',')).toBe('7,25');
    expect(quoted('7.25', '.')).toBe('7.25');
    expect(quoted('-1.5', ',')).toBe('-1,5');
    expect(quoted('a;b, c', ',')).toBe('"a;b, c"');
    expect(quoted('=1+1', ',')).toBe("'=1+1");
  });
});

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type ConcordanceFilter, NO_FILTER } from '../../../core/agreement/concordance-filter.ts';
import type { ConcordanceRow } from '../../../core/contract/schemas/concordance.ts';
import { useDateReader } from '../../app/typed-date.ts';
import { spokenDate } from '../../ui/calendar-date.ts';
import styles from './concordance.module.css';

export const PATTERN_NAMES: Readonly<Record<ConcordanceRow['inputPattern'], string>> = {
  A: 'key pinch only',
  B: 'key pinch and wrist strength',
  C: 'wrist postures and trace too',
};

const distinct = <T extends string>(values: readonly T[]): T[] => [...new Set(values)].sort();

/** Which judgements are looked at. The choices are those that occur. */
export function ConcordanceFilters(props: {
  rows: readonly ConcordanceRow[];
  filter: ConcordanceFilter;
  shown: number;
  onFilter: (filter: ConcordanceFilter) => void;
}) {
  const { rows, filter, onFilter } = props;
  const dates = useDateReader();
  const [typed, setTyped] = useState({ from: '', to: '' });
  const people = new Map(
    rows.map(({ clinicianId, clinicianName }) => [clinicianId as string, clinicianName]),
  );
  const diagnoses = distinct(rows.map(({ diagnosis }) => diagnosis));
  const patterns = distinct(rows.map(({ inputPattern }) => inputPattern));
  const isFiltered =
    Object.values(filter).some((value) => value !== null) || typed.from !== '' || typed.to !== '';
  const dateField = (name: 'from' | 'to', label: string) => {
    const date = dates.read(typed[name]);
    const isBad = typed[name].trim() !== '' && date === null;
    return (
      <TextInput
        label={label}
        placeholder={dates.placeholder}
        maxLength={12}
        autoComplete="off"
        value={typed[name]}
        description={date === null ? undefined : spokenDate(date)}
        error={isBad ? dates.hint : undefined}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped({ ...typed, [name]: text });
          onFilter({ ...filter, [name]: dates.read(text) });
        }}
      />
    );
  };
  return (
    <fieldset className={styles.filters} data-no-print>
      <legend className={styles.legend}>Which judgements</legend>
      <NativeSelect
        label="Clinician"
        value={filter.clinicianId ?? ''}
        onChange={(event) => onFilter({ ...filter, clinicianId: event.currentTarget.value || null })}
        data={[
          { value: '', label: 'the whole team' },
          ...[...people].map(([value, label]) => ({ value, label })),
        ]}
      />
      <NativeSelect
        label="Diagnosis"
        value={filter.diagnosis ?? 'every one'}
        onChange={(event) => {
          const place = event.currentTarget.selectedIndex;
          onFilter({ ...filter, diagnosis: place === 0 ? null : (diagnoses[place - 1] ?? null) });
        }}
        data={[
          { value: 'every one', label: 'every one' },
          ...diagnoses.map((each) => ({ value: each || 'none written', label: each || 'none written' })),
        ]}
      />
      <NativeSelect
        label="Measured"
        value={filter.inputPattern ?? ''}
        onChange={(event) =>
          onFilter({
            ...filter,
            inputPattern: patterns.find((each) => each === event.currentTarget.value) ?? null,
          })
        }
        data={[
          { value: '', label: 'anything' },
          ...patterns.map((value) => ({ value, label: PATTERN_NAMES[value] })),
        ]}
      />
      {dateField('from', 'Locked from')}
      {dateField('to', 'Locked to')}
      <div className={styles.filterEnd}>
        <span role="status">
          {props.shown} of {rows.length} judgements
        </span>
        {isFiltered && (
          <Button
            variant="subtle"
            onClick={() => {
              setTyped({ from: '', to: '' });
              onFilter(NO_FILTER);
            }}
          >
            Show all of them
          </Button>
        )}
      </div>
    </fieldset>
  );
}

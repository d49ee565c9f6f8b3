import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { PatientRow } from '../../core/contract/channels/patients.ts';
import type { PatientId } from '../../core/contract/schemas/clinical.ts';
import { useApi } from '../platform/api.tsx';
import { useCall } from '../platform/use-call.ts';
import { shortDate } from '../ui/calendar-date.ts';
import { LoadingLines } from '../ui/loading-lines.tsx';
import { FailureNotice } from '../ui/notice.tsx';
import { PatientMark } from '../ui/patient-mark.tsx';
import { errorText } from './error-text.ts';
import styles from './patient-picker.module.css';

const TYPING_PAUSE_MS = 150;
const SHOWN = 8;

/** Finds one patient by name, clinic number or diagnosis; the one whose record this is about is left out. */
export function PatientPicker(props: {
  label: string;
  except: PatientId;
  chosen: PatientId | null;
  onChoose: (row: PatientRow) => void;
}) {
  const api = useApi();
  const [search, setSearch] = useState('');
  const [asked, setAsked] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(search.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [search]);
  const answer = useCall(`pick/${asked}`, () =>
    api['patients.list']({ search: asked, limit: SHOWN + 1, offset: 0 }),
  );
  const rows = (answer.value?.rows ?? []).filter((row) => row.id !== props.except).slice(0, SHOWN);
  const hidden = (answer.value?.total ?? 0) - rows.length;
  return (
    <div className={styles.picker}>
      <TextInput
        ref={input}
        data-autofocus
        label={props.label}
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        placeholder="Name, clinic number or diagnosis"
        leftSection={<IconSearch size={18} aria-hidden="true" />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          list.current?.querySelector('button')?.focus();
        }}
      />
      {answer.error !== null && (
        <FailureNotice
          {...errorText(answer.error)}
          incident={answer.error.incident}
          onRetry={answer.reload}
        />
      )}
      {answer.status === 'loading' && <LoadingLines label="Searching" lines={3} />}
      <ul ref={list} className={styles.list} aria-label="Patients found">
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={styles.row}
              aria-pressed={row.id === props.chosen}
              onClick={() => props.onChoose(row)}
            >
              <PatientMark id={row.id} name={row.displayName} />
              <span className={styles.words}>
                <b>{row.displayName}</b>
                <span>
                  {[
                    row.clinicNumber,
                    `born ${shortDate(row.birthDate)}`,
                    row.diagnosis,
                    row.sessionCount === 1 ? '1 session' : `${row.sessionCount} sessions`,
                  ]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className={styles.more} role="status">
        {answer.status === 'ready' && rows.length === 0 && 'No other patient matches.'}
        {answer.status === 'ready' && rows.length === SHOWN && hidden > 1 && 'More match: type further.'}
      </p>
    </div>
  );
}
